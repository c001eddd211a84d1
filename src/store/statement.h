// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QByteArray>
#include <QString>
#include <QVarLengthArray>
#include <QVariant>

#include <optional>
#include <type_traits>

struct sqlite3_stmt;

namespace courier {

class Connection;

/// One prepared statement of a connection; owned by it and used on its thread. Values stand as ? in the text. SQLite's
/// own interface (sqlite.org/c3ref) is behind it: through Qt Sql (6.4) the same writes took twice the time.
class Statement
{
public:
    Statement(Connection &connection, QString sql);
    ~Statement();
    Statement(const Statement &) = delete;
    Statement &operator=(const Statement &) = delete;

    /// Binds \a values in their order and runs it. False, with nothing done, where the connection has failed before.
    template<typename... Values>
    bool run(const Values &...values)
    {
        if (!makeReady()) {
            return false;
        }
        [[maybe_unused]] int place = 0;
        (bind(++place, values), ...);
        return execute();
    }
    /// The same with values that were put together at run time.
    bool runWith(const QVariantList &values);
    bool next();   ///< moves to the next row; false at the end, or where reading failed
    void finish(); ///< lets go of rows that were not read
    int rowsChanged() const { return m_rowsChanged; }

    // Of the row that next() has moved to; NULL is 0 or empty.
    qint64 integer(int column) const;
    bool isNull(int column) const;
    QString text(int column) const;
    QByteArray bytes(int column) const;
    std::optional<QString> optionalText(int column) const;
    template<typename Enum>
    Enum as(int column) const
    {
        return static_cast<Enum>(integer(column));
    }

private:
    enum class State : quint8 {
        Idle,     ///< nothing is left to read
        FirstRow, ///< run() has read the first row, next() didn't give it yet
        Reading
    };

    bool prepare();
    bool makeReady();
    bool execute();
    int step();

    // A null text or block of bytes is an empty one: no column here takes NULL for it.
    void bind(int place, const QString &text) { bindText(place, text.toUtf8()); }
    void bind(int place, const QByteArray &bytes) { bindBytes(place, bytes); }
    template<typename T>
        requires std::is_integral_v<T> || std::is_enum_v<T>
    void bind(int place, T value)
    {
        bindInteger(place, static_cast<qint64>(value));
    }
    template<typename T>
    void bind(int place, const std::optional<T> &value)
    {
        if (value) {
            bind(place, *value);
        }
    }
    void bind(int place, const QVariant &value);
    void bindText(int place, const QByteArray &utf8);
    void bindBytes(int place, const QByteArray &bytes);
    void bindInteger(int place, qint64 value);

    Connection &m_connection;
    QString m_sql;
    sqlite3_stmt *m_handle = nullptr;
    QVarLengthArray<QByteArray, 16> m_bound; ///< what SQLite points to while the statement runs
    int m_rowsChanged = 0;
    State m_state = State::Idle;
};

} // namespace courier
