// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "models/alertcells.h"
#include "store/queries.h"

namespace courier {

/// One delivery with its attempts, the oldest first, without headers and bodies.
struct DeliveryNode
{
    Delivery delivery;
    QList<Attempt> attempts;
};
using DeliveryNodes = QList<DeliveryNode>;

/// All of one alert. On a reading thread.
DeliveryNodes readDeliveries(Queries &queries, AlertId id);
/// Those that want to be seen first, then by name.
void sortWorstFirst(DeliveryNodes &nodes, const DestinationNames &names);
/// Nothing of \a before has gone: from it to \a after things were only added or changed.
bool isContinued(const DeliveryNodes &before, const DeliveryNodes &after);
/// The rows of the two say different things.
bool changesRow(const Delivery &a, const Delivery &b);
QList<Delivery> deliveriesIn(const DeliveryNodes &nodes);
/// The newest attempt of the worst delivery that has any; 0 where there is none.
AttemptId mostTelling(const DeliveryNodes &nodes);

/// What a cell of the delivery tree says, by ItemRole. \a now is ms since 1970 UTC.
QVariant deliveryCell(const DeliveryNode &node, int column, int role, const DestinationNames &names, qint64 now);
/// \a compact leaves the trigger out.
QVariant attemptCell(const Attempt &attempt, int column, int role, bool compact, qint64 now);

} // namespace courier
