// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "store/inflightledger.h"
#include "store/records.h"
#include "store/writejob.h"
#include "store/writesession.h"

namespace courier::deliverywrites {

constexpr int stepRows = 2000; ///< of one transaction of a change that concerns many

/// The attempt, and the delivery's state after it unless the delivery has moved on to another round.
void record(WriteSession &session, const AttemptRecord &record);
void markSending(WriteSession &session, DeliveryId id);

/// Starts a new round of each that takes one; gives how many.
qint64 resend(WriteSession &session, const QList<qint64> &ids);
/// Gives how many of the alerts needed attention.
qint64 dismiss(WriteSession &session, const QList<qint64> &alerts);

/// Records each send that was cut short and isn't recorded, and lets go of what is Sending. Gives how many were cut.
qint64 recoverInterrupted(WriteSession &session, const QList<InFlight> &sends);

} // namespace courier::deliverywrites
