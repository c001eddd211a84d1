// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#include "domain/delivery.h"

#include <QCoreApplication>

#include <array>

namespace courier {
namespace {

constexpr std::array<const char *, 8> stateNames{
    QT_TRANSLATE_NOOP("DeliveryState", "Queued"),    QT_TRANSLATE_NOOP("DeliveryState", "Sending"),
    QT_TRANSLATE_NOOP("DeliveryState", "Retrying"),  QT_TRANSLATE_NOOP("DeliveryState", "Delivered"),
    QT_TRANSLATE_NOOP("DeliveryState", "Failed"),    QT_TRANSLATE_NOOP("DeliveryState", "Held"),
    QT_TRANSLATE_NOOP("DeliveryState", "Cancelled"), QT_TRANSLATE_NOOP("DeliveryState", "No destination")};
constexpr std::array<const char *, 8> stateWords{"queued", "sending", "retrying",  "delivered",
                                                 "failed", "held",    "cancelled", "no-destination"};
constexpr std::array<const char *, 3> triggerNames{QT_TRANSLATE_NOOP("Trigger", "automatic"),
                                                   QT_TRANSLATE_NOOP("Trigger", "by hand"),
                                                   QT_TRANSLATE_NOOP("Trigger", "test")};
constexpr std::array<const char *, 3> triggerWords{"automatic", "by-hand", "test"};
constexpr std::array<const char *, outcomeCount> outcomeWords{
    "acknowledged", "rejected",     "unreachable", "tls-failed",  "timed-out",    "unknown",
    "interrupted",  "proxy-failed", "not-sent",    "auth-failed", "guard-refused"};

template<typename List, typename Enum>
const char *entry(const List &list, Enum value)
{
    return list.at(static_cast<std::size_t>(value));
}

} // namespace

QString displayName(DeliveryState state)
{
    return QCoreApplication::translate("DeliveryState", entry(stateNames, state));
}

QString displayName(AlertStatus status)
{
    return QCoreApplication::translate("DeliveryState", entry(stateNames, status));
}

QString displayName(Trigger trigger)
{
    return QCoreApplication::translate("Trigger", entry(triggerNames, trigger));
}

QString keyword(DeliveryState state)
{
    return QString::fromLatin1(entry(stateWords, state));
}

QString keyword(AlertStatus status)
{
    return QString::fromLatin1(entry(stateWords, status));
}

QString keyword(Trigger trigger)
{
    return QString::fromLatin1(entry(triggerWords, trigger));
}

QString keyword(Outcome outcome)
{
    return QString::fromLatin1(entry(outcomeWords, outcome));
}

std::optional<AlertStatus> alertStatusFromKeyword(QStringView word)
{
    for (std::size_t i = 0; i < stateWords.size(); ++i) {
        if (word.compare(QLatin1String(stateWords.at(i)), Qt::CaseInsensitive) == 0) {
            return static_cast<AlertStatus>(i);
        }
    }
    return std::nullopt;
}

} // namespace courier
