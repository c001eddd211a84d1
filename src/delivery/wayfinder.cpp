// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#include "delivery/wayfinder.h"

#include "delivery/environmentproxy.h"
#include "delivery/targetguard.h"

#include <QCoreApplication>
#include <QFutureWatcher>
#include <QNetworkProxyFactory>
#include <QPointer>
#include <QProcessEnvironment>
#include <QtConcurrentRun>

#include <utility>

namespace courier {
namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(WayFinder)
};

constexpr qint64 systemAnswerHolds = 60'000'000; ///< microseconds
constexpr qsizetype keptAnswers = 512;

// May take long: the desktop's settings can name a script that has to be fetched. The path and query of a webhook are
// as good as a password, so that they aren't shown to one.
QNetworkProxy desktopProxy(const QUrl &origin)
{
    const QList<QNetworkProxy> found = QNetworkProxyFactory::systemProxyForQuery(QNetworkProxyQuery(origin));
    for (const QNetworkProxy &proxy : found) {
        if (proxy.type() != QNetworkProxy::DefaultProxy) {
            return proxy.type() == QNetworkProxy::HttpCachingProxy
                       ? QNetworkProxy(QNetworkProxy::HttpProxy, proxy.hostName(), proxy.port(), proxy.user(),
                                       proxy.password())
                       : proxy;
        }
    }
    return {QNetworkProxy::NoProxy};
}

Verdict guardVerdict(const QString &reason)
{
    return {Outcome::GuardRefused, reason};
}

} // namespace

/// One question under way.
struct WayFinder::Search
{
    TargetRoute route;
    int turn = 0;
    QPointer<QObject> context;
    Then then;
    Way way;

    void found() const { answer(way); }
    void failed(const Verdict &verdict) const { answer(tl::unexpected(verdict)); }

private:
    void answer(const FoundWay &found) const
    {
        if (context) {
            then(found);
        }
    }
};

WayFinder::WayFinder(const Clock &clock, std::shared_ptr<const std::atomic_bool> guarded, QObject *parent)
    : QObject(parent)
    , m_clock(clock)
    , m_guarded(std::move(guarded))
{
}

WayFinder::~WayFinder() = default;

void WayFinder::find(const TargetRoute &route, int turn, QObject *context, Then then)
{
    auto search = std::make_shared<Search>(Search{route, turn, context, std::move(then), {}});
    if (route.hasOwnProxy()) {
        search->way.proxy = route.ownProxy();
    } else if (!route.isDirect()) {
        askSystem(search);
        return;
    }
    guard(search);
}

void WayFinder::askSystem(const std::shared_ptr<Search> &search)
{
    const QUrl &url = search->route.url();
    if (const auto proxy = environmentProxy(url, QProcessEnvironment::systemEnvironment())) {
        search->way.proxy = *proxy;
        guard(search);
        return;
    }
    const QString origin = originOf(url);
    const auto known = m_system.constFind(origin);
    if (known != m_system.constEnd() && m_clock.monotonic() < known->until) {
        search->way.proxy = known->proxy;
        guard(search);
        return;
    }
    QFuture<QNetworkProxy> &asking = m_asking[origin];
    if (!asking.isRunning()) {
        asking = QtConcurrent::run(&desktopProxy, QUrl(origin));
    }
    auto *watcher = new QFutureWatcher<QNetworkProxy>(this);
    connect(watcher, &QFutureWatcherBase::finished, this, [this, watcher, origin, search] {
        watcher->deleteLater();
        if (m_system.size() >= keptAnswers) {
            m_system.clear();
        }
        m_asking.remove(origin);
        m_system.insert(origin, {watcher->result(), m_clock.monotonic() + systemAnswerHolds});
        search->way.proxy = watcher->result();
        guard(search);
    });
    watcher->setFuture(asking);
}

void WayFinder::guard(const std::shared_ptr<Search> &search)
{
    if (!*m_guarded) {
        search->found();
    } else if (search->way.proxy.type() == QNetworkProxy::NoProxy) {
        guardDirect(search);
    } else if (search->route.hasOwnProxy()) {
        guardOwnProxy(search, [this, search] { guardProxied(search); });
    } else {
        guardProxied(search);
    }
}

void WayFinder::resolve(const std::shared_ptr<Search> &search, const QString &host,
                        std::function<void(const QHostInfo &)> then)
{
    if (const QHostAddress address(host); !address.isNull()) {
        QHostInfo info;
        info.setAddresses({address});
        then(info);
        return;
    }
    QHostInfo::lookupHost(host, this, [search, then = std::move(then)](const QHostInfo &info) {
        if (search->context) {
            then(info);
        }
    });
}

// All addresses of a name have to be in order, and the one that was looked at is the one that is connected to: between
// the two nobody can lead the name elsewhere.
void WayFinder::guardDirect(const std::shared_ptr<Search> &search)
{
    const QString host = search->route.url().host();
    resolve(search, host, [search, host](const QHostInfo &info) {
        const QList<QHostAddress> addresses = info.addresses();
        if (addresses.isEmpty()) {
            search->failed(
                {Outcome::Unreachable, Words::tr("Could not connect: no host named %1 was found.").arg(host)});
        } else if (const auto refusal = targetguard::refusal(host, addresses)) {
            search->failed(guardVerdict(*refusal));
        } else {
            search->way.address = addresses.at(search->turn % addresses.size());
            search->found();
        }
    });
}

// The proxy looks the name up itself; what can be told here is refused here. A name that only the proxy knows is the
// proxy's to judge.
void WayFinder::guardProxied(const std::shared_ptr<Search> &search)
{
    const QString host = search->route.url().host();
    resolve(search, host, [search, host](const QHostInfo &info) {
        if (const auto refusal = targetguard::refusal(host, info.addresses())) {
            search->failed(guardVerdict(*refusal));
        } else {
            search->found();
        }
    });
}

// A destination's own proxy is as much of its own choice as its address. The system's is the installation's.
void WayFinder::guardOwnProxy(const std::shared_ptr<Search> &search, std::function<void()> then)
{
    const QString host = search->way.proxy.hostName();
    resolve(search, host, [search, host, then = std::move(then)](const QHostInfo &info) {
        const QList<QHostAddress> addresses = info.addresses();
        if (addresses.isEmpty()) {
            search->failed({Outcome::ProxyFailed, Words::tr("The proxy's host was not found.")});
        } else if (const auto refusal = targetguard::refusal(host, addresses)) {
            search->failed(guardVerdict(*refusal));
        } else {
            search->way.proxy.setHostName(addresses.at(search->turn % addresses.size()).toString());
            then();
        }
    });
}

} // namespace courier
