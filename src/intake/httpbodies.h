// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "domain/clock.h"
#include "httpd/httpmessage.h"
#include "intake/format.h"
#include "intake/httproutes.h"

#include <QHash>
#include <QString>

namespace courier {

/// The operator's tables of severities, by the format's id; a format that isn't among them has its own.
using SeverityMaps = QHash<QString, SeverityMap>;

/// Reads the body of a request that refuseHead() let in, and that takes alerts. For any thread.
FormatResult readBody(IntakeRoute route, const HttpRequest &request, const SeverityMaps &severities,
                      const Clock &clock);

} // namespace courier
