// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#include "intake/httproutes.h"

#include <algorithm>
#include <array>

namespace courier {
namespace {

enum Methods : quint8 { Reads = 1, Takes = 2 };

struct Row
{
    QByteArrayView path;
    IntakeRoute route;
    int methods;
};

constexpr std::array<Row, 9> table{{
    {"/", IntakeRoute::Page, Reads},
    {"/metrics", IntakeRoute::Metrics, Reads},
    {"/-/healthy", IntakeRoute::Healthy, Reads},
    {"/-/ready", IntakeRoute::Ready, Reads},
    {"/api/v1/alerts", IntakeRoute::Alerts, Takes},
    {"/api/v1/webhook/alertmanager", IntakeRoute::AlertmanagerWebhook, Takes},
    {"/api/v1/webhook/cloudevents", IntakeRoute::CloudEventsWebhook, Takes},
    {"/api/v2/alerts", IntakeRoute::AlertmanagerAlerts, Reads | Takes},
    {"/api/v2/status", IntakeRoute::AlertmanagerStatus, Reads},
}};

} // namespace

std::optional<IntakeRoute> routeOf(QByteArrayView path)
{
    const auto *const row =
        std::find_if(table.begin(), table.end(), [path](const Row &one) { return one.path == path; });
    return row == table.end() ? std::nullopt : std::optional(row->route);
}

QList<QByteArray> allowedMethods(IntakeRoute route)
{
    const auto *const row =
        std::find_if(table.begin(), table.end(), [route](const Row &one) { return one.route == route; });
    QList<QByteArray> methods;
    if (row != table.end() && (row->methods & Reads)) {
        methods << QByteArrayLiteral("GET") << QByteArrayLiteral("HEAD");
    }
    if (row != table.end() && (row->methods & Takes)) {
        methods << QByteArrayLiteral("POST");
    }
    return methods;
}

} // namespace courier
