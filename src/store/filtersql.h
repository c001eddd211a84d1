// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "store/search.h"
#include "store/wordtail.h"

#include <QString>
#include <QStringList>
#include <QVariant>

// A filter as SQL. The full text part is SQLite's own (FTS5).
namespace courier {

/// What the full text index is asked for: every one of \a words begins a word. Whatever they hold, it is data there
/// and no operator. Empty where a word has no letter and no digit in it: nothing begins so.
QString wordsQuery(const QStringList &words);

/// The end of a SELECT over alerts: from, joins and conditions, with the values to bind, in their order.
class FilterSql
{
public:
    /// \a from begins it; \a id is the alert's id in it. The alias s is for alert_status, joined where it is needed.
    FilterSql(QString from, QString id);

    void addCondition(const QString &condition, const QVariantList &values = {});
    /// What alert_status alone decides.
    void addSummaryParts(const AlertFilter &filter);
    void addTimes(const AlertFilter &filter);
    void addTypes(const AlertTypeSet &types);
    void addSources(const QStringList &sources);
    void addDestinations(const QList<qint64> &ids);
    /// In the full text index, and in the tail of what it doesn't hold yet.
    void addWords(const QString &query, WordTail::After tail);

    QString text() const;
    QVariantList values() const { return m_values; }

private:
    void joinStatus();

    QString m_from;
    QString m_id;
    QStringList m_conditions;
    QVariantList m_values;
};

} // namespace courier
