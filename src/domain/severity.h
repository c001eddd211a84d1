// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QFlags>
#include <QList>
#include <QString>

#include <optional>

namespace courier {

/// How bad an alert is. The order is the order of badness; the numbers are what the store keeps.
enum class Severity : quint8 { Info = 0, Low = 1, Medium = 2, High = 3, Critical = 4 };

/// Worst first, as people read them.
const QList<Severity> &allSeverities();
/// The contract's word: `CRITICAL`, ...
QString wireName(Severity severity);
/// The word in the window: "Critical", ... (translated)
QString displayName(Severity severity);
/// From the contract's word, upper case only.
std::optional<Severity> severityFromWire(QStringView word);
/// From what a person types: any case.
std::optional<Severity> severityFromUser(QStringView word);

/// A set of severities; the bit of a severity is 1 << its number.
class SeveritySet
{
public:
    SeveritySet() = default;
    SeveritySet(std::initializer_list<Severity> list);
    static SeveritySet all() { return fromBits(0x1f); }
    static SeveritySet fromBits(quint8 bits);
    quint8 bits() const { return m_bits; }
    bool contains(Severity severity) const { return (m_bits >> static_cast<int>(severity)) & 1; }
    void set(Severity severity, bool on = true);
    bool isEmpty() const { return m_bits == 0; }
    QList<Severity> toList() const; ///< worst first
    bool operator==(const SeveritySet &) const = default;

private:
    quint8 m_bits = 0;
};

} // namespace courier
