// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QByteArray>
#include <QByteArrayView>
#include <QList>

#include <optional>

namespace courier {

/// What the endpoint can be asked for.
enum class IntakeRoute : quint8 {
    Page,                ///< GET /
    Metrics,             ///< GET /metrics
    Healthy,             ///< GET /-/healthy
    Ready,               ///< GET /-/ready
    Alerts,              ///< POST /api/v1/alerts: our own JSON
    AlertmanagerWebhook, ///< POST /api/v1/webhook/alertmanager: what an Alertmanager or Grafana sends to a webhook
    CloudEventsWebhook,  ///< POST /api/v1/webhook/cloudevents
    AlertmanagerAlerts,  ///< GET and POST /api/v2/alerts: as an Alertmanager is asked
    AlertmanagerStatus   ///< GET /api/v2/status
};

/// The route of a path as it stands in a request, without its query; nothing where there is none.
std::optional<IntakeRoute> routeOf(QByteArrayView path);
/// What may be done there, in the words of HTTP: "GET", "HEAD", "POST".
QList<QByteArray> allowedMethods(IntakeRoute route);

} // namespace courier
