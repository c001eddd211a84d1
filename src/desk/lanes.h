// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "desk/pace.h"
#include "desk/struggle.h"
#include "store/records.h"

#include <QHash>
#include <QSet>

#include <deque>
#include <memory>
#include <optional>
#include <vector>

namespace courier {

/// Whose turn it is: one lane a destination with what is due for it, taken in turn, within the limits of how many
/// requests may be outstanding to one destination and in all, its rate, and what it can bear while it struggles. A
/// request that lasts no longer takes the place of others: slow destinations have places of their own. Moments named
/// now are monotonic, microseconds; those of deliveries are ms since 1970 UTC. Not thread-safe: the dispatcher locks
/// around it.
class Lanes
{
public:
    struct Limits
    {
        int perDestination = 6;
        int perQuick = 24; ///< to one that answers at once, time after time: then the connections never idle
        int brisk = 32;    ///< in all, of those that have just begun
        int slow = 96;     ///< in all, of those that last, before a slow destination gets another one
        int inAll = 128;   ///< of both
        int ready = 128;   ///< read ahead for one lane
        int lowWater = 64; ///< a lane with fewer is filled again
        int byHand = 8;    ///< read for a lane that struggles
    };

    explicit Lanes(Limits limits)
        : m_limits(limits)
    {
    }

    /// Takes over the settings in force. Lanes of paused and deleted destinations are emptied; where it has changed how
    /// a destination is reached, it is no longer held to have struggled.
    void setDestinations(const QList<Destination> &destinations);
    /// The secrets that a destination names by \a id. A destination that names others waits for them.
    void setSecrets(DestinationId destination, SecretsId id, std::shared_ptr<const DestinationSecrets> secrets);

    /// The next delivery to send, with its destination; nothing where none is due or a limit is reached.
    struct Turn
    {
        DueDelivery due;
        std::shared_ptr<const Destination> destination;
        std::shared_ptr<const DestinationSecrets> secrets; ///< null where it has none
        bool runsLow = false;                              ///< beginFills() should be called soon
        bool isSlow = false;                               ///< has a place among the slow ones
        bool isQuick = false;                              ///< its destination answers at once
        bool isProbe = false; ///< resent by hand, and sent although its destination struggles
    };
    std::optional<Turn> take(qint64 now);
    /// When take() has something again that only waits for its time; nothing where none does.
    std::optional<qint64> nextTurnAt(qint64 now) const;
    /// A request that was no slow one lasts, and is one from now on.
    void lasts(DestinationId destination);
    /// The request is over; the delivery itself stays taken until forget().
    struct End
    {
        bool wasSlow = false; ///< it had a place among the slow ones, by take() or lasts()
        bool lasted = false;
        bool wasQuick = false; ///< acknowledged at once
        Struggle::News news;
    };
    /// True where the destination struggles, or did until now.
    bool requestEnded(DestinationId destination, End end, qint64 now);
    /// What came of it is committed: it may be read from the store again.
    void forget(DestinationId destination, DeliveryId delivery);
    /// A destination that struggles has shown that it works: what waits for it goes.
    void tryNow(DestinationId destination);

    /// A lane that runs low and may have more: changed, not read to the end, or with a delivery that has come due.
    struct Fill
    {
        DestinationId destination{};
        QSet<DeliveryId> taken;    ///< not to be read again
        bool isOnlyByHand = false; ///< what was resent by hand is looked for, nothing else
    };
    QList<Fill> beginFills(qint64 now, qint64 nowUtc);
    /// What a read brought: \a due, and when the next after those is due (nothing: none waits).
    void fill(DestinationId destination, QList<DueDelivery> due, bool more, std::optional<qint64> nextDueAt,
              qint64 now);
    void fillByHand(DestinationId destination, QList<DueDelivery> due);
    void markChanged(); ///< every lane may have new work
    /// A retry will be due then, ms since 1970 UTC.
    void noteDue(DestinationId destination, qint64 at);

    /// The earliest moment that a lane should be filled again, ms since 1970 UTC.
    std::optional<qint64> nextDueAt(qint64 now) const;
    /// How a destination that struggles does; nothing where it doesn't.
    struct Standing
    {
        QString reason;
        bool isDue = false;              ///< the next goes at once
        std::optional<qint64> heldUntil; ///< monotonic; nothing goes before
        std::optional<qint64> nextDueAt; ///< ms since 1970 UTC, as far as it is known
    };
    std::optional<Standing> standingOf(DestinationId destination, qint64 now) const;
    int outstanding() const { return m_brisk + m_slow; }
    const Limits &limits() const { return m_limits; }

private:
    struct Lane
    {
        explicit Lane(int atOnce)
            : struggle(atOnce)
        {
        }

        std::shared_ptr<const Destination> destination; ///< null once deleted or paused
        std::shared_ptr<const DestinationSecrets> secrets;
        SecretsId secretsId{}; ///< of `secrets`
        std::deque<DueDelivery> ready;
        QSet<DeliveryId> taken; ///< ready, under way, or not committed yet
        int outstanding = 0;
        bool isSlow = false; ///< by its last request
        int quickInRow = 0;  ///< requests acknowledged at once since the last that wasn't
        Pace pace;
        Struggle struggle;
        qint64 nextProbeAt = 0; ///< one resent by hand may go in spite of a wait
        bool changed = true;
        bool changedByHand = true;
        bool more = false; ///< the last read didn't bring all that was due
        std::optional<qint64> nextDueAt;
    };
    using Place = std::deque<DueDelivery>::iterator;

    static bool isByHand(const DueDelivery &due);
    bool wantsByHand(const Lane &lane) const;
    static void empty(Lane &lane);
    static bool hasSecrets(const Lane &lane);
    static void hold(Lane &lane);
    static void adopt(Lane &lane, const Destination &destination);
    static bool isProbing(const Lane &lane, qint64 now);
    Place choose(Lane &lane, qint64 now) const;
    bool hasPlace(const Lane &lane) const;
    static bool isQuick(const Lane &lane);
    int atOnce(const Lane &lane) const;
    Turn takeFrom(Lane &lane, Place place, qint64 now);
    bool runsLow(const Lane &lane) const { return static_cast<int>(lane.ready.size()) < m_limits.lowWater; }

    Limits m_limits;
    QHash<DestinationId, std::shared_ptr<Lane>> m_lanes;
    std::vector<DestinationId> m_order;
    std::size_t m_turn = 0;
    int m_brisk = 0;
    int m_slow = 0;
};

} // namespace courier
