// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#include "domain/retryschedule.h"

#include <QCoreApplication>

#include <algorithm>
#include <array>
#include <cmath>

namespace courier {
namespace {

using std::chrono::milliseconds;
using namespace std::chrono_literals;

milliseconds doubled(milliseconds first, milliseconds most, int retry, double dice)
{
    const int steps = std::min(retry - 1, 20);
    const milliseconds plain = std::min<milliseconds>(first * (1LL << steps), most);
    return milliseconds(std::llround(static_cast<double>(plain.count()) * (0.8 + 0.4 * dice)));
}

} // namespace

const QList<RetrySchedule> &allRetrySchedules()
{
    static const QList<RetrySchedule> list{RetrySchedule::Standard, RetrySchedule::Quick, RetrySchedule::Patient,
                                           RetrySchedule::Reference};
    return list;
}

QString displayName(RetrySchedule schedule)
{
    switch (schedule) {
    case RetrySchedule::Standard:
        break;
    case RetrySchedule::Quick:
        return QCoreApplication::translate("RetrySchedule", "Quick");
    case RetrySchedule::Patient:
        return QCoreApplication::translate("RetrySchedule", "Patient");
    case RetrySchedule::Reference:
        return QCoreApplication::translate("RetrySchedule", "Reference");
    }
    return QCoreApplication::translate("RetrySchedule", "Standard");
}

QString describe(RetrySchedule schedule, int retries)
{
    if (retries == 0) {
        return QCoreApplication::translate("RetrySchedule", "Tries once. What fails has failed for good.");
    }
    switch (schedule) {
    case RetrySchedule::Standard:
        break;
    case RetrySchedule::Quick:
        return QCoreApplication::translate("RetrySchedule",
                                           "Tries again after 1 s, then waits twice as long each time, at most 30 s.");
    case RetrySchedule::Patient:
        return QCoreApplication::translate("RetrySchedule",
                                           "Tries again after 5 s, 5 min, 30 min, 2 h and 5 h, then every 10 h.");
    case RetrySchedule::Reference:
        return QCoreApplication::translate("RetrySchedule", "Tries again after 30 to 300 s, at random, each time.");
    }
    return QCoreApplication::translate("RetrySchedule",
                                       "Tries again after 5 s, then waits twice as long each time, at most 15 min.");
}

QString keyword(RetrySchedule schedule)
{
    switch (schedule) {
    case RetrySchedule::Standard:
        break;
    case RetrySchedule::Quick:
        return QStringLiteral("quick");
    case RetrySchedule::Patient:
        return QStringLiteral("patient");
    case RetrySchedule::Reference:
        return QStringLiteral("reference");
    }
    return QStringLiteral("standard");
}

std::optional<RetrySchedule> retryScheduleFromKeyword(QStringView word)
{
    for (const RetrySchedule schedule : allRetrySchedules()) {
        if (word.compare(keyword(schedule), Qt::CaseInsensitive) == 0) {
            return schedule;
        }
    }
    return std::nullopt;
}

milliseconds retryDelay(RetrySchedule schedule, int retry, double dice)
{
    switch (schedule) {
    case RetrySchedule::Standard:
        break;
    case RetrySchedule::Quick:
        return doubled(1s, 30s, retry, dice);
    case RetrySchedule::Patient: {
        static constexpr std::array<milliseconds, 6> waits{5s, 5min, 30min, 2h, 5h, 10h};
        return waits.at(std::min<std::size_t>(static_cast<std::size_t>(std::max(retry, 1) - 1), waits.size() - 1));
    }
    case RetrySchedule::Reference:
        return milliseconds(30'000 + std::llround(dice * 270'000));
    }
    return doubled(5s, 15min, retry, dice);
}

milliseconds retryDelay(RetrySchedule schedule, int retry, double dice, std::optional<milliseconds> retryAfter)
{
    const milliseconds own = retryDelay(schedule, retry, dice);
    if (!retryAfter) {
        return own;
    }
    return std::max(own, std::min<milliseconds>(*retryAfter, retryAfterLimit));
}

} // namespace courier
