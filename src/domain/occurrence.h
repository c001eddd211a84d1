// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "domain/ids.h"

#include <QString>

namespace courier {

/// Whether what an alert tells of still lasts. The numbers are what the store keeps.
enum class AlertLife : quint8 {
    Event = 0,   ///< it happened, and that is that
    Active = 1,  ///< its source repeats it while it lasts
    Resolved = 2 ///< it is over
};

/// What became of an alert that its source repeats while its condition lasts.
struct Occurrence
{
    AlertId alertId{};
    QString fingerprint;   ///< what the condition is called at its source
    qint64 startsAt = 0;   ///< ms since 1970 UTC; 0 where the source didn't say
    qint64 endsAt = 0;     ///< when it is over unless it is seen again, ms since 1970 UTC; 0: not before it is said
    qint64 lastSeen = 0;   ///< ms since 1970 UTC
    qint64 seen = 1;       ///< how often it came, the first time included
    qint64 resolvedAt = 0; ///< when it was over, ms since 1970 UTC; 0 while it lasts

    bool isResolved() const { return resolvedAt != 0; }
    bool operator==(const Occurrence &) const = default;
};

} // namespace courier
