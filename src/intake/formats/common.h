// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "intake/format.h"
#include "intake/recordfields.h"

// What several formats share. For any thread.

namespace courier {

/// An alert with what all of them have of their record: its bytes as the context, its time or else the context's.
Alert beginAlert(const RecordFields &record, const std::optional<UtcTime> &time, const ReadContext &context);

/// Adds \a one to the result, or what was wrong with its fields.
void settle(const RecordFields &fields, IncomingAlert one, RecordResult &result, int index = 0);

/// "name=value"
QString namedTag(const QString &name, const QString &value);

} // namespace courier
