// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "store/retention.h"
#include "store/writejob.h"
#include "store/writesession.h"

namespace courier::retentionwrites {

WriteJob::Cost costOf(const RetentionStep &step);
/// Takes one step; gives what the step's comment says.
Result<qint64> take(WriteSession &session, const RetentionStep &step);

/// The condition on "alert_status s" that lets an alert go, to be filled with bounds().
QString mayGo();
QVariantList bounds(const ExpiryRule &rule);

/// Conditions on a row of "request_shape" or "response_shape".
QString isUnusedRequest();
QString isUnusedResponse();
QString hasUnusedBody();

/// Where looking for bodies goes on: a row of "meta".
QString bodiesKey();

} // namespace courier::retentionwrites
