// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#include "store/queries_p.h"
#include "store/rows.h"

#include <algorithm>

namespace courier {
namespace {

void addPart(AlertRow &row, const Statement &part)
{
    row.parts.append({part.as<DestinationId>(1), part.as<DeliveryState>(2), part.integer(3), part.as<DeliveryKind>(4)});
}

} // namespace

QList<AlertSummary> Queries::summaries(AlertId after, int limit)
{
    Reading reading(*m_private->connection);
    return reading.all(
        QStringLiteral("SELECT %1 FROM alert_status s WHERE s.alert_id > ? ORDER BY s.alert_id LIMIT ?")
            .arg(rows::summaryColumns()),
        [](const Statement &row) { return rows::summary(row); }, after, limit);
}

QList<AlertSummary> Queries::newestSummaries(int limit)
{
    Reading reading(*m_private->connection);
    QList<AlertSummary> newest = reading.all(
        QStringLiteral("SELECT %1 FROM alert_status s ORDER BY s.alert_id DESC LIMIT ?").arg(rows::summaryColumns()),
        [](const Statement &row) { return rows::summary(row); }, limit);
    std::reverse(newest.begin(), newest.end());
    return newest;
}

QList<AlertSummary> Queries::summariesOf(const QList<AlertId> &ids)
{
    Reading reading(*m_private->connection);
    return reading.all(
        QStringLiteral("SELECT %1 FROM alert_status s WHERE s.alert_id %2 ORDER BY s.alert_id")
            .arg(rows::summaryColumns(), dialect::inList()),
        [](const Statement &row) { return rows::summary(row); }, dialect::list(numbersOf(ids)));
}

QList<AlertRow> Queries::alertRows(const QList<AlertId> &ids)
{
    Reading reading(*m_private->connection);
    const QString list = dialect::list(numbersOf(ids));
    QHash<AlertId, AlertRow> found;
    Statement &alerts = reading.prepared(QStringLiteral("SELECT %1, a.created_at, %2, a.source FROM alert a JOIN "
                                                        "alert_status s ON s.alert_id = a.id WHERE a.id %3")
                                             .arg(rows::summaryColumns(), rows::headline(), dialect::inList()));
    alerts.run(list);
    while (alerts.next()) {
        AlertRow row;
        row.summary = rows::summary(alerts);
        row.receivedAt = msecsOf(number(row.summary.id));
        row.createdAt = alerts.text(rows::summaryColumnCount);
        row.headline = alerts.text(rows::summaryColumnCount + 1);
        row.source = alerts.text(rows::summaryColumnCount + 2);
        found.insert(row.summary.id, row);
    }
    Statement &parts =
        reading.prepared(QStringLiteral("SELECT d.alert_id, d.destination_id, d.state, d.next_at, d.kind FROM "
                                        "delivery d WHERE d.alert_id %1 ORDER BY d.id")
                             .arg(dialect::inList()));
    parts.run(list);
    while (parts.next()) {
        addPart(found[parts.as<AlertId>(0)], parts);
    }
    QList<AlertRow> rows;
    for (const AlertId id : ids) {
        const auto row = found.constFind(id);
        if (row != found.constEnd()) {
            rows.append(*row);
        }
    }
    return rows;
}

QList<DeliveryRow> Queries::latestDeliveries(DestinationId id, int limit)
{
    Reading reading(*m_private->connection);
    return reading.all(
        QStringLiteral("SELECT %1, a.severity, %2, (SELECT t.duration_us FROM attempt t WHERE t.delivery_id = d.id "
                       "ORDER BY t.number DESC LIMIT 1) FROM delivery d JOIN alert a ON a.id = d.alert_id WHERE "
                       "d.destination_id = ? ORDER BY d.id DESC LIMIT ?")
            .arg(rows::deliveryColumns(), rows::headline()),
        [](const Statement &row) {
            DeliveryRow one;
            one.delivery = rows::delivery(row);
            one.receivedAt = msecsOf(number(one.delivery.alertId));
            one.severity = row.as<Severity>(rows::deliveryColumnCount);
            one.headline = row.text(rows::deliveryColumnCount + 1);
            one.lastDurationUs = row.integer(rows::deliveryColumnCount + 2);
            return one;
        },
        id, limit);
}

QList<AlertId> Queries::idsBy(const QString &column)
{
    const bool isSource = column == QLatin1String("source");
    Reading reading(*m_private->connection);
    return reading.all(QStringLiteral("SELECT a.id FROM alert a ORDER BY %1 COLLATE NOCASE, a.id")
                           .arg(isSource ? QStringLiteral("a.source") : rows::headline()),
                       [](const Statement &row) { return row.as<AlertId>(0); });
}

qint64 Queries::alertCount()
{
    Reading reading(*m_private->connection);
    return reading.number(QStringLiteral("SELECT count(*) FROM alert_status"));
}

} // namespace courier
