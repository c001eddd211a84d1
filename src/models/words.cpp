// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#include "models/words.h"

#include <QCoreApplication>
#include <QDateTime>

#include <algorithm>
#include <array>
#include <cmath>

namespace courier::words {
namespace {

constexpr qint64 minute = 60'000;
constexpr qint64 hour = 60 * minute;

struct Say
{
    Q_DECLARE_TR_FUNCTIONS(Words)
};

QDateTime local(qint64 at)
{
    return QDateTime::fromMSecsSinceEpoch(at);
}

QString written(const QDateTime &time, const char *format)
{
    return locale().toString(time, Say::tr(format));
}

} // namespace

QLocale locale()
{
    QLocale locale;
    locale.setNumberOptions(locale.numberOptions() & ~QLocale::NumberOptions(QLocale::OmitGroupSeparator));
    return locale;
}

QString count(qint64 number)
{
    return locale().toString(number);
}

QString number(double number)
{
    const int decimals = number == std::round(number) ? 0 : number * 10 == std::round(number * 10) ? 1 : 2;
    return locale().toString(number, 'f', decimals);
}

QString duration(qint64 microsecs)
{
    const qint64 us = std::max<qint64>(microsecs, 0);
    if (us < 950) {
        return Say::tr("%1 ms").arg(locale().toString(static_cast<double>(us) / 1e3, 'f', 1));
    }
    const qint64 ms = (us + 500) / 1000;
    if (ms < 1000) {
        return Say::tr("%1 ms").arg(locale().toString(ms));
    }
    return Say::tr("%1 s").arg(locale().toString(static_cast<double>(us) / 1e6, 'f', 1));
}

QString size(qint64 bytes)
{
    if (bytes < 1000) {
        return Say::tr("%1 B").arg(locale().toString(std::max<qint64>(bytes, 0)));
    }
    static constexpr std::array<const char *, 4> units{
        QT_TRANSLATE_NOOP("Words", "%1 kB"), QT_TRANSLATE_NOOP("Words", "%1 MB"), QT_TRANSLATE_NOOP("Words", "%1 GB"),
        QT_TRANSLATE_NOOP("Words", "%1 TB")};
    double value = static_cast<double>(bytes) / 1000;
    std::size_t unit = 0;
    while (value >= 999.95 && unit + 1 < units.size()) {
        value /= 1000;
        ++unit;
    }
    return Say::tr(units.at(unit)).arg(locale().toString(value, 'f', 1));
}

QString limitSize(qint64 bytes)
{
    const bool isWhole = bytes >= 1024 && bytes % 1024 == 0 && bytes < 1024 * 1024;
    return isWhole ? Say::tr("%1 KiB").arg(locale().toString(bytes / 1024)) : size(bytes);
}

QString countdown(qint64 millisecs)
{
    const qint64 seconds = millisecs <= 0 ? 0 : (millisecs + 999) / 1000;
    const auto two = [](qint64 number) { return QStringLiteral("%1").arg(number, 2, 10, QLatin1Char('0')); };
    if (seconds < 3600) {
        return QStringLiteral("%1:%2").arg(QString::number(seconds / 60), two(seconds % 60));
    }
    return QStringLiteral("%1:%2:%3").arg(QString::number(seconds / 3600), two(seconds / 60 % 60), two(seconds % 60));
}

QString success(qint64 delivered, qint64 failed)
{
    const qint64 all = delivered + failed;
    if (all <= 0) {
        return {};
    }
    if (failed == 0 || delivered == 0) {
        return Say::tr("%1 %").arg(delivered == 0 ? 0 : 100);
    }
    const qint64 tenths = delivered * 1000 / all;
    return Say::tr("%1 %").arg(locale().toString(static_cast<double>(tenths) / 10, 'f', 1));
}

QString relativeTime(qint64 at, qint64 now)
{
    const qint64 age = now - at;
    if (age > -minute && age < minute) {
        return Say::tr("Just now");
    }
    if (age > 0 && age < hour) {
        return Say::tr("%1 min ago").arg(age / minute);
    }
    const QDateTime time = local(at);
    const QDate today = local(now).date();
    if (time.date() == today) {
        return written(time, QT_TRANSLATE_NOOP("Words", "'Today' HH:mm"));
    }
    if (time.date() == today.addDays(-1)) {
        return written(time, QT_TRANSLATE_NOOP("Words", "'Yesterday' HH:mm"));
    }
    return time.date().year() == today.year() ? written(time, QT_TRANSLATE_NOOP("Words", "d MMM HH:mm"))
                                              : written(time, QT_TRANSLATE_NOOP("Words", "d MMM yyyy HH:mm"));
}

QString clockTime(qint64 at, qint64 now)
{
    const QDateTime time = local(at);
    const QDate today = local(now).date();
    if (time.date() == today) {
        return time.toString(QStringLiteral("HH:mm:ss"));
    }
    return time.date().year() == today.year() ? written(time, QT_TRANSLATE_NOOP("Words", "d MMM HH:mm"))
                                              : written(time, QT_TRANSLATE_NOOP("Words", "d MMM yyyy"));
}

QString timeOfDay(qint64 at)
{
    return local(at).toString(QStringLiteral("HH:mm"));
}

QString day(qint64 at)
{
    return written(local(at), QT_TRANSLATE_NOOP("Words", "d MMM yyyy"));
}

QString exactTime(qint64 at)
{
    const QDateTime time = local(at);
    const QString format = QStringLiteral("yyyy-MM-dd HH:mm:ss.zzz");
    return Say::tr("%1 local time (%2)\n%3 UTC")
        .arg(time.toString(format), time.timeZoneAbbreviation(), time.toUTC().toString(format));
}

QString plainTime(qint64 at)
{
    return local(at).toString(QStringLiteral("yyyy-MM-dd HH:mm:ss"));
}

qint64 startOfDay(qint64 now)
{
    return local(now).date().startOfDay().toMSecsSinceEpoch();
}

qint64 startOfNextDay(qint64 now)
{
    return local(now).date().addDays(1).startOfDay().toMSecsSinceEpoch();
}

} // namespace courier::words
