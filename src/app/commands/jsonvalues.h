// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "app/commands/jsonobject.h"
#include "app/commands/run.h"
#include "domain/router.h"

// Destinations, alerts, deliveries and attempts as --json shows them. The keys are documented in the manual page and
// hold still: new ones may be added, none is renamed or taken away.
namespace courier::commands {

/// What can be set of a destination. Its address and the values of its headers are as good as passwords: only
/// \a withSecrets tells them, else they are null. What is kept as a secret is not here at all.
void addSettings(JsonObject &object, const Destination &destination, bool withSecrets);

JsonObject destinationJson(Run &run, const Destination &destination, const DestinationStats &stats, bool withSecrets);
JsonObject alertRowJson(Run &run, const AlertRow &row);
/// All of an alert but its deliveries.
JsonObject alertJson(Run &run, const Alert &alert, AlertStatus status);
JsonObject occurrenceJson(const Occurrence &occurrence);
JsonObject deliveryJson(Run &run, const Delivery &delivery);
/// \a whole: with headers and bodies.
JsonObject attemptJson(const Attempt &attempt, bool whole);
JsonObject routeJson(Run &run, const Route &route);

/// The stable word of a rule: "takes", "not-severity", ...
QString keyword(RouteReason reason);
QString keyword(TestState state);
QString keyword(AlertLife life);
inline QString keyword(DeliveryKind kind)
{
    return kind == DeliveryKind::Resolution ? QStringLiteral("resolution") : QStringLiteral("alert");
}
QString keyword(Accepted::Kind kind);

} // namespace courier::commands
