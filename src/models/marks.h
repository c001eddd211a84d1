// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "domain/delivery.h"
#include "domain/destination.h"
#include "domain/severity.h"

#include <QString>

namespace courier {

// The mark of a severity or a state: the name of its glyph (resources/icons/NAME.svg) and the key of its colour.
// Models hand both out by GlyphRole and ColorKeyRole. Thread-safe.
//
// Keys beside those below: "text", "muted", "disabled", "accent", "onaccent", "warning", "error", "success", "notice".

QString severityGlyph(Severity severity);
QString severityColorKey(Severity severity);

QString statusGlyph(AlertStatus status);
QString statusColorKey(AlertStatus status);

QString statusGlyph(DeliveryState state);
QString statusColorKey(DeliveryState state);

/// How an attempt ended: Acknowledged is marked as delivered, every other outcome as failed.
QString outcomeGlyph(Outcome outcome);
QString outcomeColorKey(Outcome outcome);

/// A destination's own mark: paused before failing before untested.
QString destinationGlyph(const Destination &destination);
QString destinationColorKey(const Destination &destination);

} // namespace courier
