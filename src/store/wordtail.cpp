// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#include "store/wordtail.h"

#include "store/wordindex.h"

namespace courier {
namespace {

constexpr qint64 mostHeld = 98'304;

// Reading connections write nothing but this, which is no part of any file.
class Writable
{
public:
    explicit Writable(Connection &connection)
        : m_connection(connection)
    {
        m_connection.execute(QStringLiteral("PRAGMA query_only = OFF"));
    }
    ~Writable() { m_connection.execute(QStringLiteral("PRAGMA query_only = ON")); }
    Q_DISABLE_COPY_MOVE(Writable)

private:
    Connection &m_connection;
};

} // namespace

WordTail::After WordTail::follow(Connection &connection)
{
    const qint64 after = WordIndex::lastIndexed(connection);
    const qint64 last = connection.number(QStringLiteral("SELECT max(id) FROM alert"));
    if (last <= after) {
        return {};
    }
    const Writable guard(connection);
    // What the index has come to hold meanwhile is left out by who asks, until that is all of it.
    m_isMade = m_isMade && m_rollbacks == connection.rollbacks();
    if (!m_isMade || last < m_to || after >= m_to || m_held > mostHeld) {
        makeEmpty(connection);
        m_to = after;
    }
    static const QString sql =
        QStringLiteral("INSERT INTO %1(rowid, %2) SELECT id, %2 FROM alert WHERE id > ? AND id <= ?")
            .arg(table(), WordIndex::columns());
    Statement &insert = connection.prepared(sql);
    insert.run(m_to, last);
    m_held += insert.rowsChanged();
    m_to = last;
    m_rollbacks = connection.rollbacks();
    return after;
}

void WordTail::makeEmpty(Connection &connection)
{
    // Of the same tokens as the full text index.
    if (!m_isMade) {
        connection.execute(QStringLiteral("DROP TABLE IF EXISTS temp.") + table());
        connection.execute(QStringLiteral("CREATE VIRTUAL TABLE temp.%1 USING fts5(%2, content='', columnsize=0, "
                                          "tokenize='unicode61 remove_diacritics 2')")
                               .arg(table(), WordIndex::columns()));
        m_isMade = true;
    } else {
        connection.prepared(QStringLiteral("INSERT INTO %1(%1) VALUES('delete-all')").arg(table())).run();
    }
    m_held = 0;
}

QString WordTail::table()
{
    return QStringLiteral("words_tail");
}

} // namespace courier
