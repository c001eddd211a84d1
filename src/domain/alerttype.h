// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QList>
#include <QString>

#include <optional>

namespace courier {

/// What raised an alert. The numbers are what the store keeps.
enum class AlertType : quint8 {
    Rule = 0,
    RuleError = 1,
    Policy = 2,
    ScheduledRule = 3,
    ScheduledRuleError = 4,
    SystemError = 5
};

/// In the order of the form.
const QList<AlertType> &allAlertTypes();
/// The contract's word: `RULE_ERROR`, ...
QString wireName(AlertType type);
/// One alert of the type, as the window names it: "Rule Match" (translated)
QString displayName(AlertType type);
/// The type in the plural, as the form names it: "Rule Matches" (translated)
QString pluralName(AlertType type);
std::optional<AlertType> alertTypeFromWire(QStringView word);

/// A set of alert types; the bit of a type is 1 << its number.
class AlertTypeSet
{
public:
    AlertTypeSet() = default;
    AlertTypeSet(std::initializer_list<AlertType> list);
    static AlertTypeSet all() { return fromBits(0x3f); }
    static AlertTypeSet fromBits(quint8 bits);
    quint8 bits() const { return m_bits; }
    bool contains(AlertType type) const { return (m_bits >> static_cast<int>(type)) & 1; }
    void set(AlertType type, bool on = true);
    bool isEmpty() const { return m_bits == 0; }
    QList<AlertType> toList() const; ///< in the order of the form
    bool operator==(const AlertTypeSet &) const = default;

private:
    quint8 m_bits = 0;
};

} // namespace courier
