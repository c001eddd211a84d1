// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "models/roworder.h"
#include "models/summaryfilter.h"

#include <QList>

namespace courier {

/// Which alerts a list shows, and in which rows: a filter and an order over the SummaryArrays, and what a change of a
/// few alerts does to the rows. Not thread-safe.
class ShownAlerts
{
public:
    /// What has to happen to the rows.
    struct Plan
    {
        std::vector<int> leaving;  ///< rows, ascending
        std::vector<int> moving;   ///< places
        std::vector<int> entering; ///< places, arranged
        std::vector<int> staying;  ///< places whose rows say something else now
        int steps = 0;             ///< how many changes of the rows, side by side ones counted once
    };

    explicit ShownAlerts(const SummaryArrays &arrays);

    const RowOrder &rows() const { return m_rows; }
    RowOrder &rows() { return m_rows; }

    /// Both take effect with rebuild().
    void setFilter(const AlertFilter &filter);
    void setSort(RowOrder::Sort sort) { m_sort = std::move(sort); }
    const RowOrder::Sort &sort() const { return m_sort; }

    /// What the database found for the filter's parts that summaries don't decide; \a ids ascending. Alerts from place
    /// \a known on haven't been looked at and aren't shown.
    void setMatches(const QList<AlertId> &ids, int known);
    /// The same for those that weren't looked at, up to \a known; gives the places that are to be shown now.
    std::vector<int> addMatches(const QList<AlertId> &ids, int known);
    bool usesMatches() const { return m_usesMatches; }
    int knownMatches() const { return static_cast<int>(m_matches.size()); }
    QList<AlertId> matches() const;

    /// Shown whatever the filter says; none: an id that isn't there.
    void setPinned(AlertId id) { m_pinned = id; }
    AlertId pinned() const { return m_pinned; }
    /// Unpins it where the filter doesn't take it.
    void releasePinned();

    bool takes(int place) const { return m_filter.takes(*m_arrays, place) && (!m_usesMatches || isMatch(place)); }
    bool shows(int place) const
    {
        return (takes(place) || m_arrays->id(place) == m_pinned) && !m_going.contains(place);
    }
    /// \a lingering: places that are shown for once, though nothing takes them.
    void rebuild(const std::vector<int> &lingering = {});
    /// \a places have changed, those from \a firstNew on are new.
    Plan plan(const QList<int> &places, int firstNew) const;
    Plan planEntering(std::vector<int> places) const;
    /// Those at \a going are shown no longer, whatever takes them; what to do for it.
    Plan planGoing(const GonePlaces &going);
    /// They have gone, and the others have their places.
    void renumber();

private:
    bool isMatch(int place) const
    {
        return static_cast<std::size_t>(place) < m_matches.size() && m_matches[static_cast<std::size_t>(place)];
    }
    void mark(const QList<AlertId> &ids);
    void countSteps(Plan &plan) const;
    void fillByText();
    void addUntaken(int place);

    const SummaryArrays *m_arrays;
    SummaryFilter m_filter;
    RowOrder::Sort m_sort;
    RowOrder m_rows;
    std::vector<bool> m_matches; ///< by place
    bool m_usesMatches = false;  ///< the filter has a part that m_matches decides
    AlertId m_pinned{};
    GonePlaces m_going; ///< places between planGoing() and renumber()
};

} // namespace courier
