// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "models/summaryarrays.h"
#include "store/store.h"

#include <QElapsedTimer>
#include <QList>
#include <QObject>
#include <QTimer>

namespace courier {

/// The summary of every alert, in memory: read in the background, then kept true by what the store says has changed,
/// with exact counts. What lists, filters and the navigation work on. Lives on the main thread.
class AlertIndex : public QObject
{
    Q_OBJECT

public:
    /// \a store and \a clock outlive it. Empty until load().
    AlertIndex(Store &store, const Clock &clock, QObject *parent = nullptr);

    /// Reads everything anew. What is there stays until all is read; at first the newest come before the others.
    void load();
    /// False until everything has been read once: counts are of the newest alerts only.
    bool isComplete() const { return m_complete; }

    const SummaryArrays &alerts() const { return m_arrays; }
    const AlertCounts &counts() const { return m_arrays.counts(); }

    /// Takes \a arrays for all there is, as at the end of load().
    void adopt(SummaryArrays arrays);
    /// Takes in new and changed alerts, by id; at once.
    void apply(const QList<AlertSummary> &alerts);
    /// Lets go of alerts that are gone for good; at once.
    void remove(const QList<AlertId> &ids);
    /// Notices a new day; its own timer does that, too.
    void lookAtClock();
    qint64 now() const { return m_clock.nowUtc(); } ///< ms since 1970 UTC

    static constexpr int firstRows = 200;
    static constexpr int rowsAtOnce = 50'000;

Q_SIGNALS:
    void countsChanged();
    /// Of the alerts that were there, those at the places \a changed have; those from place \a firstNew on are new.
    void changed(const QList<int> &places, int firstNew);
    /// Those at the places \a gone are about to go: no list shows them when all have heard of it.
    void aboutToRemove(const courier::GonePlaces &gone);
    /// They have gone, and all others have moved up by as much.
    void removed(const courier::GonePlaces &gone);
    /// Places are about to mean other alerts.
    void aboutToBeReplaced();
    void replaced();
    void completed(); ///< everything has been read, for the first time or anew
    void dayChanged();

private:
    void readNewest();
    void readMore();
    void finishLoad();
    void onStoreChanged(const StoreChanges &changes);
    void applyPending();
    void removePending();
    void applyInOrder(const QList<AlertSummary> &alerts);
    void watchClock();

    Store &m_store;
    const Clock &m_clock;
    SummaryArrays m_arrays;
    SummaryArrays m_fresh;        ///< what load() has read so far
    QList<AlertSummary> m_missed; ///< changes that came while loading: m_fresh may lack them
    QList<AlertSummary> m_pending;
    QTimer m_pendingTimer;
    QList<AlertId> m_gone;        ///< to be let go of
    QList<AlertId> m_goneLoading; ///< the same of m_fresh, which may have been read before
    QTimer m_goneTimer;
    QElapsedTimer m_sinceApplied;
    QTimer m_clockTimer;
    QTimer m_reloadTimer;
    QElapsedTimer m_loadTime;
    qint64 m_dayStart = 0; ///< ms since 1970 UTC
    int m_applyPause = 0;  ///< ms between two rounds of changes
    bool m_complete = false;
    bool m_loading = false;
    bool m_loadAgain = false;
};

} // namespace courier
