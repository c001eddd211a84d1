// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

// Which rows the alert table has, and how they change: the part of AlertTableModel that keeps to the rules of
// QAbstractItemModel while alerts come, change and are found.

#include "models/alerttablemodel.h"

#include <algorithm>
#include <memory>
#include <utility>

namespace courier {
namespace {

// More steps than that at once, each of which costs a view with a million rows some milliseconds, are one
// layoutChanged.
constexpr int stepsOneByOne = 8;
constexpr std::size_t heldRowsOneByOne = 8;
} // namespace

void AlertTableModel::followIndex()
{
    connect(&m_index, &AlertIndex::changed, this, &AlertTableModel::onChanged);
    connect(&m_index, &AlertIndex::aboutToRemove, this, &AlertTableModel::onAboutToRemove);
    connect(&m_index, &AlertIndex::removed, this, &AlertTableModel::onRemoved);
    connect(&m_index, &AlertIndex::replaced, this, &AlertTableModel::onReplaced);
    connect(&m_index, &AlertIndex::aboutToBeReplaced, this, [this] {
        beginChange();
        Q_EMIT layoutAboutToBeChanged({}, QAbstractItemModel::VerticalSortHint);
        holdIndexes();
        m_heldMatches = m_shown.matches();
    });
    connect(&m_index, &AlertIndex::dayChanged, this, [this] {
        if (rowCount() > 0) {
            Q_EMIT dataChanged(index(0, TimeColumn), index(rowCount() - 1, TimeColumn));
        }
    });
}

void AlertTableModel::onChanged(const QList<int> &places, int firstNew)
{
    for (const int place : places) {
        m_pager->cache().markChanged(m_index.alerts().id(place));
    }
    perform(m_shown.plan(places, firstNew));
    waitForNew();
}

// First their rows go, as others do; then places change, of which no view knows.
void AlertTableModel::onAboutToRemove(const GonePlaces &gone)
{
    beginChange();
    perform(m_shown.planGoing(gone));
}

void AlertTableModel::onRemoved(const GonePlaces &gone)
{
    m_shown.renumber();
    m_lookups.renumber(gone);
    m_orders.clear(); // but for the one in use they are of other places now
    if (m_shown.sort().text) {
        m_orders.insert(m_rankedColumn, m_shown.sort().text);
    }
    endChange();
}

void AlertTableModel::setPinned(AlertId id)
{
    if (m_changing > 0) { // a view that follows its current row, which is just going
        m_pinNext = id;
        return;
    }
    const int before = m_index.alerts().find(m_shown.pinned());
    m_shown.setPinned(id);
    if (before >= 0 && !m_shown.shows(before)) {
        perform(m_shown.plan({before}, m_index.alerts().size()));
    }
}

void AlertTableModel::beginChange()
{
    ++m_changing;
}

void AlertTableModel::endChange()
{
    --m_changing;
    if (m_changing == 0 && m_pinNext) {
        setPinned(*std::exchange(m_pinNext, std::nullopt));
    }
}

void AlertTableModel::perform(const ShownAlerts::Plan &plan)
{
    beginChange();
    if (plan.steps > stepsOneByOne) {
        rebuild();
    } else {
        takeOut(plan.leaving);
        for (const int place : plan.moving) {
            shift(place);
        }
        putIn(plan.entering);
    }
    noteChanged(plan.staying);
    endChange();
}

void AlertTableModel::takeOut(const std::vector<int> &rows)
{
    for (std::size_t end = rows.size(); end > 0;) { // from below, so that the others stay right
        std::size_t first = end - 1;
        while (first > 0 && rows[first - 1] == rows[first] - 1) {
            --first;
        }
        beginRemoveRows({}, rows[first], rows[end - 1]);
        m_shown.rows().remove(rows[first], rows[end - 1] - rows[first] + 1);
        endRemoveRows();
        end = first;
    }
}

void AlertTableModel::shift(int place)
{
    RowOrder &rows = m_shown.rows();
    const int row = rows.row(place);
    const bool moves = beginMoveRows({}, row, row, {}, rows.rowFor(place));
    rows.remove(row, 1);
    rows.insert({place}, 0, 1);
    if (moves) { // else it only goes from the end of one group to the beginning of the next
        endMoveRows();
    }
}

void AlertTableModel::putIn(const std::vector<int> &places)
{
    RowOrder &rows = m_shown.rows();
    for (std::size_t from = 0; from < places.size();) {
        const int count = rows.runLength(places, from);
        const int row = rows.rowFor(places[from]);
        beginInsertRows({}, row, row + count - 1);
        rows.insert(places, from, count);
        endInsertRows();
        from += static_cast<std::size_t>(count);
    }
}

// Rows that an index is kept of, a selected one say, go by name and after all others: layoutChanged() doesn't tell that
// they did, and a view's current row moves on to the next, which should be one that stays.
void AlertTableModel::rebuild()
{
    beginChange();
    const std::vector<int> leaving = heldPlacesThatLeave();
    if (leaving.size() > heldRowsOneByOne) {
        beginResetModel();
        m_shown.rebuild();
        endResetModel();
    } else {
        Q_EMIT layoutAboutToBeChanged({}, QAbstractItemModel::VerticalSortHint);
        holdIndexes();
        m_shown.rebuild(leaving);
        restoreIndexes();
        Q_EMIT layoutChanged({}, QAbstractItemModel::VerticalSortHint);
        takeOut(rowsOf(leaving));
    }
    endChange();
}

std::vector<int> AlertTableModel::heldPlacesThatLeave() const
{
    std::vector<int> places;
    const QModelIndexList held = persistentIndexList();
    for (const QModelIndex &index : held) {
        const int place = m_shown.rows().place(index.row());
        if (!m_shown.shows(place)) {
            places.push_back(place);
        }
    }
    std::sort(places.begin(), places.end());
    places.erase(std::unique(places.begin(), places.end()), places.end());
    return places;
}

std::vector<int> AlertTableModel::rowsOf(const std::vector<int> &places) const
{
    std::vector<int> rows;
    rows.reserve(places.size());
    for (const int place : places) {
        rows.push_back(m_shown.rows().row(place));
    }
    std::sort(rows.begin(), rows.end());
    return rows;
}

void AlertTableModel::holdIndexes()
{
    m_held = persistentIndexList();
    m_heldIds.clear();
    for (const QModelIndex &index : std::as_const(m_held)) {
        m_heldIds.append(idAt(index.row()));
    }
}

void AlertTableModel::restoreIndexes()
{
    QModelIndexList now;
    for (qsizetype i = 0; i < m_held.size(); ++i) {
        const int row = rowOf(m_heldIds.at(i));
        now.append(row < 0 ? QModelIndex() : index(row, m_held.at(i).column()));
    }
    changePersistentIndexList(m_held, now);
    m_held.clear();
    m_heldIds.clear();
}

void AlertTableModel::onReplaced()
{
    m_pager->cache().markAllChanged();
    if (m_shown.usesMatches()) { // what was found stays until it has been looked up again
        m_shown.setMatches(m_heldMatches, m_index.alerts().size());
    }
    m_heldMatches.clear();
    m_orders.clear();
    if (m_shown.sort().key == RowOrder::Key::Text) { // by time until it is put in order again
        m_shown.setSort({RowOrder::Key::Text, m_shown.sort().descending, std::make_shared<TextOrder>()});
    }
    m_shown.rebuild();
    restoreIndexes();
    Q_EMIT layoutChanged({}, QAbstractItemModel::VerticalSortHint);
    endChange();
    if (!m_filter.isBysummary()) {
        m_lookups.match(lastingPart(m_filter), m_index.alerts().size());
    }
    rank();
    sayIfSearching();
}

} // namespace courier
