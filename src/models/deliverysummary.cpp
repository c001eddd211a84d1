// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#include "models/deliverysummary.h"

#include "models/statusweight.h"
#include "models/words.h"

#include <QCoreApplication>

#include <algorithm>
#include <array>

namespace courier {
namespace {

struct Say
{
    Q_DECLARE_TR_FUNCTIONS(DeliverySummary)
};

constexpr qsizetype namedAtMost = 4;

QString failureClause(const Delivery &delivery, const QString &name)
{
    const QString clause =
        delivery.attempts == 1
            ? Say::tr("%1 failed after 1 attempt", "destination").arg(name)
            : Say::tr("%1 failed after %2 attempts", "destination").arg(name, words::count(delivery.attempts));
    return delivery.lastReason.isEmpty() ? clause : Say::tr("%1 (%2)").arg(clause, delivery.lastReason.simplified());
}

QString clause(const Delivery &delivery, const QString &name, qint64 now)
{
    switch (delivery.state) {
    case DeliveryState::Failed:
        return failureClause(delivery, name);
    case DeliveryState::Retrying:
        return delivery.nextAt > now
                   ? Say::tr("%1 is tried again in %2").arg(name, words::countdown(delivery.nextAt - now))
                   : Say::tr("%1 is tried again now").arg(name);
    case DeliveryState::Sending:
        return Say::tr("%1 is being sent it").arg(name);
    case DeliveryState::Queued:
        return Say::tr("%1 waits its turn").arg(name);
    case DeliveryState::Held:
        return Say::tr("%1 is paused").arg(name);
    case DeliveryState::Cancelled:
        return Say::tr("%1 was deleted before").arg(name);
    case DeliveryState::Delivered:
        break;
    }
    return Say::tr("%1 has it").arg(name);
}

QString othersClause(const QList<Delivery> &others)
{
    const auto isDelivered = [](const Delivery &delivery) { return delivery.state == DeliveryState::Delivered; };
    const auto delivered = std::count_if(others.begin(), others.end(), isDelivered);
    if (delivered == others.size()) {
        return Say::tr("%1 more have it").arg(words::count(delivered));
    }
    if (delivered == 0) {
        return Say::tr("%1 more don't have it").arg(words::count(others.size()));
    }
    return Say::tr("of %1 more, %2 have it").arg(words::count(others.size()), words::count(delivered));
}

} // namespace

AlertStatus statusOf(const QList<Delivery> &deliveries)
{
    static constexpr std::array<DeliveryState, 7> order{
        DeliveryState::Failed, DeliveryState::Sending,   DeliveryState::Retrying, DeliveryState::Queued,
        DeliveryState::Held,   DeliveryState::Delivered, DeliveryState::Cancelled};
    for (const DeliveryState state : order) {
        const auto isIt = [state](const Delivery &delivery) { return delivery.state == state; };
        if (std::any_of(deliveries.begin(), deliveries.end(), isIt)) {
            return asStatus(state);
        }
    }
    return AlertStatus::NoDestination;
}

QString deliverySummary(const QList<Delivery> &deliveries, const DestinationNames &names, qint64 now)
{
    if (deliveries.isEmpty()) {
        return Say::tr("No destination takes this alert.");
    }
    QList<Delivery> sorted = deliveries;
    std::stable_sort(sorted.begin(), sorted.end(),
                     [](const Delivery &a, const Delivery &b) { return weight(a.state) > weight(b.state); });
    const qsizetype named = sorted.size() > namedAtMost ? namedAtMost - 1 : sorted.size();
    QStringList clauses;
    for (const Delivery &delivery : sorted.first(named)) {
        clauses.append(clause(delivery, deliveryName(delivery.destinationId, delivery.kind, names), now));
    }
    if (named < sorted.size()) {
        clauses.append(othersClause(sorted.sliced(named)));
    }
    return Say::tr("%1.", "sentence").arg(clauses.join(Say::tr(", ", "between clauses")));
}

QString deliveryResult(const Delivery &delivery, qint64 now)
{
    switch (delivery.state) {
    case DeliveryState::Failed:
        return delivery.attempts == 1 ? Say::tr("Failed, 1 attempt")
                                      : Say::tr("Failed, %1 attempts").arg(words::count(delivery.attempts));
    case DeliveryState::Retrying:
        return retryWords(delivery.nextAt, now);
    default:
        return displayName(delivery.state);
    }
}

QString attemptResult(const Attempt &attempt)
{
    const bool mayBeTwice = attempt.outcome == Outcome::Unknown || attempt.outcome == Outcome::Interrupted;
    const QString reason = attempt.reason.simplified();
    return mayBeTwice ? Say::tr("%1, possible duplicate").arg(reason) : reason;
}

QString attemptDuration(const Attempt &attempt)
{
    return attempt.durationUs > 0 ? words::duration(attempt.durationUs) : QString();
}

} // namespace courier
