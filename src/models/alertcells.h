// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "store/records.h"

#include <QString>
#include <QStringList>

#include <functional>
#include <optional>

// The words of the alert table's cells. \a now is ms since 1970 UTC.
namespace courier {

/// Gives the name of a destination, also of one that is deleted by now.
using DestinationNames = std::function<QString(DestinationId)>;

/// "Ops bridge", or "Ops bridge (resolved)" of the delivery that says that the alert is over.
QString deliveryName(DestinationId id, DeliveryKind kind, const DestinationNames &names);
/// What stands after the words of an alert that is over.
QString resolvedNote();
/// The words with what stands after them, to be read aloud.
QString withResolved(const QString &words);

/// "Failed 1 of 3", "Retrying in 0:42", "Delivered 2 of 2", "Queued", "No destination".
QString deliveryWords(const AlertRow &row, qint64 now);
/// The same by destination, a line each, for the tool tip.
QString deliveryLines(const AlertRow &row, const DestinationNames &names, qint64 now);
/// Every destination's name, the worst state first.
QStringList destinationsOf(const AlertRow &row, const DestinationNames &names);
/// "Ops bridge, Audit lake", "Legacy SIEM and 2 more", "None".
QString destinationWords(const AlertRow &row, const DestinationNames &names);
/// When the first retry is due, ms since 1970 UTC; nothing unless the alert is shown as Retrying.
std::optional<qint64> nextRetryOf(const AlertRow &row);

/// "Retrying in 0:42", "Retrying now".
QString retryWords(qint64 nextAt, qint64 now);
/// Exact times for a tool tip: when it came in and, as it was written, when it was created.
QString timeLines(qint64 receivedAt, const QString &createdAt);

} // namespace courier
