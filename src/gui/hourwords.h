// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "models/deliveryhours.h"

#include <QString>

// What the charts of a destination's last 24 hours show, in words.
namespace courier {

/// "373 of 395 deliveries arrived, 22 failed. Worst hour: 18:00, 9 failed." \a waits: some came in and wait.
QString arrivedWords(const DeliveryHour &day, const QList<DeliveryHour> &hours, bool waits);
/// "Half answered within 84 ms, 95 % within 310 ms. Slowest hour: 18:00, 940 ms."
QString answeredWords(const DeliveryHour &day, const QList<DeliveryHour> &hours);

/// Of one hour: "18:00 to 19:00: 6 arrived, 9 failed".
QString arrivedInHour(const DeliveryHour &hour);
/// "18:00 to 19:00: 15 answers, half within 150 ms, 95 % within 940 ms".
QString answeredInHour(const DeliveryHour &hour);

} // namespace courier
