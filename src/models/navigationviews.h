// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "models/navigationmodel.h"
#include "store/search.h"

// The navigation's views of the alerts.
namespace courier {

QString viewName(NavigationModel::Kind kind); ///< "Needs attention" (translated)
QString viewGlyph(NavigationModel::Kind kind);
QString viewColorKey(NavigationModel::Kind kind); ///< where it isn't empty

/// The alerts that the view shows. \a now is ms since 1970 UTC.
AlertFilter filterOf(NavigationModel::Kind kind, qint64 now);

} // namespace courier
