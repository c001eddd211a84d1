// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#include "desk/lanes.h"

#include <algorithm>

namespace courier {

void Lanes::empty(Lane &lane)
{
    for (const DueDelivery &due : lane.ready) {
        lane.taken.remove(due.delivery.id);
    }
    lane.ready.clear();
}

void Lanes::setDestinations(const QList<Destination> &destinations)
{
    for (const auto &lane : std::as_const(m_lanes)) {
        lane->destination.reset();
    }
    for (const Destination &destination : destinations) {
        std::shared_ptr<Lane> &lane = m_lanes[destination.id];
        if (!lane) {
            lane = std::make_shared<Lane>();
            m_order.push_back(destination.id);
        }
        if (!destination.paused && !destination.isDeleted()) {
            lane->destination = std::make_shared<const Destination>(destination);
        }
    }
    for (const auto &lane : std::as_const(m_lanes)) {
        lane->changed = true;
        if (!lane->destination) {
            empty(*lane);
        }
    }
}

std::optional<Lanes::Turn> Lanes::take()
{
    if (m_outstanding >= m_limits.inAll) {
        return std::nullopt;
    }
    for (std::size_t i = 0; i < m_order.size(); ++i) {
        const std::size_t at = (m_turn + i) % m_order.size();
        Lane &lane = *m_lanes[m_order[at]];
        if (!lane.destination || lane.ready.empty() || lane.outstanding >= m_limits.perDestination) {
            continue;
        }
        Turn turn{std::move(lane.ready.front()), lane.destination, false};
        lane.ready.pop_front();
        ++lane.outstanding;
        ++m_outstanding;
        m_turn = at + 1;
        turn.runsLow = runsLow(lane) && (lane.changed || lane.more || lane.nextDueAt);
        return turn;
    }
    return std::nullopt;
}

void Lanes::requestEnded(DestinationId destination)
{
    if (const auto lane = m_lanes.value(destination)) {
        --lane->outstanding;
        --m_outstanding;
    }
}

void Lanes::forget(DestinationId destination, DeliveryId delivery)
{
    if (const auto lane = m_lanes.value(destination)) {
        lane->taken.remove(delivery);
    }
}

QList<Lanes::Fill> Lanes::beginFills(qint64 now)
{
    QList<Fill> fills;
    for (const DestinationId id : m_order) {
        Lane &lane = *m_lanes[id];
        const bool mayHaveMore = lane.changed || lane.more || (lane.nextDueAt && *lane.nextDueAt <= now);
        if (lane.destination && runsLow(lane) && mayHaveMore) {
            // What changes from now on is noted anew, and read by the next fill.
            lane.changed = false;
            lane.nextDueAt.reset();
            fills.append({id, lane.taken});
        }
    }
    return fills;
}

void Lanes::fill(DestinationId destination, QList<DueDelivery> due, bool more, std::optional<qint64> nextDueAt)
{
    const auto lane = m_lanes.value(destination);
    if (!lane || !lane->destination) {
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

void Lanes::markChanged()
{
    for (const auto &lane : std::as_const(m_lanes)) {
        lane->changed = true;
    }
}

void Lanes::noteDue(DestinationId destination, qint64 at)
{
    if (const auto lane = m_lanes.value(destination)) {
        lane->nextDueAt = lane->nextDueAt ? std::min(*lane->nextDueAt, at) : at;
    }
}

std::optional<qint64> Lanes::nextDueAt() const
{
    std::optional<qint64> earliest;
    for (const auto &lane : m_lanes) {
        if (lane->destination && runsLow(*lane) && lane->nextDueAt) {
            earliest = earliest ? std::min(*earliest, *lane->nextDueAt) : *lane->nextDueAt;
        }
    }
    return earliest;
}

} // namespace courier
