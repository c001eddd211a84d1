// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#include "delivery/connections.h"

#include "delivery/namedconnections.h"

#include <QCryptographicHash>
#include <QNetworkProxyFactory>

#include <algorithm>
#include <utility>

namespace courier {
namespace {

// Each has a thread of Qt's and up to six connections an origin. Destinations that differ in more ways take turns.
constexpr std::size_t keptManagers = 24;
constexpr int mostToOneOrigin = 6;        // as Qt has it
constexpr qint64 longestWait = 1'000'000; // microseconds

// With every proxy "NoProxy", Qt 6.4 leaves its plain sockets unbuffered and reads an answer's headers a byte a
// system call. "DefaultProxy" comes to the same connection, over a buffered socket.
class BufferedSockets final : public QNetworkProxyFactory
{
public:
    BufferedSockets() = default;
    Q_DISABLE_COPY_MOVE(BufferedSockets)

    QList<QNetworkProxy> queryProxy(const QNetworkProxyQuery &) override { return m_direct; }

private:
    const QList<QNetworkProxy> m_direct{QNetworkProxy(QNetworkProxy::DefaultProxy)};
};

Connections::Place newPool(const QNetworkProxy &proxy)
{
    namedconnections::provide();
    auto pool = std::make_shared<Connections::Pool>();
    if (proxy.type() == QNetworkProxy::NoProxy) {
        pool->manager.setProxyFactory(new BufferedSockets);
    } else {
        pool->manager.setProxy(proxy);
    }
    return pool;
}

QByteArray keyOf(const QByteArray &trustKey, const QNetworkProxy &proxy)
{
    QCryptographicHash key(QCryptographicHash::Sha256);
    key.addData(trustKey);
    const QByteArray text = QByteArray::number(static_cast<int>(proxy.type())) + '\n' + proxy.hostName().toUtf8() +
                            '\n' + QByteArray::number(proxy.port()) + '\n' + proxy.user().toUtf8() + '\n' +
                            proxy.password().toUtf8();
    key.addData(text);
    return key.result();
}

} // namespace

bool WaitingConnections::areFresh(qint64 now) const
{
    return m_underWay >= m_open || now - m_allBusyUntil <= longestWait;
}

void WaitingConnections::requestBegan(qint64 now)
{
    ++m_underWay;
    if (m_underWay >= m_open) {
        m_open = std::min(m_underWay, mostToOneOrigin);
        m_allBusyUntil = now;
    }
}

void WaitingConnections::requestEnded(bool keepsConnection, qint64 now)
{
    if (m_underWay >= m_open) {
        m_allBusyUntil = now;
    }
    // Where more requests wait than there are connections, the next one opens another in its place.
    if (!keepsConnection && m_underWay <= m_open) {
        --m_open;
    }
    --m_underWay;
}

Connections::Use::Use(Place place, QString origin, qint64 now)
    : m_place(std::move(place))
    , m_origin(std::move(origin))
    , m_isUnderWay(true)
{
    m_place->waiting[m_origin].requestBegan(now);
}

void Connections::Use::end(bool keepsConnection, qint64 now)
{
    if (std::exchange(m_isUnderWay, false)) {
        m_place->waiting[m_origin].requestEnded(keepsConnection, now);
    }
}

Connections::Use Connections::begin(const QByteArray &trustKey, const QNetworkProxy &proxy, const QString &origin,
                                    qint64 now)
{
    Place &place = placeOf(trustKey, proxy);
    if (!place || !place->waiting.value(origin).areFresh(now)) {
        place = newPool(proxy);
    }
    return {place, origin, now};
}

Connections::Place &Connections::placeOf(const QByteArray &trustKey, const QNetworkProxy &proxy)
{
    if (trustKey.isEmpty() && proxy.type() == QNetworkProxy::NoProxy) {
        return m_plain;
    }
    const QByteArray key = keyOf(trustKey, proxy);
    const auto known =
        std::find_if(m_others.begin(), m_others.end(), [&](const Entry &entry) { return entry.key == key; });
    if (known != m_others.end()) {
        m_others.splice(m_others.begin(), m_others, known);
        return m_others.front().place;
    }
    if (m_others.size() >= keptManagers) {
        m_others.pop_back();
    }
    m_others.push_front({key, {}});
    return m_others.front().place;
}

void Connections::drop(const Place &place)
{
    if (place == m_plain) {
        m_plain.reset();
    }
    m_others.remove_if([&](const Entry &entry) { return entry.place == place; });
}

void Connections::clear()
{
    m_plain.reset();
    m_others.clear();
}

} // namespace courier
