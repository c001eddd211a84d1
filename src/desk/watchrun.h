// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "desk/filewatch.h"
#include "desk/watchedfiles.h"

#include <QElapsedTimer>

#include <array>
#include <memory>

namespace courier {

/// One watched file at work: what is read from it is committed before more is read. On the job's thread.
class WatchRun
{
public:
    WatchRun(Store &store, const Clock &clock, const WatchedFile &file, const QByteArray &place);

    /// Reads and commits some; true: there is more to do at once.
    bool step(const QHash<QString, SeverityMap> &tables);
    /// Commits a place that was put off.
    void finish();
    /// A second has gone by: what is to be told now.
    WatchState tell();
    const FileWatch &watch() const { return m_watch; }

private:
    bool commit();
    void count(const QList<Accepted> &accepted);
    void note(const FileWatch::Batch &batch);

    Store &m_store;
    const Clock &m_clock;
    FileWatch m_watch;
    WatchState m_state;
    QList<IncomingAlert> m_waiting; ///< read, not yet kept
    bool m_hasMoved = false;        ///< the place that is kept is an older one
    QElapsedTimer m_sinceCommit;
    QElapsedTimer m_sinceFailure; ///< invalid: it didn't fail
    QString m_failure;
    std::array<qint64, 10> m_perTick{}; ///< alerts of the last seconds
    size_t m_tick = 0;
};

} // namespace courier
