// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#include "store/statement.h"

#include "store/connection.h"

#include <sqlite3.h>

#include <utility>

namespace courier {

Statement::Statement(Connection &connection, QString sql)
    : m_connection(connection)
    , m_sql(std::move(sql))
{
}

Statement::~Statement()
{
    sqlite3_finalize(m_handle);
}

bool Statement::prepare()
{
    const QByteArray utf8 = m_sql.toUtf8();
    if (m_connection.m_database &&
        sqlite3_prepare_v3(m_connection.m_database, utf8.constData(), static_cast<int>(utf8.size()) + 1,
                           SQLITE_PREPARE_PERSISTENT, &m_handle, nullptr) == SQLITE_OK) {
        return true;
    }
    m_connection.fail(m_sql);
    return false;
}

// Prepared, at its beginning, and with nothing bound.
bool Statement::makeReady()
{
    if (m_connection.hasFailed() || (!m_handle && !prepare())) {
        return false;
    }
    finish();
    sqlite3_clear_bindings(m_handle);
    m_bound.clear();
    return true;
}

int Statement::step()
{
    const int code = sqlite3_step(m_handle);
    if (code != SQLITE_ROW) {
        if (code != SQLITE_DONE) {
            m_connection.fail(m_sql); // before the reset, which clears what went wrong
        }
        m_state = State::Idle;
        sqlite3_reset(m_handle);
        m_bound.clear();
    }
    return code;
}

bool Statement::execute()
{
    m_rowsChanged = 0;
    const int code = step();
    if (code == SQLITE_ROW) {
        m_state = State::FirstRow;
        return true;
    }
    if (code == SQLITE_DONE) {
        m_rowsChanged = sqlite3_changes(m_connection.m_database);
    }
    return code == SQLITE_DONE;
}

bool Statement::runWith(const QVariantList &values)
{
    if (!makeReady()) {
        return false;
    }
    int place = 0;
    for (const QVariant &value : values) {
        bind(++place, value);
    }
    return execute();
}

bool Statement::next()
{
    if (m_connection.hasFailed() || m_state == State::Idle) {
        return false;
    }
    if (m_state == State::FirstRow) {
        m_state = State::Reading;
        return true;
    }
    return step() == SQLITE_ROW;
}

void Statement::finish()
{
    if (m_state != State::Idle) {
        m_state = State::Idle;
        sqlite3_reset(m_handle);
    }
}

qint64 Statement::integer(int column) const
{
    return m_state == State::Reading ? sqlite3_column_int64(m_handle, column) : 0;
}

bool Statement::isNull(int column) const
{
    return m_state != State::Reading || sqlite3_column_type(m_handle, column) == SQLITE_NULL;
}

QString Statement::text(int column) const
{
    if (m_state != State::Reading) {
        return {};
    }
    const unsigned char *utf8 = sqlite3_column_text(m_handle, column);
    return QString::fromUtf8(reinterpret_cast<const char *>(utf8), sqlite3_column_bytes(m_handle, column));
}

QByteArray Statement::bytes(int column) const
{
    if (m_state != State::Reading) {
        return {};
    }
    const auto *data = static_cast<const char *>(sqlite3_column_blob(m_handle, column));
    return {data, sqlite3_column_bytes(m_handle, column)};
}

std::optional<QString> Statement::optionalText(int column) const
{
    return isNull(column) ? std::nullopt : std::optional(text(column));
}

void Statement::bind(int place, const QVariant &value)
{
    switch (value.typeId()) {
    case QMetaType::UnknownType:
        break;
    case QMetaType::QString:
        bind(place, value.toString());
        break;
    case QMetaType::QByteArray:
        bind(place, value.toByteArray());
        break;
    default:
        bindInteger(place, value.toLongLong());
    }
}

// An empty text that is no NULL needs an address, and Qt's empty ones have one.
void Statement::bindText(int place, const QByteArray &utf8)
{
    m_bound.append(utf8);
    sqlite3_bind_text64(m_handle, place, m_bound.back().constData(), static_cast<sqlite3_uint64>(utf8.size()),
                        SQLITE_STATIC, SQLITE_UTF8);
}

void Statement::bindBytes(int place, const QByteArray &bytes)
{
    m_bound.append(bytes);
    sqlite3_bind_blob64(m_handle, place, m_bound.back().constData(), static_cast<sqlite3_uint64>(bytes.size()),
                        SQLITE_STATIC);
}

void Statement::bindInteger(int place, qint64 value)
{
    sqlite3_bind_int64(m_handle, place, value);
}

} // namespace courier
