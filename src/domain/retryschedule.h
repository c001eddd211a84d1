// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QList>
#include <QString>

#include <chrono>
#include <optional>

namespace courier {

/// When the next attempt comes after a failed one. The numbers are what the store keeps.
enum class RetrySchedule : quint8 {
    Standard = 0, ///< 5 s doubled each time, at most 15 min, each +-20 %
    Quick = 1,    ///< 1 s doubled each time, at most 30 s, each +-20 %
    Patient = 2,  ///< 5 s, 5 min, 30 min, 2 h, 5 h, 10 h, then 10 h
    Reference = 3 ///< 30 to 300 s at random, as the contract's reference does
};

constexpr int maxRetriesLimit = 10; ///< one first attempt and at most this many retries
constexpr std::chrono::hours retryAfterLimit{1};

const QList<RetrySchedule> &allRetrySchedules();
QString displayName(RetrySchedule schedule);           ///< "Standard" (translated)
QString describe(RetrySchedule schedule, int retries); ///< a sentence for the form (translated)
/// The word on the command line and in exports: "standard".
QString keyword(RetrySchedule schedule);
std::optional<RetrySchedule> retryScheduleFromKeyword(QStringView word);

/// The wait before retry number \a retry (1 is the first). \a dice is a random number in [0, 1).
std::chrono::milliseconds retryDelay(RetrySchedule schedule, int retry, double dice);

/// The same, moved later (never earlier) by what the receiver asked for, at most to retryAfterLimit.
std::chrono::milliseconds retryDelay(RetrySchedule schedule, int retry, double dice,
                                     std::optional<std::chrono::milliseconds> retryAfter);

} // namespace courier
