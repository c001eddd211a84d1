// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QLocale>
#include <QString>

// Numbers and times as the operator reads them, everywhere the same. Times are ms since 1970 UTC and are shown in local
// time, by a clock of 24 hours. Thread-safe.
namespace courier::words {

/// The operator's locale, with numbers grouped in any locale ("12,408").
QLocale locale();

QString count(qint64 number);        ///< "12,408"
QString number(double number);       ///< "5", "0.5": no more digits than it has, at most two behind the point
QString duration(qint64 microsecs);  ///< "0.4 ms", "84 ms", "1.2 s", "10.0 s"
QString size(qint64 bytes);          ///< "92 B", "4.1 MB"
QString limitSize(qint64 bytes);     ///< the same, but "64 KiB" where it is so many, as limits are
QString countdown(qint64 millisecs); ///< "0:42", "1:05:10"; rounded up, "0:00" where nothing is left
/// Share of what arrived, "99.8 %"; rounded down, so that "100 %" is said only of all. Empty where there was nothing.
QString success(qint64 delivered, qint64 failed);

/// "Just now", "2 min ago", "Today 13:20", "Yesterday 09:14", "12 Nov 09:14", "12 Nov 2025 09:14".
QString relativeTime(qint64 at, qint64 now);
/// For columns of times close together: "14:32:01", on another day "12 Nov 14:32", "12 Nov 2025".
QString clockTime(qint64 at, qint64 now);
QString timeOfDay(qint64 at); ///< "14:32"
QString day(qint64 at);       ///< "12 Nov 2025"
/// For tool tips, two lines: local time and UTC, to the millisecond.
QString exactTime(qint64 at);
/// For copying: "2026-11-23 14:32:00" local.
QString plainTime(qint64 at);

/// The first moment of the local day that \a now is in.
qint64 startOfDay(qint64 now);
/// The first moment of the local day after it.
qint64 startOfNextDay(qint64 now);

} // namespace courier::words
