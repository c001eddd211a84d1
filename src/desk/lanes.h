// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "store/records.h"

#include <QHash>
#include <QSet>

#include <deque>
#include <memory>
#include <optional>
#include <vector>

namespace courier {

/// Whose turn it is: one lane a destination with what is due for it, taken in turn, within the limits of how many
/// requests may be outstanding to one destination and in all. Not thread-safe: the dispatcher locks around it.
class Lanes
{
public:
    struct Limits
    {
        int perDestination = 6;
        int inAll = 16;
        int ready = 128;   ///< read ahead for one lane
        int lowWater = 32; ///< a lane with fewer is filled again
    };

    explicit Lanes(Limits limits)
        : m_limits(limits)
    {
    }

    /// Takes over the settings in force. Lanes of paused and deleted destinations are emptied.
    void setDestinations(const QList<Destination> &destinations);

    /// The next delivery to send, with its destination; nothing where none is due or a limit is reached.
    struct Turn
    {
        DueDelivery due;
        std::shared_ptr<const Destination> destination;
        bool runsLow = false; ///< beginFills() should be called soon
    };
    std::optional<Turn> take();
    /// The request is over; the delivery itself stays taken until forget().
    void requestEnded(DestinationId destination);
    /// What came of it is committed: it may be read from the store again.
    void forget(DestinationId destination, DeliveryId delivery);

    /// A lane that runs low and may have more: changed, not read to the end, or with a delivery that has come due.
    struct Fill
    {
        DestinationId destination{};
        QSet<DeliveryId> taken; ///< not to be read again
    };
    QList<Fill> beginFills(qint64 now);
    /// What a read brought: \a due, and when the next after those is due (nothing: none waits).
    void fill(DestinationId destination, QList<DueDelivery> due, bool more, std::optional<qint64> nextDueAt);
    void markChanged(); ///< every lane may have new work
    /// A retry will be due then, ms since 1970 UTC.
    void noteDue(DestinationId destination, qint64 at);

    /// The earliest moment that a lane should be filled again, ms since 1970 UTC.
    std::optional<qint64> nextDueAt() const;
    int outstanding() const { return m_outstanding; }
    const Limits &limits() const { return m_limits; }

private:
    struct Lane
    {
        std::shared_ptr<const Destination> destination; ///< null once deleted or paused
        std::deque<DueDelivery> ready;
        QSet<DeliveryId> taken; ///< ready, under way, or not committed yet
        int outstanding = 0;
        bool changed = true;
        bool more = false; ///< the last read didn't bring all that was due
        std::optional<qint64> nextDueAt;
    };
    static void empty(Lane &lane);
    bool runsLow(const Lane &lane) const { return static_cast<int>(lane.ready.size()) < m_limits.lowWater; }

    Limits m_limits;
    QHash<DestinationId, std::shared_ptr<Lane>> m_lanes;
    std::vector<DestinationId> m_order;
    std::size_t m_turn = 0;
    int m_outstanding = 0;
};

} // namespace courier
