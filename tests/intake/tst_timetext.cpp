// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#include "intake/timetext.h"

#include <QTest>

using namespace courier;

/// Which texts are dates and times, and what they are in UTC.
class TestTimeText : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void readsTimes_data();
    void readsTimes();
    void countsMilliseconds_data();
    void countsMilliseconds();
};

void TestTimeText::readsTimes_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("utc"); // null: it is none
    const auto row = [](const char *text, const char *utc) {
        QTest::newRow(text) << QString::fromUtf8(text) << QString::fromUtf8(utc);
    };
    const auto same = [&row](const char *text) { row(text, text); };
    const auto none = [](const char *text) {
        QTest::newRow(*text ? text : "empty") << QString::fromUtf8(text) << QString();
    };
    same("2020-11-16T23:25:24.321Z");
    same("2019-08-03T11:40:13Z");
    same("2021-01-02T03:04:05.123456789Z");
    same("2021-01-02T03:04:05.0Z");
    same("2021-01-02t03:04:05z");
    same("2024-02-29T00:00:00Z");
    same("0001-01-01T00:00:00Z");
    same("9999-12-31T23:59:59Z");
    same("2016-12-31T23:59:60Z");
    row("2021-01-02T03:04:05.1234567891234Z", "2021-01-02T03:04:05.123456789Z");
    row("2021-01-02T03:04:05.120+00:00", "2021-01-02T03:04:05.120Z");
    row("2021-01-02T03:04:05-00:00", "2021-01-02T03:04:05Z");
    row("2021-01-01T00:30:00.000000001+01:00", "2020-12-31T23:30:00.000000001Z");
    row("2024-02-28T23:00:00-02:30", "2024-02-29T01:30:00Z");
    row("2021-12-31T23:59:59-00:01", "2022-01-01T00:00:59Z");
    row("2017-01-01T05:29:60+05:30", "2016-12-31T23:59:60Z");
    row("2021-06-15T00:00:00+23:59", "2021-06-14T00:01:00Z");
    none("");
    none("now");
    none("2023-02-30T00:00:00Z");
    none("2023-02-29T00:00:00Z");
    none("2023-13-01T00:00:00Z");
    none("2023-00-10T00:00:00Z");
    none("0000-01-01T00:00:00Z");
    none("2023-02-28");
    none("2023-02-28T12:00Z");
    none("2023-02-28T12:00:00");
    none("2023-02-28 12:00:00Z");
    none("2023-02-28T24:00:00Z");
    none("2023-02-28T12:60:00Z");
    none("2023-02-28T12:00:60Z");
    none("2023-06-30T12:59:60Z");
    none("2023-02-28T12:00:61Z");
    none("2023-02-28T12:00:00.Z");
    none("2023-02-28T12:00:00,5Z");
    none("2023-02-28T12:00:00+0100");
    none("2023-02-28T12:00:00+01");
    none("2023-02-28T12:00:00+24:00");
    none("2023-02-28T12:00:00+01:60");
    none("2023-02-28T12:00:00ZZ");
    none(" 2023-02-28T12:00:00Z");
    none("2023-02-28T12:00:00Z ");
    none("20230228T120000Z");
    none("12023-02-28T12:00:00Z");
    none("-023-02-28T12:00:00Z");
    none("2023-2-28T12:00:00Z");
    none("0001-01-01T00:00:00+00:01");
    none("9999-12-31T23:59:59-00:01");
    none("٢٠٢٣-02-28T12:00:00Z");
    none("1700000000");
}

void TestTimeText::readsTimes()
{
    QFETCH(const QString, text);
    QFETCH(const QString, utc);
    QCOMPARE(utcDateTime(text).value_or(QString()), utc);
}

void TestTimeText::countsMilliseconds_data()
{
    QTest::addColumn<QString>("utc");
    QTest::addColumn<qint64>("msecs");
    const auto row = [](const char *text, const char *utc, qint64 msecs) {
        QTest::newRow(text) << QString::fromUtf8(utc) << msecs;
    };
    row("1970-01-01T00:00:00Z", "1970-01-01T00:00:00Z", 0);
    row("1970-01-01T00:00:00.5Z", "1970-01-01T00:00:00.5Z", 500);
    row("1970-01-01T00:00:00.05Z", "1970-01-01T00:00:00.05Z", 50);
    row("1970-01-01T00:00:00.0019999Z", "1970-01-01T00:00:00.0019999Z", 1);
    row("1969-12-31T23:59:59.25Z", "1969-12-31T23:59:59.25Z", -750);
    row("2024-02-29T12:30:15.123456+0530", "2024-02-29T07:00:15.123456Z", 1'709'190'015'123);
    row("2024-02-29T12:30:15-0530", "2024-02-29T18:00:15Z", 1'709'229'615'000);
    row("2024-02-29T12:30:15+05:30", "2024-02-29T07:00:15Z", 1'709'190'015'000);
    row("2024-02-29T12:30:15+530", "", 0);
}

void TestTimeText::countsMilliseconds()
{
    QFETCH(const QString, utc);
    QFETCH(const qint64, msecs);
    const auto time = utcTime(QString::fromUtf8(QTest::currentDataTag()));
    QCOMPARE(time.has_value(), !utc.isEmpty());
    QCOMPARE(time.value_or(UtcTime()).text, utc);
    QCOMPARE(time.value_or(UtcTime()).msecs, msecs);
}

QTEST_GUILESS_MAIN(TestTimeText)
#include "tst_timetext.moc"
