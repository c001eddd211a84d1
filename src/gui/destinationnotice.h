// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "gui/strip.h"
#include "store/records.h"

#include <optional>

namespace courier {

/// What a destination's page says first.
struct DestinationNotice
{
    Strip::Kind kind;
    QString title;
    QString text;
};

/// \a waits is Desk::waitReason(), \a failure what failed lately; both may be empty. Nothing where all is well. \a now
/// is ms since 1970 UTC.
std::optional<DestinationNotice> destinationNotice(const Destination &destination, const DestinationStats &stats,
                                                   const QString &waits, const QString &failure, qint64 now);

} // namespace courier
