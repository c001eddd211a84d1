// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#include "desk/watchrun.h"

#include <QLoggingCategory>

#include <numeric>

namespace courier {
namespace {

Q_LOGGING_CATEGORY(lcWatch, "courier.watch")

constexpr int batchAlerts = 500;
constexpr qint64 pauseMs = 1000; ///< between tries, and between commits of places without alerts

bool isSoon(const QElapsedTimer &since)
{
    return since.isValid() && !since.hasExpired(pauseMs);
}

} // namespace

WatchRun::WatchRun(Store &store, const Clock &clock, const WatchedFile &file, const QByteArray &place)
    : m_store(store)
    , m_clock(clock)
    , m_watch(file, place)
{
    m_state.id = file.id;
}

bool WatchRun::step(const QHash<QString, SeverityMap> &tables)
{
    if (m_sinceFailure.isValid()) {
        return !isSoon(m_sinceFailure) && commit();
    }
    FileWatch::Batch batch = m_watch.read(batchAlerts, tables, m_clock.nowUtc());
    note(batch);
    m_hasMoved = m_hasMoved || batch.isMoved;
    m_waiting = std::move(batch.alerts);
    // Most events of a busy file may be no alerts: their place alone isn't worth a commit each time.
    if (m_hasMoved && (!m_waiting.isEmpty() || !isSoon(m_sinceCommit))) {
        return commit() && batch.hasMore;
    }
    return batch.hasMore;
}

void WatchRun::finish()
{
    if (m_hasMoved) {
        commit();
    }
}

bool WatchRun::commit()
{
    const Result<QList<Accepted>> kept = m_store.take(m_waiting, FilePlace{m_state.id, m_watch.state()}).result();
    if (!kept) {
        if (!m_sinceFailure.isValid()) {
            qCWarning(lcWatch, "What was read from %s can't be kept: %s", qUtf8Printable(m_watch.file().path),
                      qUtf8Printable(kept.error().detail));
        }
        m_sinceFailure.start();
        m_failure = kept.error().message;
        return false;
    }
    count(*kept);
    m_waiting.clear();
    m_hasMoved = false;
    m_sinceCommit.start();
    m_sinceFailure.invalidate();
    return true;
}

void WatchRun::count(const QList<Accepted> &accepted)
{
    for (const Accepted &one : accepted) {
        const bool isOver = one.kind == Accepted::Kind::Resolved;
        ++(one.isNew() ? m_state.taken : isOver ? m_state.resolved : m_state.known);
    }
    m_perTick[m_tick] += accepted.size();
}

void WatchRun::note(const FileWatch::Batch &batch)
{
    m_state.skipped += batch.skipped;
    m_state.refused += batch.bad.size();
    if (!batch.bad.isEmpty()) {
        const FileWatch::BadLine &bad = batch.bad.last();
        const QString number = bad.line > 0 ? QString(QLatin1Char(':') % QString::number(bad.line)) : QString();
        m_state.lastBadLine = bad.file % number % QLatin1String(": ") % bad.reason;
        m_state.lastBadAt = m_clock.nowUtc();
    }
}

WatchState WatchRun::tell()
{
    m_state.problem = m_sinceFailure.isValid() ? m_failure : m_watch.problem();
    m_state.kind = !m_state.problem.isEmpty() ? WatchState::Kind::Failing
                   : m_watch.isWaiting()      ? WatchState::Kind::Waiting
                                              : WatchState::Kind::Following;
    m_state.files = m_watch.fileCount();
    m_state.unread = m_watch.unread();
    const qint64 sum = std::accumulate(m_perTick.begin(), m_perTick.end(), qint64(0));
    m_state.perSecond = static_cast<double>(sum) / static_cast<double>(m_perTick.size());
    m_tick = (m_tick + 1) % m_perTick.size();
    m_perTick[m_tick] = 0;
    return m_state;
}

} // namespace courier
