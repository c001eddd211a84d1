// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

// Its life: how it begins, is told of changes, and ends. What is due is read in dispatcher_due.cpp.

#include "desk/dispatcher.h"

#include "domain/workerthread.h"
#include "store/whendone.h"

#include <QCoreApplication>
#include <QLoggingCategory>

Q_LOGGING_CATEGORY(lcDelivery, "courier.delivery")

namespace courier {
namespace {

constexpr int showIntervalMs = 100; ///< how often sends that last are looked for
constexpr int recoverIntervalMs = 1000;
constexpr int noteIntervalMs = 250; ///< while much changes, waiting deliveries are looked for so often

} // namespace

Dispatcher::Dispatcher(Store &store, const Clock &clock, Lanes::Limits limits)
    : m_store(store)
    , m_clock(clock)
    , m_lanes(limits)
    , m_utc(std::make_unique<SteadyUtc>(clock))
    , m_random(std::random_device{}())
{
    m_dueTimer.setSingleShot(true);
    m_dueTimer.setTimerType(Qt::PreciseTimer);
    m_turnTimer.setSingleShot(true);
    m_turnTimer.setTimerType(Qt::PreciseTimer);
    m_showTimer.setInterval(showIntervalMs);
    connect(&m_dueTimer, &QTimer::timeout, this, &Dispatcher::refill);
    connect(&m_turnTimer, &QTimer::timeout, this, &Dispatcher::refill);
    m_noteTimer.setSingleShot(true);
    m_noteTimer.setInterval(noteIntervalMs);
    m_recoverTimer.setSingleShot(true);
    m_recoverTimer.setInterval(recoverIntervalMs);
    connect(&m_recoverTimer, &QTimer::timeout, this, &Dispatcher::recover);
    connect(&m_showTimer, &QTimer::timeout, this, &Dispatcher::showLongSends);
    connect(&m_noteTimer, &QTimer::timeout, this, &Dispatcher::noteChanges);
    // Straight from the store to this thread: a busy window doesn't hold up what is sent.
    connect(&store, &Store::changed, this, &Dispatcher::onStoreChanged);
    connect(&store, &Store::healthChanged, this, [this](const StoreHealth &health) { setHealthy(health.healthy); });
    m_thread.setObjectName(QStringLiteral("dispatcher"));
    moveToThread(&m_thread);
    m_thread.start();
    QMetaObject::invokeMethod(this, &becomeWorkerThread, Qt::QueuedConnection);
}

Dispatcher::~Dispatcher()
{
    shutDown();
}

void Dispatcher::shutDown()
{
    stopSending();
    if (!m_thread.isRunning()) {
        return;
    }
    // Timers and the reading connection belong to the thread: they end there.
    QMetaObject::invokeMethod(
        this,
        [this] {
            // What the store said a moment ago must not start them anew.
            disconnect(&m_store, nullptr, this, nullptr);
            QCoreApplication::removePostedEvents(this, QEvent::MetaCall);
            m_dueTimer.stop();
            m_turnTimer.stop();
            m_showTimer.stop();
            m_noteTimer.stop();
            m_recoverTimer.stop();
            m_queries.reset();
        },
        Qt::BlockingQueuedConnection);
    m_thread.quit();
    m_thread.wait();
    forgetStruggles();
}

void Dispatcher::setDestinations(const QList<Destination> &destinations)
{
    {
        const std::lock_guard lock(m_mutex);
        m_lanes.setDestinations(destinations);
    }
    for (const Destination &destination : destinations) {
        tellStruggle(destination.id, destination.name, 0);
    }
    refillSoon();
}

void Dispatcher::setSecrets(DestinationId destination, SecretsId id, std::shared_ptr<const DestinationSecrets> secrets)
{
    {
        const std::lock_guard lock(m_mutex);
        m_lanes.setSecrets(destination, id, std::move(secrets));
    }
    m_wake();
}

void Dispatcher::startSending()
{
    {
        const std::lock_guard lock(m_mutex);
        if (m_stopped || std::exchange(m_started, true)) {
            return;
        }
    }
    QMetaObject::invokeMethod(this, &Dispatcher::recover, Qt::QueuedConnection);
}

// What the process before left under way is recorded before anything new is sent.
void Dispatcher::recover()
{
    if (!m_ledger) {
        auto ledger = InFlightLedger::open(m_store.databasePath().section(QLatin1Char('/'), 0, -2));
        if (!ledger) {
            recoverLater(ledger.error());
            return;
        }
        m_ledger = std::move(*ledger);
    }
    whenDone(this, m_store.recoverInterrupted(m_ledger->leftBehind()), [this](const Result<qint64> &interrupted) {
        if (!interrupted) {
            recoverLater(interrupted.error());
            return;
        }
        if (*interrupted > 0) {
            qCInfo(lcDelivery, "%lld sends were cut short when the last sender ended; they are made again.",
                   static_cast<long long>(*interrupted));
        }
        m_ledger->clear();
        beginSending();
    });
}

// A disk that is full or fails now may have room later: nobody else asks again.
void Dispatcher::recoverLater(const Error &error)
{
    {
        const std::lock_guard lock(m_mutex);
        if (m_stopped) {
            return;
        }
    }
    m_recoverTimer.start();
    if (std::exchange(m_toldFailure, error.message) != error.message) {
        Q_EMIT sendingFailed(error);
    }
}

void Dispatcher::beginSending()
{
    {
        const std::lock_guard lock(m_mutex);
        if (m_stopped) {
            return;
        }
        m_sending = true;
        // Due times are those of the process before, which began by the wall clock, too, and perhaps later.
        m_utc = std::make_unique<SteadyUtc>(m_clock);
        m_lanes.markChanged();
    }
    m_showTimer.start();
    refill();
    Q_EMIT sendingStarted();
}

void Dispatcher::stopSending()
{
    const std::lock_guard lock(m_mutex);
    m_sending = false;
    m_stopped = true;
    m_tests.clear();
}

// The first change is looked at straight away, those that follow closely together.
void Dispatcher::onStoreChanged()
{
    if (!m_noteTimer.isActive()) {
        m_noteTimer.start();
        noteChanges();
    }
}

void Dispatcher::noteChanges()
{
    {
        const std::lock_guard lock(m_mutex);
        m_lanes.markChanged();
    }
    refillSoon();
}

void Dispatcher::setHealthy(bool healthy)
{
    {
        const std::lock_guard lock(m_mutex);
        m_healthy = healthy;
    }
    if (healthy) {
        m_wake(); // for what is ready already: no fill would
    }
    refillSoon();
}

} // namespace courier
