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

// All parts of a filter as conditions on \a sql. False where nothing can match.
bool addAll(FilterSql &sql, Reading &reading, StoreKey key, const AlertFilter &filter)
{
    sql.addSummaryParts(filter);
    const QString words = wordsQuery(filter.words);
    if (!words.isEmpty()) {
        sql.addWords(words);
    }
    return addParts(sql, reading, key, filter, words);
}

FilterSql deliverySql()
{
    return {QStringLiteral("delivery d"), QStringLiteral("d.alert_id")};
}

// Failed deliveries of alerts that match, to destinations that exist.
std::optional<FilterSql> failedSql(Reading &reading, StoreKey key, const AlertFilter &filter)
{
    FilterSql sql = deliverySql();
    sql.addCondition(QStringLiteral("d.state = 4"));
    sql.addCondition(
        QStringLiteral("EXISTS (SELECT 1 FROM destination y WHERE y.id = d.destination_id AND y.deleted_at IS NULL)"));
    return addAll(sql, reading, key, filter) ? std::optional(sql) : std::nullopt;
}

// As literals: only so an index of deliveries in one state is used.
QString statesList(const QList<DeliveryState> &states)
{
    QStringList numbers;
    for (const DeliveryState state : states) {
        numbers.append(QString::number(static_cast<int>(state)));
    }
    return numbers.join(u',');
}

QString matchingId(const QString &words)
{
    return words.isEmpty() ? QStringLiteral("s.alert_id") : QStringLiteral("w.rowid");
}

// Where the ids of matching alerts are best read from in their order: from the words, where there are any. \a joined
// is what goes with these.
FilterSql matchingSql(const QString &words, const QString &joined = {})
{
    if (words.isEmpty()) {
        return {QStringLiteral("alert_status s"), matchingId(words)};
    }
    FilterSql sql(QStringLiteral("alert_words w") + joined, matchingId(words));
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
    const QString id = matchingId(words);
    return idsOf<AlertId>(*m_private->connection, QStringLiteral("SELECT ") + id, sql,
                          QStringLiteral(" ORDER BY ") + id);
}

QList<AlertId> Queries::newestMatching(const AlertFilter &filter, AlertId before, int limit)
{
    Reading reading(*m_private->connection);
    const QString words = wordsQuery(filter.words);
    FilterSql sql = matchingSql(words, QStringLiteral(" CROSS JOIN alert_status s ON s.alert_id = w.rowid"));
    const QString id = matchingId(words);
    if (number(before) > 0) {
        sql.addCondition(id + QStringLiteral(" < ?"), {number(before)});
    }
    sql.addSummaryParts(filter);
    if (!addParts(sql, reading, m_private->key, filter, words)) {
        return {};
    }
    return idsOf<AlertId>(*m_private->connection, QStringLiteral("SELECT ") + id, sql,
                          QStringLiteral(" ORDER BY %1 DESC LIMIT %2").arg(id).arg(limit));
}

QList<Delivery> Queries::newestDeliveries(const DeliveryFilter &filter, DeliveryId before, int limit)
{
    Reading reading(*m_private->connection);
    FilterSql sql = deliverySql();
    if (number(before) > 0) {
        sql.addCondition(QStringLiteral("d.id < ?"), {number(before)});
    }
    if (!filter.states.isEmpty()) {
        sql.addCondition(QStringLiteral("d.state IN (%1)").arg(statesList(filter.states)));
    }
    if (filter.destination) {
        sql.addCondition(QStringLiteral("d.destination_id = ?"), {number(*filter.destination)});
    }
    if (!addAll(sql, reading, m_private->key, filter.alerts)) {
        return {};
    }
    QList<Delivery> deliveries;
    Statement rows(*m_private->connection, QStringLiteral("SELECT ") + rows::deliveryColumns() + sql.text() +
                                               QStringLiteral(" ORDER BY d.id DESC LIMIT %1").arg(limit));
    rows.runWith(sql.values());
    while (rows.next()) {
        deliveries.append(rows::delivery(rows));
    }
    return deliveries;
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
