// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

// What those ask for who watch from outside.

#include "store/queries_p.h"
#include "store/rows.h"

namespace courier {

MetricFacts Queries::metricFacts(AlertId after)
{
    Reading reading(*m_private->connection);
    MetricFacts facts;
    facts.newest = AlertId{qMax(number(after), reading.number(QStringLiteral("SELECT max(id) FROM alert")))};
    facts.bySource = reading.all(
        QStringLiteral("SELECT source, count(*) FROM alert WHERE id > ? GROUP BY source ORDER BY source"),
        [](const Statement &row) { return std::pair(row.text(0), row.integer(1)); }, after);
    facts.deliveries = reading.all(
        QStringLiteral("SELECT destination_id, state, count(*) FROM delivery GROUP BY destination_id, state "
                       "ORDER BY destination_id, state"),
        [](const Statement &row) {
            return MetricFacts::Deliveries{row.as<DestinationId>(0), row.as<DeliveryState>(1), row.integer(2)};
        });
    facts.struggling = reading.all(QStringLiteral("SELECT destination_id FROM struggle ORDER BY destination_id"),
                                   [](const Statement &row) { return row.as<DestinationId>(0); });
    facts.certificates =
        reading.all(QStringLiteral("SELECT id, certificate_expires_at FROM destination WHERE deleted_at IS NULL AND "
                                   "certificate_expires_at <> 0 ORDER BY id"),
                    [](const Statement &row) { return std::pair(row.as<DestinationId>(0), row.integer(1)); });
    for (const MetricFacts::Deliveries &some : std::as_const(facts.deliveries)) {
        facts.waiting += isWaiting(some.state) ? some.count : 0;
    }
    const qint64 oldest = reading.number(QStringLiteral("SELECT min(id) FROM delivery WHERE state IN (0, 2)"));
    if (oldest > 0) {
        facts.waitingSince = msecsOf(oldest);
    }
    return facts;
}

QList<AlertOccurrence> Queries::activeAlerts(qint64 now, int limit)
{
    Reading reading(*m_private->connection);
    QList<AlertOccurrence> active = reading.all(
        QStringLiteral("SELECT %1, %2 FROM occurrence o JOIN alert a ON a.id = o.alert_id WHERE o.resolved_at = 0 AND "
                       "(o.ends_at = 0 OR o.ends_at > ?) ORDER BY o.alert_id LIMIT ?")
            .arg(rows::alertColumns(), rows::occurrenceColumns()),
        [](const Statement &row) {
            return AlertOccurrence{rows::alert(row), rows::occurrence(row, rows::alertColumnCount), {}};
        },
        now, limit);
    Statement &to = reading.prepared(
        QStringLiteral("SELECT destination_id FROM delivery WHERE alert_id = ? AND kind = 0 ORDER BY id"));
    for (AlertOccurrence &one : active) {
        to.run(one.alert.id);
        while (to.next()) {
            one.destinations.append(to.as<DestinationId>(0));
        }
    }
    return active;
}

} // namespace courier
