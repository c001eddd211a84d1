// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

// What the retention looks for, away from the writer.

#include "store/queries_p.h"
#include "store/retentionwrites.h"

#include <algorithm>

namespace courier {
namespace {

/// What goes with one alert.
struct Weight
{
    qint64 attempts = 0;
    qint64 bytes = 0;
};

Weight weightOf(Reading &reading, AlertId id)
{
    Statement &row = reading.prepared(
        QStringLiteral("SELECT count(*), coalesce(sum(length(t.response_body) + length(t.response_headers)), 0) + "
                       "(SELECT length(context) FROM alert WHERE id = ?) FROM delivery d JOIN attempt t ON "
                       "t.delivery_id = d.id WHERE d.alert_id = ?"));
    const Weight weight = row.run(id, id) && row.next() ? Weight{row.integer(0), row.integer(1)} : Weight();
    row.finish();
    return weight;
}

} // namespace

StoreSize Queries::size()
{
    Reading reading(*m_private->connection);
    StoreSize size;
    size.pageSize = reading.number(QStringLiteral("PRAGMA page_size"));
    size.free = reading.number(QStringLiteral("PRAGMA freelist_count")) * size.pageSize;
    size.used = reading.number(QStringLiteral("PRAGMA page_count")) * size.pageSize - size.free;
    size.givesBack = reading.number(QStringLiteral("PRAGMA auto_vacuum")) != 0;
    return size;
}

StoreSize Queries::sizeInAlerts()
{
    StoreSize size = this->size();
    size.alerts = alertCount();
    Reading reading(*m_private->connection);
    size.oldestAt = msecsOf(reading.number(QStringLiteral("SELECT min(alert_id) FROM alert_status")));
    return size;
}

qint64 Queries::alertsBefore(qint64 at)
{
    Reading reading(*m_private->connection);
    return reading.number(QStringLiteral("SELECT count(*) FROM alert_status WHERE alert_id < ?"), firstNumberOf(at));
}

Expiring Queries::expiring(const ExpiryRule &rule, AlertId after, const ExpiryStep &step)
{
    Reading reading(*m_private->connection);
    const AlertId end{reading.number(
        QStringLiteral("SELECT coalesce(max(alert_id), 0) FROM (SELECT alert_id FROM alert_status WHERE alert_id > ? "
                       "ORDER BY alert_id LIMIT ?)"),
        after, step.looked)};
    Expiring found;
    found.lookedTo = end;
    found.isEnd = number(end) == 0 || number(end) >= firstNumberOf(rule.before);
    Statement &rows = reading.prepared(
        QStringLiteral("SELECT s.alert_id FROM alert_status s WHERE s.alert_id > ? AND s.alert_id <= ? AND ") +
        retentionwrites::mayGo() + QStringLiteral(" ORDER BY s.alert_id"));
    rows.runWith(QVariantList{number(after), number(end)} + retentionwrites::bounds(rule));
    Weight sum;
    while (rows.next()) {
        const AlertId id = rows.as<AlertId>(0);
        const Weight weight = weightOf(reading, id);
        sum = {sum.attempts + weight.attempts, sum.bytes + weight.bytes};
        const bool isEnough =
            found.alerts.size() >= step.alerts || sum.attempts > step.attempts || sum.bytes > step.bytes;
        if (isEnough && !found.alerts.isEmpty()) { // but for one, however large it is
            found.lookedTo = found.alerts.constLast();
            found.isEnd = false;
            break;
        }
        found.alerts.append(id);
    }
    rows.finish();
    return found;
}

// Attempts come in the order in which they began, more or less; one from a time to come is passed over.
ExpiringBodies Queries::expiringBodies(qint64 before, qint64 now, const ExpiryStep &step)
{
    Reading reading(*m_private->connection);
    const qint64 after =
        reading.number(QStringLiteral("SELECT value FROM meta WHERE key = ?"), retentionwrites::bodiesKey());
    Statement &rows = reading.prepared(
        QStringLiteral("SELECT t.id, t.started_at, length(t.response_body), t.body_dropped_days = 0 AND "
                       "(length(t.response_body) > 0 OR length(s.body) > 0) AND (d.state IN (3, 6) OR (d.state = 4 "
                       "AND d.dismissed <> 0)) FROM attempt t JOIN delivery d ON d.id = t.delivery_id LEFT JOIN "
                       "response_shape s ON s.id = t.response_id WHERE t.id > ? ORDER BY t.id LIMIT ?"));
    rows.run(after, step.looked);
    ExpiringBodies found;
    found.lookedTo = AttemptId{after};
    qint64 bytes = 0;
    int looked = 0;
    for (; found.attempts.size() < step.attempts && bytes < step.bytes && rows.next(); ++looked) {
        const qint64 startedAt = rows.integer(1);
        if (startedAt >= before && startedAt <= now) {
            break;
        }
        found.lookedTo = rows.as<AttemptId>(0);
        if (startedAt < before && rows.integer(3) != 0) {
            found.attempts.append(found.lookedTo);
            bytes += rows.integer(2);
        }
    }
    rows.finish();
    found.isEnd = looked < step.looked && found.attempts.size() < step.attempts && bytes < step.bytes;
    return found;
}

UnusedShapes Queries::unusedShapes(int limit)
{
    Reading reading(*m_private->connection);
    const auto find = [&reading, limit](const QString &table, const QString &condition) {
        return reading.all(
            QStringLiteral("SELECT id FROM %1 WHERE %2 LIMIT ?").arg(table, condition),
            [](const Statement &row) { return row.integer(0); }, limit);
    };
    const QString response = QStringLiteral("response_shape");
    return {find(QStringLiteral("request_shape"), retentionwrites::isUnusedRequest()),
            find(response, retentionwrites::isUnusedResponse()), find(response, retentionwrites::hasUnusedBody())};
}

void Queries::foldLog()
{
    Connection &connection = *m_private->connection; // not in a transaction
    connection.number(QStringLiteral("PRAGMA wal_checkpoint(PASSIVE)"));
    if (connection.hasFailed()) {
        qCWarning(lcStore).noquote() << "The log could not be folded:" << connection.takeFailure().error.detail;
    }
}

} // namespace courier
