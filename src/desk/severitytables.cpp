// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#include "desk/severitytables.h"

#include "intake/format.h"

#include <QLoggingCategory>

namespace courier {
namespace {

Q_LOGGING_CATEGORY(lcSeverities, "courier.severities")

} // namespace

QString severitiesKey(const QString &formatId)
{
    return QLatin1String("intake.severities.") % formatId;
}

QHash<QString, SeverityMap> severityTables(Queries &queries)
{
    QHash<QString, SeverityMap> tables;
    for (const Format *format : allFormats()) {
        const std::optional<QString> json = queries.setting(severitiesKey(format->id()));
        if (!json) {
            continue;
        }
        const Result<SeverityMap> table = SeverityMap::fromJson(json->toUtf8());
        if (table) {
            tables.insert(format->id(), *table);
        } else {
            qCWarning(lcSeverities, "The table of severities of %s is left aside: %s", qUtf8Printable(format->id()),
                      qUtf8Printable(table.error().message));
        }
    }
    return tables;
}

} // namespace courier
