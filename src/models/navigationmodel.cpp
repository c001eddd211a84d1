// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#include "models/navigationmodel.h"

#include "models/destinationmarks.h"
#include "models/marks.h"
#include "models/navigationviews.h"
#include "models/roles.h"
#include "models/words.h"

#include <array>

namespace courier {
namespace {

using Kind = NavigationModel::Kind;

constexpr std::array<Kind, 4> views{Kind::AllAlerts, Kind::NeedsAttention, Kind::Retrying, Kind::DeliveredToday};
constexpr int viewsHeading = 0;
constexpr int destinationsHeading = 1;
constexpr quintptr topLevel = 0; // an entry's index bears the row of its heading, plus one

} // namespace

NavigationModel::NavigationModel(const AlertIndex &index, QObject *parent)
    : QAbstractItemModel(parent)
    , m_index(index)
    , m_entries{Entry{}}
{
    connect(&m_index, &AlertIndex::countsChanged, this, &NavigationModel::sayCountsChanged);
    connect(&m_index, &AlertIndex::completed, this, &NavigationModel::sayCountsChanged);
}

void NavigationModel::sayCountsChanged()
{
    const QModelIndex parent = heading(viewsHeading);
    Q_EMIT dataChanged(index(0, 0, parent), index(static_cast<int>(views.size()) - 1, 0, parent));
}

void NavigationModel::sayDestinationsChanged()
{
    const QModelIndex parent = heading(destinationsHeading);
    Q_EMIT dataChanged(index(0, 0, parent), index(rowCount(parent) - 1, 0, parent));
}

RowSteps NavigationModel::stepsBelow(const QModelIndex &parent)
{
    return {[this, parent](int first, int last) { beginInsertRows(parent, first, last); },
            [this] { endInsertRows(); },
            [this, parent](int first, int last) { beginRemoveRows(parent, first, last); },
            [this] { endRemoveRows(); },
            [this, parent](int from, int to) { beginMoveRows(parent, from, from, parent, to); },
            [this] { endMoveRows(); }};
}

void NavigationModel::setDestinations(const QList<Destination> &destinations)
{
    QList<Entry> next;
    for (const Destination &destination : destinations) {
        const qsizetype row = rowWithKey(m_entries, number(destination.id), keyOf);
        DestinationStats stats = row < 0 ? DestinationStats() : m_entries.at(row).stats;
        stats.id = destination.id;
        next.append({destination, stats});
    }
    if (next.isEmpty()) {
        next.append(Entry{}); // says that there is none
    }
    syncRows(m_entries, next, keyOf, stepsBelow(heading(destinationsHeading)));
    sayDestinationsChanged();
}

void NavigationModel::setStats(const QList<DestinationStats> &stats)
{
    for (const DestinationStats &each : stats) {
        const qsizetype row = rowWithKey(m_entries, number(each.id), keyOf);
        if (row >= 0) {
            m_entries[row].stats = each;
        }
    }
    sayDestinationsChanged();
}

Kind NavigationModel::kindAt(const QModelIndex &index) const
{
    if (!index.isValid() || index.internalId() == topLevel) {
        return Kind::Heading;
    }
    if (index.internalId() == viewsHeading + 1) {
        return views.at(static_cast<std::size_t>(index.row()));
    }
    return m_entries.at(index.row()).destination.id == DestinationId{} ? Kind::Placeholder : Kind::Destination;
}

DestinationId NavigationModel::destinationAt(const QModelIndex &index) const
{
    return kindAt(index) == Kind::Destination ? m_entries.at(index.row()).destination.id : DestinationId{};
}

QModelIndex NavigationModel::indexOf(Kind kind) const
{
    for (int row = 0; row < static_cast<int>(views.size()); ++row) {
        if (views.at(static_cast<std::size_t>(row)) == kind) {
            return index(row, 0, heading(viewsHeading));
        }
    }
    return {};
}

QModelIndex NavigationModel::indexOf(DestinationId id) const
{
    const qsizetype row = id == DestinationId{} ? -1 : rowWithKey(m_entries, number(id), keyOf);
    return row < 0 ? QModelIndex() : index(static_cast<int>(row), 0, heading(destinationsHeading));
}

QModelIndex NavigationModel::index(int row, int column, const QModelIndex &parent) const
{
    if (!hasIndex(row, column, parent)) {
        return {};
    }
    return createIndex(row, column, parent.isValid() ? static_cast<quintptr>(parent.row()) + 1 : topLevel);
}

QModelIndex NavigationModel::parent(const QModelIndex &index) const
{
    if (!index.isValid() || index.internalId() == topLevel) {
        return {};
    }
    return createIndex(static_cast<int>(index.internalId()) - 1, 0, topLevel);
}

int NavigationModel::rowCount(const QModelIndex &parent) const
{
    if (!parent.isValid()) {
        return destinationsHeading + 1;
    }
    if (parent.internalId() != topLevel || parent.column() != 0) {
        return 0;
    }
    return static_cast<int>(parent.row() == viewsHeading ? static_cast<qsizetype>(views.size()) : m_entries.size());
}

int NavigationModel::columnCount(const QModelIndex &) const
{
    return 1;
}

Qt::ItemFlags NavigationModel::flags(const QModelIndex &index) const
{
    switch (kindAt(index)) {
    case Kind::Heading:
        return index.isValid() ? Qt::ItemIsEnabled : Qt::NoItemFlags;
    case Kind::Placeholder:
        return Qt::ItemNeverHasChildren;
    default:
        return Qt::ItemIsEnabled | Qt::ItemIsSelectable | Qt::ItemNeverHasChildren;
    }
}

QVariant NavigationModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid)) {
        return {};
    }
    const Kind kind = kindAt(index);
    switch (kind) {
    case Kind::Heading:
        if (role == HeadingRole) {
            return true;
        }
        return role == Qt::DisplayRole ? (index.row() == viewsHeading ? tr("Alerts") : tr("Destinations")) : QVariant();
    case Kind::Placeholder:
        return placeholderData(role);
    case Kind::Destination:
        return destinationData(m_entries.at(index.row()), role);
    default:
        return viewData(kind, role);
    }
}

