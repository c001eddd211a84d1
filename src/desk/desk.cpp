// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#include "desk/desk.h"

#include "delivery/senderpool.h"
#include "desk/bulkresend.h"
#include "desk/certificatewatch.h"
#include "desk/destinationwriter.h"
#include "desk/dispatcher.h"
#include "desk/endings.h"
#include "desk/guardsetting.h"
#include "desk/importjob.h"
#include "desk/intakeservice.h"
#include "desk/retention.h"
#include "desk/secretcache.h"
#include "desk/watchedfiles.h"
#include "store/whendone.h"

#include <QElapsedTimer>
#include <QLoggingCategory>

#include <algorithm>

Q_LOGGING_CATEGORY(lcDesk, "courier.desk")

namespace courier {
namespace {

constexpr std::chrono::milliseconds stopGrace{2000}; ///< what is under way at the end has so long to come back
// Queue and statistics are read so often while things move, but for no more than one part of stateShare of the time:
// with a million deliveries a day they are a million rows.
constexpr int shortestStateMs = 1000;
constexpr int longestStateMs = 10'000;
constexpr int stateShare = 20;

} // namespace

Result<std::unique_ptr<Desk>> Desk::open(const QString &directory, const Clock &clock)
{
    Store::Options options;
    options.readers = 3; // a long search, its first page, and the rows in sight
    auto store = Store::open(directory, clock, options);
    if (!store) {
        return tl::unexpected(store.error());
    }
    auto queries = (*store)->connectQueries();
    if (!queries) {
        return tl::unexpected(queries.error());
    }
    const QList<Destination> destinations = (*queries)->destinations(true);
    std::unique_ptr<Desk> desk(new Desk(directory, clock, std::move(*store)));
    desk->takeDestinations(destinations);
    return desk;
}

Desk::Desk(const QString &directory, const Clock &clock, std::unique_ptr<Store> store)
    : m_directory(directory)
    , m_clock(clock)
    , m_store(std::move(store))
    , m_vault(std::make_unique<SecretVault>(directory, m_store->key()))
    , m_secretCache(std::make_unique<SecretCache>(*m_vault))
    , m_writer(std::make_unique<DestinationWriter>(*m_store, *m_vault, clock))
    , m_dispatcher(std::make_unique<Dispatcher>(*m_store, clock))
    , m_pool(std::make_unique<SenderPool>(*m_dispatcher, clock))
    , m_guard(std::make_unique<GuardSetting>(*m_store, *m_pool))
    , m_receiver(std::make_unique<EchoReceiver>())
    , m_watchedFiles(std::make_unique<WatchedFiles>(*m_store, clock))
    , m_endings(std::make_unique<Endings>(*m_store, clock))
    , m_certificates(std::make_unique<CertificateWatch>(clock))
    , m_retention(std::make_unique<Retention>(*m_store, clock))
    , m_intake(std::make_unique<IntakeService>(*m_store, clock, m_dispatcher->counts()))
{
    m_dispatcher->setWake([pool = m_pool.get()] { pool->wake(); });
    connect(m_pool.get(), &SenderPool::stageReached, this, &Desk::testStageReached);
    connect(m_dispatcher.get(), &Dispatcher::testFinished, this, &Desk::onTestFinished);
    connect(m_dispatcher.get(), &Dispatcher::failedForGood, this, &Desk::failedForGood);
    connect(m_dispatcher.get(), &Dispatcher::sendingStarted, this, [this] {
        m_beginning = {};
        setSending(true);
        Q_EMIT healthChanged(health());
    });
    connect(m_dispatcher.get(), &Dispatcher::sendingFailed, this, [this](const Error &error) {
        qCCritical(lcDesk, "Sending can't begin: %s", qUtf8Printable(error.detail));
        m_beginning = {false, error};
        Q_EMIT healthChanged(health());
    });
    connect(m_secretCache.get(), &SecretCache::loaded, m_dispatcher.get(), &Dispatcher::setSecrets,
            Qt::DirectConnection); // it locks by itself
    connect(m_secretCache.get(), &SecretCache::waitingChanged, this, &Desk::waitingChanged);
    connect(m_certificates.get(), &CertificateWatch::changed, this, &Desk::destinationsChanged);
    connect(m_store.get(), &Store::changed, this, &Desk::onStoreChanged);
    connect(m_store.get(), &Store::healthChanged, this, &Desk::onHealthChanged);

    m_stateTimer.setSingleShot(true);
    connect(&m_stateTimer, &QTimer::timeout, this, &Desk::readState);
    m_stateTimer.start(0);
}

Desk::~Desk()
{
    // In the order of an alert's way: nothing new is taken, what is under way comes back, the store commits it.
    m_resend.reset();
    m_retention.reset();
    m_endings.reset();
    m_intake.reset();
    m_watchedFiles.reset();
    m_receiver.reset();
    m_writer.reset();
    m_secretCache.reset();
    m_vault.reset();
    m_guard.reset();
    m_dispatcher->stopSending();
    m_pool->stop(stopGrace);
    m_dispatcher->shutDown();
    m_store.reset();
    m_dispatcher.reset();
}

void Desk::startSending()
{
    m_secretCache->start();
    m_dispatcher->startSending();
    m_intake->start();
    m_watchedFiles->start();
}

void Desk::setSending(bool sending)
{
    if (m_sending != sending) {
        m_sending = sending;
        qCInfo(lcDesk, "Sending has begun.");
        m_endings->start();
        m_retention->start();
        m_certificates->startLogging();
        Q_EMIT sendingChanged(sending);
    }
}

void Desk::lookAtClock()
{
    m_dispatcher->noteChanges();
    m_endings->look();
    m_certificates->look();
}

QFuture<Result<QList<Accepted>>> Desk::accept(QList<Alert> alerts)
{
    return m_store->accept(std::move(alerts));
}

QFuture<Result<QList<Accepted>>> Desk::take(QList<IncomingAlert> alerts, std::optional<FilePlace> place)
{
    return m_store->take(std::move(alerts), std::move(place));
}

QList<Route> Desk::preview(const Alert &alert) const
{
    return route(alert, m_destinations, m_store->key());
}

QFuture<Result<qint64>> Desk::resend(const QList<DeliveryId> &deliveries)
{
    return m_store->resend(deliveries);
}

QFuture<Result<DeliveryId>> Desk::sendAnyway(AlertId alert, DestinationId destination)
{
    return m_store->sendAnyway(alert, destination);
}

QFuture<Result<qint64>> Desk::dismiss(const QList<AlertId> &alerts)
{
    return m_store->dismiss(alerts);
}

BulkResend *Desk::startResend(const AlertFilter &filter)
{
    if (!m_resend || m_resend->isOver()) {
        m_resend = std::make_unique<BulkResend>(*m_store, filter);
        Q_EMIT resendStarted(m_resend.get());
        m_resend->start();
    }
    return m_resend.get();
}

std::unique_ptr<ImportJob> Desk::importFile(const QString &path, const QString &source)
{
    return std::make_unique<ImportJob>(*m_store, m_clock, path, source);
}

void Desk::onStoreChanged(const StoreChanges &changes)
{
    if (changes.destinations || changes.reload) {
        readDestinations();
    }
    if (!m_stateTimer.isActive()) {
        m_stateTimer.start(m_stateIntervalMs);
    }
}

void Desk::onHealthChanged(const StoreHealth &health)
{
    if (health.healthy) {
        qCInfo(lcDesk, "The store can be written again.");
    } else {
        qCCritical(lcDesk, "The store can't be written: %s", qUtf8Printable(health.error.detail));
    }
    Q_EMIT healthChanged(this->health());
}

StoreHealth Desk::health() const
{
    const StoreHealth store = m_store->health();
    return store.healthy ? m_beginning : store;
}

void Desk::readDestinations()
{
    whenDone(this, m_store->read([](Queries &queries) { return queries.destinations(true); }),
             [this](const QList<Destination> &all) {
                 takeDestinations(all);
                 Q_EMIT destinationsChanged();
             });
}

void Desk::takeDestinations(const QList<Destination> &all)
{
    m_destinations.clear();
    m_names.clear();
    for (const Destination &one : all) {
        m_names.insert(one.id, one.name);
        if (!one.isDeleted()) {
            m_destinations.append(one);
        }
    }
    m_dispatcher->setDestinations(m_destinations);
    m_secretCache->setDestinations(m_destinations);
    m_intake->setNames(m_names);
    m_certificates->setDestinations(m_destinations);
}

void Desk::readState()
{
    struct State
    {
        QueueState queue;
        QList<DestinationStats> stats;
        qint64 tookMs = 0;
    };
    const auto query = [now = m_clock.nowUtc()](Queries &queries) {
        QElapsedTimer timer;
        timer.start();
        State state{queries.queueState(), queries.destinationStats(now)};
        state.tookMs = timer.elapsed();
        return state;
    };
    whenDone(this, m_store->read(query, ReadKind::Long), [this](const State &state) {
        m_queue = state.queue;
        m_stateIntervalMs =
            static_cast<int>(std::clamp<qint64>(state.tookMs * stateShare, shortestStateMs, longestStateMs));
        Q_EMIT queueChanged(m_queue);
        Q_EMIT statsChanged(state.stats);
    });
}

} // namespace courier
