// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "domain/clock.h"
#include "store/records.h"
#include "store/retention.h"
#include "store/search.h"

#include <QHash>
#include <QSet>

#include <memory>

namespace courier {

/// One reading connection to the store, for the one thread that made it. Every call reads what was committed when it
/// began. A read that fails is logged and gives an empty result: the store's health tells the operator why.
class Queries
{
public:
    ~Queries();
    Queries(const Queries &) = delete;
    Queries &operator=(const Queries &) = delete;

    /// After a read that went through much: gives back the pages of it that are kept in memory.
    void releasePages();

    QList<Destination> destinations(bool withDeleted = false); ///< by name
    std::optional<Destination> destination(DestinationId id);
    QList<DestinationStats> destinationStats(qint64 now);
    QList<Attempt> testAttempts(DestinationId id); ///< whole, the newest first, at most ten
    QList<DeliveryRow> latestDeliveries(DestinationId id, int limit);
    /// Of the deliveries that came in from \a from on and before \a until, ms since 1970 UTC.
    DeliverySpan deliverySpan(DestinationId id, qint64 from, qint64 until);

    /// Summaries with ids above \a after, ascending, at most \a limit.
    QList<AlertSummary> summaries(AlertId after, int limit);
    /// The \a limit newest, ascending.
    QList<AlertSummary> newestSummaries(int limit);
    QList<AlertSummary> summariesOf(const QList<AlertId> &ids);
    /// The rows of \a ids, in their order; ids that are not there are left out.
    QList<AlertRow> alertRows(const QList<AlertId> &ids);
    /// Those that match the parts of \a filter that summaries can't decide (types, destinations, sources, words),
    /// ascending. Other parts may narrow it, too.
    QList<AlertId> matching(const AlertFilter &filter);
    /// All that match, the newest first, below \a before (0: from the newest on), at most \a limit.
    QList<AlertId> newestMatching(const AlertFilter &filter, AlertId before, int limit);
    /// All ids in the order of a text column, ascending: "headline" or "source".
    QList<AlertId> idsBy(const QString &column);
    qint64 alertCount();

    std::optional<Alert> alert(AlertId id);
    /// Nothing where its source doesn't repeat it.
    std::optional<Occurrence> occurrence(AlertId id);
    /// When the next of those seen at or after \a seenSince is over unless it is seen again, ms since 1970 UTC.
    std::optional<qint64> nextEndAt(qint64 seenSince = 0);
    QList<Delivery> deliveriesOf(AlertId id);
    std::optional<Delivery> delivery(DeliveryId id);
    /// Those that match, the newest first, below \a before (0: from the newest on), at most \a limit.
    QList<Delivery> newestDeliveries(const DeliveryFilter &filter, DeliveryId before, int limit);
    /// Every attempt of the alert's deliveries, oldest first, without headers and bodies.
    QList<Attempt> attemptsOf(AlertId id);
    std::optional<Attempt> attempt(AttemptId id); ///< whole, but for the request's body

    /// Waiting deliveries of a destination that are due at \a now, in order, without those in \a taken.
    QList<DueDelivery> due(DestinationId id, qint64 now, const QSet<DeliveryId> &taken, int limit);
    /// Those of them that were resent by hand and not tried since; few are looked for, and found at once.
    QList<DueDelivery> dueByHand(DestinationId id, const QSet<DeliveryId> &taken, int limit);
    /// When the next one that waits, and isn't in \a taken, is due; nothing where none waits.
    std::optional<qint64> nextDueAt(DestinationId id, const QSet<DeliveryId> &taken);
    QueueState queueState();

    /// Failed deliveries that a resend over \a filter would take: of alerts that match it, to destinations that exist.
    ResendPlan resendPlan(const AlertFilter &filter);
    QList<DeliveryId> failedDeliveries(const AlertFilter &filter, DeliveryId after, int limit); ///< oldest first
    /// Of these deliveries, those that wait for the alert's own to be settled first.
    QSet<DeliveryId> waitingForTheirAlert(const QList<DeliveryId> &ids);
    /// The deliveries with these ids, as they are now.
    QList<Delivery> deliveries(const QList<DeliveryId> &ids);

    /// Alerts are counted from the one after \a after on.
    MetricFacts metricFacts(AlertId after);
    /// Those that are repeated and go on at \a now, the oldest first, at most \a limit.
    QList<AlertOccurrence> activeAlerts(qint64 now, int limit);

    StoreSize size();               ///< all but its alerts
    qint64 alertsBefore(qint64 at); ///< how many came in before, ms since 1970 UTC
    StoreSize sizeInAlerts();       ///< with them: they are counted
    /// Alerts above \a after that may go, at most a step of them.
    Expiring expiring(const ExpiryRule &rule, AlertId after, const ExpiryStep &step = {});
    /// Attempts that began before \a before and hold a response body, but for those of deliveries that are open.
    ExpiringBodies expiringBodies(qint64 before, qint64 now, const ExpiryStep &step = {});
    /// What no attempt uses any more, at most \a limit of each kind.
    UnusedShapes unusedShapes(int limit = 200);
    /// Folds the log into the database, as far as nobody reads from it: then the file is as short as it can be.
    void foldLog();

    std::optional<QString> setting(const QString &key);
    /// How far a watched file was read, as its reader wrote it; empty where nothing was kept.
    QByteArray filePlace(qint64 watchId);
    QList<std::pair<QString, QString>> settings(); ///< all of them, by key

private:
    friend class Store;
    class Private;
    explicit Queries(std::unique_ptr<Private> given);
    std::unique_ptr<Private> m_private;
};

} // namespace courier
