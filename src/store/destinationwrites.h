// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "domain/delivery.h"
#include "store/records.h"
#include "store/writejob.h"
#include "store/writesession.h"

namespace courier::destinationwrites {

Result<Destination> add(WriteSession &session, Destination destination);
Result<Destination> update(WriteSession &session, const Destination &destination);
Result<Destination> recordTest(WriteSession &session, const Attempt &attempt);

// In steps: the mark is set in step 0, each step moves some of what waits.
Result<SteppedJob::Step> setPaused(WriteSession &session, DestinationId id, bool paused, qint64 step);
Result<SteppedJob::Step> remove(WriteSession &session, DestinationId id, qint64 step);

void noteStruggle(WriteSession &session, const StruggleNote &note);

/// Goes on with what a pause, its end or a deletion left to do when its process ended: some deliveries a step.
SteppedJob::Step settle(WriteSession &session);

} // namespace courier::destinationwrites
