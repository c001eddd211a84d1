// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#include "gui/securitypart.h"

namespace courier {

void addChange(SecretChanges &changes, SecretKind kind, const SecretField &field)
{
    if (const auto change = field.change()) {
        changes.values.insert(kind, *change);
    }
}

void addFault(QList<SecurityIssue> &issues, SecretKind kind, const SecretField &field)
{
    if (const QString fault = secretFault(kind, field.entered()); !fault.isEmpty()) {
        issues.append({fieldOf(kind), true, fault});
    }
}

} // namespace courier
