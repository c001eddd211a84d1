// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#include "delivery/retryafter.h"

#include <QtTest>

using namespace courier;

namespace {

constexpr qint64 now = 784'111'777'000; // 1994-11-06T08:49:37Z, the date of RFC 9110's examples
constexpr qint64 nonsense = -1;

} // namespace

/// Seconds, three kinds of dates, the past, and what is none of them.
class RetryAfterTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void parses_data();
    void parses();
    void twoDigitYearsOfThisCentury();
};

void RetryAfterTest::parses_data()
{
    QTest::addColumn<QByteArray>("value");
    QTest::addColumn<qint64>("milliseconds");
    const auto row = [](const char *value, qint64 milliseconds) {
        QTest::newRow(*value ? value : "(empty)") << QByteArray(value) << milliseconds;
    };
    row("0", 0);
    row("120", 120'000);
    row("  7\t", 7'000);
    row("007", 7'000);
    row("315360000", 315'360'000'000); // ten years
    row("9223372036854775", 9'223'372'036'854'775'000);
    row("9223372036854776", std::chrono::milliseconds::max().count());
    row("99999999999999999999999999999999", std::chrono::milliseconds::max().count());

    row("Sun, 06 Nov 1994 08:49:37 GMT", 0);
    row("Sun, 06 Nov 1994 08:50:37 GMT", 60'000);
    row("Sun, 06 Nov 1994 08:49:36 GMT", 0);
    row("Thu, 01 Jan 1970 00:00:00 GMT", 0);
    row("Mon, 07 Nov 1994 08:49:37 GMT", 86'400'000);
    row("Sunday, 06-Nov-94 08:50:37 GMT", 60'000);
    row("Wednesday, 06-Nov-44 08:49:37 GMT", 1'577'923'200'000); // 50 years ahead
    row("Monday, 06-Nov-45 08:49:37 GMT", 0);                    // 51 years ahead: 1945
    row("Sun Nov  6 08:50:37 1994", 60'000);
    row("Wed Nov 16 08:49:37 1994", 864'000'000);
    row("Sun, 06 Nov 1994 08:49:60 GMT", 22'000); // a leap second

    row("", nonsense);
    row("soon", nonsense);
    row("-1", nonsense);
    row("+5", nonsense);
    row("1.5", nonsense);
    row("5 s", nonsense);
    row("1,000", nonsense);
    row("0x10", nonsense);
    row("Sun, 06 Nov 1994 08:49:37", nonsense);
    row("Sun, 06 Nov 1994 08:49:37 CET", nonsense);
    row("Sun, 06 Nov 1994 08:49:37 GMT!", nonsense);
    row("Sun, 31 Feb 1994 08:49:37 GMT", nonsense);
    row("Sun, 06 Nov 1994 25:49:37 GMT", nonsense);
    row("So, 06 Nov 1994 08:49:37 GMT", nonsense);
    row("Sun, 06 Nov", nonsense);
    row("1994-11-06T08:49:37Z", nonsense);
}

void RetryAfterTest::parses()
{
    QFETCH(QByteArray, value);
    QFETCH(qint64, milliseconds);
    const auto wait = parseRetryAfter(value, now);
    QCOMPARE(wait ? wait->count() : nonsense, milliseconds);
}

void RetryAfterTest::twoDigitYearsOfThisCentury()
{
    constexpr qint64 in2024 = 1'714'564'800'000; // 2024-05-01T12:00:00Z
    QCOMPARE(parseRetryAfter("Wednesday, 01-May-24 12:00:05 GMT", in2024), std::chrono::milliseconds(5000));
    QCOMPARE(parseRetryAfter("Sunday, 06-Nov-94 08:49:37 GMT", in2024), std::chrono::milliseconds(0));
}

QTEST_GUILESS_MAIN(RetryAfterTest)
#include "tst_retryafter.moc"
