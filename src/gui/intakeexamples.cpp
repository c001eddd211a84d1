// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#include "gui/intakeexamples.h"

#include <QCoreApplication>
#include <QSysInfo>

namespace courier {
namespace {

QString translated(const char *text)
{
    return QCoreApplication::translate("IntakeExamples", text);
}

/// Every address of this computer is reached by its name.
QString placeOf(const IntakeAddress &address)
{
    const bool isAny = address.host == QLatin1String("0.0.0.0") || address.host == QLatin1String("::");
    return isAny ? QStringLiteral("%1:%2").arg(QSysInfo::machineHostName()).arg(address.port) : address.text();
}

QString curl(const IntakeAddress &address, const QString &token)
{
    const QString header =
        token.isEmpty() ? QString() : QStringLiteral("  -H 'Authorization: Bearer %1' \\\n").arg(token);
    return QStringLiteral("curl -H 'Content-Type: application/json' \\\n%1"
                          "  -d '{\"id\":\"Disk.Full\",\"severity\":\"HIGH\",\"title\":\"Disk full\"}' \\\n"
                          "  http://%2/api/v1/alerts")
        .arg(header, placeOf(address));
}

QString prometheus(const IntakeAddress &address, const QString &token)
{
    const QString credentials = token.isEmpty() ? QString()
                                                : QStringLiteral("      authorization:\n"
                                                                 "        credentials: %1\n")
                                                      .arg(token);
    return QStringLiteral("# prometheus.yml\n"
                          "alerting:\n"
                          "  alertmanagers:\n"
                          "    - static_configs:\n"
                          "        - targets: ['%1']\n%2")
        .arg(placeOf(address), credentials)
        .trimmed();
}

QString alertmanager(const IntakeAddress &address, const QString &token)
{
    const QString credentials = token.isEmpty() ? QString()
                                                : QStringLiteral("        http_config:\n"
                                                                 "          authorization:\n"
                                                                 "            credentials: %1\n")
                                                      .arg(token);
    return QStringLiteral("# alertmanager.yml\n"
                          "receivers:\n"
                          "  - name: alert-courier\n"
                          "    webhook_configs:\n"
                          "      - url: http://%1/api/v1/webhook/alertmanager\n%2")
        .arg(placeOf(address), credentials)
        .trimmed();
}

QString grafana(const IntakeAddress &address, const QString &token)
{
    const QString credentials = token.isEmpty() ? QString()
                                                : translated("\nAuthorization Header - Scheme: Bearer\n"
                                                             "Authorization Header - Credentials: %1")
                                                      .arg(token);
    return translated("Alerting > Contact points > Add contact point\n"
                      "Integration: Webhook\n"
                      "URL: http://%1/api/v1/webhook/alertmanager%2")
        .arg(placeOf(address), credentials);
}

QString cloudEvents(const IntakeAddress &address, const QString &token)
{
    const QString header =
        token.isEmpty() ? QString() : QStringLiteral("  -H 'Authorization: Bearer %1' \\\n").arg(token);
    return QStringLiteral(
               "curl -H 'Content-Type: application/cloudevents+json' \\\n%1"
               "  -d '{\"specversion\":\"1.0\",\"id\":\"1\",\"source\":\"/backup\",\"type\":\"backup.failed\"}' "
               "\\\n"
               "  http://%2/api/v1/webhook/cloudevents")
        .arg(header, placeOf(address));
}

} // namespace

QList<IntakeExample> intakeExamples()
{
    return {{QStringLiteral("curl"), curl},
            {QStringLiteral("Prometheus, Loki, Thanos"), prometheus},
            {QStringLiteral("Alertmanager"), alertmanager},
            {QStringLiteral("Grafana"), grafana},
            {QStringLiteral("CloudEvents"), cloudEvents}};
}

} // namespace courier
