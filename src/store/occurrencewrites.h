// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "store/records.h"
#include "store/writejob.h"
#include "store/writesession.h"

// Alerts that their sources repeat while they last, and end.
namespace courier::occurrencewrites {

/// How much of a transaction the alerts take.
WriteJob::Cost costOf(const QList<IncomingAlert> &alerts);

/// Stores what is new, notes what was there as seen again or over, and keeps \a place where there is one.
Result<QList<Accepted>> take(WriteSession &session, const QList<IncomingAlert> &alerts,
                             const std::optional<FilePlace> &place);

/// Resolves what was to end by now unless it was seen again, of what was seen at or after \a seenSince; some at a time.
Result<SteppedJob::Step> resolveEnded(WriteSession &session, qint64 seenSince);

} // namespace courier::occurrencewrites
