// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "delivery/deliverysource.h"
#include "store/records.h"

namespace courier {

/// What one attempt's result means for its delivery: delivered, tried again (and when), or failed for good. Pure.
/// \a before is the delivery as it was when the attempt began, \a now ms since 1970 UTC, \a dice a random number in
/// [0, 1) for the schedule's jitter.
AttemptRecord verdict(const SendResult &result, const Delivery &before, qint64 now, double dice);

} // namespace courier
