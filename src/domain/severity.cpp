// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#include "domain/severity.h"

#include <QCoreApplication>

namespace courier {

const QList<Severity> &allSeverities()
{
    static const QList<Severity> list{Severity::Critical, Severity::High, Severity::Medium, Severity::Low,
                                      Severity::Info};
    return list;
}

QString wireName(Severity severity)
{
    switch (severity) {
    case Severity::Critical:
        return QStringLiteral("CRITICAL");
    case Severity::High:
        return QStringLiteral("HIGH");
    case Severity::Medium:
        return QStringLiteral("MEDIUM");
    case Severity::Low:
        return QStringLiteral("LOW");
    case Severity::Info:
        break;
    }
    return QStringLiteral("INFO");
}

QString displayName(Severity severity)
{
    switch (severity) {
    case Severity::Critical:
        return QCoreApplication::translate("Severity", "Critical");
    case Severity::High:
        return QCoreApplication::translate("Severity", "High");
    case Severity::Medium:
        return QCoreApplication::translate("Severity", "Medium");
    case Severity::Low:
        return QCoreApplication::translate("Severity", "Low");
    case Severity::Info:
        break;
    }
    return QCoreApplication::translate("Severity", "Info");
}

std::optional<Severity> severityFromWire(QStringView word)
{
    for (const Severity severity : allSeverities()) {
        if (word == wireName(severity)) {
            return severity;
        }
    }
    return std::nullopt;
}

std::optional<Severity> severityFromUser(QStringView word)
{
    return severityFromWire(word.toString().toUpper());
}

SeveritySet::SeveritySet(std::initializer_list<Severity> list)
{
    for (const Severity severity : list) {
        set(severity);
    }
}

SeveritySet SeveritySet::fromBits(quint8 bits)
{
    SeveritySet set;
    set.m_bits = bits & 0x1f;
    return set;
}

void SeveritySet::set(Severity severity, bool on)
{
    const auto bit = static_cast<quint8>(1U << static_cast<unsigned>(severity));
    m_bits = static_cast<quint8>(on ? (m_bits | bit) : (m_bits & ~bit));
}

QList<Severity> SeveritySet::toList() const
{
    QList<Severity> list;
    for (const Severity severity : allSeverities()) {
        if (contains(severity)) {
            list.append(severity);
        }
    }
    return list;
}

} // namespace courier
