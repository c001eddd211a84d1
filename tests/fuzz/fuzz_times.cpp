// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

// Dates and times: of records (RFC 3339 and what logs make of it), and of Retry-After (RFC 9110).

#include "delivery/retryafter.h"
#include "fuzz/fuzz.h"
#include "intake/timetext.h"

#include <QDateTime>
#include <QLocale>

using namespace courier;
using fuzz::must;

namespace {

constexpr qint64 now = 1'790'000'000'000; // 2026-09-21

void checkRecordTime(const QString &text)
{
    const auto time = utcTime(text);
    if (!time) {
        must(!utcDateTime(text), "what RFC 3339 takes is taken from a log");
        return;
    }
    const auto again = utcTime(time->text);
    must(again && again->text == time->text && again->msecs == time->msecs, "a time in UTC stays as it is");
    must(utcDateTime(time->text) == time->text, "a time in UTC is one by RFC 3339");
    const QDateTime other = QDateTime::fromString(time->text.toUpper(), Qt::ISODateWithMs);
    if (other.isValid() && !time->text.contains(u'.')) {
        must(other.toMSecsSinceEpoch() == time->msecs, "Qt reads the same moment");
    }
}

void checkRetryAfter(const QByteArray &value)
{
    const auto wait = parseRetryAfter(value, now);
    if (!wait) {
        return;
    }
    must(wait->count() >= 0, "no wait is negative");
    const bool isDate = value.contains(':');
    const QDateTime moment = QDateTime::fromMSecsSinceEpoch(isDate ? now + wait->count() : now, Qt::UTC);
    if (isDate && moment.date().year() <= 9999) {
        const QString date = QLocale::c().toString(moment, u"ddd, dd MMM yyyy hh:mm:ss") + QStringLiteral(" GMT");
        must(parseRetryAfter(date.toLatin1(), now) == wait, "the same date in the first form is the same wait");
    }
}

} // namespace

int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    const QByteArray bytes = fuzz::bytesOf(data, size);
    checkRecordTime(QString::fromUtf8(bytes));
    checkRetryAfter(bytes);
    return 0;
}
