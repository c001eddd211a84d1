// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#include "intake/format.h"

#include <QTest>

using namespace courier;

/// What each format says of records that are not as they must be, and what it takes beside them.
class TestBadRecords : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void areRefused_data();
    void areRefused();
    void refuseWhatIsNotJson_data();
    void refuseWhatIsNotJson();
    void leaveTheGoodOnes();
    void areTakenByTheOperatorsTable();
    void mapAllSeverities_data();
    void mapAllSeverities();
};

namespace {

constexpr qint64 now = 1'772'350'000'000;

FormatResult read(const QString &format, const QByteArray &document, const SeverityMap *severities = nullptr)
{
    return formatById(format)->read(document, {severities, now, {}});
}

QString words(const FormatResult &result)
{
    QStringList list;
    for (const IntakeFault &fault : result.faults) {
        list.append(u"%1 %2:%3 %4"_qs.arg(fault.index).arg(fault.line).arg(fault.column).arg(fault.reason));
    }
    return list.join(u'\n');
}

QByteArray prometheus(const QByteArray &more)
{
    return "{\"labels\":{\"alertname\":\"a\"}," + more + '}';
}

QByteArray cloudEvent(const QByteArray &more)
{
    return R"({"specversion":"1.0","id":"1","source":"s",)" + more + '}';
}

} // namespace

void TestBadRecords::areRefused_data()
{
    QTest::addColumn<QString>("format");
    QTest::addColumn<QByteArray>("document");
    QTest::addColumn<QString>("fault");
    const auto row = [](const char *name, const QString &format, const QByteArray &document, const QString &fault) {
        QTest::addRow("%s: %s", qPrintable(format), name) << format << document << fault;
    };
    const QString noDate = u"is not a date and time with its zone, such as 2026-01-31T12:30:00Z (RFC 3339)."_qs;
    const QString am = u"alertmanager"_qs;
    row("no object", am, "[7]", u"0 1:2 an alert must be an object in braces { }, not a number."_qs);
    row("no labels", am, "{}", u"0 1:1 labels: at least one label with a value is needed."_qs);
    row("empty labels", am, R"([{"labels":{"a":""}}])",
        u"0 1:12 labels: at least one label with a value is needed."_qs);
    row("no name", am, R"({"labels":{"":"x","a":"b"}})", u"0 1:11 labels: a label has no name."_qs);
    row("a number", am, R"({"labels":{"a":1}})", u"0 1:11 labels: \"a\" must be a string, not a number."_qs);
    row("labels wrong", am, R"({"labels":["a"]})", u"0 1:11 labels: must be an object, not an array."_qs);
    row("a big label", am, R"({"labels":{"a":")" + QByteArray(70000, 'x') + "\"}}",
        u"0 1:11 labels: \"a\" is longer than 64 KiB."_qs);
    row("no date", am, prometheus(R"("startsAt":"today")"), u"0 1:40 startsAt: \"today\" "_qs + noDate);
    row("a number as a date", am, prometheus(R"("endsAt":12)"), u"0 1:38 endsAt: must be a string, not a number."_qs);
    row("annotations wrong", am, prometheus(R"("annotations":{"summary":[]})"),
        u"0 1:54 annotations.summary: must be a string, not an array."_qs);
    row("no alerts", am, R"({"alerts":[]})", u"-1 1:11 alerts: there is no alert here."_qs);
    row("alerts wrong", am, R"({"alerts":{}})", u"-1 1:11 alerts: must be an array, not an object."_qs);
    row("one of a webhook", am, "{\"alerts\":[" + prometheus("\"x\":1") + ",\n{\"labels\":{}}]}",
        u"1 2:11 labels: at least one label with a value is needed."_qs);
    const QString eve = u"suricata"_qs;
    row("no type", eve, "{}", u"0 1:1 event_type: is missing."_qs);
    row("no alert", eve, R"({"event_type":"alert"})", u"0 1:1 alert.signature_id: is missing."_qs);
    row("alert wrong", eve, R"({"event_type":"alert","alert":1})",
        u"0 1:31 alert: must be an object, not a number."_qs);
    row("no date", eve, R"({"event_type":"alert","timestamp":"x","alert":{"signature_id":1}})",
        u"0 1:35 timestamp: \"x\" "_qs + noDate);
    row("metadata wrong", eve,
        R"({"event_type":"alert","alert":{"signature_id":1,"metadata":{"signature_severity":[1]}}})",
        u"0 1:83 alert.metadata.signature_severity: element 1 must be a string, not a number."_qs);
    row("one of many", eve, "{\"event_type\":\"alert\",\"alert\":{\"signature_id\":1}}\n{\"event_type\":7}\n",
        u"1 2:15 event_type: must be a string, not a number."_qs);
    const QString wazuh = u"wazuh"_qs;
    row("no rule", wazuh, "{}", u"0 1:1 rule.id: is missing."_qs);
    row("no level", wazuh, R"({"rule":{"id":"1"}})", u"0 1:9 rule.level: is missing."_qs);
    row("groups wrong", wazuh, R"({"rule":{"id":"1","level":3,"groups":"a"}})",
        u"0 1:38 rule.groups: must be an array, not a string."_qs);
    const QString events = u"cloudevents"_qs;
    row("no version", events, R"({"id":"1"})", u"0 1:1 specversion: is missing: 1.0."_qs);
    row("another version", events, R"({"specversion":"0.3"})",
        u"0 1:16 specversion: 0.3 is not 1.0, the one version that is read."_qs);
    row("no type", events, cloudEvent(R"("x":1)"), u"0 1:1 type: is missing: a CloudEvent has id, source and type."_qs);
    row("empty type", events, cloudEvent(R"("type":"")"),
        u"0 1:51 type: is missing: a CloudEvent has id, source and type."_qs);
    row("no date", events, cloudEvent(R"("type":"t","time":"2026-03-01")"),
        u"0 1:62 time: \"2026-03-01\" "_qs + noDate);
    row("no batch", events, "[]", u"-1 1:1 there is no alert here."_qs);
}

