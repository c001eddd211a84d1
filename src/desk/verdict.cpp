// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#include "desk/verdict.h"

#include <algorithm>

namespace courier {

AttemptRecord verdict(const SendResult &result, const Delivery &before, qint64 now, double dice)
{
    AttemptRecord record;
    record.attempt = result.attempt;
    record.alertId = before.alertId;
    record.round = before.round;
    record.nextAt = 0;
    const Outcome outcome = result.attempt.outcome;
    if (outcome == Outcome::Acknowledged) {
        record.state = DeliveryState::Delivered;
        return record;
    }
    if (outcome == Outcome::NotSent) {
        record.state = DeliveryState::Failed;
        return record;
    }
    record.state = DeliveryState::Retrying;
    if (outcome == Outcome::Interrupted) {
        record.countsAsTry = false;
        record.nextAt = now;
        return record;
    }
    const Destination &destination = *result.job.destination;
    const int failedTries = before.roundAttempts + 1;
    record.countsAsTry = outcome != Outcome::ProxyFailed;
    if (record.countsAsTry && failedTries > destination.maxRetries) {
        record.state = DeliveryState::Failed;
        return record;
    }
    record.nextAt = now + retryDelay(destination.schedule, failedTries, dice, result.retryAfter).count();
    return record;
}

} // namespace courier
