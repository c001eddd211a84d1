// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#include "store/filtersql.h"
#include "store/queries_p.h"
#include "store/rows.h"

#include <algorithm>

namespace courier {
namespace {

// The destinations, deleted ones too, that a filter names.
QList<qint64> named(Reading &reading, StoreKey key, const QStringList &names)
{
    QList<qint64> ids;
    Statement &rows = reading.prepared(QStringLiteral("SELECT id, name_key FROM destination"));
    rows.run();
    while (rows.next()) {
        const QString id = publicId(rows.integer(0), key);
        const QString name = rows.text(1);
        const bool isMeant = std::any_of(names.begin(), names.end(), [&](const QString &given) {
            return rows::nameKey(given) == name || given.compare(id, Qt::CaseInsensitive) == 0;
        });
        if (isMeant) {
            ids.append(rows.integer(0));
        }
    }
    return ids;
}

// The parts that summaries can't decide. False where nothing can match.
bool addParts(FilterSql &sql, Reading &reading, StoreKey key, const AlertFilter &filter, const QString &words)
{
    if (!filter.words.isEmpty() && words.isEmpty()) {
        return false;
    }
    sql.addTypes(filter.types);
    sql.addSources(filter.sources);
    if (!filter.destinations.isEmpty()) {
        const QList<qint64> ids = named(reading, key, filter.destinations);
        if (ids.isEmpty()) {
            return false;
        }
        sql.addDestinations(ids);
    }
    return true;
}

// Failed deliveries of alerts that match, to destinations that exist.
std::optional<FilterSql> failedSql(Reading &reading, StoreKey key, const AlertFilter &filter)
{
    FilterSql sql(QStringLiteral("delivery d"), QStringLiteral("d.alert_id"));
    sql.addCondition(QStringLiteral("d.state = 4"));
    sql.addCondition(
        QStringLiteral("EXISTS (SELECT 1 FROM destination y WHERE y.id = d.destination_id AND y.deleted_at IS NULL)"));
    sql.addSummaryParts(filter);
    const QString words = wordsQuery(filter.words);
    if (!words.isEmpty()) {
        sql.addWords(words);
    }
    return addParts(sql, reading, key, filter, words) ? std::optional(sql) : std::nullopt;
}

// Where the ids of matching alerts are best read from, in ascending order.
FilterSql matchingSql(const QString &words)
{
    if (words.isEmpty()) {
        return {QStringLiteral("alert_status s"), QStringLiteral("s.alert_id")};
    }
    FilterSql sql(QStringLiteral("alert_words w"), QStringLiteral("w.rowid"));
    sql.addCondition(QStringLiteral("alert_words MATCH ?"), {words});
    return sql;
}

template<typename Id>
QList<Id> idsOf(Connection &connection, const QString &select, const FilterSql &sql, const QString &order)
{
    QList<Id> ids;
    Statement rows(connection, select + sql.text() + order);
    rows.runWith(sql.values());
    while (rows.next()) {
        ids.append(rows.as<Id>(0));
    }
    return ids;
}

} // namespace

QList<AlertId> Queries::matching(const AlertFilter &filter)
{
    Reading reading(*m_private->connection);
    const QString words = wordsQuery(filter.words);
    FilterSql sql = matchingSql(words);
    sql.addTimes(filter);
    if (!addParts(sql, reading, m_private->key, filter, words)) {
        return {};
    }
    const QString id = words.isEmpty() ? QStringLiteral("s.alert_id") : QStringLiteral("w.rowid");
    return idsOf<AlertId>(*m_private->connection, QStringLiteral("SELECT ") + id, sql,
                          QStringLiteral(" ORDER BY ") + id);
}

ResendPlan Queries::resendPlan(const AlertFilter &filter)
{
    Reading reading(*m_private->connection);
    ResendPlan plan;
    const std::optional<FilterSql> sql = failedSql(reading, m_private->key, filter);
    if (!sql) {
        return plan;
    }
    Statement rows(*m_private->connection, QStringLiteral("SELECT +d.destination_id, count(*), min(d.alert_id)") +
                                               sql->text() +
                                               QStringLiteral(" GROUP BY +d.destination_id ORDER BY 2 DESC, 1"));
    rows.runWith(sql->values());
    qint64 oldest = 0;
    while (rows.next()) {
        plan.count += rows.integer(1);
        plan.perDestination.append({rows.as<DestinationId>(0), rows.integer(1)});
        oldest = oldest == 0 ? rows.integer(2) : std::min(oldest, rows.integer(2));
    }
    plan.oldestReceivedAt = msecsOf(oldest);
    return plan;
}

QList<DeliveryId> Queries::failedDeliveries(const AlertFilter &filter, DeliveryId after, int limit)
{
    Reading reading(*m_private->connection);
    std::optional<FilterSql> sql = failedSql(reading, m_private->key, filter);
    if (!sql) {
        return {};
    }
    sql->addCondition(QStringLiteral("d.id > ?"), {number(after)});
    return idsOf<DeliveryId>(*m_private->connection, QStringLiteral("SELECT d.id"), *sql,
                             QStringLiteral(" ORDER BY d.id LIMIT %1").arg(limit));
}

} // namespace courier
