// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "domain/alert.h"
#include "domain/occurrence.h"
#include "httpd/httpmessage.h"

#include <QList>
#include <QString>
#include <QStringList>

#include <tl/expected.hpp>

#include <vector>

namespace courier {

class LabelMatcher;

// What an Alertmanager answers under /api/v2, so that amtool, Prometheus and Grafana can ask us the same. Source: its
// OpenAPI specification, version 2. Plain functions for any thread.

/// An alert that goes on, as it is asked for.
struct ActiveAlert
{
    Alert alert;
    Occurrence occurrence;
    QStringList destinations; ///< names of those that get it: its receivers
};

/// What GET /api/v2/alerts asks for.
struct ActiveQuery
{
    bool none = false; ///< only silenced, inhibited or unprocessed ones: there are none here
    std::vector<LabelMatcher> matchers;
};

/// Reads the query of a request, or says what is wrong with it.
tl::expected<ActiveQuery, HttpResponse> readActiveQuery(const QByteArray &query);
HttpResponse activeAlertsAnswer(const QList<ActiveAlert> &alerts, const ActiveQuery &query);
/// \a startedAt: ms since 1970 UTC.
HttpResponse alertmanagerStatusAnswer(qint64 startedAt);

} // namespace courier
