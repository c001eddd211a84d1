// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "domain/alert.h"
#include "domain/destination.h"
#include "domain/ids.h"

#include <QList>

namespace courier {

/// Why a destination gets an alert, or doesn't.
enum class RouteReason {
    Skipped,        ///< SKIP is among the alert's outputIds
    Named,          ///< the alert names it in its destinations
    NotNamed,       ///< the alert names others
    OutputNamed,    ///< the alert names it in its outputIds
    NotOutputNamed, ///< its outputIds name others
    Takes,          ///< severity and type are both among its own
    NotSeverity,    ///< the alert's severity is not
    NotType         ///< the alert's type is not
};

struct Route
{
    DestinationId destinationId{};
    bool taken = false;
    RouteReason reason = RouteReason::NotSeverity;
    QString words; ///< the rule, for the operator: "Low is not among its severities" (translated)
};

/// Which of \a destinations get \a alert, by the contract's four rules, one Route each in their order. Deleted ones
/// are left out. Paused ones take alerts too: what goes to them is held.
/// \a key turns destinations' ids into the texts an alert may name them by.
QList<Route> route(const Alert &alert, const QList<Destination> &destinations, StoreKey key);

/// Only the ids of those that get it: what route() says, without the words.
QList<DestinationId> routeIds(const Alert &alert, const QList<Destination> &destinations, StoreKey key);

} // namespace courier
