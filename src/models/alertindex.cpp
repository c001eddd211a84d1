// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#include "models/alertindex.h"

#include "models/words.h"
#include "store/whendone.h"

#include <algorithm>
#include <limits>
#include <memory>
#include <utility>

namespace courier {
namespace {

constexpr qint64 shortestPause = 50; // ms between two rounds of changes
constexpr qint64 longestPause = 500;
constexpr qint64 pausePerWork = 4; // at most a fifth of the time goes into changes
constexpr qint64 clockInterval = 60'000;
constexpr int goneWait = 1000; // ms: what is removed is removed a little at a time

std::shared_ptr<SummaryArrays> packed(const QList<AlertSummary> &summaries)
{
    auto arrays = std::make_shared<SummaryArrays>();
    arrays->reserve(static_cast<int>(summaries.size()));
    for (const AlertSummary &summary : summaries) {
        arrays->append(summary);
    }
    return arrays;
}

// By id, the last word of each alert only.
void tidy(QList<AlertSummary> &alerts)
{
    const auto before = [](const AlertSummary &a, const AlertSummary &b) { return a.id < b.id; };
    const auto same = [](const AlertSummary &a, const AlertSummary &b) { return a.id == b.id; };
    std::stable_sort(alerts.begin(), alerts.end(), before);
    const auto kept = std::unique(alerts.rbegin(), alerts.rend(), same);
    alerts.erase(alerts.begin(), kept.base());
}

} // namespace

AlertIndex::AlertIndex(Store &store, const Clock &clock, QObject *parent)
    : QObject(parent)
    , m_store(store)
    , m_clock(clock)
    , m_dayStart(words::startOfDay(clock.nowUtc()))
{
    m_pendingTimer.setSingleShot(true);
    m_reloadTimer.setSingleShot(true);
    m_clockTimer.setSingleShot(true);
    connect(&m_pendingTimer, &QTimer::timeout, this, &AlertIndex::applyPending);
    m_goneTimer.setSingleShot(true);
    connect(&m_goneTimer, &QTimer::timeout, this, &AlertIndex::removePending);
    connect(&m_reloadTimer, &QTimer::timeout, this, &AlertIndex::load);
    connect(&m_clockTimer, &QTimer::timeout, this, &AlertIndex::lookAtClock);
    connect(&m_store, &Store::changed, this, &AlertIndex::onStoreChanged);
    m_arrays.setDayStart(m_dayStart);
    watchClock();
}

void AlertIndex::load()
{
    if (m_loading) {
        m_loadAgain = true;
        return;
    }
    m_loading = true;
    m_loadAgain = false;
    m_reloadTimer.stop();
    m_loadTime.start();
    m_fresh = SummaryArrays();
    m_missed.clear();
    m_goneLoading.clear();
    if (m_complete) {
        readMore();
    } else {
        readNewest();
    }
}

void AlertIndex::readNewest()
{
    const auto read = [](Queries &queries) { return packed(queries.newestSummaries(firstRows)); };
    whenDone(this, m_store.read(read), [this](const std::shared_ptr<SummaryArrays> &newest) {
        if (newest->size() < firstRows) {
            m_fresh = *newest;
            finishLoad();
            return;
        }
        adopt(*newest);
        readMore();
    });
}

void AlertIndex::readMore()
{
    const AlertId after = m_fresh.lastId();
    const auto read = [after](Queries &queries) {
        const int all = after == AlertId{} ? static_cast<int>(queries.alertCount()) : 0;
        return std::pair(packed(queries.summaries(after, rowsAtOnce)), all);
    };
    whenDone(this, m_store.read(read, ReadKind::Long),
             [this](const std::pair<std::shared_ptr<SummaryArrays>, int> &more) {
                 if (more.second > 0) {
                     m_fresh.reserve(more.second + more.second / 64 + 1024);
                 }
                 m_fresh.append(*more.first);
                 if (more.first->size() < rowsAtOnce) {
                     finishLoad();
                 } else {
                     readMore();
                 }
             });
}

void AlertIndex::finishLoad()
{
    tidy(m_missed);
    for (const AlertSummary &summary : std::as_const(m_missed)) {
        m_fresh.put(summary);
    }
    m_missed.clear();
    m_fresh.remove(m_fresh.placesOf(std::exchange(m_goneLoading, {})));
    m_loading = false;
    m_complete = true;
    adopt(std::exchange(m_fresh, SummaryArrays()));
    Q_EMIT completed();
    if (m_loadAgain) { // never busy with it for more than a third of the time
        m_reloadTimer.start(static_cast<int>(std::max<qint64>(250, m_loadTime.elapsed() * 2)));
    }
}

void AlertIndex::adopt(SummaryArrays arrays)
{
    Q_EMIT aboutToBeReplaced();
    m_arrays = std::move(arrays);
    m_arrays.setDayStart(m_dayStart);
    Q_EMIT replaced();
    Q_EMIT countsChanged();
}

void AlertIndex::onStoreChanged(const StoreChanges &changes)
{
    m_pending.append(changes.alerts);
    if (m_loading) {
        m_missed.append(changes.alerts);
        m_goneLoading.append(changes.removed);
    }
    m_gone.append(changes.removed);
    if (!m_gone.isEmpty() && !m_goneTimer.isActive()) {
        m_goneTimer.start(goneWait);
    }
    if (changes.reload && !m_reloadTimer.isActive()) {
        load();
    }
    if (m_pending.isEmpty() || m_pendingTimer.isActive()) {
        return;
    }
    const qint64 rested = m_sinceApplied.isValid() ? m_sinceApplied.elapsed() : longestPause;
    if (rested >= m_applyPause) {
        applyPending();
    } else {
        m_pendingTimer.start(static_cast<int>(m_applyPause - rested));
    }
}

void AlertIndex::applyPending()
{
    QElapsedTimer work;
    work.start();
    apply(std::exchange(m_pending, {}));
    m_applyPause = static_cast<int>(std::clamp(work.elapsed() * pausePerWork, shortestPause, longestPause));
    m_sinceApplied.start();
}

// What changed before comes first, or it would put an alert back.
void AlertIndex::removePending()
{
    if (!m_pending.isEmpty()) {
        m_pendingTimer.stop();
        applyPending();
    }
    remove(std::exchange(m_gone, {}));
}

void AlertIndex::remove(const QList<AlertId> &ids)
{
    const GonePlaces gone = m_arrays.placesOf(ids);
    if (gone.isEmpty()) {
        return;
    }
    Q_EMIT aboutToRemove(gone);
    m_arrays.remove(gone);
    Q_EMIT removed(gone);
    Q_EMIT countsChanged();
}

void AlertIndex::apply(const QList<AlertSummary> &alerts)
{
    lookAtClock();
    QList<AlertSummary> list = alerts;
    tidy(list);
    if (!m_complete) { // older ones come with the rest
        const AlertId oldest = m_arrays.isEmpty() ? AlertId{std::numeric_limits<qint64>::max()} : m_arrays.id(0);
        list.removeIf([oldest](const AlertSummary &alert) { return alert.id < oldest; });
    }
    if (list.isEmpty()) {
        return;
    }
    applyInOrder(list);
    Q_EMIT countsChanged();
}

void AlertIndex::applyInOrder(const QList<AlertSummary> &alerts)
{
    const AlertId last = m_arrays.lastId();
    const bool isLate = std::any_of(alerts.begin(), alerts.end(), [this, last](const AlertSummary &alert) {
        return alert.id <= last && m_arrays.find(alert.id) < 0;
    });
    if (isLate) { // another process took it in between: places move
        Q_EMIT aboutToBeReplaced();
    }
    const int firstNew = m_arrays.size();
    QList<int> places;
    for (const AlertSummary &alert : alerts) {
        const int place = m_arrays.put(alert);
        if (place < firstNew) {
            places.append(place);
        }
    }
    if (isLate) {
        Q_EMIT replaced();
    } else {
        Q_EMIT changed(places, firstNew);
    }
}

void AlertIndex::lookAtClock()
{
    const qint64 dayStart = words::startOfDay(m_clock.nowUtc());
    if (dayStart != m_dayStart) {
        m_dayStart = dayStart;
        m_arrays.setDayStart(dayStart);
        Q_EMIT dayChanged();
        Q_EMIT countsChanged();
    }
    watchClock();
}

void AlertIndex::watchClock()
{
    const qint64 now = m_clock.nowUtc();
    const qint64 left = words::startOfNextDay(now) - now;
    m_clockTimer.start(static_cast<int>(std::clamp<qint64>(left, 1, clockInterval)));
}

} // namespace courier
