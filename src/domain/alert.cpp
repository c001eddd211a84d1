// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#include "domain/alert.h"

#include <QDateTime>

namespace courier {

Alert testAlert(qint64 nowMsecsUtc)
{
    Alert alert;
    alert.ruleId = QStringLiteral("Test.Alert");
    alert.alertId = QStringLiteral("Test.Alert");
    alert.createdAt = rfc3339(nowMsecsUtc);
    alert.severity = Severity::Info;
    alert.type = AlertType::Rule;
    alert.title = QStringLiteral("This is a Test Alert");
    alert.name = QStringLiteral("Test Alert");
    alert.description = QStringLiteral("This is a Test Alert");
    alert.tags = QStringList{QStringLiteral("test")};
    return alert;
}

QString rfc3339(qint64 msecsUtc)
{
    return QDateTime::fromMSecsSinceEpoch(msecsUtc, Qt::UTC).toString(Qt::ISODateWithMs);
}

} // namespace courier
