// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#include "desk/retentionsettings.h"

#include "store/queries.h"

#include <QLoggingCategory>

namespace courier {
namespace {

Q_LOGGING_CATEGORY(lcRetention, "courier.retention")

double numberIn(Queries &queries, const QString &key, double least, double most, double otherwise)
{
    const std::optional<QString> text = queries.setting(key);
    if (!text) {
        return otherwise;
    }
    bool isNumber = false;
    const double number = text->toDouble(&isNumber);
    if (isNumber && (number == 0 || (number >= least && number <= most))) {
        return number;
    }
    qCWarning(lcRetention, "The setting %s is left aside: \"%s\" is no number from %g to %g.", qUtf8Printable(key),
              qUtf8Printable(*text), least, most);
    return otherwise;
}

} // namespace

RetentionSettings RetentionSettings::read(Queries &queries)
{
    RetentionSettings settings;
    settings.days = static_cast<int>(numberIn(queries, daysKey(), 1, mostDays, settings.days));
    settings.gigabytes = numberIn(queries, gigabytesKey(), fewestGigabytes, mostGigabytes, settings.gigabytes);
    settings.bodyDays = static_cast<int>(numberIn(queries, bodyDaysKey(), 1, mostDays, settings.bodyDays));
    return settings;
}

} // namespace courier
