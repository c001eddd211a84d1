// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#include "gui/destinationnotice.h"

#include "gui/destinationpagewords.h"
#include "models/certificatewords.h"
#include "models/destinationmarks.h"

namespace courier {

std::optional<DestinationNotice> destinationNotice(const Destination &destination, const DestinationStats &stats,
                                                   const QString &waits, const QString &failure, qint64 now)
{
    if (destination.paused) {
        return DestinationNotice{Strip::Kind::Warning, heldWords(stats.held), failure};
    }
    if (!waits.isEmpty()) {
        return DestinationNotice{Strip::Kind::Warning, waits, failure};
    }
    if (stats.isStruggling()) {
        return DestinationNotice{Strip::Kind::Warning, struggleWords(stats, now), failure};
    }
    const QString certificate = certificateWarning(destination, now);
    if (!failure.isEmpty()) {
        return DestinationNotice{Strip::Kind::Failure, failure, certificate};
    }
    if (!certificate.isEmpty()) {
        return DestinationNotice{Strip::Kind::Warning, certificate, {}};
    }
    return std::nullopt;
}

} // namespace courier
