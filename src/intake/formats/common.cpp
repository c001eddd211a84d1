// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#include "intake/formats/common.h"

namespace courier {

Alert beginAlert(const RecordFields &record, const std::optional<UtcTime> &time, const ReadContext &context)
{
    Alert alert;
    alert.createdAt = time ? time->text : rfc3339(context.nowUtc);
    alert.context = record.bytes().toByteArray();
    alert.source = context.source;
    return alert;
}

void settle(const RecordFields &fields, IncomingAlert one, RecordResult &result, int index)
{
    if (fields.isFine()) {
        result.alerts.append(std::move(one));
        return;
    }
    result.faults.append(fields.fault());
    result.faults.last().index = index;
}

QString namedTag(const QString &name, const QString &value)
{
    return name % QLatin1Char('=') % value;
}

} // namespace courier
