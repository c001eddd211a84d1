// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#include "models/deliverynodes.h"

#include "models/deliverysummary.h"
#include "models/deliverytreemodel.h"
#include "models/marks.h"
#include "models/roles.h"
#include "models/statusweight.h"
#include "models/words.h"

#include <QCoreApplication>
#include <QHash>

#include <algorithm>

namespace courier {
namespace {

struct Say
{
    Q_DECLARE_TR_FUNCTIONS(DeliveryTree)
};

QString deliveryText(const DeliveryNode &node, int column, const DestinationNames &names, qint64 now)
{
    const bool isDelivered = node.delivery.state == DeliveryState::Delivered && !node.attempts.isEmpty();
    switch (column) {
    case DeliveryTreeModel::DestinationColumn:
        return deliveryName(node.delivery.destinationId, node.delivery.kind, names);
    case DeliveryTreeModel::WhenColumn: // only where the attempts below have no more to say
        return isDelivered ? words::clockTime(node.attempts.last().startedAt, now) : QString();
    case DeliveryTreeModel::ResultColumn:
        return deliveryResult(node.delivery, now);
    default:
        return isDelivered ? attemptDuration(node.attempts.last()) : QString();
    }
}

QString attemptText(const Attempt &attempt, int column, bool compact, qint64 now)
{
    switch (column) {
    case DeliveryTreeModel::DestinationColumn:
        return compact ? Say::tr("Attempt %1").arg(attempt.number)
                       : Say::tr("Attempt %1, %2").arg(attempt.number).arg(displayName(attempt.trigger));
    case DeliveryTreeModel::WhenColumn:
        return words::clockTime(attempt.startedAt, now);
    case DeliveryTreeModel::ResultColumn:
        return attemptResult(attempt);
    default:
        return attemptDuration(attempt);
    }
}

} // namespace

DeliveryNodes readDeliveries(Queries &queries, AlertId id)
{
    QHash<DeliveryId, QList<Attempt>> attempts;
    const QList<Attempt> all = queries.attemptsOf(id);
    for (const Attempt &attempt : all) {
        attempts[attempt.deliveryId].append(attempt);
    }
    DeliveryNodes nodes;
    const QList<Delivery> deliveries = queries.deliveriesOf(id);
    for (const Delivery &delivery : deliveries) {
        nodes.append({delivery, attempts.value(delivery.id)});
    }
    return nodes;
}

void sortWorstFirst(DeliveryNodes &nodes, const DestinationNames &names)
{
    std::stable_sort(nodes.begin(), nodes.end(), [&names](const DeliveryNode &a, const DeliveryNode &b) {
        const int byState = weight(a.delivery.state) - weight(b.delivery.state);
        return byState != 0 ? byState > 0
                            : names(a.delivery.destinationId).localeAwareCompare(names(b.delivery.destinationId)) < 0;
    });
}

bool isContinued(const DeliveryNodes &before, const DeliveryNodes &after)
{
    return std::all_of(before.begin(), before.end(), [&after](const DeliveryNode &known) {
        return std::any_of(after.begin(), after.end(), [&known](const DeliveryNode &next) {
            return next.delivery.id == known.delivery.id && next.attempts.size() >= known.attempts.size();
        });
    });
}

bool changesRow(const Delivery &a, const Delivery &b)
{
    return a.state != b.state || a.attempts != b.attempts || a.nextAt != b.nextAt || a.dismissed != b.dismissed ||
           a.lastReason != b.lastReason || a.round != b.round;
}

QList<Delivery> deliveriesIn(const DeliveryNodes &nodes)
{
    QList<Delivery> deliveries;
    for (const DeliveryNode &node : nodes) {
        deliveries.append(node.delivery);
    }
    return deliveries;
}

AttemptId mostTelling(const DeliveryNodes &nodes)
{
    const DeliveryNode *worst = nullptr;
    for (const DeliveryNode &node : nodes) {
        const bool isWorse = !worst || weight(node.delivery.state) > weight(worst->delivery.state);
        if (isWorse && !node.attempts.isEmpty()) {
            worst = &node;
        }
    }
    return worst ? worst->attempts.last().id : AttemptId{};
}

QVariant deliveryCell(const DeliveryNode &node, int column, int role, const DestinationNames &names, qint64 now)
{
    switch (role) {
    case Qt::DisplayRole:
    case Qt::AccessibleTextRole:
        return deliveryText(node, column, names, now);
    case Qt::ToolTipRole:
        return column == DeliveryTreeModel::ResultColumn ? node.delivery.lastReason : QString();
    case BoldRole:
        return column == DeliveryTreeModel::DestinationColumn;
    case GlyphRole:
        return column == DeliveryTreeModel::ResultColumn ? QVariant(statusGlyph(node.delivery.state)) : QVariant();
    case ColorKeyRole:
        return column == DeliveryTreeModel::ResultColumn ? QVariant(statusColorKey(node.delivery.state)) : QVariant();
    case IdRole:
        return number(node.delivery.id);
    default:
        return {};
    }
}

QVariant attemptCell(const Attempt &attempt, int column, int role, bool compact, qint64 now)
{
    switch (role) {
    case Qt::DisplayRole:
    case Qt::AccessibleTextRole:
        return attemptText(attempt, column, compact, now);
    case Qt::ToolTipRole:
        return column == DeliveryTreeModel::WhenColumn     ? words::exactTime(attempt.startedAt)
               : column == DeliveryTreeModel::ResultColumn ? attempt.reason
                                                           : QString();
    case IdRole:
        return number(attempt.id);
    default:
        return {};
    }
}

} // namespace courier
