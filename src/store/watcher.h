// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "store/connection.h"
#include "store/records.h"

#include <QThread>

#include <chrono>
#include <condition_variable>
#include <functional>
#include <mutex>

namespace courier {

/// How far the changes of a store have been read.
struct ChangeCursor
{
    qint64 alert = 0;
    qint64 attempt = 0;
    qint64 change = 0;
    qint64 repeats = 0;

    static ChangeCursor latest(Connection &connection);
    /// The same over a connection of its own.
    static Result<ChangeCursor> latestIn(const QString &path);
};

/// The thread that tells what changed in the store: after this process' own commits (gathered for a moment) and, looked
/// for at an interval, after those of others. noteCommit() is for any thread.
class Watcher final : public QThread
{
public:
    using Listener = std::function<void(const StoreChanges &)>;

    /// \a listener is called on the watcher's thread.
    Watcher(QString path, ChangeCursor cursor, std::chrono::milliseconds interval, Listener listener);
    ~Watcher() override;

    void noteCommit();

protected:
    void run() override;

private:
    enum class Wake { Stop, OwnCommit, Interval };
    Wake waitForSomething();
    void look(Connection &connection);
    StoreChanges readChanges(Connection &connection, const ChangeCursor &to) const;
    void readAlerts(Connection &connection, const ChangeCursor &to, StoreChanges &changes) const;
    void readRemoved(Connection &connection, const ChangeCursor &to, StoreChanges &changes) const;

    QString m_path;
    ChangeCursor m_cursor;
    std::chrono::milliseconds m_interval;
    Listener m_listener;
    qint64 m_changeCounter = -1;

    std::mutex m_mutex; ///< guards what follows
    std::condition_variable m_wakeUp;
    bool m_hasCommitted = false;
    bool m_stopping = false;
};

} // namespace courier
