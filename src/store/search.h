// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "domain/alerttype.h"
#include "domain/delivery.h"
#include "domain/error.h"
#include "domain/ids.h"
#include "domain/occurrence.h"
#include "domain/severity.h"

#include <QList>
#include <QString>
#include <QStringList>

#include <optional>

namespace courier {

/// Which alerts a list shows. All that is set must hold.
struct AlertFilter
{
    SeveritySet severities;               ///< empty: any
    QList<AlertStatus> statuses;          ///< empty: any
    AlertTypeSet types;                   ///< empty: any
    QStringList destinations;             ///< names or ids, any case: goes to one of them; empty: any
    QStringList sources;                  ///< any case; empty: any
    std::optional<qint64> since;          ///< came in at or after, ms since 1970 UTC
    std::optional<qint64> until;          ///< came in before
    QStringList words;                    ///< each must begin a word of title, rule, description or tags
    QList<AlertLife> lives;               ///< whether it lasts; empty: any
    bool needsAttention = false;          ///< only those that do
    std::optional<qint64> deliveredSince; ///< all delivered, the last at or after, ms since 1970 UTC

    /// True where severity, status, life, time and attention alone decide: no look into the database is needed.
    bool isBysummary() const;
    bool isEmpty() const;
};

/// Which deliveries a list shows. All that is set must hold.
struct DeliveryFilter
{
    AlertFilter alerts;                       ///< of alerts that match
    QList<DeliveryState> states;              ///< empty: any
    std::optional<DestinationId> destination; ///< to this one alone
};

/// Reads what is typed into the search field: `severity:critical,high status:failed dest:"Ops bridge" since:2h
/// type:rule source:import is:active until:2026-11-01` and words. \a now is ms since 1970 UTC; local time is used for
/// dates. An Error of kind Invalid says which part can't be read and what it takes.
Result<AlertFilter> parseSearch(const QString &text, qint64 now);

} // namespace courier
