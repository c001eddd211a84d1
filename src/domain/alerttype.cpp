// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#include "domain/alerttype.h"

#include <QCoreApplication>

namespace courier {

const QList<AlertType> &allAlertTypes()
{
    static const QList<AlertType> list{AlertType::Rule,          AlertType::RuleError,          AlertType::Policy,
                                       AlertType::ScheduledRule, AlertType::ScheduledRuleError, AlertType::SystemError};
    return list;
}

QString wireName(AlertType type)
{
    switch (type) {
    case AlertType::Rule:
        break;
    case AlertType::RuleError:
        return QStringLiteral("RULE_ERROR");
    case AlertType::Policy:
        return QStringLiteral("POLICY");
    case AlertType::ScheduledRule:
        return QStringLiteral("SCHEDULED_RULE");
    case AlertType::ScheduledRuleError:
        return QStringLiteral("SCHEDULED_RULE_ERROR");
    case AlertType::SystemError:
        return QStringLiteral("SYSTEM_ERROR");
    }
    return QStringLiteral("RULE");
}

QString displayName(AlertType type)
{
    switch (type) {
    case AlertType::Rule:
        break;
    case AlertType::RuleError:
        return QCoreApplication::translate("AlertType", "Rule Error");
    case AlertType::Policy:
        return QCoreApplication::translate("AlertType", "Policy Failure");
    case AlertType::ScheduledRule:
        return QCoreApplication::translate("AlertType", "Scheduled Rule Match");
    case AlertType::ScheduledRuleError:
        return QCoreApplication::translate("AlertType", "Scheduled Rule Error");
    case AlertType::SystemError:
        return QCoreApplication::translate("AlertType", "System Error");
    }
    return QCoreApplication::translate("AlertType", "Rule Match");
}

QString pluralName(AlertType type)
{
    switch (type) {
    case AlertType::Rule:
        break;
    case AlertType::RuleError:
        return QCoreApplication::translate("AlertType", "Rule Errors");
    case AlertType::Policy:
        return QCoreApplication::translate("AlertType", "Policy Failures");
    case AlertType::ScheduledRule:
        return QCoreApplication::translate("AlertType", "Scheduled Rule Matches");
    case AlertType::ScheduledRuleError:
        return QCoreApplication::translate("AlertType", "Scheduled Rule Errors");
    case AlertType::SystemError:
        return QCoreApplication::translate("AlertType", "System Errors");
    }
    return QCoreApplication::translate("AlertType", "Rule Matches");
}

std::optional<AlertType> alertTypeFromWire(QStringView word)
{
    for (const AlertType type : allAlertTypes()) {
        if (word == wireName(type)) {
            return type;
        }
    }
    return std::nullopt;
}

AlertTypeSet::AlertTypeSet(std::initializer_list<AlertType> list)
{
    for (const AlertType type : list) {
        set(type);
    }
}

AlertTypeSet AlertTypeSet::fromBits(quint8 bits)
{
    AlertTypeSet set;
    set.m_bits = bits & 0x3f;
    return set;
}

void AlertTypeSet::set(AlertType type, bool on)
{
    const auto bit = static_cast<quint8>(1U << static_cast<unsigned>(type));
    m_bits = static_cast<quint8>(on ? (m_bits | bit) : (m_bits & ~bit));
}

QList<AlertType> AlertTypeSet::toList() const
{
    QList<AlertType> list;
    for (const AlertType type : allAlertTypes()) {
        if (contains(type)) {
            list.append(type);
        }
    }
    return list;
}

} // namespace courier
