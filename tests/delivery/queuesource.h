// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "delivery/deliverysource.h"
#include "delivery/senderpool.h"
#include "support/httpmessages.h"

#include <QList>

#include <chrono>
#include <condition_variable>
#include <deque>
#include <mutex>
#include <vector>

namespace courier::test {

/// A source that hands out the jobs a test gave it, first come first served, and keeps what came of them.
/// Thread-safe.
class QueueSource final : public DeliverySource
{
public:
    void add(SendJob job);
    std::optional<SendJob> takeNext() override;
    void finished(SendResult result) override;

    /// Blocks the caller until \a count jobs were handed back in all; false when they weren't in time.
    bool waitForResults(int count, std::chrono::milliseconds timeout = std::chrono::seconds(30)) const;
    /// In the order they were handed back.
    std::vector<SendResult> results() const;
    int takenCount() const;
    int mostTaken() const; ///< taken and not handed back, at most, at any moment

private:
    mutable std::mutex m_mutex;
    mutable std::condition_variable m_changed;
    std::deque<SendJob> m_jobs;
    std::vector<SendResult> m_results;
    int m_taken = 0;
    int m_mostTaken = 0;
};

/// A destination of the name "Ops bridge" at \a url.
Destination destinationAt(const QString &url);
/// An attempt to send the test alert there, with a webhook-id and a ticket of its own.
SendJob jobFor(const Destination &destination);
SendJob jobFor(const Destination &destination, const DestinationSecrets &secrets);
SendJob jobFor(const std::shared_ptr<const Destination> &destination);

/// A source and one sender thread that serves it.
class OneSender
{
public:
    explicit OneSender(const SenderOptions &options = {});
    /// By another clock than the machine's own.
    explicit OneSender(const Clock &clock, const SenderOptions &options = {});
    OneSender(const OneSender &) = delete;
    OneSender &operator=(const OneSender &) = delete;
    ~OneSender() = default;

    /// Sends and waits for what comes of it.
    SendResult send(const SendJob &job);
    SendResult send(const Destination &destination, const DestinationSecrets &secrets = {})
    {
        return send(jobFor(destination, secrets));
    }
    SendResult send(const QString &url) { return send(jobFor(destinationAt(url))); }

    /// The same to a receiver of its own that gives this answer. Checks that it was asked once, and only once.
    SendResult sendOnceTo(const Answer &answer);

    QueueSource &source() { return m_source; }
    SenderPool &pool() { return m_pool; }

private:
    QueueSource m_source;
    SystemClock m_clock;
    SenderPool m_pool;
};

/// The most memory this process ever occupied, in KiB.
qint64 peakMemory();

} // namespace courier::test
