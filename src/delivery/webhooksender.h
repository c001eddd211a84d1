// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "delivery/deliverysource.h"
#include "delivery/giveway.h"
#include "delivery/senderkit.h"
#include "delivery/sendstage.h"
#include "delivery/target.h"
#include "domain/clock.h"

#include <QHash>
#include <QList>
#include <QObject>
#include <QSet>
#include <QTimer>

#include <atomic>
#include <chrono>
#include <memory>
#include <utility>

namespace courier {

class Exchange;
struct Verdict;

struct SenderOptions
{
    int outstanding = 16; ///< attempts under way at a time, at most, that have just begun
    /// What one of a destination's timeoutSeconds lasts; tests shorten it.
    std::chrono::milliseconds timeoutUnit{1000};
    /// Bytes by which the whole process may grow while an answer is awaited. A fuse: Qt 6.4 holds headers, and the body
    /// of a 401 or 407, without bound until they are complete, and only then hands them out.
    qint64 unansweredMemory = 192LL * 1024 * 1024;
    int slow = 48; ///< attempts beside the outstanding ones that last: they cost next to nothing
};

/// Makes attempts: takes jobs from the source, sends each as one POST, and hands back what came of it. Lives on a
/// thread with an event loop; only wake() may be called from others.
class WebhookSender final : public QObject
{
    Q_OBJECT

public:
    /// \a source and \a clock must outlive the sender; \a shared is what it has in common with others, if any.
    WebhookSender(DeliverySource &source, const Clock &clock, const SenderOptions &options = {},
                  std::shared_ptr<SharedState> shared = {}, QObject *parent = nullptr);
    ~WebhookSender() override;

    /// There may be something to take. Thread-safe; costs next to nothing while the sender is busy or about to look.
    void wake();
    /// Takes nothing more, lets what is under way end within \a grace, then cuts it short (Outcome::Interrupted).
    /// stopped() says when all of it was handed back.
    void stop(std::chrono::milliseconds grace);

Q_SIGNALS:
    void stopped();
    /// Of test alerts only. \a microseconds since the attempt began.
    void stageReached(qint64 ticket, courier::SendStage stage, qint64 microseconds);

private:
    void pull();
    void accept(SendJob job);
    void handBackUnsent(SendJob job, const Verdict &verdict);
    void begin(SendJob job, const std::shared_ptr<const Target> &target);
    void beginWaiting();
    void onEnded(Exchange *exchange);
    void onTick();
    void interruptAll();
    void stopIfDone();
    void updateBusy();
    void giveWayWhenBusy();
    Result<std::shared_ptr<const Target>> targetOf(const SendJob &job);
    qsizetype outstanding() const { return m_exchanges.size() + m_waiting.size(); }
    bool hasRoom() const
    {
        return outstanding() - m_slow.size() < m_options.outstanding &&
               outstanding() < m_options.outstanding + m_options.slow;
    }

    struct Waiting
    {
        SendJob job;
        std::shared_ptr<const Target> target;
    };

    DeliverySource &m_source;
    const Clock &m_clock;
    const SenderOptions m_options;
    SenderKit m_kit;
    GiveWay m_giveWay;
    QTimer m_tick;
    qint64 m_memory = 0;           ///< of the process, bytes, at the last tick
    QList<Exchange *> m_exchanges; ///< under way; children of this
    QSet<Exchange *> m_slow;       ///< those of them that last, or will
    QHash<QString, int> m_perOrigin;
    QList<Waiting> m_waiting; ///< taken, and waiting for a free connection to their origin
    QHash<std::pair<const Destination *, const DestinationSecrets *>, std::shared_ptr<const Target>> m_targets;
    bool m_givesWay = false;
    bool m_stopping = false;
    std::atomic_bool m_isFull{false};
    std::atomic_bool m_isWoken{false};
};

} // namespace courier
