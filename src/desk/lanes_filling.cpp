// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

// How lanes get what is due. Whose turn it is, is in lanes.cpp.

#include "desk/lanes.h"

#include <algorithm>

namespace courier {

void Lanes::forget(DestinationId destination, DeliveryId delivery)
{
    if (const auto lane = m_lanes.value(destination)) {
        lane->taken.remove(delivery);
    }
}

bool Lanes::wantsByHand(const Lane &lane) const
{
    return std::count_if(lane.ready.begin(), lane.ready.end(), isByHand) < m_limits.byHand;
}

QList<Lanes::Fill> Lanes::beginFills(qint64 now, qint64 nowUtc)
{
    QList<Fill> fills;
    for (const DestinationId id : m_order) {
        Lane &lane = *m_lanes[id];
        if (!lane.destination) {
            continue;
        }
        const bool mayHaveMore = lane.changed || lane.more || (lane.nextDueAt && *lane.nextDueAt <= nowUtc);
        if (mayHaveMore && runsLow(lane) && !lane.struggle.isHeld(now)) {
            // What changes from now on is noted anew, and read by the next fill.
            lane.changed = false;
            lane.changedByHand = false;
            lane.nextDueAt.reset();
            fills.append({id, lane.taken});
        } else if (lane.struggle.isStruggling() && lane.changedByHand && wantsByHand(lane)) {
            lane.changedByHand = false;
            fills.append({id, lane.taken, true});
        }
    }
    return fills;
}

void Lanes::fill(DestinationId destination, QList<DueDelivery> due, bool more, std::optional<qint64> nextDueAt,
                 qint64 now)
{
    const auto lane = m_lanes.value(destination);
    if (!lane || !lane->destination) {
        return;
    }
    if (lane->struggle.isHeld(now)) {
        lane->changed = true; // it was told to wait meanwhile
        return;
    }
    for (DueDelivery &one : due) {
        if (!lane->taken.contains(one.delivery.id)) {
            lane->taken.insert(one.delivery.id);
            lane->ready.push_back(std::move(one));
        }
    }
    lane->more = more;
    if (nextDueAt) {
        noteDue(destination, *nextDueAt);
    }
}

void Lanes::fillByHand(DestinationId destination, QList<DueDelivery> due)
{
    const auto lane = m_lanes.value(destination);
    if (!lane || !lane->destination) {
        return;
    }
    lane->changedByHand = due.size() >= m_limits.byHand;
    std::reverse(due.begin(), due.end());
    for (DueDelivery &one : due) {
        if (!lane->taken.contains(one.delivery.id)) {
            lane->taken.insert(one.delivery.id);
            lane->ready.push_front(std::move(one));
        }
    }
}

void Lanes::markChanged()
{
    for (const auto &lane : std::as_const(m_lanes)) {
        lane->changed = true;
        lane->changedByHand = true;
    }
}

void Lanes::noteDue(DestinationId destination, qint64 at)
{
    if (const auto lane = m_lanes.value(destination)) {
        lane->nextDueAt = lane->nextDueAt ? std::min(*lane->nextDueAt, at) : at;
    }
}

std::optional<qint64> Lanes::nextDueAt(qint64 now) const
{
    std::optional<qint64> earliest;
    for (const auto &lane : m_lanes) {
        if (lane->destination && runsLow(*lane) && lane->nextDueAt && !lane->struggle.isHeld(now)) {
            earliest = earliest ? std::min(*earliest, *lane->nextDueAt) : *lane->nextDueAt;
        }
    }
    return earliest;
}

} // namespace courier
