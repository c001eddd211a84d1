// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "delivery/deliverysource.h"
#include "desk/attemptcounts.h"
#include "desk/faileddelivery.h"
#include "desk/lanes.h"
#include "domain/clock.h"
#include "store/store.h"

#include <QObject>
#include <QThread>
#include <QTimer>

#include <atomic>
#include <deque>
#include <functional>
#include <mutex>
#include <random>

namespace courier {

/// What is due, when: reads waiting deliveries ahead from the store, hands them to the senders in turn, and gives what
/// came of them back to the store, with which destinations struggle. The object lives on a thread of its own, where it
/// reads; the senders take and return on theirs. Public calls are thread-safe.
class Dispatcher : public QObject, public DeliverySource
{
    Q_OBJECT

public:
    /// At most so many results wait for their commit; beyond that nothing is handed out until the store has caught up.
    static constexpr int uncommittedLimit = 512;

    /// \a store and \a clock outlive the dispatcher; \a wake tells the senders that there is work.
    Dispatcher(Store &store, const Clock &clock, Lanes::Limits limits = {});
    ~Dispatcher() override;

    /// Before any other call.
    void setWake(std::function<void()> wake) { m_wake = std::move(wake); }

    void setDestinations(const QList<Destination> &destinations);
    /// The secrets that a destination names by \a id.
    void setSecrets(DestinationId destination, SecretsId id, std::shared_ptr<const DestinationSecrets> secrets);
    /// Begins to hand out what is due, after what the process before left was recorded. Once only.
    void startSending();
    /// Nothing is handed out any more; what is under way still comes back.
    void stopSending();
    /// Ends the thread. The store may then go, and after it the dispatcher: what the store still commits calls back.
    void shutDown();
    /// Looks at once for what is due.
    void noteChanges();
    /// For a test that will be enqueued.
    qint64 newTicket();
    /// One attempt of a test alert, ahead of everything and outside the limits.
    void enqueueTest(qint64 ticket, const Destination &destination, std::shared_ptr<const DestinationSecrets> secrets);

    /// What was sent so far, tests left out.
    const AttemptCounts &counts() const { return m_counts; }

    // DeliverySource, for the senders' threads
    std::optional<SendJob> takeNext() override;
    void finished(SendResult result) override;

Q_SIGNALS:
    void testFinished(qint64 ticket, const courier::Attempt &attempt);
    void failedForGood(const courier::FailedDelivery &failed);
    void sendingStarted();
    /// Nothing is sent yet: what the process before left can't be recorded. Tried again; told once for each reason.
    void sendingFailed(const courier::Error &error);

private:
    struct UnderWay
    {
        Delivery delivery;
        int slot = -1;
        qint64 takenAt = 0;   ///< monotonic, microseconds
        bool shown = false;   ///< the store says Sending
        bool isSlow = false;  ///< has a place among the slow ones
        bool isProbe = false; ///< see Lanes::Turn
    };

    void recover();
    void recoverLater(const Error &error);
    void beginSending();
    void setHealthy(bool healthy);
    void onStoreChanged();
    void refillSoon();
    void refill();
    void fillOne(const Lanes::Fill &fill, qint64 now);
    void armTimer();
    void armTurnTimer();
    void waitForTurn(qint64 now);
    Lanes::End endOf(const SendResult &result, const UnderWay &underWay, qint64 now) const;
    /// \a retryAt: when the delivery that has just failed is due again; 0 where it isn't.
    void tellStruggle(DestinationId destination, const QString &name, qint64 retryAt);
    StruggleNote struggleNote(DestinationId destination, qint64 retryAt);
    void forgetStruggles();
    void showLongSends();
    std::optional<SendJob> takeTest();
    SendJob makeJob(Lanes::Turn turn);
    void committed(DestinationId destination, DeliveryId delivery, int slot, qint64 retryAt);
    void noteTest(const SendResult &result);
    void reportFailure(const AttemptRecord &record, const SendJob &job);
    double dice();

    Store &m_store;
    AttemptCounts m_counts;
    const Clock &m_clock;
    std::function<void()> m_wake = [] {};
    QThread m_thread;
    std::unique_ptr<Queries> m_queries;       ///< used on m_thread only
    std::unique_ptr<InFlightLedger> m_ledger; ///< set before sending begins, then never changed
    QTimer m_dueTimer{this};
    QTimer m_turnTimer{this};
    QTimer m_showTimer{this};
    QTimer m_noteTimer{this};
    QTimer m_recoverTimer{this};
    QString m_toldFailure;
    std::atomic<bool> m_refillQueued = false;

    std::mutex m_tellMutex;                         ///< guards the next; taken before m_mutex
    QHash<DestinationId, StruggleNote> m_struggles; ///< as the store was told

    std::mutex m_mutex; ///< guards all below
    Lanes m_lanes;
    std::unique_ptr<SteadyUtc> m_utc;
    bool m_sending = false;
    bool m_started = false;
    bool m_stopped = false;
    bool m_healthy = true;
    int m_uncommitted = 0;
    std::optional<qint64> m_turnAt; ///< what a rate or a wait holds back goes then, monotonic: the timer is set
    qint64 m_ticket = 0;
    QHash<qint64, UnderWay> m_underWay; ///< by ticket
    std::deque<SendJob> m_tests;
    std::mt19937_64 m_random;
};

} // namespace courier
