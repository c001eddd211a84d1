// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#include "store/filtersql.h"

#include "domain/ids.h"

#include <algorithm>
#include <utility>

namespace courier {
namespace {

// As many places as there are values.
QString places(qsizetype count)
{
    QStringList marks;
    marks.fill(QStringLiteral("?"), count);
    return QStringLiteral(" IN (") + marks.join(u',') + u')';
}

template<typename List>
QVariantList variants(const List &list)
{
    QVariantList values;
    for (const auto &value : list) {
        values.append(QVariant::fromValue(value));
    }
    return values;
}

template<typename Enum>
QVariantList numbers(const QList<Enum> &list)
{
    QVariantList values;
    for (const Enum value : list) {
        values.append(static_cast<int>(value));
    }
    return values;
}

bool hasToken(const QString &word)
{
    return std::any_of(word.begin(), word.end(), [](QChar c) { return c.isLetterOrNumber() || c.isSurrogate(); });
}

} // namespace

QString wordsQuery(const QStringList &words)
{
    QStringList terms;
    for (const QString &word : words) {
        if (!hasToken(word)) {
            return {};
        }
        QString quoted = word;
        quoted.remove(QChar::Null).replace(u'"', QStringLiteral("\"\""));
        terms.append(QStringLiteral("\"%1\" *").arg(quoted));
    }
    return terms.join(u' ');
}

FilterSql::FilterSql(QString from, QString id)
    : m_from(std::move(from))
    , m_id(std::move(id))
{
}

void FilterSql::addCondition(const QString &condition, const QVariantList &values)
{
    m_conditions.append(condition);
    m_values.append(values);
}

void FilterSql::joinStatus()
{
    if (!m_from.contains(QLatin1String("alert_status s"))) {
        m_from += QStringLiteral(" JOIN alert_status s ON s.alert_id = ") + m_id;
    }
}

void FilterSql::addSummaryParts(const AlertFilter &filter)
{
    addTimes(filter);
    if (!filter.severities.isEmpty()) {
        const QVariantList list = numbers(filter.severities.toList());
        joinStatus();
        addCondition(QStringLiteral("s.severity") + places(list.size()), list);
    }
    if (!filter.statuses.isEmpty()) {
        const QVariantList list = numbers(filter.statuses);
        joinStatus();
        addCondition(QStringLiteral("s.status") + places(list.size()), list);
    }
    if (!filter.lives.isEmpty()) {
        const QVariantList list = numbers(filter.lives);
        joinStatus();
        addCondition(QStringLiteral("s.life") + places(list.size()), list);
    }
    if (filter.needsAttention) {
        joinStatus();
        addCondition(QStringLiteral("s.attention = 1"));
    }
    if (filter.deliveredSince) {
        joinStatus();
        addCondition(QStringLiteral("s.status = 3 AND s.settled_at >= ?"), {*filter.deliveredSince / 1000});
    }
}

void FilterSql::addTimes(const AlertFilter &filter)
{
    if (filter.since) {
        addCondition(m_id + QStringLiteral(" >= ?"), {firstNumberOf(*filter.since)});
    }
    if (filter.until) {
        addCondition(m_id + QStringLiteral(" < ?"), {firstNumberOf(*filter.until)});
    }
}

void FilterSql::addTypes(const AlertTypeSet &types)
{
    if (!types.isEmpty()) {
        const QVariantList list = numbers(types.toList());
        joinStatus();
        addCondition(QStringLiteral("s.type") + places(list.size()), list);
    }
}

void FilterSql::addSources(const QStringList &sources)
{
    if (!sources.isEmpty()) {
        addCondition(m_id + QStringLiteral(" IN (SELECT id FROM alert WHERE source COLLATE NOCASE") +
                         places(sources.size()) + u')',
                     variants(sources));
    }
}

void FilterSql::addDestinations(const QList<qint64> &ids)
{
    addCondition(QStringLiteral("EXISTS (SELECT 1 FROM delivery x WHERE x.alert_id = ") + m_id +
                     QStringLiteral(" AND x.destination_id") + places(ids.size()) + u')',
                 variants(ids));
}

void FilterSql::addWords(const QString &query, WordTail::After tail)
{
    const QString indexed = QStringLiteral("SELECT rowid FROM alert_words WHERE alert_words MATCH ?");
    if (!tail) {
        addCondition(m_id + QStringLiteral(" IN (") + indexed + u')', {query});
        return;
    }
    addCondition(
        m_id + QStringLiteral(" IN (") + indexed +
            QStringLiteral(" UNION ALL SELECT rowid FROM %1 WHERE %1 MATCH ? AND rowid > ?)").arg(WordTail::table()),
        {query, query, *tail});
}

QString FilterSql::text() const
{
    QString sql = QStringLiteral(" FROM ") + m_from;
    if (!m_conditions.isEmpty()) {
        sql += QStringLiteral(" WHERE ") + m_conditions.join(QStringLiteral(" AND "));
    }
    return sql;
}

} // namespace courier
