// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "domain/alert.h"

#include <QString>

namespace courier {

/// An alert as a source hands it in, with what the source says of its life. Sources that watch a condition send it
/// again and again while it lasts, and once more when it is over; those that report an event leave everything here
/// empty.
struct IncomingAlert
{
    Alert alert;
    QString fingerprint;   ///< what the condition is called at its source, the same over all repeats; may be empty
    qint64 startsAt = 0;   ///< when the condition began, ms since 1970 UTC; 0 where the source doesn't say
    qint64 endsAt = 0;     ///< when it is over unless it is sent again, ms since 1970 UTC; 0: not before it is said
    bool resolved = false; ///< the source says that it is over
};

} // namespace courier
