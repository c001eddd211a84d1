// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#include "intake/format.h"

#include <QTest>

using namespace courier;

/// What is common to all formats: the list of them, and how a document becomes a batch.
class TestFormat : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void areFoundById();
    void readsOneAnArrayAndLines_data();
    void readsOneAnArrayAndLines();
    void takesABatchWholeOrNotAtAll();
    void tellsWhatIsWrong_data();
    void tellsWhatIsWrong();
    void keepsFaultsAndAlertsInBounds();
};

namespace {

constexpr qint64 now = 1'700'000'000'123;

FormatResult read(const QByteArray &document, const char *format = "alerts")
{
    return formatById(QString::fromLatin1(format))->read(document, {nullptr, now, u"Test"_qs});
}

QString words(const IntakeFault &fault)
{
    return QStringLiteral("%1 %2:%3 %4")
        .arg(QString::number(fault.index), QString::number(fault.line), QString::number(fault.column), fault.reason);
}

} // namespace

void TestFormat::areFoundById()
{
    QCOMPARE(allFormats().first()->id(), u"alerts"_qs);
    QSet<QString> ids;
    for (const Format *format : allFormats()) {
        QCOMPARE(formatById(format->id()), format);
        QVERIFY(!format->title().isEmpty());
        ids.insert(format->id());
    }
    QCOMPARE(ids.size(), allFormats().size());
    QVERIFY(!formatById(u"nagios"));
    for (const char *none : {"", "{}", "[]", "[", "null", "{\"id\":\"a\",\"severity\":\"LOW\"}", "\xff\xfe"}) {
        QCOMPARE(guessFormat(none)->id(), u"alerts"_qs);
    }
}

void TestFormat::readsOneAnArrayAndLines_data()
{
    QTest::addColumn<QByteArray>("document");
    QTest::addColumn<QStringList>("ids");
    const QByteArray a = R"({"id":"a","severity":"LOW"})";
    const QByteArray b = R"({"id":"b","severity":"LOW"})";
    QTest::newRow("one") << a << QStringList{u"a"_qs};
    QTest::newRow("array") << QByteArray("[" + a + ",\n" + b + "]") << QStringList{u"a"_qs, u"b"_qs};
    QTest::newRow("lines") << QByteArray(a + "\n" + b + "\n") << QStringList{u"a"_qs, u"b"_qs};
    QTest::newRow("lines without a last break") << QByteArray(a + "\n" + b) << QStringList{u"a"_qs, u"b"_qs};
}

void TestFormat::readsOneAnArrayAndLines()
{
    QFETCH(QByteArray, document);
    QFETCH(QStringList, ids);
    const FormatResult result = read(document);
    QCOMPARE(result.faults.size(), 0);
    QStringList found;
    for (const IncomingAlert &one : result.alerts) {
        found.append(one.alert.ruleId);
        QCOMPARE(one.alert.source, u"Test"_qs);
        QCOMPARE(one.alert.createdAt, u"2023-11-14T22:13:20.123Z"_qs);
    }
    QCOMPARE(found, ids);
}

void TestFormat::takesABatchWholeOrNotAtAll()
{
    const FormatResult result = read("[{\"id\":\"a\",\"severity\":\"LOW\"},\n  {\"id\":\"b\",\"severity\":\"BAD\"},7]");
    QCOMPARE(result.alerts.size(), 0);
    QCOMPARE(result.faults.size(), 2);
    QCOMPARE(words(result.faults[0]), u"1 2:24 severity: \"BAD\" is none of CRITICAL, HIGH, MEDIUM, LOW, INFO."_qs);
    QCOMPARE(words(result.faults[1]), u"2 2:31 an alert must be an object in braces { }, not a number."_qs);
}

void TestFormat::tellsWhatIsWrong_data()
{
    QTest::addColumn<QByteArray>("document");
    QTest::addColumn<QString>("fault");
    const QByteArray a = R"({"id":"a","severity":"LOW"})";
    QTest::newRow("nothing") << QByteArray() << u"-1 1:1 there is no alert here."_qs;
    QTest::newRow("white space") << QByteArray(" \n") << u"-1 1:1 there is no alert here."_qs;
    QTest::newRow("empty batch") << QByteArray("[]") << u"-1 1:1 there is no alert here."_qs;
    QTest::newRow("cut array") << QByteArray("[" + a + ",")
                               << u"-1 1:30 the text ends inside the array: a closing ] is missing."_qs;
    QTest::newRow("cut object") << QByteArray("[" + a + ",\n{\"id\":") << u"1 2:7 "_qs;
    QTest::newRow("byte order mark") << QByteArray("\xef\xbb\xbf[]") << u"-1 1:1 the text begins with a byte order"_qs;
    QTest::newRow("UTF-16") << QByteArray("[\0]\0", 4) << u"-1 1:1 the text is UTF-16"_qs;
    QTest::newRow("deep") << QByteArray(600, '[') << u"0 1:514 there are more than 512 levels"_qs;
    QTest::newRow("NaN") << QByteArray(R"([{"id":"a","severity":"LOW","alertContext":{"n":NaN}}])") << u"0 1:49 "_qs;
    QTest::newRow("no double") << QByteArray(R"({"id":"a","severity":"LOW","alertContext":{"n":1e999}})")
                               << u"0 1:48 "_qs;
    QTest::newRow("lone surrogate") << QByteArray(R"({"id":"\ud800","severity":"LOW"})") << u"0 1:8 "_qs;
    QTest::newRow("invalid UTF-8") << QByteArray("{\"id\":\"\xc3(\",\"severity\":\"LOW\"}") << u"0 1:8 "_qs;
    QTest::newRow("not a date") << QByteArray(R"({"id":"a","severity":"LOW","createdAt":"soon"})")
                                << u"0 1:40 createdAt: \"soon\" is not a date"_qs;
    QTest::newRow("missing id") << QByteArray(R"({"severity":"LOW"})") << u"0 1:1 id: is missing"_qs;
}

void TestFormat::tellsWhatIsWrong()
{
    QFETCH(QByteArray, document);
    QFETCH(QString, fault);
    const FormatResult result = read(document);
    QCOMPARE(result.alerts.size(), 0);
    QCOMPARE(result.faults.size(), 1);
    QVERIFY2(words(result.faults[0]).startsWith(fault), qPrintable(words(result.faults[0])));
}

void TestFormat::keepsFaultsAndAlertsInBounds()
{
    const FormatResult bad = read(QByteArray("{}\n").repeated(250));
    QCOMPARE(bad.faults.size(), 100);
    QCOMPARE(bad.moreFaults, 150);
    const QByteArray line = "{\"id\":\"a\",\"severity\":\"LOW\"}\n";
    QCOMPARE(read(line.repeated(maxBatchAlerts)).alerts.size(), maxBatchAlerts);
    const FormatResult many = read(line.repeated(maxBatchAlerts + 1));
    QCOMPARE(many.alerts.size(), 0);
    QCOMPARE(words(many.faults.value(0)), u"-1 1:1 there are more than 50000 alerts at once."_qs);
}

QTEST_APPLESS_MAIN(TestFormat)
#include "tst_format.moc"
