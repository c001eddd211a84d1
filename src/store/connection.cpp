// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#include "store/connection.h"

#include <QFile>

#include <sqlite3.h>

#include <utility>

namespace courier {

Q_LOGGING_CATEGORY(lcStore, "courier.store")

namespace {

// Sums of memory that nobody asks for take a lock for all threads at each piece. Where SQLite is in use already (by
// Qt's driver, say), it stays as it is.
void forgoSums()
{
    static const int code = sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
    Q_UNUSED(code)
}

} // namespace

Connection::Connection(QString path)
    : m_path(std::move(path))
{
}

std::unique_ptr<Connection> Connection::closed(const QString &path)
{
    return std::unique_ptr<Connection>(new Connection(path));
}

Result<std::unique_ptr<Connection>> Connection::open(const QString &path, dialect::Access access)
{
    forgoSums();
    std::unique_ptr<Connection> connection = closed(path);
    const int code = sqlite3_open_v2(QFile::encodeName(path).constData(), &connection->m_database,
                                     dialect::openFlags(access), nullptr);
    if (code != SQLITE_OK) {
        connection->fail(QStringLiteral("open"));
        return tl::unexpected(connection->takeFailure().error);
    }
    sqlite3_extended_result_codes(connection->m_database, 1);
    // A plan doesn't depend on what is bound. Else a statement is prepared anew for each value that might let it use an
    // index of some rows only: eight times the time of finding an occurrence.
    sqlite3_db_config(connection->m_database, SQLITE_DBCONFIG_ENABLE_QPSG, 1, nullptr);
    sqlite3_busy_timeout(connection->m_database, dialect::busyTimeoutMsecs);
    for (const QString &sql : dialect::setUp(access)) {
        connection->execute(sql);
    }
    if (connection->hasFailed()) {
        return tl::unexpected(connection->takeFailure().error);
    }
    return connection;
}

Connection::~Connection()
{
    m_byText.clear();
    m_statements.clear();
    sqlite3_close(m_database);
}

Statement &Connection::prepared(const QString &sql)
{
    Statement *&statement = m_byText[sql];
    if (!statement) {
        m_statements.push_back(std::make_unique<Statement>(*this, sql));
        statement = m_statements.back().get();
    }
    return *statement;
}

bool Connection::execute(const QString &sql)
{
    if (hasFailed()) {
        return false;
    }
    if (m_database && sqlite3_exec(m_database, sql.toUtf8().constData(), nullptr, nullptr, nullptr) == SQLITE_OK) {
        return true;
    }
    fail(sql);
    return false;
}

bool Connection::commit()
{
    finishAll();
    return prepared(dialect::commit()).run();
}

void Connection::releasePages()
{
    if (m_database) {
        sqlite3_db_release_memory(m_database);
    }
}

void Connection::rollback()
{
    ++m_rollbacks;
    finishAll();
    // Some failures have rolled back by themselves; then this one fails, and nothing is wrong with that.
    if (m_database) {
        sqlite3_exec(m_database, dialect::rollback().toUtf8().constData(), nullptr, nullptr, nullptr);
    }
}

dialect::Failure Connection::takeFailure()
{
    m_hasFailed = false;
    return std::exchange(m_failure, dialect::Failure());
}

void Connection::fail(const QString &sql)
{
    if (!m_hasFailed) {
        m_hasFailed = true;
        const int code = m_database ? sqlite3_extended_errcode(m_database) : SQLITE_CANTOPEN;
        const char *text = m_database ? sqlite3_errmsg(m_database) : sqlite3_errstr(code);
        m_failure = dialect::failureOf(code, QString::fromUtf8(text), m_path);
        m_failure.error.detail += QStringLiteral(" in: ") + sql.simplified().left(120);
    }
}

void Connection::finishAll()
{
    for (const std::unique_ptr<Statement> &statement : m_statements) {
        statement->finish();
    }
}

} // namespace courier
