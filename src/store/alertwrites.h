// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "domain/alert.h"
#include "store/records.h"
#include "store/writejob.h"
#include "store/writesession.h"

namespace courier::alertwrites {

/// How much of a transaction the alerts take.
WriteJob::Cost costOf(const QList<Alert> &alerts);

/// Stores alerts with their deliveries: to the destinations in force now, by the contract's rules.
Result<QList<Accepted>> accept(WriteSession &session, const QList<Alert> &alerts);

/// One more delivery of an alert, or a new round of the one that is there.
Result<DeliveryId> sendAnyway(WriteSession &session, AlertId alert, DestinationId destination);

} // namespace courier::alertwrites
