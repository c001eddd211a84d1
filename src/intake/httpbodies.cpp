// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#include "intake/httpbodies.h"

#include "intake/formats/formats.h"

#include <QCoreApplication>

namespace courier {
namespace {

/// How long an Alertmanager takes an alert for active that doesn't say when it ends.
constexpr qint64 resolveTimeoutMs = 5 * 60 * 1000;

/// What comes by a route: how it is written, and what its alerts say of where they come from.
struct Way
{
    QString format;
    QString source;
};

Way wayOf(IntakeRoute route)
{
    switch (route) {
    case IntakeRoute::AlertmanagerAlerts:
        return {QStringLiteral("alertmanager"), QCoreApplication::translate("Intake", "Prometheus")};
    case IntakeRoute::AlertmanagerWebhook:
        return {QStringLiteral("alertmanager"), QCoreApplication::translate("Intake", "Alertmanager")};
    case IntakeRoute::CloudEventsWebhook:
        return {QStringLiteral("cloudevents"), QCoreApplication::translate("Intake", "CloudEvents")};
    default:
        return {QStringLiteral("alerts"), QCoreApplication::translate("Intake", "HTTP")};
    }
}

bool isBinaryEvent(const HttpRequest &request)
{
    return !headerValue(request.headers, "ce-specversion").isNull();
}

FormatResult read(IntakeRoute route, const HttpRequest &request, const SeverityMaps &severities, const Clock &clock)
{
    const Way way = wayOf(route);
    const auto own = severities.constFind(way.format);
    const ReadContext context{own == severities.cend() ? nullptr : &*own, clock.nowUtc(), way.source};
    if (route == IntakeRoute::CloudEventsWebhook && isBinaryEvent(request)) {
        return readBinaryCloudEvent(request.headers, request.body, context);
    }
    return formatById(way.format)->read(request.body, context);
}

// Alertmanager takes an empty list, too.
bool isEmptyList(const QByteArray &body)
{
    return body.size() < 16 && body.simplified().replace(' ', "") == "[]";
}

} // namespace

FormatResult readBody(IntakeRoute route, const HttpRequest &request, const SeverityMaps &severities, const Clock &clock)
{
    if (route == IntakeRoute::AlertmanagerAlerts && isEmptyList(request.body)) {
        return {};
    }
    FormatResult result = read(route, request, severities, clock);
    if (route != IntakeRoute::AlertmanagerAlerts) {
        if (!result.faults.isEmpty()) {
            result.alerts.clear(); // a batch is taken whole or not at all
        }
        return result;
    }
    for (IncomingAlert &incoming : result.alerts) {
        if (incoming.endsAt == 0 && !incoming.resolved) {
            incoming.endsAt = clock.nowUtc() + resolveTimeoutMs;
        }
    }
    return result;
}

} // namespace courier
