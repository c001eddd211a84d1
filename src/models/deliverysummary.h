// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "models/alertcells.h"

// What became of one alert, in words. \a now is ms since 1970 UTC.
namespace courier {

/// What the deliveries of one alert come to; NoDestination where there is none.
AlertStatus statusOf(const QList<Delivery> &deliveries);

/// "Legacy SIEM failed after 4 attempts (401 Unauthorized), Audit lake is tried again in 0:42, Ops bridge has it."
/// Worst first; of more than four destinations only the worst are named.
QString deliverySummary(const QList<Delivery> &deliveries, const DestinationNames &names, qint64 now);

/// "Failed, 4 attempts", "Retrying in 0:42", "Delivered".
QString deliveryResult(const Delivery &delivery, qint64 now);
/// "503 Service Unavailable"; says where the receiver may get it twice.
QString attemptResult(const Attempt &attempt);
/// "1.2 s"; empty where it isn't known.
QString attemptDuration(const Attempt &attempt);

} // namespace courier
