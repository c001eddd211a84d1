// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "domain/destination.h"
#include "domain/ids.h"
#include "domain/servercertificate.h"

#include <QByteArray>
#include <QList>
#include <QString>

#include <optional>

namespace courier {

/// Where one alert to one destination stands. The numbers are what the store keeps.
enum class DeliveryState : quint8 {
    Queued = 0,    ///< waits for its first attempt (of this round)
    Sending = 1,   ///< on its way for longer than a moment
    Retrying = 2,  ///< an attempt failed, the next one is due at nextAt
    Delivered = 3, ///< acknowledged
    Failed = 4,    ///< for good: every attempt of the round failed
    Held = 5,      ///< its destination is paused
    Cancelled = 6  ///< its destination was deleted
};

/// What a whole alert comes to, over all its deliveries: the first of Failed, Sending, Retrying, Queued, Held,
/// Delivered, Cancelled that one of them is in.
enum class AlertStatus : quint8 {
    Queued = 0,
    Sending = 1,
    Retrying = 2,
    Delivered = 3,
    Failed = 4,
    Held = 5,
    Cancelled = 6,
    NoDestination = 7
};

/// What a delivery carries. The numbers are what the store keeps.
enum class DeliveryKind : quint8 {
    Alert = 0,     ///< the alert
    Resolution = 1 ///< that it is over; only to destinations that want to be told
};

enum class Trigger : quint8 { Automatic = 0, ByHand = 1, Test = 2 };

/// How one attempt ended.
enum class Outcome : quint8 {
    Acknowledged = 0, ///< status 200 to 299
    Rejected = 1,     ///< any other final status, redirects included
    Unreachable = 2,  ///< no connection: refused, no route, no such host
    TlsFailed = 3,
    TimedOut = 4,
    Unknown = 5,     ///< the connection was lost before a status: the receiver may have it
    Interrupted = 6, ///< this program ended while the request was under way
    ProxyFailed = 7,
    NotSent = 8,      ///< the request could not be built: permanent at once
    AuthFailed = 9,   ///< nothing to prove ourselves with: no access token, or a secret that isn't there
    GuardRefused = 10 ///< the address is one that this installation sends nothing to
};
constexpr int outcomeCount = 11;

QString displayName(DeliveryState state); ///< translated
QString displayName(AlertStatus status);  ///< translated
QString displayName(Trigger trigger);     ///< "automatic", "by hand", "test" (translated)
/// The word in searches, on the command line and in JSON: "failed", "no-destination", ...
QString keyword(DeliveryState state);
QString keyword(AlertStatus status);
QString keyword(Trigger trigger);
QString keyword(Outcome outcome);
std::optional<AlertStatus> alertStatusFromKeyword(QStringView word);

/// Waits to be sent, in time: Queued or Retrying.
constexpr bool isWaiting(DeliveryState state)
{
    return state == DeliveryState::Queued || state == DeliveryState::Retrying;
}

/// Nothing more will happen of itself.
constexpr bool isSettled(DeliveryState state)
{
    return state == DeliveryState::Delivered || state == DeliveryState::Failed || state == DeliveryState::Cancelled;
}

/// One alert, or its end, to one destination. Its id is the request's `webhook-id`, the same over all its attempts.
struct Delivery
{
    DeliveryId id{};
    AlertId alertId{};
    DestinationId destinationId{};
    DeliveryKind kind = DeliveryKind::Alert;
    DeliveryState state = DeliveryState::Queued;
    int round = 0;                               ///< 0 at first; each resend by hand starts a new one
    int attempts = 0;                            ///< over all rounds
    int roundAttempts = 0;                       ///< in this round; a round has 1 + maxRetries of its destination
    qint64 nextAt = 0;                           ///< when the next attempt is due, ms since 1970 UTC; 0 where none is
    qint64 settledAt = 0;                        ///< when it came to Delivered, Failed or Cancelled, ms since 1970 UTC
    bool dismissed = false;                      ///< a failure that the operator has put aside
    int lastStatus = 0;                          ///< HTTP status of the last attempt; 0 where none came
    Outcome lastOutcome = Outcome::Acknowledged; ///< means nothing while attempts is 0
    QString lastReason;                          ///< what the last attempt's row says
};

/// When the parts of a request happened, in microseconds since it began; -1 where it didn't get so far.
struct AttemptTiming
{
    qint64 connectStarted = -1; ///< the socket began to connect; -1 on a connection kept alive
    qint64 encrypted = -1;      ///< TLS was ready
    qint64 requestSent = -1;    ///< the whole request was written
    qint64 answered = -1;       ///< status and headers were there
    qint64 finished = -1;       ///< all of it was there
};

/// One POST. Append-only: what was recorded is never rewritten, but that its response body may be dropped.
struct Attempt
{
    AttemptId id{};
    DeliveryId deliveryId{};       ///< 0 for a test
    DestinationId destinationId{}; ///< whose settings were in force
    int number = 0;                ///< 1 is the delivery's first, over all rounds
    Trigger trigger = Trigger::Automatic;
    qint64 startedAt = 0;  ///< ms since 1970 UTC
    qint64 durationUs = 0; ///< microseconds, by a monotonic clock
    Outcome outcome = Outcome::Unknown;
    int status = 0;                ///< HTTP status; 0 where none came
    QString reason;                ///< in words, for the operator: "503 Service Unavailable", "Could not connect: ..."
    bool resent = false;           ///< its title bore the mark of a resend
    QString maskedUrl;             ///< where it went, without what is secret
    QByteArray requestHeaders;     ///< as sent, "Name: value\r\n" each, secrets left out
    QByteArray responseHeaders;    ///< as received, "Name: value\r\n" each, up to 64 KiB
    QByteArray responseBody;       ///< the first 64 KiB, as bytes
    qint64 responseBodySize = -1;  ///< of the whole body where it is known or announced; -1 where it isn't
    bool bodyCut = false;          ///< there was more than is kept, or the connection broke inside it
    int bodyDroppedDays = 0;       ///< the response body was kept for so long and then dropped; 0: it wasn't
    qsizetype signatureSize = 0;   ///< the last so many bytes of requestHeaders are different each time: the signature
    ServerCertificate certificate; ///< that the receiver showed this attempt, if any; kept with the destination
    AttemptTiming timing;
};

constexpr qsizetype storedBodyLimit = 64 * 1024;
/// What stands in requestHeaders for a value that is secret.
constexpr const char *secretMark = "(secret)";

} // namespace courier
