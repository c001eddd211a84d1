// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "models/alertcells.h"
#include "models/alertindex.h"
#include "models/alertlookups.h"
#include "models/alertpager.h"
#include "models/shownalerts.h"

#include <QAbstractTableModel>
#include <QElapsedTimer>
#include <QHash>
#include <QTimer>

#include <optional>

namespace courier {

/// The alert table: the alerts of an AlertIndex that a filter takes, in an order. Rows' texts are read in pages when a
/// view asks for them; until they come, cells that need them are empty. The selection and the current row stay on their
/// alerts while others come and change: rows are inserted, moved and removed one by one as long as they are few, and
/// all in one layoutChanged() where they are many (then rows may vanish without rowsRemoved(), but for those that an
/// index is kept of). Lives on the main thread.
class AlertTableModel : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum Column { SeverityColumn, TimeColumn, AlertColumn, SourceColumn, DestinationsColumn, DeliveryColumn };
    static constexpr int columns = DeliveryColumn + 1;

    /// \a index, \a store and \a clock outlive it. At first all alerts are shown, the newest first.
    AlertTableModel(AlertIndex &index, Store &store, const Clock &clock, DestinationNames names,
                    QObject *parent = nullptr);

    /// Shows the alerts that match. Where only the database can tell, the rows change when it has.
    void setFilter(const AlertFilter &filter);
    const AlertFilter &filter() const { return m_filter; }
    /// The database is still being asked, for the filter or for the order.
    bool isSearching() const
    {
        return m_lookups.isMatching() || (m_lookups.isRanking() && m_rankedColumn != m_sortColumn);
    }

    static bool isSortable(int column) { return column >= 0 && column < columns && column != DestinationsColumn; }
    /// Descending is newest, worst or last of the alphabet first. Does nothing for a column that isn't sortable.
    void sort(int column, Qt::SortOrder order = Qt::DescendingOrder) override;
    int sortColumn() const { return m_sortColumn; }
    Qt::SortOrder sortOrder() const { return m_sortOrder; }

    AlertId idAt(int row) const; ///< 0 where there is no such row
    int rowOf(AlertId id) const; ///< -1 where it isn't shown
    /// The alert that the operator has in hand: its row stays even when it doesn't match the filter any more, until
    /// another one (or 0) is pinned or another filter is set.
    void setPinned(AlertId id);
    /// What Ctrl+C copies: the cells with tabs between them, the time in full.
    QString rowAsText(int row) const;

    /// Destinations' names have changed.
    void updateNames();
    /// Moves on what tells the time; its own timer does that, too.
    void tick();

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;

Q_SIGNALS:
    /// The rows are those of the filter that was set last.
    void filterApplied();
    void searchingChanged(bool searching);

private:
    // What the cells say: alerttablemodel.cpp
    QString text(int column, int place) const;
    QString spokenText(int column, int place) const;
    bool isResolved(int place) const { return m_index.alerts().facts(place).life() == AlertLife::Resolved; }
    QString toolTip(int column, int place) const;
    QVariant mark(int column, int place, int role) const;
    AlertStatus shownStatus(int place) const;
    qint64 receivedAt(int place) const;
    const AlertRow *known(int place) const;
    bool tellsTime(int row, qint64 now) const;
    void onArrived(const QList<AlertId> &ids);
    void noteChanged(const std::vector<int> &places);
    void sayChanged(std::vector<int> rows);

    // Which alerts are wanted: alerttablesearch.cpp
    void followLookups();
    void onRanked(const std::shared_ptr<const TextOrder> &order);
    bool isNewestFirst() const;
    void showFirst(const QList<AlertId> &newest);
    void applyFilter();
    void applySort(RowOrder::Sort sort);
    void waitForNew();
    void lookUpNew();
    void rank();
    void sayIfSearching();

    // How rows come and go: alerttablerows.cpp
    void followIndex();
    void onChanged(const QList<int> &places, int firstNew);
    void onAboutToRemove(const GonePlaces &gone);
    void onRemoved(const GonePlaces &gone);
    void onReplaced();
    void beginChange();
    void endChange();
    void perform(const ShownAlerts::Plan &plan);
    void takeOut(const std::vector<int> &rows);
    void shift(int place);
    void putIn(const std::vector<int> &places);
    void rebuild();
    std::vector<int> heldPlacesThatLeave() const;
    std::vector<int> rowsOf(const std::vector<int> &places) const;
    void holdIndexes();
    void restoreIndexes();

    AlertIndex &m_index;
    const Clock &m_clock;
    DestinationNames m_names;
    AlertPager *m_pager;
    AlertLookups m_lookups;
    ShownAlerts m_shown;
    AlertFilter m_filter;
    int m_sortColumn = TimeColumn;
    Qt::SortOrder m_sortOrder = Qt::DescendingOrder;
    int m_rankedColumn = -1;                               ///< whose text the rows are in the order of
    QHash<int, std::shared_ptr<const TextOrder>> m_orders; ///< by column, as read last

    QModelIndexList m_held; ///< while rows are rebuilt: the indexes that others keep, and what they stand for
    QList<AlertId> m_heldIds;
    QList<AlertId> m_heldMatches;
    std::optional<AlertId> m_pinNext; ///< asked for while rows were changing
    int m_changing = 0;

    QTimer *m_tickTimer;
    QTimer *m_newTimer;  ///< new alerts wait to be looked up
    QTimer *m_rankTimer; ///< new alerts wait to be put in order
    QElapsedTimer m_rankTime;
    qint64 m_tickedAt = 0; ///< ms since 1970 UTC
    bool m_saidSearching = false;
};

} // namespace courier