QVariant NavigationModel::placeholderData(int role)
{
    switch (role) {
    case Qt::DisplayRole:
        return tr("None yet");
    case GlyphRole:
        return statusGlyph(AlertStatus::NoDestination);
    case ColorKeyRole:
        return QStringLiteral("muted");
    case MutedRole:
        return true;
    default:
        return {};
    }
}

std::optional<qint64> NavigationModel::countOf(Kind kind) const
{
    if (!m_index.isComplete()) {
        return std::nullopt;
    }
    const AlertCounts &counts = m_index.counts();
    switch (kind) {
    case Kind::NeedsAttention:
        return counts.needsAttention;
    case Kind::Retrying:
        return counts.of(AlertStatus::Retrying);
    case Kind::DeliveredToday:
        return counts.deliveredToday;
    default:
        return counts.all;
    }
}

QVariant NavigationModel::viewData(Kind kind, int role) const
{
    const std::optional<qint64> count = countOf(kind);
    switch (role) {
    case Qt::DisplayRole:
    case Qt::AccessibleTextRole:
        return viewName(kind);
    case GlyphRole:
        return viewGlyph(kind);
    case ColorKeyRole:
        return count.value_or(0) > 0 ? viewColorKey(kind) : QStringLiteral("muted");
    case CountRole:
    case Qt::AccessibleDescriptionRole:
        return count ? words::count(*count) : QString();
    case KindRole:
        return static_cast<int>(kind);
    default:
        return {};
    }
}

QVariant NavigationModel::destinationData(const Entry &entry, int role) const
{
    switch (role) {
    case Qt::DisplayRole:
    case Qt::AccessibleTextRole:
        return entry.destination.name;
    case Qt::ToolTipRole:
        return destinationLines(entry.destination, entry.stats, m_index.now());
    case GlyphRole:
        return destinationGlyph(entry.destination, entry.stats, m_index.now());
    case ColorKeyRole:
        return destinationColorKey(entry.destination, entry.stats, m_index.now());
    case CountRole:
    case Qt::AccessibleDescriptionRole:
        return destinationNote(entry.destination, entry.stats, m_index.now());
    case KindRole:
        return static_cast<int>(Kind::Destination);
    case IdRole:
        return number(entry.destination.id);
    default:
        return {};
    }
}

} // namespace courier
