// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#include "store/wordindex.h"

#include <algorithm>

namespace courier {
namespace {

using namespace std::chrono_literals;

constexpr qint64 stepAlerts = 1024;
constexpr qint64 mostWaiting = 32768; // a search looks through so many by itself, once, in some 0.4 s
constexpr auto longestWait = 5s;      // a storm of alerts is delivered first

} // namespace

// Since when it is behind stays, whoever writes meanwhile.
void WordIndex::fallBehind()
{
    if (!m_isBehind) {
        m_behindSince = std::chrono::steady_clock::now();
    }
    m_isBehind = true;
}

void WordIndex::forget()
{
    fallBehind();
    m_waiting.reset();
}

void WordIndex::noteNew(qint64 count)
{
    fallBehind();
    if (m_waiting) {
        *m_waiting += count;
    }
}

void WordIndex::count(Connection &connection)
{
    // In the table with a short row for each alert.
    m_waiting = connection.number(QStringLiteral("SELECT count(*) FROM alert_status WHERE alert_id > ?"),
                                  lastIndexed(connection));
    m_isBehind = *m_waiting > 0;
}

bool WordIndex::mustStep(Connection &connection)
{
    if (m_isBehind && !m_waiting) {
        count(connection);
    }
    return m_isBehind && (*m_waiting >= mostWaiting || std::chrono::steady_clock::now() - m_behindSince >= longestWait);
}

void WordIndex::step(Connection &connection)
{
    if (!m_waiting) {
        count(connection);
    }
    const qint64 after = lastIndexed(connection);
    const qint64 last =
        connection.number(QStringLiteral("SELECT max(id) FROM (SELECT id FROM alert WHERE id > ? ORDER BY id LIMIT ?)"),
                          after, stepAlerts);
    if (last == 0) {
        m_waiting = 0;
    } else {
        static const QString sql = QStringLiteral("INSERT INTO alert_words(rowid, %1) SELECT id, %1 FROM alert "
                                                  "WHERE id > ? AND id <= ?")
                                       .arg(columns());
        Statement &insert = connection.prepared(sql);
        insert.run(after, last);
        *m_waiting = std::max<qint64>(0, *m_waiting - insert.rowsChanged());
        connection.prepared(QStringLiteral("UPDATE meta SET value = ? WHERE key = 'words_to'")).run(last);
    }
    m_isBehind = *m_waiting > 0;
}

qint64 WordIndex::lastIndexed(Connection &connection)
{
    return connection.number(QStringLiteral("SELECT CAST(value AS INTEGER) FROM meta WHERE key = 'words_to'"));
}

QString WordIndex::columns()
{
    return QStringLiteral("title, rule_id, name, description, tags");
}

} // namespace courier
