// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#include "delivery/queuesource.h"

#include "support/scriptedreceiver.h"

#include <QtTest>

#include <algorithm>
#include <atomic>

#include <sys/resource.h>

namespace courier::test {

void QueueSource::add(SendJob job)
{
    const std::lock_guard lock(m_mutex);
    m_jobs.push_back(std::move(job));
}

std::optional<SendJob> QueueSource::takeNext()
{
    const std::lock_guard lock(m_mutex);
    if (m_jobs.empty()) {
        return std::nullopt;
    }
    SendJob job = std::move(m_jobs.front());
    m_jobs.pop_front();
    ++m_taken;
    m_mostTaken = std::max(m_mostTaken, m_taken - static_cast<int>(m_results.size()));
    return job;
}

void QueueSource::finished(SendResult result)
{
    {
        const std::lock_guard lock(m_mutex);
        m_results.push_back(std::move(result));
    }
    m_changed.notify_all();
}

bool QueueSource::waitForResults(int count, std::chrono::milliseconds timeout) const
{
    std::unique_lock lock(m_mutex);
    return m_changed.wait_for(lock, timeout, [&] { return static_cast<int>(m_results.size()) >= count; });
}

std::vector<SendResult> QueueSource::results() const
{
    const std::lock_guard lock(m_mutex);
    return m_results;
}

int QueueSource::takenCount() const
{
    const std::lock_guard lock(m_mutex);
    return m_taken;
}

int QueueSource::mostTaken() const
{
    const std::lock_guard lock(m_mutex);
    return m_mostTaken;
}

Destination destinationAt(const QString &url)
{
    Destination destination;
    destination.id = DestinationId(7);
    destination.name = QStringLiteral("Ops bridge");
    destination.url = url;
    return destination;
}

SendJob jobFor(const Destination &destination)
{
    return jobFor(std::make_shared<const Destination>(destination));
}

SendJob jobFor(const Destination &destination, const DestinationSecrets &secrets)
{
    SendJob job = jobFor(destination);
    job.secrets = std::make_shared<const DestinationSecrets>(secrets);
    return job;
}

SendJob jobFor(const std::shared_ptr<const Destination> &destination)
{
    static std::atomic<qint64> last{0};
    SendJob job;
    job.ticket = ++last;
    job.deliveryId = DeliveryId(job.ticket);
    job.webhookId = "delivery-" + QByteArray::number(job.ticket);
    job.alert = testAlert(1'714'564'800'000);
    job.destination = destination;
    return job;
}

OneSender::OneSender(const SenderOptions &options)
    : m_pool(m_source, m_clock, {1, options})
{
}

OneSender::OneSender(const Clock &clock, const SenderOptions &options)
    : m_pool(m_source, clock, {1, options})
{
}

SendResult OneSender::send(const SendJob &job)
{
    const int before = static_cast<int>(m_source.results().size());
    m_source.add(job);
    m_pool.wake();
    if (!m_source.waitForResults(before + 1)) {
        qFatal("Nothing came of an attempt");
    }
    return m_source.results().back();
}

SendResult OneSender::sendOnceTo(const Answer &answer)
{
    const ScriptedReceiver receiver(answer);
    SendResult result = send(receiver.url());
    if (receiver.requestCount() != 1) {
        QTest::qFail("The receiver wasn't asked exactly once", __FILE__, __LINE__);
    }
    return result;
}

qint64 peakMemory()
{
    rusage usage{};
    getrusage(RUSAGE_SELF, &usage);
    return usage.ru_maxrss;
}

} // namespace courier::test
