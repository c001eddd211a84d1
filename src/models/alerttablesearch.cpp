// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

// What the alert table asks the database for: what a filter finds, and the order of a text. The part of AlertTableModel
// that puts together which alerts are wanted; how rows get there is in alerttablerows.cpp.

#include "models/alerttablemodel.h"

#include <algorithm>
#include <memory>
#include <utility>

namespace courier {
namespace {

constexpr int newAlertsWait = 100; // ms
constexpr int rankWait = 2000;     // ms
constexpr qint64 rankWaitPerWork = 8;

QString textColumn(int column)
{
    return column == AlertTableModel::AlertColumn ? QStringLiteral("headline") : QStringLiteral("source");
}

bool isText(int column)
{
    return column == AlertTableModel::AlertColumn || column == AlertTableModel::SourceColumn;
}

RowOrder::Key keyOf(int column)
{
    switch (column) {
    case AlertTableModel::SeverityColumn:
        return RowOrder::Key::Severity;
    case AlertTableModel::DeliveryColumn:
        return RowOrder::Key::Status;
    case AlertTableModel::TimeColumn:
        return RowOrder::Key::Time;
    default:
        return RowOrder::Key::Text;
    }
}

} // namespace

void AlertTableModel::followLookups()
{
    m_newTimer->setSingleShot(true);
    m_newTimer->setInterval(newAlertsWait);
    m_rankTimer->setSingleShot(true);
    connect(m_newTimer, &QTimer::timeout, this, &AlertTableModel::lookUpNew);
    connect(m_rankTimer, &QTimer::timeout, this, &AlertTableModel::rank);
    connect(&m_lookups, &AlertLookups::ranked, this, &AlertTableModel::onRanked);
    connect(&m_lookups, &AlertLookups::firstMatched, this, &AlertTableModel::showFirst);
    connect(&m_lookups, &AlertLookups::matched, this, [this](const QList<AlertId> &ids, int known) {
        m_shown.setFilter(m_filter);
        m_shown.setMatches(ids, known);
        applyFilter();
    });
    connect(&m_lookups, &AlertLookups::matchedNew, this, [this](const QList<AlertId> &ids, int known) {
        perform(m_shown.planEntering(m_shown.addMatches(ids, known)));
        waitForNew();
    });
}

void AlertTableModel::setFilter(const AlertFilter &filter)
{
    m_filter = filter;
    if (filter.isBysummary()) {
        m_lookups.cancelMatch();
        m_shown.setFilter(filter);
        applyFilter();
    } else {
        m_lookups.match(lastingPart(filter), m_index.alerts().size());
        if (isNewestFirst()) {
            m_lookups.matchFirst(filter);
        }
        sayIfSearching();
    }
}

bool AlertTableModel::isNewestFirst() const
{
    return m_shown.sort().key == RowOrder::Key::Time && m_shown.sort().descending;
}

// The upper rows of a long list are there long before its end. A short one, or an empty one, is waited for.
void AlertTableModel::showFirst(const QList<AlertId> &newest)
{
    if (newest.isEmpty() || !isNewestFirst()) {
        return;
    }
    QList<AlertId> ids = newest;
    std::reverse(ids.begin(), ids.end());
    m_shown.setFilter(m_filter);
    m_shown.setMatches(ids, m_index.alerts().size());
    m_shown.releasePinned();
    rebuild();
}

void AlertTableModel::applyFilter()
{
    m_shown.releasePinned();
    rebuild();
    waitForNew();
    sayIfSearching();
    Q_EMIT filterApplied();
}

void AlertTableModel::sort(int column, Qt::SortOrder order)
{
    if (!isSortable(column)) {
        return;
    }
    const std::shared_ptr<const TextOrder> text = m_orders.value(column);
    m_sortColumn = column;
    m_sortOrder = order;
    m_lookups.cancelRank();
    if (isText(column) && !text) {
        rank();
    } else {
        applySort({keyOf(column), order == Qt::DescendingOrder, text});
        waitForNew();
    }
    sayIfSearching();
}

void AlertTableModel::applySort(RowOrder::Sort sort)
{
    m_rankedColumn = sort.key == RowOrder::Key::Text ? m_sortColumn : -1;
    m_shown.setSort(std::move(sort));
    rebuild();
}

void AlertTableModel::rank()
{
    if (isText(m_sortColumn)) {
        m_rankTime.start();
        m_lookups.rank(textColumn(m_sortColumn), m_index.alerts().allIds());
    }
}

void AlertTableModel::onRanked(const std::shared_ptr<const TextOrder> &order)
{
    m_orders.insert(m_sortColumn, order);
    applySort({RowOrder::Key::Text, m_sortOrder == Qt::DescendingOrder, order});
    m_rankTimer->setInterval(static_cast<int>(std::max<qint64>(rankWait, m_rankTime.elapsed() * rankWaitPerWork)));
    waitForNew();
    sayIfSearching();
}

void AlertTableModel::sayIfSearching()
{
    if (m_saidSearching != isSearching()) {
        m_saidSearching = isSearching();
        Q_EMIT searchingChanged(m_saidSearching);
    }
}

void AlertTableModel::waitForNew()
{
    const int alerts = m_index.alerts().size();
    if (m_shown.usesMatches() && m_shown.knownMatches() < alerts && !m_newTimer->isActive()) {
        m_newTimer->start();
    }
    const RowOrder::Sort &sort = m_shown.sort();
    if (sort.text && sort.text->places.size() < static_cast<std::size_t>(alerts) && !m_rankTimer->isActive()) {
        m_rankTimer->start();
    }
}

void AlertTableModel::lookUpNew()
{
    const int known = m_shown.knownMatches();
    const int alerts = m_index.alerts().size();
    if (m_shown.usesMatches() && known < alerts && !m_lookups.isMatching() && !m_lookups.isMatchingNew()) {
        m_lookups.matchNew(lastingPart(m_filter), m_index.alerts().id(known), alerts);
    }
}

} // namespace courier
