// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

// What is due, when: read from the store in time. What the senders take of it is in dispatcher_sending.cpp.

#include "desk/dispatcher.h"

#include <QLoggingCategory>

#include <algorithm>
#include <utility>

Q_DECLARE_LOGGING_CATEGORY(lcDelivery)

namespace courier {
namespace {

constexpr qint64 longestTimerMs = 60'000; ///< the wall clock is looked at again at least so often

} // namespace

void Dispatcher::refillSoon()
{
    if (!m_refillQueued.exchange(true)) {
        QMetaObject::invokeMethod(this, &Dispatcher::refill, Qt::QueuedConnection);
    }
}

void Dispatcher::refill()
{
    m_refillQueued = false;
    QList<Lanes::Fill> fills;
    qint64 now = 0;
    bool isTurn = false;
    {
        const std::lock_guard lock(m_mutex);
        if (!m_sending) {
            return;
        }
        now = m_utc->now();
        fills = m_lanes.beginFills(m_clock.monotonic(), now);
        isTurn = m_turnAt && *m_turnAt <= m_clock.monotonic();
    }
    for (const Lanes::Fill &fill : fills) {
        fillOne(fill, now);
    }
    if (!fills.isEmpty() || isTurn) {
        m_wake();
    }
    armTimer();
    armTurnTimer();
}

void Dispatcher::fillOne(const Lanes::Fill &fill, qint64 now)
{
    if (!m_queries) {
        auto queries = m_store.connectQueries();
        if (!queries) {
            qCWarning(lcDelivery, "The queue can't be read: %s", qUtf8Printable(queries.error().detail));
            noteChanges();
            return;
        }
        m_queries = std::move(*queries);
    }
    if (fill.isOnlyByHand) {
        QList<DueDelivery> due = m_queries->dueByHand(fill.destination, fill.taken, m_lanes.limits().byHand);
        const std::lock_guard lock(m_mutex);
        m_lanes.fillByHand(fill.destination, std::move(due));
        return;
    }
    const int limit = m_lanes.limits().ready;
    QList<DueDelivery> due = m_queries->due(fill.destination, now, fill.taken, limit);
    const bool more = due.size() >= limit;
    std::optional<qint64> nextDueAt;
    if (!more) {
        QSet<DeliveryId> taken = fill.taken;
        for (const DueDelivery &one : std::as_const(due)) {
            taken.insert(one.delivery.id);
        }
        nextDueAt = m_queries->nextDueAt(fill.destination, taken);
    }
    const std::lock_guard lock(m_mutex);
    m_lanes.fill(fill.destination, std::move(due), more, nextDueAt, m_clock.monotonic());
}

void Dispatcher::armTimer()
{
    std::optional<qint64> next;
    qint64 now = 0;
    {
        const std::lock_guard lock(m_mutex);
        next = m_lanes.nextDueAt(m_clock.monotonic());
        now = m_utc->now();
    }
    if (next) {
        m_dueTimer.start(static_cast<int>(std::clamp<qint64>(*next - now, 0, longestTimerMs)));
    } else {
        m_dueTimer.stop();
    }
}

// What a rate or a wait holds back: woken for when its time comes, never looked for before.
void Dispatcher::armTurnTimer()
{
    const std::lock_guard lock(m_mutex);
    const qint64 now = m_clock.monotonic();
    m_turnAt = m_lanes.nextTurnAt(now);
    if (m_turnAt) {
        m_turnTimer.start(static_cast<int>(std::min((*m_turnAt - now + 999) / 1000, longestTimerMs)));
    } else {
        m_turnTimer.stop();
    }
}

void Dispatcher::showLongSends()
{
    const qint64 now = m_clock.monotonic();
    QList<DeliveryId> shown;
    bool hasRoom = false;
    {
        const std::lock_guard lock(m_mutex);
        for (UnderWay &one : m_underWay) {
            if (one.shown || now - one.takenAt < lastsFrom.count()) {
                continue;
            }
            one.shown = true;
            shown.append(one.delivery.id);
            if (!std::exchange(one.isSlow, true)) {
                m_lanes.lasts(one.delivery.destinationId);
                hasRoom = true;
            }
        }
    }
    for (const DeliveryId id : std::as_const(shown)) {
        m_store.markSending(id);
    }
    if (hasRoom) {
        m_wake();
    }
}

} // namespace courier
