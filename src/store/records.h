// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "domain/alert.h"
#include "domain/delivery.h"
#include "domain/destination.h"
#include "domain/error.h"
#include "domain/incomingalert.h"
#include "domain/occurrence.h"

#include <QList>
#include <QMetaType>
#include <QString>

#include <optional>

// What goes into the store and comes out of it, as plain values.
namespace courier {

/// What the store made of one alert handed in.
struct Accepted
{
    enum class Kind : quint8 {
        New,      ///< stored
        Known,    ///< an alert with the same alertId is there already
        Repeated, ///< it was there and still lasts: noted as seen again, nothing is delivered
        Resolved  ///< it is over: noted with the alert, which may be none (then id is 0 and nothing was stored)
    };
    AlertId id{}; ///< of the new one, or of the one that was there
    Kind kind = Kind::New;
    QList<DestinationId> destinations; ///< which get it, or got it

    bool isNew() const { return kind == Kind::New; }
};

/// How far a watched file was read: kept in the transaction of the alerts that were read from it.
struct FilePlace
{
    qint64 watchId = 0;
    QByteArray state; ///< as its reader wrote it; empty: forget the place
};

/// What came of one attempt, to be kept: one transaction writes the attempt and the delivery's new state.
struct AttemptRecord
{
    Attempt attempt;
    AlertId alertId{}; ///< the delivery's alert
    int round = 0;     ///< of the delivery when the attempt began; if it has moved on since, its state stays as it is
    /// Delivered, Failed or Retrying; becomes Held where the destination is paused by then, Cancelled where deleted.
    DeliveryState state = DeliveryState::Retrying;
    qint64 nextAt = 0;       ///< for Retrying, ms since 1970 UTC
    bool countsAsTry = true; ///< false: doesn't use up one of the round's retries (interrupted, proxy)
};

/// A delivery that is due, with all that is needed to send it.
struct DueDelivery
{
    Delivery delivery;
    Alert alert;
};

/// The few facts of every alert that lists, counts and filters need; the window holds one for each alert.
struct AlertSummary
{
    AlertId id{};
    Severity severity = Severity::Info;
    AlertStatus status = AlertStatus::NoDestination;
    AlertLife life = AlertLife::Event;
    bool needsAttention = false; ///< a delivery failed for good and was neither resent nor dismissed
    quint32 settledAt = 0;       ///< when the last delivery came to Delivered, seconds since 1970 UTC; 0 unless all did
};

/// One row of the alert table.
struct AlertRow
{
    struct Part
    {
        DestinationId destinationId{};
        DeliveryState state = DeliveryState::Queued;
        qint64 nextAt = 0;
        DeliveryKind kind = DeliveryKind::Alert;
    };
    AlertSummary summary;
    qint64 receivedAt = 0; ///< ms since 1970 UTC
    QString createdAt;
    QString headline;
    QString source;
    QList<Part> parts; ///< one for each delivery
};

/// One row of a destination's latest deliveries.
struct DeliveryRow
{
    Delivery delivery;
    qint64 receivedAt = 0; ///< of the alert
    Severity severity = Severity::Info;
    QString headline;
    qint64 lastDurationUs = 0; ///< of the last attempt
};

/// A destination that keeps failing, while it does.
struct StruggleNote
{
    DestinationId id{};
    QString reason;       ///< of the last attempt; empty: it is over
    qint64 nextTryAt = 0; ///< when the next request goes, ms since 1970 UTC; 0: as soon as there is one
    bool operator==(const StruggleNote &) const = default;
};

/// How one destination does.
struct DestinationStats
{
    DestinationId id{};
    qint64 waiting = 0; ///< Queued, Retrying or Sending
    qint64 retrying = 0;
    qint64 held = 0;
    qint64 attention = 0;    ///< failed for good, neither resent nor dismissed
    qint64 delivered24h = 0; ///< of the deliveries that came in within the last 24 h
    qint64 failed24h = 0;
    QString struggle;     ///< why it is tried with fewer requests at once; empty where it isn't
    qint64 nextTryAt = 0; ///< of one that struggles: see StruggleNote

    bool isStruggling() const { return !struggle.isEmpty(); }
};

/// What came in for a destination within a span of time, by now.
struct DeliverySpan
{
    /// A time that answers took, and how many took it.
    struct Took
    {
        qint64 tenthsMs = 0; ///< from the attempt's begin to its end, in tenths of a millisecond
        qint64 count = 0;
    };
    qint64 delivered = 0;
    qint64 failed = 0; ///< for good
    QList<Took> took;  ///< of all attempts that were answered, whatever with; the shortest first
};

/// What waits, over all destinations.
struct QueueState
{
    qint64 queued = 0;
    qint64 sending = 0;
    qint64 retrying = 0;
    qint64 held = 0;
    std::optional<qint64> nextRetryAt; ///< ms since 1970 UTC
};

/// An alert whose source repeats it, with its destinations.
struct AlertOccurrence
{
    Alert alert;
    Occurrence occurrence;
    QList<DestinationId> destinations;
};

/// What is counted for those who watch from outside.
struct MetricFacts
{
    struct Deliveries
    {
        DestinationId destinationId{};
        DeliveryState state = DeliveryState::Queued;
        qint64 count = 0;
    };
    AlertId newest{};                           ///< up to which alerts were counted
    QList<std::pair<QString, qint64>> bySource; ///< alerts since the one that was asked from
    QList<Deliveries> deliveries;               ///< all of them
    QList<DestinationId> struggling;
    QList<std::pair<DestinationId, qint64>> certificates; ///< that were seen, and when they expire
    qint64 waiting = 0;                                   ///< deliveries that are Queued or Retrying
    std::optional<qint64> waitingSince;                   ///< when the oldest of them came in, ms since 1970 UTC
};

/// What a resend over a filter would do.
struct ResendPlan
{
    qint64 count = 0;
    QList<std::pair<DestinationId, qint64>> perDestination; ///< most first; only destinations that still exist
    qint64 oldestReceivedAt = 0;                            ///< ms since 1970 UTC; 0 where count is 0
};

/// What changed in the store, by whichever process.
struct StoreChanges
{
    bool reload = false;        ///< more than can be told one by one: read everything anew
    bool destinations = false;  ///< their settings or their list
    bool repeats = false;       ///< alerts were merely seen again; Store::seenAgain() tells that
    QList<AlertSummary> alerts; ///< new and changed ones, by id
    QList<AlertId> removed;     ///< ones that are gone for good
};

/// Whether things can be kept just now.
struct StoreHealth
{
    bool healthy = true;
    Error error; ///< why not: nothing is taken in or sent until it is healthy again
};

} // namespace courier

Q_DECLARE_METATYPE(courier::StoreChanges)
Q_DECLARE_METATYPE(courier::StoreHealth)
