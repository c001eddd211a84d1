// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "store/records.h"

#include <QString>

// How a destination does, in a glyph and a few words; \a now is ms since 1970 UTC.
namespace courier {

/// The glyph's name and its colour's key: paused before struggling before failing before an expired certificate before
/// retrying before one that expires before not tested.
QString destinationGlyph(const Destination &destination, const DestinationStats &stats, qint64 now);
QString destinationColorKey(const Destination &destination, const DestinationStats &stats, qint64 now);

/// "Struggling: 503 Service Unavailable. Next try in 0:28."; empty where it doesn't struggle.
QString struggleWords(const DestinationStats &stats, qint64 now);

/// "99.8 %", "Paused", "Struggling", "Certificate: 9 days", "Last test failed", "Not tested"; empty where nothing came
/// in the last 24 h.
QString destinationNote(const Destination &destination, const DestinationStats &stats, qint64 now);
/// The same in full, for the tool tip, some lines.
QString destinationLines(const Destination &destination, const DestinationStats &stats, qint64 now);

} // namespace courier
