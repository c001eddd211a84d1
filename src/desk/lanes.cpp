// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

// Whose turn it is. How lanes get what is due is in lanes_filling.cpp.

#include "desk/lanes.h"

#include <algorithm>

namespace courier {
namespace {

constexpr qint64 probeInterval = 1'000'000; ///< of what is resent by hand in spite of a wait
constexpr int quickFrom = 12;               ///< answers in a row

bool isReachedAlike(const Destination &one, const Destination &other)
{
    return one.url == other.url && one.headers == other.headers && one.security == other.security &&
           one.secrets.id == other.secrets.id && one.timeoutSeconds == other.timeoutSeconds;
}

} // namespace

bool Lanes::isByHand(const DueDelivery &due)
{
    return due.delivery.round > 0 && due.delivery.roundAttempts == 0;
}

void Lanes::empty(Lane &lane)
{
    for (const DueDelivery &due : lane.ready) {
        lane.taken.remove(due.delivery.id);
    }
    lane.ready.clear();
}

// What waits, waits in the store: it may be resent, cancelled or held there meanwhile.
void Lanes::hold(Lane &lane)
{
    empty(lane);
    lane.changed = true;
    lane.changedByHand = true;
}

void Lanes::adopt(Lane &lane, const Destination &destination)
{
    lane.pace.setRate(destination.ratePerSecond);
    lane.destination = std::make_shared<const Destination>(destination);
}

// What it needs is here, or it needs nothing.
bool Lanes::hasSecrets(const Lane &lane)
{
    const StoredSecrets &named = lane.destination->secrets;
    return !named.exist() || named.id == lane.secretsId;
}

void Lanes::setSecrets(DestinationId destination, SecretsId id, std::shared_ptr<const DestinationSecrets> secrets)
{
    if (const auto lane = m_lanes.value(destination)) {
        lane->secrets = std::move(secrets);
        lane->secretsId = id;
    }
}

void Lanes::setDestinations(const QList<Destination> &destinations)
{
    QHash<DestinationId, std::shared_ptr<const Destination>> before;
    for (auto lane = m_lanes.cbegin(); lane != m_lanes.cend(); ++lane) {
        before.insert(lane.key(), std::exchange((*lane)->destination, {}));
    }
    for (const Destination &destination : destinations) {
        std::shared_ptr<Lane> &lane = m_lanes[destination.id];
        if (!lane) {
            lane = std::make_shared<Lane>(m_limits.perDestination);
            m_order.push_back(destination.id);
        }
        if (!destination.paused && !destination.isDeleted()) {
            const auto old = before.value(destination.id);
            if (!old || !isReachedAlike(*old, destination)) {
                lane->struggle.reset();
            }
            adopt(*lane, destination);
        }
    }
    for (const auto &lane : std::as_const(m_lanes)) {
        lane->changed = true;
        if (!lane->destination) {
            lane->struggle.reset();
            empty(*lane);
        }
    }
}

bool Lanes::hasPlace(const Lane &lane) const
{
    return lane.isSlow ? m_slow < m_limits.slow : m_brisk < m_limits.brisk;
}

bool Lanes::isQuick(const Lane &lane)
{
    return lane.quickInRow >= quickFrom;
}

int Lanes::atOnce(const Lane &lane) const
{
    const int bears = lane.struggle.atOnce();
    return isQuick(lane) && bears >= m_limits.perDestination ? std::max(bears, m_limits.perQuick) : bears;
}

// One resent by hand goes at once, and shows whether the destination answers again; many of them go one after the
// other.
bool Lanes::isProbing(const Lane &lane, qint64 now)
{
    return lane.struggle.isStruggling() && lane.outstanding <= lane.struggle.atOnce() && now >= lane.nextProbeAt;
}

Lanes::Place Lanes::choose(Lane &lane, qint64 now) const
{
    if (!lane.destination || lane.ready.empty() || !hasSecrets(lane) || !hasPlace(lane) || !lane.pace.mayGo(now)) {
        return lane.ready.end();
    }
    if (isProbing(lane, now)) {
        if (const auto byHand = std::find_if(lane.ready.begin(), lane.ready.end(), isByHand);
            byHand != lane.ready.end()) {
            return byHand;
        }
    }
    const bool mayGo = !lane.struggle.isHeld(now) && lane.outstanding < atOnce(lane);
    return mayGo ? lane.ready.begin() : lane.ready.end();
}

std::optional<Lanes::Turn> Lanes::take(qint64 now)
{
    if (outstanding() >= m_limits.inAll) {
        return std::nullopt;
    }
    for (std::size_t i = 0; i < m_order.size(); ++i) {
        const std::size_t at = (m_turn + i) % m_order.size();
        Lane &lane = *m_lanes[m_order[at]];
        if (const Place place = choose(lane, now); place != lane.ready.end()) {
            m_turn = at + 1;
            return takeFrom(lane, place, now);
        }
    }
    return std::nullopt;
}

Lanes::Turn Lanes::takeFrom(Lane &lane, Place place, qint64 now)
{
    Turn turn{std::move(*place), lane.destination, lane.destination->secrets.exist() ? lane.secrets : nullptr};
    lane.ready.erase(place);
    turn.isSlow = lane.isSlow;
    turn.isQuick = isQuick(lane);
    turn.isProbe = lane.struggle.isStruggling() && isByHand(turn.due);
    if (turn.isProbe) {
        lane.nextProbeAt = now + probeInterval;
    }
    turn.runsLow = runsLow(lane) && (lane.changed || lane.more || lane.nextDueAt);
    lane.pace.note(now);
    ++lane.outstanding;
    ++(turn.isSlow ? m_slow : m_brisk);
    return turn;
}

std::optional<qint64> Lanes::nextTurnAt(qint64 now) const
{
    std::optional<qint64> earliest;
    for (const auto &lane : m_lanes) {
        if (!lane->destination) {
            continue;
        }
        qint64 at = lane->struggle.heldUntil();
        if (!lane->ready.empty()) {
            const bool hasByHand =
                lane->struggle.isStruggling() && std::any_of(lane->ready.begin(), lane->ready.end(), isByHand);
            at = std::max(hasByHand ? std::min(at, lane->nextProbeAt) : at, lane->pace.nextAt());
        }
        if (at > now) {
            earliest = earliest ? std::min(*earliest, at) : at;
        }
    }
    return earliest;
}

void Lanes::lasts(DestinationId destination)
{
    if (const auto lane = m_lanes.value(destination)) {
        lane->isSlow = true;
        --m_brisk;
        ++m_slow;
    }
}

bool Lanes::requestEnded(DestinationId destination, End end, qint64 now)
{
    const auto lane = m_lanes.value(destination);
    if (!lane) {
        return false;
    }
    --lane->outstanding;
    --(end.wasSlow ? m_slow : m_brisk);
    lane->isSlow = end.lasted;
    lane->quickInRow = end.wasQuick ? lane->quickInRow + 1 : 0;
    const bool isIdle = lane->ready.empty() && !lane->more;
    end.news.isOneOfMany = end.news.isOneOfMany && !isIdle;
    end.news.isLast = isIdle && lane->outstanding == 0;
    const bool wasHeld = lane->struggle.isHeld(now);
    const bool wasStruggling = lane->struggle.isStruggling();
    lane->struggle.note(end.news, now);
    if (!wasHeld && lane->struggle.isHeld(now)) {
        hold(*lane);
    }
    return wasStruggling || lane->struggle.isStruggling();
}

void Lanes::tryNow(DestinationId destination)
{
    if (const auto lane = m_lanes.value(destination)) {
        lane->struggle.tryNow();
    }
}

std::optional<Lanes::Standing> Lanes::standingOf(DestinationId destination, qint64 now) const
{
    const auto lane = m_lanes.value(destination);
    if (!lane || !lane->struggle.isStruggling()) {
        return std::nullopt;
    }
    Standing standing;
    standing.reason = lane->struggle.reason();
    if (lane->struggle.isHeld(now)) {
        standing.heldUntil = lane->struggle.heldUntil();
    } else {
        standing.isDue = !lane->ready.empty();
        standing.nextDueAt = lane->nextDueAt;
    }
    return standing;
}

} // namespace courier
