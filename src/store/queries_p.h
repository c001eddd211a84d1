// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "store/connection.h"
#include "store/queries.h"
#include "store/wordtail.h"

namespace courier {

class Queries::Private
{
public:
    Private(std::unique_ptr<Connection> opened, StoreKey storeKey)
        : connection(std::move(opened))
        , key(storeKey)
    {
    }

    /// What a search for the words of \a filter has to look through beside the index. While one reads.
    WordTail::After tailFor(const AlertFilter &filter)
    {
        return filter.words.isEmpty() ? std::nullopt : tail.follow(*connection);
    }

    std::unique_ptr<Connection> connection;
    StoreKey key;
    WordTail tail;
};

/// One call of Queries: everything in it reads the same state of the store. What fails is logged at its end.
class Reading
{
public:
    explicit Reading(Connection &connection);
    ~Reading();
    Reading(const Reading &) = delete;
    Reading &operator=(const Reading &) = delete;

    Statement &prepared(const QString &sql) { return m_connection.prepared(sql); }
    template<typename... Values>
    qint64 number(const QString &sql, const Values &...values)
    {
        return m_connection.number(sql, values...);
    }
    /// Every row of a statement, each made into a value by \a make.
    template<typename Make, typename... Values>
    auto all(const QString &sql, Make make, const Values &...values)
    {
        QList<decltype(make(std::declval<const Statement &>()))> list;
        Statement &rows = prepared(sql);
        rows.run(values...);
        while (rows.next()) {
            list.append(make(rows));
        }
        return list;
    }

private:
    Connection &m_connection;
};

/// The numbers of ids, as statements take them.
template<typename Id>
QList<qint64> numbersOf(const QList<Id> &ids)
{
    QList<qint64> numbers;
    numbers.reserve(ids.size());
    for (const Id id : ids) {
        numbers.append(number(id));
    }
    return numbers;
}

} // namespace courier
