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
bool addAll(FilterSql &sql, Reading &reading, StoreKey key, const AlertFilter &filter, WordTail::After tail)
{
    sql.addSummaryParts(filter);
    const QString words = wordsQuery(filter.words);
    if (!words.isEmpty()) {
        sql.addWords(words, tail);
    }
    return addParts(sql, reading, key, filter, words);
}

FilterSql deliverySql()
{
    return {QStringLiteral("delivery d"), QStringLiteral("d.alert_id")};
}

// Failed deliveries of alerts that match, to destinations that exist.
std::optional<FilterSql> failedSql(Reading &reading, StoreKey key, const AlertFilter &filter, WordTail::After tail)
{
    FilterSql sql = deliverySql();
    sql.addCondition(QStringLiteral("d.state = 4"));
    sql.addCondition(
        QStringLiteral("EXISTS (SELECT 1 FROM destination y WHERE y.id = d.destination_id AND y.deleted_at IS NULL)"));
    return addAll(sql, reading, key, filter, tail) ? std::optional(sql) : std::nullopt;
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

// What is read for matching alerts, with the ids in their order: a table of words, where there are any, or what sums
// alerts up.
class MatchSource
{
public:
    static MatchSource summaries() { return {QStringLiteral("alert_status s"), QStringLiteral("s.alert_id"), {}, 0}; }
    static MatchSource index(const QString &words, const QString &joined)
    {
        return {QStringLiteral("alert_words w") + joined, rowId(), words, 0};
    }
    static MatchSource tail(const QString &words, qint64 after)
    {
        return {WordTail::table() + QStringLiteral(" w") + withSummary(), rowId(), words, after};
    }
    static QString withSummary() { return QStringLiteral(" CROSS JOIN alert_status s ON s.alert_id = w.rowid"); }

    QString id() const { return m_id; }
    FilterSql sql() const
    {
        FilterSql sql(m_from, m_id);
        if (!m_words.isEmpty()) {
            sql.addCondition(m_from.section(u' ', 0, 0) + QStringLiteral(" MATCH ?"), {m_words});
        }
        if (m_after > 0) {
            sql.addCondition(m_id + QStringLiteral(" > ?"), {m_after});
        }
        return sql;
    }

private:
    MatchSource(QString from, QString id, QString words, qint64 after)
        : m_from(std::move(from))
        , m_id(std::move(id))
        , m_words(std::move(words))
        , m_after(after)
    {
    }
    static QString rowId() { return QStringLiteral("w.rowid"); }

    QString m_from;
    QString m_id;
    QString m_words;
    qint64 m_after; ///< only ids above
};

// All that has to be read, oldest alerts first.
QList<MatchSource> matchSources(const QString &words, WordTail::After tail, const QString &joined)
{
    if (words.isEmpty()) {
        return {MatchSource::summaries()};
    }
    QList<MatchSource> sources{MatchSource::index(words, joined)};
    if (tail) {
        sources.append(MatchSource::tail(words, *tail));
    }
    return sources;
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
    QList<AlertId> found;
    for (const MatchSource &source : matchSources(words, m_private->tailFor(filter), {})) {
        FilterSql sql = source.sql();
        sql.addTimes(filter);
        if (!addParts(sql, reading, m_private->key, filter, words)) {
            return {};
        }
        found += idsOf<AlertId>(*m_private->connection, QStringLiteral("SELECT ") + source.id(), sql,
                                QStringLiteral(" ORDER BY ") + source.id());
    }
    return found;
}

QList<AlertId> Queries::newestMatching(const AlertFilter &filter, AlertId before, int limit)
{
    Reading reading(*m_private->connection);
    const QString words = wordsQuery(filter.words);
    QList<MatchSource> sources = matchSources(words, m_private->tailFor(filter), MatchSource::withSummary());
    QList<AlertId> found;
    while (!sources.isEmpty() && found.size() < limit) {
        const MatchSource source = sources.takeLast();
        FilterSql sql = source.sql();
        if (number(before) > 0) {
            sql.addCondition(source.id() + QStringLiteral(" < ?"), {number(before)});
        }
        sql.addSummaryParts(filter);
        if (!addParts(sql, reading, m_private->key, filter, words)) {
            return {};
        }
        found +=
            idsOf<AlertId>(*m_private->connection, QStringLiteral("SELECT ") + source.id(), sql,
                           QStringLiteral(" ORDER BY %1 DESC LIMIT %2").arg(source.id()).arg(limit - found.size()));
    }
    return found;
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
    if (!addAll(sql, reading, m_private->key, filter.alerts, m_private->tailFor(filter.alerts))) {
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
    const std::optional<FilterSql> sql = failedSql(reading, m_private->key, filter, m_private->tailFor(filter));
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
    std::optional<FilterSql> sql = failedSql(reading, m_private->key, filter, m_private->tailFor(filter));
    if (!sql) {
        return {};
    }
    sql->addCondition(QStringLiteral("d.id > ?"), {number(after)});
    return idsOf<DeliveryId>(*m_private->connection, QStringLiteral("SELECT d.id"), *sql,
                             QStringLiteral(" ORDER BY d.id LIMIT %1").arg(limit));
}

} // namespace courier
