// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#include "intake/severitymap.h"

#include <QTest>

using namespace courier;

/// The table from a source's words and levels to our severities.
class TestSeverityMap : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void findsWordsInAnyCase();
    void findsLevels();
    void isEdited();
    void refusesKeys_data();
    void refusesKeys();
    void isListedWorstFirst();
    void goesThroughJson();
    void refusesJson_data();
    void refusesJson();
};

namespace {

SeverityMap sample()
{
    return {{{u"page"_qs, Severity::Critical},
             {u"warning"_qs, Severity::Medium},
             {u"3"_qs, Severity::Low},
             {u"7-11"_qs, Severity::High},
             {u"12-"_qs, Severity::Critical}},
            Severity::Info};
}

} // namespace

void TestSeverityMap::findsWordsInAnyCase()
{
    const SeverityMap map = sample();
    QCOMPARE(map.severityOf(u"PaGe"), Severity::Critical);
    QCOMPARE(map.severityOf(u" warning "), Severity::Medium);
    QCOMPARE(map.severityOf(u"unheard of"), Severity::Info);
    QCOMPARE(map.severityOf(u""), Severity::Info);
    QVERIFY(!map.find(u"pages"));
    QVERIFY(SeverityMap().isEmpty());
}

void TestSeverityMap::findsLevels()
{
    const SeverityMap map = sample();
    QCOMPARE(map.find(u"3"), std::optional(Severity::Low));
    QCOMPARE(map.find(u"7"), std::optional(Severity::High));
    QCOMPARE(map.find(u"11"), std::optional(Severity::High));
    QCOMPARE(map.find(u"12"), std::optional(Severity::Critical));
    QCOMPARE(map.find(u"999999999"), std::optional(Severity::Critical));
    QVERIFY(!map.find(u"4"));
    QVERIFY(!map.find(u"-3"));
    QVERIFY(!map.find(u"3.5"));
}

void TestSeverityMap::isEdited()
{
    SeverityMap map = sample();
    QVERIFY(map.set(u"Page"_qs, Severity::Low));
    QVERIFY(map.set(u"7 - 11"_qs, Severity::Low));
    QVERIFY(map.set(u"pre-prod"_qs, Severity::Info));
    QCOMPARE(map.find(u"page"), std::optional(Severity::Low));
    QCOMPARE(map.find(u"9"), std::optional(Severity::Low));
    QCOMPARE(map.find(u"PRE-PROD"), std::optional(Severity::Info));
    map.remove(u"PAGE"_qs);
    map.remove(u"7-11"_qs);
    QVERIFY(!map.find(u"page"));
    QVERIFY(!map.find(u"9"));
    map.setOtherwise(Severity::High);
    QCOMPARE(map.severityOf(u"page"), Severity::High);
}

void TestSeverityMap::refusesKeys_data()
{
    QTest::addColumn<QString>("key");
    QTest::addColumn<QString>("message");
    QTest::newRow("nothing") << u" "_qs << u"A word or a level is missing."_qs;
    QTest::newRow("all else") << u"*"_qs << u"A word or a level is missing."_qs;
    QTest::newRow("overlap") << u"10-14"_qs << u"7-11 and 10-14 have levels in common."_qs;
    QTest::newRow("inside") << u"15"_qs << u"12- and 15 have levels in common."_qs;
    const QString none = u"%1 is no span of levels: write 3, 7-11, or 4- for 4 and more."_qs;
    QTest::newRow("backwards") << u"6-4"_qs << none.arg(u"6-4"_qs);
    QTest::newRow("half a span") << u"4-x"_qs << none.arg(u"4-x"_qs);
    QTest::newRow("long") << QString(101, u'x') << QString(QString(100, u'x') + u"… is longer than 100 letters."_qs);
}

void TestSeverityMap::refusesKeys()
{
    QFETCH(QString, key);
    QFETCH(QString, message);
    SeverityMap map = sample();
    const auto done = map.set(key, Severity::Low);
    QVERIFY(!done);
    QCOMPARE(done.error().message, message);
    QCOMPARE(map, sample());
}

void TestSeverityMap::isListedWorstFirst()
{
    const QList<SeverityMap::Entry> expected{{u"page"_qs, Severity::Critical},
                                             {u"warning"_qs, Severity::Medium},
                                             {u"12-"_qs, Severity::Critical},
                                             {u"7-11"_qs, Severity::High},
                                             {u"3"_qs, Severity::Low}};
    QCOMPARE(sample().entries(), expected);
}

void TestSeverityMap::goesThroughJson()
{
    const QByteArray json = sample().toJson();
    QCOMPARE(
        json,
        QByteArray(R"({"*":"INFO","12-":"CRITICAL","3":"LOW","7-11":"HIGH","page":"CRITICAL","warning":"MEDIUM"})"));
    const auto back = SeverityMap::fromJson(json);
    QVERIFY(back);
    QCOMPARE(*back, sample());
    const auto loose = SeverityMap::fromJson(R"({ "PAGE" : "critical" })");
    QVERIFY(loose);
    QCOMPARE(loose->severityOf(u"page"), Severity::Critical);
    QCOMPARE(loose->otherwise(), Severity::Medium);
}

void TestSeverityMap::refusesJson_data()
{
    QTest::addColumn<QByteArray>("json");
    QTest::addColumn<QString>("message");
    QTest::newRow("cut") << QByteArray("{\n\"a\":") << u"Line 2: "_qs;
    QTest::newRow("an array") << QByteArray("[]")
                              << u"A table of severities is an object in braces { }, not an array."_qs;
    QTest::newRow("no severity") << QByteArray(R"({"page":"URGENT"})")
                                 << u"page: \"URGENT\" is none of CRITICAL, HIGH, MEDIUM, LOW, INFO."_qs;
    QTest::newRow("a number") << QByteArray(R"({"page":4})") << u"page: \"4\" is none of "_qs;
    QTest::newRow("overlap") << QByteArray(R"({"1-3":"LOW","3":"LOW"})") << u"1-3 and 3 have levels in common."_qs;
}

void TestSeverityMap::refusesJson()
{
    QFETCH(QByteArray, json);
    QFETCH(QString, message);
    const auto map = SeverityMap::fromJson(json);
    QVERIFY(!map);
    QVERIFY2(map.error().message.startsWith(message), qPrintable(map.error().message));
}

QTEST_APPLESS_MAIN(TestSeverityMap)
#include "tst_severitymap.moc"
