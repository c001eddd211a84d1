// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "domain/error.h"
#include "store/dialect.h"

#include <QByteArray>
#include <QHash>
#include <QLoggingCategory>
#include <QSqlDatabase>
#include <QSqlQuery>
#include <QString>
#include <QVariant>

#include <memory>
#include <optional>
#include <type_traits>
#include <vector>

namespace courier {

Q_DECLARE_LOGGING_CATEGORY(lcStore)

class Connection;

/// One prepared statement of a connection; owned by it and used on its thread. Values stand as ? in the text; Qt is
/// given names for them, since it binds by name four times as fast as by place (Qt 6.4).
class Statement
{
public:
    Statement(Connection &connection, QString sql);
    Statement(const Statement &) = delete;
    Statement &operator=(const Statement &) = delete;

    /// Binds \a values in their order and runs it. False, with nothing done, where the connection has failed before.
    template<typename... Values>
    bool run(const Values &...values)
    {
        if (!prepare()) {
            return false;
        }
        [[maybe_unused]] int place = 0;
        (m_query.bindValue(placeName(place++), bound(values)), ...);
        return execute();
    }
    /// The same with values that were put together at run time.
    bool runWith(const QVariantList &values);
    bool next();   ///< moves to the next row; false at the end, or where reading failed
    void finish(); ///< lets go of rows that were not read
    int rowsChanged() const { return m_query.numRowsAffected(); }

    qint64 integer(int column) const { return m_query.value(column).toLongLong(); }
    bool isNull(int column) const { return m_query.isNull(column); }
    QString text(int column) const { return m_query.value(column).toString(); }
    QByteArray bytes(int column) const { return m_query.value(column).toByteArray(); }
    std::optional<QString> optionalText(int column) const;
    template<typename Enum>
    Enum as(int column) const
    {
        return static_cast<Enum>(integer(column));
    }

private:
    friend class Connection;
    static QString placeName(qsizetype place);
    static QString withNames(const QString &sql);
    bool prepare();
    bool execute();

    // A null QString would become NULL, which no text column here takes.
    static QVariant bound(const QString &text) { return text.isNull() ? QVariant(QStringLiteral("")) : QVariant(text); }
    static QVariant bound(const QByteArray &bytes)
    {
        return bytes.isNull() ? QVariant(QByteArrayLiteral("")) : QVariant(bytes);
    }
    template<typename T>
    static QVariant bound(const std::optional<T> &value)
    {
        return value ? bound(*value) : QVariant();
    }
    template<typename T>
        requires std::is_arithmetic_v<T> || std::is_enum_v<T>
    static QVariant bound(T value)
    {
        return QVariant(static_cast<qint64>(value));
    }

    Connection &m_connection;
    QString m_sql;
    QSqlQuery m_query;
    bool m_isPrepared = false;
};

/// One connection to the database, for the one thread that opened it. A failure sticks: statements after it do nothing
/// until it is taken, so that a row of statements needs one look at its end.
class Connection
{
public:
    static Result<std::unique_ptr<Connection>> open(const QString &path, dialect::Access access);
    /// One that was never opened: all it is asked fails.
    static std::unique_ptr<Connection> closed(const QString &path);
    ~Connection();
    Connection(const Connection &) = delete;
    Connection &operator=(const Connection &) = delete;

    QString path() const { return m_path; }
    /// The statement for \a sql: prepared at first use, kept from then on. One use of it at a time.
    Statement &prepared(const QString &sql);
    /// Runs a statement once.
    bool execute(const QString &sql);
    /// The first column of the first row of prepared(\a sql), or 0.
    template<typename... Values>
    qint64 number(const QString &sql, const Values &...values)
    {
        Statement &statement = prepared(sql);
        const qint64 value = statement.run(values...) && statement.next() ? statement.integer(0) : 0;
        statement.finish();
        return value;
    }

    bool begin() { return execute(dialect::beginWrite()); }
    bool beginRead() { return prepared(dialect::beginRead()).run(); }
    bool commit();
    /// Gives up what was done since begin(). What failed before stays to be taken.
    void rollback();

    bool hasFailed() const { return m_hasFailed; }
    const dialect::Failure &failure() const { return m_failure; } ///< what failed first; only where it has
    /// The same, and clears it.
    dialect::Failure takeFailure();

private:
    friend class Statement;
    Connection(QString name, QString path);
    void fail(const QSqlError &error, const QString &sql);
    void finishAll();

    QString m_name;
    QString m_path;
    QSqlDatabase m_database;
    QHash<QString, Statement *> m_byText;
    std::vector<std::unique_ptr<Statement>> m_statements;
    bool m_hasFailed = false;
    dialect::Failure m_failure;
};

} // namespace courier
