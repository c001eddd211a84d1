// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "domain/alerttype.h"
#include "domain/ids.h"
#include "domain/severity.h"

#include <QByteArray>
#include <QString>
#include <QStringList>

#include <optional>

namespace courier {

/// What came in. Immutable once it is stored. Field names follow the wire contract, but for `ruleId` (its "id").
struct Alert
{
    AlertId id{};          ///< our own; 0 until it is stored
    qint64 receivedAt = 0; ///< when it was stored, ms since 1970 UTC
    QString source;        ///< by which way it came: "Command line", "Import", ...
    QString ruleId;        ///< "id" on the wire: the rule or policy that raised it
    QString createdAt;     ///< RFC 3339, UTC, as the alert carried it
    Severity severity = Severity::Info;
    AlertType type = AlertType::Rule;
    QString link;
    QString title;                  ///< as it came; the title on the wire is made by delivery/notification
    std::optional<QString> name;    ///< display name of the rule
    std::optional<QString> alertId; ///< the sender's own id of this alert
    std::optional<QString> version;
    QByteArray context = QByteArrayLiteral("{}"); ///< a JSON object, the bytes that arrived
    QString description;
    QString runbook;
    QStringList tags;
    QStringList destinations; ///< wish of the sender: ids or names; not sent
    QStringList outputIds;    ///< wish of the sender; not sent

    /// The rule's name where it has one, else its id.
    QString label() const { return name && !name->isEmpty() ? *name : ruleId; }
    /// What a list shows: the title, else the label.
    QString headline() const { return title.isEmpty() ? label() : title; }
};

/// The alert that Send Test Alert sends, per the contract. \a nowMsecsUtc becomes its createdAt.
Alert testAlert(qint64 nowMsecsUtc);

/// Milliseconds since 1970 UTC as RFC 3339 with milliseconds and Z.
QString rfc3339(qint64 msecsUtc);

} // namespace courier
