// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#include "store/watcher.h"

#include "store/rows.h"

#include <memory>
#include <utility>

namespace courier {
namespace {

using namespace std::chrono_literals;

constexpr auto gatheringTime = 50ms;
constexpr qsizetype mostAlerts = 20000;

} // namespace

ChangeCursor ChangeCursor::latest(Connection &connection)
{
    return {connection.number(QStringLiteral("SELECT max(id) FROM alert")),
            connection.number(QStringLiteral("SELECT max(id) FROM attempt")),
            connection.number(QStringLiteral("SELECT max(seq) FROM change")),
            connection.number(QStringLiteral("SELECT value FROM meta WHERE key = 'repeats'"))};
}

Result<ChangeCursor> ChangeCursor::latestIn(const QString &path)
{
    auto connection = Connection::open(path, dialect::Access::Read);
    if (!connection) {
        return tl::unexpected(connection.error());
    }
    const ChangeCursor cursor = latest(**connection);
    if ((*connection)->hasFailed()) {
        return tl::unexpected((*connection)->takeFailure().error);
    }
    return cursor;
}

Watcher::Watcher(QString path, ChangeCursor cursor, std::chrono::milliseconds interval, Listener listener)
    : m_path(std::move(path))
    , m_cursor(cursor)
    , m_interval(interval)
    , m_listener(std::move(listener))
{
    setObjectName(QStringLiteral("store watcher"));
}

Watcher::~Watcher()
{
    {
        const std::lock_guard lock(m_mutex);
        m_stopping = true;
    }
    m_wakeUp.notify_all();
    wait();
}

void Watcher::noteCommit()
{
    {
        const std::lock_guard lock(m_mutex);
        if (m_hasCommitted) {
            return;
        }
        m_hasCommitted = true;
    }
    m_wakeUp.notify_all();
}

void Watcher::run()
{
    std::unique_ptr<Connection> connection;
    for (Wake wake = Wake::Interval; wake != Wake::Stop; wake = waitForSomething()) {
        if (!connection) {
            auto opened = Connection::open(m_path, dialect::Access::Read);
            if (!opened) {
                qCWarning(lcStore).noquote() << "Changes can't be looked for:" << opened.error().detail;
                continue;
            }
            connection = std::move(*opened);
        }
        look(*connection);
    }
}

// After an own commit, others get a moment to join in what is told.
Watcher::Wake Watcher::waitForSomething()
{
    std::unique_lock lock(m_mutex);
    m_wakeUp.wait_for(lock, m_interval, [this] { return m_stopping || m_hasCommitted; });
    if (m_hasCommitted) {
        m_wakeUp.wait_for(lock, gatheringTime, [this] { return m_stopping; });
        m_hasCommitted = false;
        return m_stopping ? Wake::Stop : Wake::OwnCommit;
    }
    return m_stopping ? Wake::Stop : Wake::Interval;
}

void Watcher::look(Connection &connection)
{
    const qint64 counter = connection.number(dialect::changeCounter());
    if (!connection.hasFailed() && counter == m_changeCounter) {
        return;
    }
    connection.beginRead();
    const ChangeCursor to = ChangeCursor::latest(connection);
    const StoreChanges changes = readChanges(connection, to);
    connection.commit();
    if (connection.hasFailed()) {
        qCWarning(lcStore).noquote() << "Changes can't be read:" << connection.takeFailure().error.detail;
        connection.rollback();
        return; // the cursor stays: the next look finds them
    }
    m_changeCounter = counter;
    m_cursor = to;
    if (changes.reload || changes.destinations || changes.repeats || !changes.alerts.isEmpty() ||
        !changes.removed.isEmpty()) {
        m_listener(changes);
    }
}

StoreChanges Watcher::readChanges(Connection &connection, const ChangeCursor &to) const
{
    StoreChanges changes;
    changes.repeats = to.repeats != m_cursor.repeats;
    changes.destinations = connection.number(QStringLiteral("SELECT count(*) FROM change WHERE seq > ? AND seq <= ? "
                                                            "AND destination_id IS NOT NULL"),
                                             m_cursor.change, to.change) > 0;
    const qint64 oldest = connection.number(QStringLiteral("SELECT min(seq) FROM change"));
    const qint64 untold = connection.number(QStringLiteral("SELECT count(*) FROM change WHERE seq > ? AND seq <= ? AND "
                                                           "destination_id IS NULL AND alert_id IS NULL"),
                                            m_cursor.change, to.change);
    changes.reload = untold > 0 || (to.change > m_cursor.change && oldest > m_cursor.change + 1);
    if (!changes.reload) {
        readAlerts(connection, to, changes);
        readRemoved(connection, to, changes);
    }
    if (changes.reload) {
        changes.destinations = true;
        changes.alerts.clear();
        changes.removed.clear();
    }
    return changes;
}

// Those that are told as changed and are not there.
void Watcher::readRemoved(Connection &connection, const ChangeCursor &to, StoreChanges &changes) const
{
    Statement &rows = connection.prepared(
        QStringLiteral("SELECT DISTINCT c.alert_id FROM change c WHERE c.seq > ? AND c.seq <= ? AND c.alert_id IS NOT "
                       "NULL AND NOT EXISTS (SELECT 1 FROM alert_status s WHERE s.alert_id = c.alert_id)"));
    rows.run(m_cursor.change, to.change);
    while (rows.next()) {
        changes.removed.append(rows.as<AlertId>(0));
    }
}

void Watcher::readAlerts(Connection &connection, const ChangeCursor &to, StoreChanges &changes) const
{
    static const QString sql =
        QStringLiteral("SELECT %1 FROM alert_status s WHERE s.alert_id IN ("
                       "SELECT id FROM alert WHERE id > ? AND id <= ? "
                       "UNION SELECT d.alert_id FROM attempt t JOIN delivery d ON d.id = t.delivery_id "
                       "WHERE t.id > ? AND t.id <= ? "
                       "UNION SELECT alert_id FROM change WHERE seq > ? AND seq <= ? AND alert_id IS NOT NULL) "
                       "ORDER BY s.alert_id LIMIT ?")
            .arg(rows::summaryColumns());
    Statement &rows = connection.prepared(sql);
    rows.run(m_cursor.alert, to.alert, m_cursor.attempt, to.attempt, m_cursor.change, to.change, mostAlerts + 1);
    while (rows.next()) {
        changes.alerts.append(rows::summary(rows));
    }
    changes.reload = changes.alerts.size() > mostAlerts;
}

} // namespace courier
