// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#include "models/alertcells.h"

#include "models/statusweight.h"
#include "models/words.h"

#include <QCoreApplication>

#include <algorithm>

namespace courier {
namespace {

struct Say
{
    Q_DECLARE_TR_FUNCTIONS(AlertCells)
};

constexpr qsizetype namesShown = 2;

QList<AlertRow::Part> worstFirst(const AlertRow &row)
{
    QList<AlertRow::Part> parts = row.parts;
    std::stable_sort(parts.begin(), parts.end(), [](const AlertRow::Part &a, const AlertRow::Part &b) {
        return weight(a.state) > weight(b.state);
    });
    return parts;
}

QString outOf(const QString &words, const AlertRow &row)
{
    const auto count = std::count_if(row.parts.begin(), row.parts.end(), [&row](const AlertRow::Part &part) {
        return asStatus(part.state) == row.summary.status;
    });
    return count == 0 ? displayName(row.summary.status) : words.arg(count).arg(row.parts.size());
}

} // namespace

QString deliveryName(DestinationId id, DeliveryKind kind, const DestinationNames &names)
{
    return kind == DeliveryKind::Resolution ? Say::tr("%1 (resolved)", "destination").arg(names(id)) : names(id);
}

QString resolvedNote()
{
    return Say::tr(" · resolved");
}

QString withResolved(const QString &words)
{
    return Say::tr("%1, resolved", "alert").arg(words);
}

QString retryWords(qint64 nextAt, qint64 now)
{
    return nextAt > now ? Say::tr("Retrying in %1").arg(words::countdown(nextAt - now)) : Say::tr("Retrying now");
}

std::optional<qint64> nextRetryOf(const AlertRow &row)
{
    std::optional<qint64> next;
    if (row.summary.status == AlertStatus::Retrying) {
        for (const AlertRow::Part &part : row.parts) {
            if (part.state == DeliveryState::Retrying && (!next || part.nextAt < *next)) {
                next = part.nextAt;
            }
        }
    }
    return next;
}

QString deliveryWords(const AlertRow &row, qint64 now)
{
    switch (row.summary.status) {
    case AlertStatus::Failed:
        return outOf(Say::tr("Failed %1 of %2"), row);
    case AlertStatus::Sending:
        return outOf(Say::tr("Sending %1 of %2"), row);
    case AlertStatus::Delivered:
        return outOf(Say::tr("Delivered %1 of %2"), row);
    case AlertStatus::Held:
        return outOf(Say::tr("Held %1 of %2"), row);
    case AlertStatus::Retrying:
        if (const std::optional<qint64> next = nextRetryOf(row)) {
            return retryWords(*next, now);
        }
        break;
    case AlertStatus::Queued:
    case AlertStatus::Cancelled:
    case AlertStatus::NoDestination:
        break;
    }
    return displayName(row.summary.status);
}

QString deliveryLines(const AlertRow &row, const DestinationNames &names, qint64 now)
{
    QStringList lines;
    const QList<AlertRow::Part> parts = worstFirst(row);
    for (const AlertRow::Part &part : parts) {
        const QString state =
            part.state == DeliveryState::Retrying ? retryWords(part.nextAt, now) : displayName(part.state);
        lines.append(Say::tr("%1: %2").arg(deliveryName(part.destinationId, part.kind, names), state));
    }
    return lines.join(QLatin1Char('\n'));
}

QStringList destinationsOf(const AlertRow &row, const DestinationNames &names)
{
    QStringList list;
    const QList<AlertRow::Part> parts = worstFirst(row);
    for (const AlertRow::Part &part : parts) {
        if (part.kind == DeliveryKind::Alert) {
            list.append(names(part.destinationId));
        }
    }
    return list;
}

QString destinationWords(const AlertRow &row, const DestinationNames &names)
{
    const QStringList list = destinationsOf(row, names);
    if (list.isEmpty()) {
        return Say::tr("None");
    }
    if (list.size() > namesShown) {
        return Say::tr("%1 and %2 more").arg(list.first(), words::count(list.size() - 1));
    }
    return list.join(QStringLiteral(", "));
}

QString timeLines(qint64 receivedAt, const QString &createdAt)
{
    const QString received = Say::tr("Came in: %1").arg(words::exactTime(receivedAt));
    return createdAt.isEmpty() ? received : received + QLatin1Char('\n') + Say::tr("Created: %1").arg(createdAt);
}

} // namespace courier
