// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#include "gui/hourwords.h"

#include "models/words.h"

#include <QCoreApplication>

#include <algorithm>

namespace courier {
namespace {

QString say(const char *text)
{
    return QCoreApplication::translate("HourWords", text);
}

/// The first hour with the most of \a what; null where none has any.
const DeliveryHour *hourWithMost(const QList<DeliveryHour> &hours, qint64 DeliveryHour::*what)
{
    const auto most = std::max_element(hours.begin(), hours.end(),
                                       [what](const auto &one, const auto &other) { return one.*what < other.*what; });
    return most == hours.end() || (*most).*what == 0 ? nullptr : &*most;
}

QString spanWords(const DeliveryHour &hour)
{
    return say("%1 to %2").arg(words::timeOfDay(hour.begin), words::timeOfDay(hour.end));
}

} // namespace

QString arrivedWords(const DeliveryHour &day, const QList<DeliveryHour> &hours, bool waits)
{
    if (day.settled() == 0) {
        return waits ? say("Nothing has arrived yet.") : say("Nothing came in.");
    }
    if (day.failed == 0) {
        return day.settled() == 1 ? say("1 delivery arrived.")
                                  : say("All %1 deliveries arrived.").arg(words::count(day.settled()));
    }
    if (day.settled() == 1) {
        return say("1 delivery failed.");
    }
    const QString sum = say("%1 of %2 deliveries arrived, %3 failed.")
                            .arg(words::count(day.delivered), words::count(day.settled()), words::count(day.failed));
    const DeliveryHour *worst = hourWithMost(hours, &DeliveryHour::failed);
    return worst ? say("%1 Worst hour: %2, %3 failed.")
                       .arg(sum, words::timeOfDay(worst->begin), words::count(worst->failed))
                 : sum;
}

QString answeredWords(const DeliveryHour &day, const QList<DeliveryHour> &hours)
{
    if (day.answers == 0) {
        return say("Nothing was answered.");
    }
    if (day.answers == 1) {
        return say("1 answer, within %1.").arg(words::duration(day.halfUs));
    }
    const QString sum =
        say("Half answered within %1, 95 % within %2.").arg(words::duration(day.halfUs), words::duration(day.mostUs));
    const auto answered =
        std::count_if(hours.begin(), hours.end(), [](const DeliveryHour &hour) { return hour.answers > 0; });
    const DeliveryHour *slowest = hourWithMost(hours, &DeliveryHour::mostUs);
    if (answered < 2 || !slowest) {
        return sum;
    }
    return say("%1 Slowest hour: %2, %3.").arg(sum, words::timeOfDay(slowest->begin), words::duration(slowest->mostUs));
}

QString arrivedInHour(const DeliveryHour &hour)
{
    return say("%1: %2 arrived, %3 failed")
        .arg(spanWords(hour), words::count(hour.delivered), words::count(hour.failed));
}

QString answeredInHour(const DeliveryHour &hour)
{
    if (hour.answers == 0) {
        return say("%1: no answer").arg(spanWords(hour));
    }
    const QString answers = hour.answers == 1 ? say("1 answer") : say("%1 answers").arg(words::count(hour.answers));
    return say("%1: %2, half within %3, 95 % within %4")
        .arg(spanWords(hour), answers, words::duration(hour.halfUs), words::duration(hour.mostUs));
}

} // namespace courier
