// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "store/writesession.h"

// The notifications of an alert's end: one to each destination that wants them and got the alert, made once the alert's
// own delivery is settled, so that no receiver hears of the end first.
namespace courier::resolutionwrites {

/// For alerts that are over now.
void makeFor(WriteSession &session, const QList<qint64> &alerts);
/// For the alert whose delivery was settled just now, where it was over before.
void makeAfter(WriteSession &session, DeliveryId settled, DestinationId destination);

} // namespace courier::resolutionwrites
