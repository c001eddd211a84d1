// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#include "models/destinationdeliveriesmodel.h"

#include "models/alertcells.h"
#include "models/columnhead.h"
#include "models/marks.h"
#include "models/roles.h"
#include "models/words.h"
#include "store/whendone.h"

#include <algorithm>

namespace courier {
namespace {

constexpr int refreshWait = 500; // ms
constexpr int countdownInterval = 1000;
constexpr int ageInterval = 15'000;

qint64 keyOf(const DeliveryRow &row)
{
    return number(row.delivery.id);
}

} // namespace

DestinationDeliveriesModel::DestinationDeliveriesModel(Store &store, const Clock &clock, QObject *parent)
    : RowListModel(parent)
    , m_store(store)
    , m_clock(clock)
{
    m_refreshTimer.setSingleShot(true);
    m_refreshTimer.setInterval(refreshWait);
    connect(&m_refreshTimer, &QTimer::timeout, this, &DestinationDeliveriesModel::read);
    connect(&m_tickTimer, &QTimer::timeout, this, &DestinationDeliveriesModel::tick);
    connect(&m_store, &Store::changed, this, &DestinationDeliveriesModel::refresh);
}

void DestinationDeliveriesModel::setDestination(DestinationId id)
{
    if (id == m_destination) {
        return;
    }
    m_destination = id;
    setRows({}, keyOf);
    read();
}

void DestinationDeliveriesModel::refresh()
{
    if (m_destination != DestinationId{} && !m_refreshTimer.isActive()) {
        m_refreshTimer.start();
    }
}

void DestinationDeliveriesModel::read()
{
    ++m_ticket;
    if (m_destination == DestinationId{}) {
        m_tickTimer.stop();
        return;
    }
    const auto query = [id = m_destination](Queries &queries) { return queries.latestDeliveries(id, longest); };
    whenDone(this, m_store.read(query), [this, ticket = m_ticket](const QList<DeliveryRow> &rows) {
        if (ticket == m_ticket) {
            setRows(rows, keyOf);
            const bool counts = std::any_of(rows.begin(), rows.end(), [](const DeliveryRow &row) {
                return row.delivery.state == DeliveryState::Retrying;
            });
            m_tickTimer.start(counts ? countdownInterval : ageInterval);
            Q_EMIT loaded();
        }
    });
}

void DestinationDeliveriesModel::tick()
{
    sayAllChanged();
}

const DeliveryRow *DestinationDeliveriesModel::deliveryRow(int row) const
{
    return row >= 0 && row < rowCount() ? &rows().at(row) : nullptr;
}

int DestinationDeliveriesModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : columns;
}

QVariant DestinationDeliveriesModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    return headCell(
        {{tr("Delivery")}, {tr("Time")}, {tr("Alert")}, {tr("Result")}, {tr("Attempts"), true}, {tr("Took"), true}},
        section, orientation, role);
}

QVariant DestinationDeliveriesModel::data(const QModelIndex &index, int role) const
{
    const DeliveryRow *row = index.isValid() ? deliveryRow(index.row()) : nullptr;
    if (!row) {
        return {};
    }
    switch (role) {
    case Qt::AccessibleTextRole:
        if (index.column() == AlertColumn && row->delivery.kind == DeliveryKind::Resolution) {
            return withResolved(text(*row, AlertColumn));
        }
        [[fallthrough]];
    case Qt::DisplayRole:
        return text(*row, index.column());
    case Qt::ToolTipRole:
        return index.column() == TimeColumn ? timeLines(row->receivedAt, {}) : QString();
    case Qt::TextAlignmentRole:
        return index.column() >= AttemptsColumn ? QVariant::fromValue(Qt::AlignRight | Qt::AlignVCenter) : QVariant();
    case IdRole:
        return keyOf(*row);
    default:
        return mark(*row, index.column(), role);
    }
}

QString DestinationDeliveriesModel::text(const DeliveryRow &row, int column) const
{
    const Delivery &delivery = row.delivery;
    switch (column) {
    case DeliveryColumn:
        return delivery.state == DeliveryState::Retrying ? retryWords(delivery.nextAt, m_clock.nowUtc())
                                                         : displayName(delivery.state);
    case TimeColumn:
        return words::relativeTime(row.receivedAt, m_clock.nowUtc());
    case AlertColumn:
        return row.headline.simplified();
    case ResultColumn:
        return delivery.attempts > 0 ? delivery.lastReason.simplified() : QString();
    case AttemptsColumn:
        return delivery.attempts > 0 ? words::count(delivery.attempts) : QString();
    default:
        return row.lastDurationUs > 0 ? words::duration(row.lastDurationUs) : QString();
    }
}

QVariant DestinationDeliveriesModel::mark(const DeliveryRow &row, int column, int role) const
{
    switch (role) {
    case GlyphRole:
    case ColorKeyRole:
        if (column == DeliveryColumn) {
            return role == GlyphRole ? statusGlyph(row.delivery.state) : statusColorKey(row.delivery.state);
        }
        if (column == AlertColumn) {
            return role == GlyphRole ? severityGlyph(row.severity) : severityColorKey(row.severity);
        }
        return {};
    case NoteRole:
        return column == AlertColumn && row.delivery.kind == DeliveryKind::Resolution ? resolvedNote() : QString();
    case MutedRole:
        return column == TimeColumn;
    default:
        return {};
    }
}

} // namespace courier
