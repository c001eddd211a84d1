// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#include "models/alerttablemodel.h"

#include "models/columnhead.h"
#include "models/marks.h"
#include "models/roles.h"
#include "models/words.h"

#include <algorithm>
#include <utility>

namespace courier {
namespace {

constexpr qint64 minute = 60'000;
constexpr qint64 hour = 60 * minute;
constexpr int tickInterval = 1000;
constexpr std::size_t rowsSaidAlone = 16; // more changed rows are told as one range

} // namespace

AlertTableModel::AlertTableModel(AlertIndex &index, Store &store, const Clock &clock, DestinationNames names,
                                 QObject *parent)
    : QAbstractTableModel(parent)
    , m_index(index)
    , m_clock(clock)
    , m_names(std::move(names))
    , m_pager(new AlertPager(
          store, [this](int row) { return idAt(row); }, this))
    , m_lookups(store)
    , m_shown(index.alerts())
    , m_tickTimer(new QTimer(this))
    , m_newTimer(new QTimer(this))
    , m_rankTimer(new QTimer(this))
    , m_tickedAt(clock.nowUtc())
{
    m_tickTimer->setInterval(tickInterval);
    connect(m_tickTimer, &QTimer::timeout, this, &AlertTableModel::tick);
    connect(m_pager, &AlertPager::arrived, this, &AlertTableModel::onArrived);
    m_shown.rebuild();
    followIndex();
    followLookups();
}

int AlertTableModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : m_shown.rows().size();
}

int AlertTableModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : columns;
}

AlertId AlertTableModel::idAt(int row) const
{
    return row >= 0 && row < m_shown.rows().size() ? m_index.alerts().id(m_shown.rows().place(row)) : AlertId{};
}

int AlertTableModel::rowOf(AlertId id) const
{
    const int place = m_index.alerts().find(id);
    return place < 0 ? -1 : m_shown.rows().row(place);
}

QVariant AlertTableModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid)) {
        return {};
    }
    const int place = m_shown.rows().place(index.row());
    switch (role) {
    case Qt::DisplayRole:
    case Qt::AccessibleTextRole:
        m_pager->look(index.row(), m_index.alerts().id(place));
        if (!m_tickTimer->isActive() && tellsTime(index.row(), m_clock.nowUtc())) {
            m_tickTimer->start();
        }
        return role == Qt::AccessibleTextRole ? spokenText(index.column(), place) : text(index.column(), place);
    case Qt::ToolTipRole:
        return toolTip(index.column(), place);
    case IdRole:
        return number(m_index.alerts().id(place));
    default:
        return mark(index.column(), place, role);
    }
}

QVariant AlertTableModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    return headCell(
        {{tr("Severity")}, {tr("Time")}, {tr("Alert")}, {tr("Source")}, {tr("Destinations")}, {tr("Delivery")}},
        section, orientation, role);
}

const AlertRow *AlertTableModel::known(int place) const
{
    return m_pager->cache().find(m_index.alerts().id(place));
}

qint64 AlertTableModel::receivedAt(int place) const
{
    const AlertRow *row = known(place);
    return row && row->receivedAt > 0 ? row->receivedAt : msecsOf(number(m_index.alerts().id(place)));
}

// What the words beside it are of: they may be a moment older than the index.
AlertStatus AlertTableModel::shownStatus(int place) const
{
    const AlertRow *row = known(place);
    return row ? row->summary.status : m_index.alerts().facts(place).status();
}

QString AlertTableModel::text(int column, int place) const
{
    const AlertRow *row = known(place);
    switch (column) {
    case SeverityColumn:
        return displayName(m_index.alerts().facts(place).severity());
    case TimeColumn:
        return words::relativeTime(receivedAt(place), m_clock.nowUtc());
    case AlertColumn:
        return row ? row->headline.simplified() : QString();
    case SourceColumn:
        return row ? row->source : QString();
    case DestinationsColumn:
        return row ? destinationWords(*row, m_names) : QString();
    default:
        return row ? deliveryWords(*row, m_clock.nowUtc()) : displayName(shownStatus(place));
    }
}

// What the cell shows by other means than words is said.
QString AlertTableModel::spokenText(int column, int place) const
{
    const AlertRow *row = known(place);
    if (row && column == DestinationsColumn) {
        return destinationsOf(*row, m_names).join(QStringLiteral(", "));
    }
    return row && column == AlertColumn && isResolved(place) ? withResolved(text(column, place)) : text(column, place);
}

