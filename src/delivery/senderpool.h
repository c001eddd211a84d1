// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "delivery/deliverysource.h"
#include "delivery/sendstage.h"
#include "delivery/webhooksender.h"
#include "domain/clock.h"

#include <QObject>

#include <chrono>
#include <memory>
#include <vector>

class QThread;

namespace courier {

/// The sender threads, a WebhookSender on each. Lives on the thread that made it; wake() may be called from any.
/// Nothing is taken from the source before the first wake().
class SenderPool final : public QObject
{
    Q_OBJECT

public:
    struct Options
    {
        int threads = 2;
        SenderOptions sender;
    };

    /// Starts the threads. \a source and \a clock must outlive the pool.
    SenderPool(DeliverySource &source, const Clock &clock, const Options &options, QObject *parent = nullptr);
    SenderPool(DeliverySource &source, const Clock &clock, QObject *parent = nullptr);
    /// Stops with no grace.
    ~SenderPool() override;

    /// There may be something to take. Thread-safe until the destructor runs; thousands of calls cost little.
    void wake();
    /// Sends nothing to addresses that targetguard refuses; off at first. From any thread, for the next attempts.
    void setGuarded(bool guarded) { *m_shared->guarded = guarded; }
    /// Takes nothing more and waits until all that is under way was handed back to the source: what doesn't end within
    /// \a grace is cut short and handed back as Outcome::Interrupted. Then the threads are gone. Blocks the caller.
    void stop(std::chrono::milliseconds grace);

Q_SIGNALS:
    /// Of test alerts only. \a microseconds since the attempt began.
    void stageReached(qint64 ticket, courier::SendStage stage, qint64 microseconds);

private:
    struct Lane
    {
        std::unique_ptr<QThread> thread;
        std::unique_ptr<WebhookSender> sender;
    };

    std::shared_ptr<SharedState> m_shared;
    std::vector<Lane> m_lanes;
};

} // namespace courier
