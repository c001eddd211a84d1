// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "domain/delivery.h"

namespace courier {

/// How much a status wants to be seen, 0 to 7: lists that say "worst first" go by it.
constexpr int weight(AlertStatus status)
{
    switch (status) {
    case AlertStatus::Failed:
        return 7;
    case AlertStatus::Retrying:
        return 6;
    case AlertStatus::Sending:
        return 5;
    case AlertStatus::Queued:
        return 4;
    case AlertStatus::Held:
        return 3;
    case AlertStatus::Cancelled:
        return 2;
    case AlertStatus::NoDestination:
        return 1;
    case AlertStatus::Delivered:
        break;
    }
    return 0;
}

/// A delivery's state as the status of an alert that has no other delivery.
constexpr AlertStatus asStatus(DeliveryState state)
{
    return static_cast<AlertStatus>(state); // the numbers are the same
}

constexpr int weight(DeliveryState state)
{
    return weight(asStatus(state));
}

} // namespace courier
