// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "domain/alert.h"
#include "domain/delivery.h"
#include "domain/destination.h"
#include "domain/secrets.h"

#include <QByteArray>

#include <chrono>
#include <memory>
#include <optional>

namespace courier {

/// An attempt that takes longer is one that lasts: shown as Sending, and no longer in the way of others.
constexpr std::chrono::microseconds lastsFrom{250'000};
/// An answer within it came at once.
constexpr std::chrono::microseconds quickWithin{50'000};

/// One attempt to make. The destination is the one in force at the moment it was handed out.
struct SendJob
{
    DeliveryId deliveryId{}; ///< 0 for a test
    QByteArray webhookId;    ///< the value of the request's `webhook-id`
    int number = 1;          ///< of the attempt, over all rounds of the delivery
    Trigger trigger = Trigger::Automatic;
    DeliveryKind kind = DeliveryKind::Alert;
    bool isQuick = false; ///< its destination answers at once: a request may wait for the end of the one before it
    bool isSlow = false;  ///< its destination takes its time: it doesn't keep others waiting
    bool resent = false;  ///< the title bears the mark of a resend by hand
    Alert alert;
    std::shared_ptr<const Destination> destination;
    std::shared_ptr<const DestinationSecrets> secrets; ///< of the destination; null where it has none
    qint64 ticket = 0;                                 ///< the source's own mark, handed back with the result
};

/// How an attempt ended.
struct SendResult
{
    SendJob job;
    Attempt attempt;                                     ///< all but its id
    std::optional<std::chrono::milliseconds> retryAfter; ///< what a 429 or 503 asked for, as it stood, not clamped
};

/// Where senders get their work and leave what came of it. Thread-safe: every sender calls it from its own thread, and
/// neither call may block for longer than a lock is held.
class DeliverySource
{
public:
    DeliverySource() = default;
    DeliverySource(const DeliverySource &) = delete;
    DeliverySource &operator=(const DeliverySource &) = delete;
    virtual ~DeliverySource() = default;

    /// The next attempt to make now; nothing where none is due or the limits are reached. SenderPool::wake() says when
    /// to ask again; a sender also asks after each attempt it has finished.
    virtual std::optional<SendJob> takeNext() = 0;
    /// Takes over what came of a job; called exactly once for each that was taken.
    virtual void finished(SendResult result) = 0;
};

} // namespace courier