void TestBadRecords::areRefused()
{
    QFETCH(QString, format);
    QFETCH(QByteArray, document);
    QFETCH(QString, fault);
    const FormatResult result = read(format, document);
    QCOMPARE(words(result), fault);
    QCOMPARE(result.alerts.size(), 0);
}

void TestBadRecords::refuseWhatIsNotJson_data()
{
    QTest::addColumn<QByteArray>("document");
    QTest::addColumn<QString>("place");
    QTest::newRow("word") << QByteArray("alert") << u"0 1:1 "_qs;
    QTest::newRow("cut") << QByteArray("{\"labels\":{\"a\":\"b\"}") << u"0 1:20 "_qs;
    QTest::newRow("cut array") << QByteArray("[{\"labels\":{\"a\":\"b\"}}") << u"-1 1:22 "_qs;
    QTest::newRow("one of two") << QByteArray("[{\"labels\":{\"a\":\"b\"}},\n{\"labels\":x}]") << u"1 2:11 "_qs;
    QTest::newRow("deep") << QByteArray("{\"labels\":{\"a\":\"b\"},\"x\":" + QByteArray(512, '[')) << u"0 1:"_qs;
    QTest::newRow("NaN") << QByteArray("{\"labels\":{\"a\":\"b\"},\"x\":NaN}") << u"0 1:25 "_qs;
    QTest::newRow("no double") << QByteArray("{\"labels\":{\"a\":\"b\"},\"x\":1e400}") << u"0 1:25 "_qs;
    QTest::newRow("surrogate") << QByteArray("{\"labels\":{\"a\":\"\\udc00\"}}") << u"0 1:17 "_qs;
    QTest::newRow("byte order mark") << QByteArray("\xef\xbb\xbf{\"labels\":{\"a\":\"b\"}}") << u"-1 1:1 "_qs;
    QTest::newRow("UTF-16") << QByteArray("{\0\"\0", 4) << u"-1 1:1 "_qs;
    QTest::newRow("bad UTF-8") << QByteArray("{\"labels\":{\"a\":\"\xff\"}}") << u"0 1:17 "_qs;
}

void TestBadRecords::refuseWhatIsNotJson()
{
    QFETCH(QByteArray, document);
    QFETCH(QString, place);
    for (const Format *format : allFormats()) {
        const FormatResult result = format->read(document, {nullptr, now, {}});
        QCOMPARE(result.alerts.size(), 0);
        const IntakeFault fault = result.faults.last();
        const QString found = u"%1 %2:%3 "_qs.arg(fault.index).arg(fault.line).arg(fault.column);
        QVERIFY2(found.startsWith(place), qPrintable(format->id() + u": "_qs + words(result)));
    }
}

