// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "intake/severitymap.h"
#include "store/queries.h"

#include <QHash>
#include <QString>

namespace courier {

/// Where the store's settings keep the operator's table for a format: SeverityMap's JSON.
QString severitiesKey(const QString &formatId);

/// The tables the operator edited, by the format's id. One that can't be read is left aside, and logged.
QHash<QString, SeverityMap> severityTables(Queries &queries);

} // namespace courier
