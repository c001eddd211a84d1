// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "domain/ids.h"

#include <QString>

namespace courier {

/// A delivery that has failed for good, with what is told of it.
struct FailedDelivery
{
    DeliveryId id{};
    AlertId alert{};
    DestinationId destination{};
    QString headline; ///< of the alert
    QString reason;   ///< of its last attempt
};

} // namespace courier