void TestBadRecords::leaveTheGoodOnes()
{
    const QByteArray good = R"({"labels":{"alertname":"a"}})";
    const FormatResult result = read(u"alertmanager"_qs, "[" + good + ",{\"labels\":{}}," + good + ",[]]");
    QCOMPARE(result.alerts.size(), 2);
    QCOMPARE(result.faults.size(), 2);
    QCOMPARE(result.faults[0].index, 1);
    QCOMPARE(result.faults[1].index, 3);
    const FormatResult webhook = read(u"alertmanager"_qs, "{\"alerts\":[" + good + ",{\"labels\":{}},8]}");
    QCOMPARE(webhook.alerts.size(), 0);
    QCOMPARE(webhook.faults.size(), 2);
    QCOMPARE(webhook.faults[1].index, 2);
    const FormatResult broken = read(u"alertmanager"_qs, "[" + good + "," + good);
    QCOMPARE(broken.alerts.size(), 0);
}

void TestBadRecords::areTakenByTheOperatorsTable()
{
    SeverityMap table = formatById(u"alertmanager"_qs)->defaultSeverities();
    QVERIFY(table.set(u"warning"_qs, Severity::Critical));
    table.setOtherwise(Severity::Low);
    const QByteArray records = R"([{"labels":{"severity":"WARNING"}},{"labels":{"a":"b"}}])";
    const FormatResult result = read(u"alertmanager"_qs, records, &table);
    QCOMPARE(result.alerts.value(0).alert.severity, Severity::Critical);
    QCOMPARE(result.alerts.value(1).alert.severity, Severity::Low);
}

void TestBadRecords::mapAllSeverities_data()
{
    QTest::addColumn<QString>("format");
    QTest::addColumn<QByteArray>("document");
    QTest::addColumn<Severity>("severity");
    const auto rows = [](const QString &format, const char *record, Severity severity, const char *words) {
        for (const QByteArray &word : QByteArray(words).split(' ')) {
            QTest::addRow("%s %s", qPrintable(format), word.constData())
                << format << QByteArray(record).replace('@', word) << severity;
        }
    };
    const QString am = u"alertmanager"_qs;
    const char *labels = R"({"labels":{"severity":"@"}})";
    rows(am, labels, Severity::Critical, "critical emergency page disaster CRITICAL Page");
    rows(am, labels, Severity::High, "high error major");
    rows(am, labels, Severity::Medium, "warning p1 unheard");
    rows(am, labels, Severity::Low, "low minor notice");
    rows(am, labels, Severity::Info, "info none debug");
    const QString eve = u"suricata"_qs;
    const char *priority = R"({"event_type":"alert","alert":{"signature_id":1,"severity":@}})";
    rows(eve, priority, Severity::High, "1");
    rows(eve, priority, Severity::Medium, "2 0");
    rows(eve, priority, Severity::Low, "3");
    rows(eve, priority, Severity::Info, "4 5 255");
    const char *metadata =
        R"({"event_type":"alert","alert":{"signature_id":1,"severity":4,"metadata":{"signature_severity":["@"]}}})";
    rows(eve, metadata, Severity::Critical, "Critical");
    rows(eve, metadata, Severity::High, "Major");
    rows(eve, metadata, Severity::Low, "Minor");
    rows(eve, metadata, Severity::Info, "Informational Unheard");
    const QString wazuh = u"wazuh"_qs;
    const char *level = R"({"rule":{"id":"1","level":@}})";
    rows(wazuh, level, Severity::Info, "0 1 3");
    rows(wazuh, level, Severity::Low, "4 6");
    rows(wazuh, level, Severity::Medium, "7 11 17");
    rows(wazuh, level, Severity::High, "12 14");
    rows(wazuh, level, Severity::Critical, "15 16");
    const QString events = u"cloudevents"_qs;
    const char *number = R"({"specversion":"1.0","id":"1","source":"s","type":"t","severitynumber":@})";
    rows(events, number, Severity::Info, "1 12");
    rows(events, number, Severity::Medium, "13 16 0 25");
    rows(events, number, Severity::High, "17 20");
    rows(events, number, Severity::Critical, "21 24");
    const char *text =
        R"({"specversion":"1.0","id":"1","source":"s","type":"t","severitynumber":24,"severitytext":"@"})";
    rows(events, text, Severity::Info, "TRACE DEBUG INFO");
    rows(events, text, Severity::Medium, "WARN");
    rows(events, text, Severity::High, "ERROR");
    rows(events, text, Severity::Critical, "FATAL OWN");
}

void TestBadRecords::mapAllSeverities()
{
    QFETCH(QString, format);
    QFETCH(QByteArray, document);
    QFETCH(Severity, severity);
    const FormatResult result = read(format, document);
    QVERIFY2(result.faults.isEmpty(), qPrintable(words(result)));
    QCOMPARE(result.alerts.value(0).alert.severity, severity);
}

QTEST_APPLESS_MAIN(TestBadRecords)
#include "tst_badrecords.moc"
