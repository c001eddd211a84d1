// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "domain/error.h"
#include "store/dialect.h"
#include "store/statement.h"

#include <QHash>
#include <QLoggingCategory>
#include <QString>

#include <memory>
#include <vector>

struct sqlite3;

namespace courier {

Q_DECLARE_LOGGING_CATEGORY(lcStore)

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
    /// Gives back the pages it keeps in memory, where nothing reads.
    void releasePages();
    int rollbacks() const { return m_rollbacks; } ///< how many there were

    bool hasFailed() const { return m_hasFailed; }
    const dialect::Failure &failure() const { return m_failure; } ///< what failed first; only where it has
    /// The same, and clears it.
    dialect::Failure takeFailure();

private:
    friend class Statement;
    explicit Connection(QString path);
    /// Takes over what SQLite says of its last call.
    void fail(const QString &sql);
    void finishAll();

    QString m_path;
    sqlite3 *m_database = nullptr; ///< null where it was never opened
    QHash<QString, Statement *> m_byText;
    std::vector<std::unique_ptr<Statement>> m_statements;
    int m_rollbacks = 0;
    bool m_hasFailed = false;
    dialect::Failure m_failure;
};

} // namespace courier