QString AlertTableModel::toolTip(int column, int place) const
{
    const AlertRow *row = known(place);
    switch (column) {
    case TimeColumn:
        return timeLines(receivedAt(place), row ? row->createdAt : QString());
    case AlertColumn:
        return row ? row->headline : QString();
    case DestinationsColumn:
    case DeliveryColumn:
        return row ? deliveryLines(*row, m_names, m_clock.nowUtc()) : QString();
    default:
        return {};
    }
}

QVariant AlertTableModel::mark(int column, int place, int role) const
{
    const Severity severity = m_index.alerts().facts(place).severity();
    switch (role) {
    case GlyphRole:
    case ColorKeyRole:
        if (column == SeverityColumn) {
            return role == GlyphRole ? severityGlyph(severity) : severityColorKey(severity);
        }
        if (column == DeliveryColumn) {
            return role == GlyphRole ? statusGlyph(shownStatus(place)) : statusColorKey(shownStatus(place));
        }
        return {};
    case PillRole:
        return column == SeverityColumn ? QVariant(severity == Severity::Critical) : QVariant();
    case NoteRole:
        return column == AlertColumn && isResolved(place) ? resolvedNote() : QString();
    case MutedRole:
        return column == TimeColumn || column == SourceColumn || column == DestinationsColumn;
    default:
        return {};
    }
}

QString AlertTableModel::rowAsText(int row) const
{
    if (row < 0 || row >= rowCount()) {
        return {};
    }
    const int place = m_shown.rows().place(row);
    const AlertRow *texts = known(place);
    const QString destinations = texts ? destinationsOf(*texts, m_names).join(QStringLiteral(", ")) : QString();
    return QStringList{text(SeverityColumn, place),
                       words::plainTime(receivedAt(place)),
                       text(AlertColumn, place),
                       text(SourceColumn, place),
                       destinations,
                       text(DeliveryColumn, place)}
        .join(QLatin1Char('\t'));
}

void AlertTableModel::updateNames()
{
    if (rowCount() > 0) {
        Q_EMIT dataChanged(index(0, DestinationsColumn), index(rowCount() - 1, DestinationsColumn));
    }
}

bool AlertTableModel::tellsTime(int row, qint64 now) const
{
    const int place = m_shown.rows().place(row);
    return now - receivedAt(place) < hour + minute || shownStatus(place) == AlertStatus::Retrying;
}

void AlertTableModel::tick()
{
    const qint64 now = m_clock.nowUtc();
    const qint64 before = std::exchange(m_tickedAt, now);
    const int first = std::max(0, m_pager->firstSeen());
    const int last = std::min(m_pager->lastSeen(), rowCount() - 1);
    bool tells = false;
    bool hasAged = false;
    bool counts = false;
    for (int row = first; row <= last; ++row) {
        const int place = m_shown.rows().place(row);
        const qint64 at = receivedAt(place);
        tells = tells || tellsTime(row, now);
        hasAged = hasAged || (now - at < hour + minute && (now - at) / minute != (before - at) / minute);
        counts = counts || shownStatus(place) == AlertStatus::Retrying;
    }
    if (!tells) { // data() starts it again
        m_tickTimer->stop();
    }
    if (hasAged || counts) { // all of them, so that those still in sight are painted, and looked at, again
        m_pager->forget();
        const int firstColumn = hasAged ? TimeColumn : DeliveryColumn;
        Q_EMIT dataChanged(index(first, firstColumn), index(last, counts ? DeliveryColumn : TimeColumn));
    }
}

void AlertTableModel::onArrived(const QList<AlertId> &ids)
{
    std::vector<int> rows;
    for (const AlertId id : ids) {
        const int row = rowOf(id);
        if (row >= 0) {
            rows.push_back(row);
        }
    }
    sayChanged(std::move(rows));
}

void AlertTableModel::noteChanged(const std::vector<int> &places)
{
    std::vector<int> rows;
    for (const int place : places) {
        const AlertId id = m_index.alerts().id(place);
        const int row = m_shown.rows().row(place);
        if (row >= 0 &&
            (m_pager->cache().contains(id) || (row >= m_pager->firstSeen() && row <= m_pager->lastSeen()))) {
            rows.push_back(row);
        }
    }
    sayChanged(std::move(rows));
}

void AlertTableModel::sayChanged(std::vector<int> rows)
{
    if (rows.empty()) {
        return;
    }
    std::sort(rows.begin(), rows.end());
    if (rows.size() > rowsSaidAlone) {
        Q_EMIT dataChanged(index(rows.front(), 0), index(rows.back(), columns - 1));
        return;
    }
    for (const int row : rows) {
        Q_EMIT dataChanged(index(row, 0), index(row, columns - 1));
    }
}

} // namespace courier
