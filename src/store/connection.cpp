// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#include "store/connection.h"

#include <QSqlError>

#include <atomic>
#include <utility>

namespace courier {

Q_LOGGING_CATEGORY(lcStore, "courier.store")

namespace {

QStringList firstPlaceNames()
{
    constexpr int count = 64;
    QStringList names;
    for (int i = 0; i < count; ++i) {
        names.append(QStringLiteral(":v%1").arg(i));
    }
    return names;
}

} // namespace

Statement::Statement(Connection &connection, QString sql)
    : m_connection(connection)
    , m_sql(std::move(sql))
    , m_query(connection.m_database)
{
    m_query.setForwardOnly(true);
}

QString Statement::placeName(qsizetype place)
{
    static const QStringList first = firstPlaceNames();
    return place < first.size() ? first.at(place) : QStringLiteral(":v%1").arg(place);
}

// Puts names for the question marks that don't stand in a literal.
QString Statement::withNames(const QString &sql)
{
    QString text;
    qsizetype place = 0;
    bool isLiteral = false;
    for (const QChar sign : sql) {
        isLiteral = isLiteral != (sign == u'\'');
        if (sign == u'?' && !isLiteral) {
            text += placeName(place++);
        } else {
            text += sign;
        }
    }
    return text;
}

bool Statement::prepare()
{
    if (m_connection.hasFailed()) {
        return false;
    }
    if (!m_isPrepared) {
        m_isPrepared = m_query.prepare(withNames(m_sql));
        if (!m_isPrepared) {
            m_connection.fail(m_query.lastError(), m_sql);
        }
    }
    return m_isPrepared;
}

bool Statement::execute()
{
    if (m_query.exec()) {
        return true;
    }
    m_connection.fail(m_query.lastError(), m_sql);
    return false;
}

bool Statement::runWith(const QVariantList &values)
{
    if (!prepare()) {
        return false;
    }
    for (qsizetype i = 0; i < values.size(); ++i) {
        m_query.bindValue(placeName(i), values.at(i));
    }
    return execute();
}

bool Statement::next()
{
    if (m_connection.hasFailed()) {
        return false;
    }
    if (m_query.next()) {
        return true;
    }
    if (m_query.lastError().isValid()) {
        m_connection.fail(m_query.lastError(), m_sql);
    }
    return false;
}

void Statement::finish()
{
    if (m_query.isActive()) {
        m_query.finish();
    }
}

std::optional<QString> Statement::optionalText(int column) const
{
    return isNull(column) ? std::nullopt : std::optional(text(column));
}

Connection::Connection(QString name, QString path)
    : m_name(std::move(name))
    , m_path(std::move(path))
    , m_database(QSqlDatabase::addDatabase(dialect::driver(), m_name))
{
}

std::unique_ptr<Connection> Connection::closed(const QString &path)
{
    static std::atomic<quint64> count = 0;
    const QString name = QStringLiteral("courier-%1").arg(++count);
    return std::unique_ptr<Connection>(new Connection(name, path));
}

Result<std::unique_ptr<Connection>> Connection::open(const QString &path, dialect::Access access)
{
    std::unique_ptr<Connection> connection = closed(path);
    connection->m_database.setDatabaseName(path);
    connection->m_database.setConnectOptions(dialect::connectOptions(access));
    if (!connection->m_database.open()) {
        const dialect::Failure failure = dialect::failureOf(connection->m_database.lastError(), path);
        return tl::unexpected(failure.error);
    }
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
    m_database.close();
    m_database = QSqlDatabase();
    QSqlDatabase::removeDatabase(m_name);
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
    QSqlQuery query(m_database);
    query.setForwardOnly(true);
    if (query.exec(sql)) {
        return true;
    }
    fail(query.lastError(), sql);
    return false;
}

bool Connection::commit()
{
    finishAll();
    return prepared(dialect::commit()).run();
}

void Connection::rollback()
{
    finishAll();
    // Some failures have rolled back by themselves; then this one fails, and nothing is wrong with that.
    QSqlQuery(m_database).exec(dialect::rollback());
}

dialect::Failure Connection::takeFailure()
{
    m_hasFailed = false;
    return std::exchange(m_failure, dialect::Failure());
}

void Connection::fail(const QSqlError &error, const QString &sql)
{
    if (!m_hasFailed) {
        m_hasFailed = true;
        m_failure = dialect::failureOf(error, m_path);
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
