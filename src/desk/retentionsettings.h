// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QString>

namespace courier {

class Queries;

/// How long and how much the store keeps. Numbers of 0 mean no limit.
struct RetentionSettings
{
    // The settings' keys.
    static QString daysKey() { return QStringLiteral("retention.days"); }           ///< "90"
    static QString gigabytesKey() { return QStringLiteral("retention.gigabytes"); } ///< "5", "0.5"
    static QString bodyDaysKey() { return QStringLiteral("retention.bodyDays"); }   ///< "0"

    static constexpr int mostDays = 36500;
    static constexpr double fewestGigabytes = 0.1;
    static constexpr double mostGigabytes = 10000;

    int days = 90;
    double gigabytes = 5;
    int bodyDays = 0; ///< response bodies are dropped after that many

    qint64 bytes() const { return static_cast<qint64>(gigabytes * 1e9); }

    /// A value that is none is as if it weren't there, and logged.
    static RetentionSettings read(Queries &queries);
    bool operator==(const RetentionSettings &) const = default;
};

} // namespace courier
