// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#include "models/deliverytreemodel.h"

#include "models/columnhead.h"
#include "models/deliverysummary.h"
#include "models/roles.h"
#include "store/whendone.h"

#include <algorithm>
#include <utility>

namespace courier {
namespace {

constexpr int tickInterval = 1000;
constexpr quintptr topLevel = 0; // an attempt's index bears the row of its delivery, plus one

} // namespace

DeliveryTreeModel::DeliveryTreeModel(Store &store, const Clock &clock, DestinationNames names, QObject *parent)
    : QAbstractItemModel(parent)
    , m_store(store)
    , m_clock(clock)
    , m_names(std::move(names))
{
    m_timer.setInterval(tickInterval);
    connect(&m_timer, &QTimer::timeout, this, &DeliveryTreeModel::tick);
    connect(&m_store, &Store::changed, this, &DeliveryTreeModel::onStoreChanged);
}

void DeliveryTreeModel::setAlert(AlertId id)
{
    if (id == m_wanted) {
        return;
    }
    m_wanted = id;
    if (id == AlertId{}) {
        replaceAll(id, {});
    } else {
        refresh();
    }
}

void DeliveryTreeModel::onStoreChanged(const StoreChanges &changes)
{
    const auto isIt = [this](const AlertSummary &alert) { return alert.id == m_wanted; };
    if (changes.reload || std::any_of(changes.alerts.begin(), changes.alerts.end(), isIt)) {
        refresh();
    }
}

void DeliveryTreeModel::refresh()
{
    if (m_isReading) {
        m_readAgain = true;
    } else if (m_wanted != AlertId{}) {
        read();
    }
}

void DeliveryTreeModel::read()
{
    m_isReading = true;
    m_readAgain = false;
    const auto query = [id = m_wanted](Queries &queries) { return readDeliveries(queries, id); };
    whenDone(this, m_store.read(query), [this, id = m_wanted](const DeliveryNodes &nodes) {
        m_isReading = false;
        if (id == m_wanted) {
            take(id, nodes);
        }
        if (m_readAgain || (id != m_wanted && m_wanted != AlertId{})) {
            read();
        }
    });
}

void DeliveryTreeModel::take(AlertId id, const DeliveryNodes &nodes)
{
    if (id != m_alert || !isContinued(m_nodes, nodes)) {
        DeliveryNodes sorted = nodes;
        sortWorstFirst(sorted, m_names);
        replaceAll(id, sorted);
        return;
    }
    for (const DeliveryNode &next : nodes) {
        const auto isIt = [&next](const DeliveryNode &node) { return node.delivery.id == next.delivery.id; };
        const auto known = std::find_if(m_nodes.cbegin(), m_nodes.cend(), isIt);
        if (known != m_nodes.cend()) {
            update(static_cast<int>(known - m_nodes.cbegin()), next);
        } else {
            const int row = static_cast<int>(m_nodes.size());
            beginInsertRows({}, row, row);
            m_nodes.append(next);
            endInsertRows();
        }
    }
    updateSummary();
    Q_EMIT refreshed();
}

void DeliveryTreeModel::replaceAll(AlertId id, DeliveryNodes nodes)
{
    beginResetModel();
    m_alert = id;
    m_nodes = std::move(nodes);
    endResetModel();
    updateSummary();
    Q_EMIT loaded(id);
}

void DeliveryTreeModel::update(int row, const DeliveryNode &node)
{
    DeliveryNode &known = m_nodes[row];
    const bool isChanged = changesRow(known.delivery, node.delivery);
    known.delivery = node.delivery;
    const int before = static_cast<int>(known.attempts.size());
    const int now = static_cast<int>(node.attempts.size());
    if (now > before) {
        beginInsertRows(index(row, 0), before, now - 1);
        known.attempts.append(node.attempts.sliced(before));
        endInsertRows();
    }
    if (isChanged || now > before) {
        Q_EMIT dataChanged(index(row, 0), index(row, columns - 1));
    }
}

void DeliveryTreeModel::updateSummary()
{
    const bool counts = std::any_of(m_nodes.cbegin(), m_nodes.cend(), [](const DeliveryNode &node) {
        return node.delivery.state == DeliveryState::Retrying;
    });
    if (counts != m_timer.isActive()) {
        counts ? m_timer.start() : m_timer.stop();
    }
    const QString summary =
        m_alert == AlertId{} ? QString() : deliverySummary(deliveriesIn(m_nodes), m_names, m_clock.nowUtc());
    if (summary != m_summary) {
        m_summary = summary;
        Q_EMIT summaryChanged();
    }
}

void DeliveryTreeModel::tick()
{
    for (int row = 0; row < rowCount(); ++row) {
        if (m_nodes.at(row).delivery.state == DeliveryState::Retrying) {
            Q_EMIT dataChanged(index(row, ResultColumn), index(row, ResultColumn));
        }
    }
    updateSummary();
}

void DeliveryTreeModel::setCompact(bool compact)
{
    if (compact == m_compact) {
        return;
    }
    m_compact = compact;
    for (int row = 0; row < rowCount(); ++row) {
        const QModelIndex delivery = index(row, 0);
        if (rowCount(delivery) > 0) {
            Q_EMIT dataChanged(index(0, 0, delivery), index(rowCount(delivery) - 1, 0, delivery));
        }
    }
}

void DeliveryTreeModel::updateNames()
{
    if (!m_nodes.isEmpty()) {
        Q_EMIT dataChanged(index(0, DestinationColumn), index(rowCount() - 1, DestinationColumn));
        updateSummary();
    }
}

AlertStatus DeliveryTreeModel::status() const
{
    return statusOf(deliveriesIn(m_nodes));
}

const DeliveryNode *DeliveryTreeModel::node(const QModelIndex &index) const
{
    if (!index.isValid()) {
        return nullptr;
    }
    const qsizetype row = index.internalId() == topLevel ? index.row() : static_cast<qsizetype>(index.internalId()) - 1;
    return row < m_nodes.size() ? &m_nodes.at(row) : nullptr;
}

const Delivery *DeliveryTreeModel::delivery(const QModelIndex &index) const
{
    const DeliveryNode *found = node(index);
    return found ? &found->delivery : nullptr;
}

const Attempt *DeliveryTreeModel::attempt(const QModelIndex &index) const
{
    const DeliveryNode *found = node(index);
    const bool isAttempt = found && index.internalId() != topLevel && index.row() < found->attempts.size();
    return isAttempt ? &found->attempts.at(index.row()) : nullptr;
}

DeliveryId DeliveryTreeModel::deliveryAt(const QModelIndex &index) const
{
    const Delivery *found = delivery(index);
    return found ? found->id : DeliveryId{};
}

AttemptId DeliveryTreeModel::attemptAt(const QModelIndex &index) const
{
    if (const Attempt *found = attempt(index)) {
        return found->id;
    }
    const DeliveryNode *found = node(index);
    return found && !found->attempts.isEmpty() ? found->attempts.constLast().id : AttemptId{};
}

QModelIndex DeliveryTreeModel::indexOf(AttemptId id) const
{
    for (int row = 0; row < rowCount(); ++row) {
        const QList<Attempt> &attempts = m_nodes.at(row).attempts;
        for (int i = 0; i < attempts.size(); ++i) {
            if (attempts.at(i).id == id) {
                return index(i, 0, index(row, 0));
            }
        }
    }
    return {};
}

QModelIndexList DeliveryTreeModel::openAtFirst() const
{
    QModelIndexList list;
    for (int row = 0; row < rowCount(); ++row) {
        if (m_nodes.at(row).delivery.state != DeliveryState::Delivered) {
            list.append(index(row, 0));
        }
    }
    return list;
}

QModelIndex DeliveryTreeModel::index(int row, int column, const QModelIndex &parent) const
{
    if (!hasIndex(row, column, parent)) {
        return {};
    }
    return createIndex(row, column, parent.isValid() ? static_cast<quintptr>(parent.row()) + 1 : topLevel);
}

QModelIndex DeliveryTreeModel::parent(const QModelIndex &index) const
{
    if (!index.isValid() || index.internalId() == topLevel) {
        return {};
    }
    return createIndex(static_cast<int>(index.internalId()) - 1, 0, topLevel);
}

int DeliveryTreeModel::rowCount(const QModelIndex &parent) const
{
    if (!parent.isValid()) {
        return static_cast<int>(m_nodes.size());
    }
    const bool hasChildren = parent.internalId() == topLevel && parent.column() == 0 && node(parent);
    return hasChildren ? static_cast<int>(node(parent)->attempts.size()) : 0;
}

int DeliveryTreeModel::columnCount(const QModelIndex &) const
{
    return columns;
}

QVariant DeliveryTreeModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    return headCell({{tr("Destination")}, {tr("When")}, {tr("Result")}, {tr("Took"), true}}, section, orientation,
                    role);
}

QVariant DeliveryTreeModel::data(const QModelIndex &index, int role) const
{
    const DeliveryNode *found = node(index);
    if (!found) {
        return {};
    }
    if (role == Qt::TextAlignmentRole && index.column() == TookColumn) {
        return QVariant::fromValue(Qt::Alignment(Qt::AlignRight | Qt::AlignVCenter));
    }
    if (role == MutedRole) {
        return index.column() == WhenColumn;
    }
    const Attempt *ofAttempt = attempt(index);
    return ofAttempt ? attemptCell(*ofAttempt, index.column(), role, m_compact, m_clock.nowUtc())
                     : deliveryCell(*found, index.column(), role, m_names, m_clock.nowUtc());
}

} // namespace courier
