// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#include "domain/router.h"

#include <QCoreApplication>

#include <algorithm>

namespace courier {
namespace {

bool isNamedIn(const Destination &destination, const QStringList &wishes, StoreKey key)
{
    if (wishes.isEmpty()) {
        return false;
    }
    return wishes.contains(destination.name) || wishes.contains(publicId(destination.id, key));
}

bool namesAny(const QStringList &wishes, const QList<Destination> &destinations, StoreKey key)
{
    return !wishes.isEmpty() && std::any_of(destinations.begin(), destinations.end(), [&](const Destination &one) {
        return !one.isDeleted() && isNamedIn(one, wishes, key);
    });
}

// The contract's rules, in their order; which one applies is the same for every destination.
class Rules
{
public:
    Rules(const Alert &alert, const QList<Destination> &destinations, StoreKey key)
        : m_alert(alert)
        , m_key(key)
        , m_skip(alert.outputIds.contains(QLatin1String("SKIP")))
        , m_byDestinations(!m_skip && namesAny(alert.destinations, destinations, key))
        , m_byOutputs(!m_skip && !m_byDestinations && namesAny(alert.outputIds, destinations, key))
    {
    }

    RouteReason reasonFor(const Destination &destination) const
    {
        if (m_skip) {
            return RouteReason::Skipped;
        }
        if (m_byDestinations) {
            return isNamedIn(destination, m_alert.destinations, m_key) ? RouteReason::Named : RouteReason::NotNamed;
        }
        if (m_byOutputs) {
            return isNamedIn(destination, m_alert.outputIds, m_key) ? RouteReason::OutputNamed
                                                                    : RouteReason::NotOutputNamed;
        }
        if (!destination.severities.contains(m_alert.severity)) {
            return RouteReason::NotSeverity;
        }
        return destination.types.contains(m_alert.type) ? RouteReason::Takes : RouteReason::NotType;
    }

private:
    const Alert &m_alert;
    StoreKey m_key;
    bool m_skip;
    bool m_byDestinations;
    bool m_byOutputs;
};

bool isTaken(RouteReason reason)
{
    return reason == RouteReason::Named || reason == RouteReason::OutputNamed || reason == RouteReason::Takes;
}

QString takesWords(const Alert &alert, const Destination &destination)
{
    if (destination.severities == SeveritySet::all() && destination.types == AlertTypeSet::all()) {
        return QCoreApplication::translate("Router", "Takes every alert");
    }
    if (destination.types == AlertTypeSet::all()) {
        return QCoreApplication::translate("Router", "%1 is among its severities").arg(displayName(alert.severity));
    }
    return QCoreApplication::translate("Router", "Takes %1, and %2")
        .arg(displayName(alert.severity), pluralName(alert.type));
}

QString wordsFor(RouteReason reason, const Alert &alert, const Destination &destination)
{
    switch (reason) {
    case RouteReason::Skipped:
        return QCoreApplication::translate("Router", "The alert asks to go nowhere (SKIP)");
    case RouteReason::Named:
        return QCoreApplication::translate("Router", "The alert names it among its destinations");
    case RouteReason::NotNamed:
        return QCoreApplication::translate("Router", "The alert names other destinations");
    case RouteReason::OutputNamed:
        return QCoreApplication::translate("Router", "The alert names it in its outputIds");
    case RouteReason::NotOutputNamed:
        return QCoreApplication::translate("Router", "The alert's outputIds name other destinations");
    case RouteReason::Takes:
        break;
    case RouteReason::NotSeverity:
        return QCoreApplication::translate("Router", "%1 is not among its severities").arg(displayName(alert.severity));
    case RouteReason::NotType:
        return QCoreApplication::translate("Router", "%1 is not among its alert types").arg(pluralName(alert.type));
    }
    return takesWords(alert, destination);
}

} // namespace

QList<Route> route(const Alert &alert, const QList<Destination> &destinations, StoreKey key)
{
    const Rules rules(alert, destinations, key);
    QList<Route> routes;
    for (const Destination &destination : destinations) {
        if (!destination.isDeleted()) {
            const RouteReason reason = rules.reasonFor(destination);
            routes.append({destination.id, isTaken(reason), reason, wordsFor(reason, alert, destination)});
        }
    }
    return routes;
}

QList<DestinationId> routeIds(const Alert &alert, const QList<Destination> &destinations, StoreKey key)
{
    const Rules rules(alert, destinations, key);
    QList<DestinationId> ids;
    for (const Destination &destination : destinations) {
        if (!destination.isDeleted() && isTaken(rules.reasonFor(destination))) {
            ids.append(destination.id);
        }
    }
    return ids;
}

} // namespace courier
