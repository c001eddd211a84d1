// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#include "models/marks.h"

#include "models/statusweight.h"

namespace courier {

namespace {

/// The state of an alert as that of a delivery; the numbers agree but for NoDestination.
QString stateWord(AlertStatus status)
{
    switch (status) {
    case AlertStatus::Queued:
        return QStringLiteral("queued");
    case AlertStatus::Sending:
        return QStringLiteral("sending");
    case AlertStatus::Retrying:
        return QStringLiteral("retrying");
    case AlertStatus::Delivered:
        return QStringLiteral("delivered");
    case AlertStatus::Failed:
        return QStringLiteral("failed");
    case AlertStatus::Held:
        return QStringLiteral("held");
    case AlertStatus::Cancelled:
        return QStringLiteral("cancelled");
    case AlertStatus::NoDestination:
        break;
    }
    return QStringLiteral("none");
}

AlertStatus asStatus(Outcome outcome)
{
    return outcome == Outcome::Acknowledged ? AlertStatus::Delivered : AlertStatus::Failed;
}

QString destinationWord(const Destination &destination)
{
    if (destination.isDeleted()) {
        return QStringLiteral("cancelled");
    }
    if (destination.paused) {
        return QStringLiteral("held");
    }
    switch (destination.testState) {
    case TestState::Failed:
        return QStringLiteral("failed");
    case TestState::NotTested:
        return QStringLiteral("untested");
    case TestState::Passed:
        break;
    }
    return QStringLiteral("delivered");
}

} // namespace

QString severityColorKey(Severity severity)
{
    switch (severity) {
    case Severity::Critical:
        return QStringLiteral("critical");
    case Severity::High:
        return QStringLiteral("high");
    case Severity::Medium:
        return QStringLiteral("medium");
    case Severity::Low:
        return QStringLiteral("low");
    case Severity::Info:
        break;
    }
    return QStringLiteral("info");
}

QString severityGlyph(Severity severity)
{
    switch (severity) {
    case Severity::Critical:
        return QStringLiteral("sev-critical");
    case Severity::High:
        return QStringLiteral("sev-high");
    case Severity::Medium:
        return QStringLiteral("sev-medium");
    case Severity::Low:
        return QStringLiteral("sev-low");
    case Severity::Info:
        break;
    }
    return QStringLiteral("sev-info");
}

QString statusColorKey(AlertStatus status)
{
    return stateWord(status);
}

QString statusGlyph(AlertStatus status)
{
    return QStringLiteral("st-") + stateWord(status);
}

QString statusColorKey(DeliveryState state)
{
    return stateWord(asStatus(state));
}

QString statusGlyph(DeliveryState state)
{
    return statusGlyph(asStatus(state));
}

QString outcomeColorKey(Outcome outcome)
{
    return stateWord(asStatus(outcome));
}

QString outcomeGlyph(Outcome outcome)
{
    return statusGlyph(asStatus(outcome));
}

QString destinationColorKey(const Destination &destination)
{
    return destinationWord(destination);
}

QString destinationGlyph(const Destination &destination)
{
    return QStringLiteral("st-") + destinationWord(destination);
}

} // namespace courier
