// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

// What the senders take from the dispatcher, and what they bring back. What is due is in dispatcher_due.cpp.

#include "desk/dispatcher.h"

#include "desk/verdict.h"

#include <QLoggingCategory>

Q_DECLARE_LOGGING_CATEGORY(lcDelivery)

namespace courier {

qint64 Dispatcher::newTicket()
{
    const std::lock_guard lock(m_mutex);
    return ++m_ticket;
}

void Dispatcher::enqueueTest(qint64 ticket, const Destination &destination,
                             std::shared_ptr<const DestinationSecrets> secrets)
{
    SendJob job;
    job.ticket = ticket;
    job.trigger = Trigger::Test;
    job.alert = testAlert(m_clock.nowUtc());
    job.destination = std::make_shared<const Destination>(destination);
    job.secrets = std::move(secrets);
    {
        const std::lock_guard lock(m_mutex);
        job.webhookId = "test-" + publicId(firstNumberOf(m_clock.nowUtc()) + ticket, m_store.key()).toLatin1();
        m_tests.push_back(std::move(job));
    }
    m_wake();
}

std::optional<SendJob> Dispatcher::takeTest()
{
    if (m_tests.empty()) {
        return std::nullopt;
    }
    SendJob job = std::move(m_tests.front());
    m_tests.pop_front();
    return job;
}

std::optional<SendJob> Dispatcher::takeNext()
{
    std::optional<SendJob> job;
    bool runsLow = false;
    {
        const std::lock_guard lock(m_mutex);
        if (auto test = takeTest()) {
            return test;
        }
        if (!m_sending || !m_healthy || m_uncommitted >= uncommittedLimit) {
            return std::nullopt;
        }
        const qint64 now = m_clock.monotonic();
        std::optional<Lanes::Turn> turn = m_lanes.take(now);
        if (!turn) {
            waitForTurn(now);
            return std::nullopt;
        }
        runsLow = turn->runsLow;
        job = makeJob(std::move(*turn));
    }
    if (runsLow) {
        refillSoon();
    }
    return job;
}

// Under the lock: the timer is set on its own thread.
void Dispatcher::waitForTurn(qint64 now)
{
    const std::optional<qint64> at = m_lanes.nextTurnAt(now);
    if (at && (!m_turnAt || *at < *m_turnAt || *m_turnAt <= now)) {
        m_turnAt = at;
        QMetaObject::invokeMethod(this, &Dispatcher::armTurnTimer, Qt::QueuedConnection);
    }
}

SendJob Dispatcher::makeJob(Lanes::Turn turn)
{
    const Delivery &delivery = turn.due.delivery;
    SendJob job;
    job.deliveryId = delivery.id;
    job.webhookId = publicId(delivery.id, m_store.key()).toLatin1();
    job.number = delivery.attempts + 1;
    job.trigger = delivery.round > 0 && delivery.roundAttempts == 0 ? Trigger::ByHand : Trigger::Automatic;
    job.kind = delivery.kind;
    job.isSlow = turn.isSlow;
    job.isQuick = turn.isQuick;
    job.resent = delivery.round > 0;
    job.ticket = ++m_ticket;
    job.destination = std::move(turn.destination);
    job.secrets = std::move(turn.secrets);

    UnderWay underWay;
    underWay.takenAt = m_clock.monotonic();
    underWay.isSlow = turn.isSlow;
    underWay.isProbe = turn.isProbe;
    underWay.slot =
        m_ledger->begin({delivery.id, job.number, job.trigger, delivery.round, job.resent, m_clock.nowUtc()});
    underWay.delivery = delivery;
    m_underWay.insert(job.ticket, underWay);
    job.alert = std::move(turn.due.alert);
    return job;
}

void Dispatcher::finished(SendResult result)
{
    if (result.job.trigger == Trigger::Test) {
        noteTest(result);
        return;
    }
    m_counts.note(result.attempt, (m_clock.nowUtc() - msecsOf(number(result.job.deliveryId))) * 1000);
    const DestinationId destination = result.job.destination->id;
    const DeliveryId delivery = result.job.deliveryId;
    AttemptRecord record;
    int slot = -1;
    bool struggles = false;
    {
        const std::lock_guard lock(m_mutex);
        const UnderWay underWay = m_underWay.take(result.job.ticket);
        const qint64 now = m_clock.monotonic();
        slot = underWay.slot;
        record = verdict(result, underWay.delivery, m_utc->now(), dice());
        struggles = m_lanes.requestEnded(destination, endOf(result, underWay, now), now);
        ++m_uncommitted;
    }
    if (record.state == DeliveryState::Failed) {
        reportFailure(record, result.job);
    }
    const qint64 retryAt = record.state == DeliveryState::Retrying ? record.nextAt : 0;
    if (struggles) {
        tellStruggle(destination, result.job.destination->name, retryAt);
        refillSoon();
    }
    m_store.record(std::move(record),
                   [this, destination, delivery, slot, retryAt] { committed(destination, delivery, slot, retryAt); });
}

void Dispatcher::noteTest(const SendResult &result)
{
    if (result.attempt.outcome == Outcome::Acknowledged) {
        {
            const std::lock_guard lock(m_mutex);
            m_lanes.tryNow(result.job.destination->id);
        }
        refillSoon();
    }
    Q_EMIT testFinished(result.job.ticket, result.attempt);
}

Lanes::End Dispatcher::endOf(const SendResult &result, const UnderWay &underWay, qint64 now) const
{
    Lanes::End end;
    end.wasSlow = underWay.isSlow;
    end.lasted = now - underWay.takenAt >= lastsFrom.count();
    end.wasQuick = result.attempt.outcome == Outcome::Acknowledged && now - underWay.takenAt <= quickWithin.count();
    end.news.sign = Struggle::signOf(result.attempt);
    end.news.reason = result.attempt.reason;
    end.news.retryAfter = result.retryAfter;
    // Where there are no retries, each is tried once, and its failure told.
    end.news.isOneOfMany = result.job.destination->maxRetries > 0;
    end.news.wasProbe = underWay.isProbe;
    return end;
}

// On the store's writer thread.
void Dispatcher::committed(DestinationId destination, DeliveryId delivery, int slot, qint64 retryAt)
{
    m_ledger->end(slot);
    bool wasFull = false;
    {
        const std::lock_guard lock(m_mutex);
        m_lanes.forget(destination, delivery);
        if (retryAt > 0) {
            m_lanes.noteDue(destination, retryAt);
        }
        wasFull = m_uncommitted-- >= uncommittedLimit;
    }
    if (retryAt > 0) {
        refillSoon();
    }
    if (wasFull) {
        m_wake();
    }
}

void Dispatcher::reportFailure(const AttemptRecord &record, const SendJob &job)
{
    qCWarning(lcDelivery, "%s failed for good with attempt %d to %s (%s): %s", job.webhookId.constData(), job.number,
              qUtf8Printable(job.destination->name), qUtf8Printable(record.attempt.maskedUrl),
              qUtf8Printable(record.attempt.reason));
    Q_EMIT failedForGood(
        {job.deliveryId, job.alert.id, job.destination->id, job.alert.headline(), record.attempt.reason});
}

double Dispatcher::dice()
{
    return std::uniform_real_distribution<double>(0.0, 1.0)(m_random);
}

} // namespace courier
