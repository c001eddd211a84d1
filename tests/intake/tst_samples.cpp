// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#include "intake/formats/formats.h"

#include "intake/jsonslice.h"

#include <QFile>
#include <QTest>

using namespace courier;

/// Sample records of each format, field by field.
class TestSamples : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void areRead_data();
    void areRead();
    void areRecognised_data();
    void areRecognised();
    void skipWhatIsNoAlert();
    void readsAnEventInBinaryMode();
    void readsAnEventWithOtherData();
    void refusesAnEventInBinaryMode();
};

namespace {

constexpr qint64 now = 1'772'350'000'000; // 2026-03-01T07:26:40Z

QByteArray sample(const QString &name)
{
    QFile file(QStringLiteral(SAMPLES_DIR "/") + name);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

FormatResult readSample(const QString &name, const QString &format)
{
    return formatById(format)->read(sample(name), {nullptr, now, u"Test"_qs});
}

QString shown(const std::optional<QString> &text)
{
    return text ? *text : u"(null)"_qs;
}

/// All that a format fills in, but for the context.
QStringList fieldsOf(const IncomingAlert &one)
{
    const Alert &alert = one.alert;
    return {u"id "_qs + alert.ruleId,
            u"title "_qs + alert.title,
            wireName(alert.severity),
            u"link "_qs + alert.link,
            u"tags "_qs + alert.tags.join(u'|'),
            u"description "_qs + alert.description,
            u"runbook "_qs + alert.runbook,
            u"created "_qs + alert.createdAt,
            u"alertId "_qs + shown(alert.alertId),
            u"fingerprint "_qs + one.fingerprint,
            u"life %1 %2 %3"_qs.arg(one.startsAt).arg(one.endsAt).arg(one.resolved ? u"resolved"_qs : u"open"_qs)};
}

} // namespace

void TestSamples::areRead_data()
{
    QTest::addColumn<QString>("file");
    QTest::addColumn<QString>("format");
    QTest::addColumn<int>("index");
    QTest::addColumn<QStringList>("fields");
    QTest::addColumn<QByteArray>("contextBegin");
    QTest::addColumn<QByteArray>("contextEnd");
    const auto row = [](const QString &file, const QString &format, int index, const QByteArray &begin,
                        const QByteArray &end, const QStringList &fields) {
        QTest::addRow("%s %d", qPrintable(file), index) << file << format << index << fields << begin << end;
    };
    const QString am = u"alertmanager"_qs;
    row(u"alertmanager-v2.json"_qs, am, 0, "{\n    \"labels\"", "g0.tab=1\"\n  }",
        {u"id DiskFillsUp"_qs, u"title db-1 has 3 % left"_qs, u"CRITICAL"_qs,
         u"link http://prom.example.org/graph?g0.expr=up%3D%3D0&g0.tab=1"_qs,
         u"tags instance=db-1:9100|job=node|zone=Zürich"_qs, u"description The volume /data fills\nwithin an hour."_qs,
         u"runbook https://runbooks.example.org/disk"_qs, u"created 2026-03-01T07:15:30.123456789Z"_qs,
         u"alertId (null)"_qs, u"fingerprint 44c2997816a25963"_qs, u"life 1772349330123 1772349570123 resolved"_qs});
    row(u"alertmanager-v2.json"_qs, am, 1, "{\"labels\":{\"alertname\":\"Watchdog\"", "\"Do nothing.\"}}",
        {u"id Watchdog"_qs, u"title All is well"_qs, u"INFO"_qs, u"link "_qs, u"tags "_qs,
         u"description Always fires."_qs, u"runbook Do nothing."_qs, u"created 2026-03-01T07:26:40.000Z"_qs,
         u"alertId (null)"_qs, u"fingerprint 448881ef475b9b26"_qs, u"life 0 0 open"_qs});
    row(u"alertmanager-v2.json"_qs, am, 2, "{\"labels\":{\"fear\"", "briggs\"}}",
        {u"id 507a62d79ee76c9a"_qs, u"title fear=love is not enough, name=garland, briggs"_qs, u"MEDIUM"_qs,
         u"link "_qs, u"tags fear=love is not enough|name=garland, briggs"_qs, u"description "_qs, u"runbook "_qs,
         u"created 2026-03-01T07:26:40.000Z"_qs, u"alertId (null)"_qs, u"fingerprint 507a62d79ee76c9a"_qs,
         u"life 0 0 open"_qs});
    row(u"alertmanager-v4.json"_qs, am, 0, "{\"status\":\"firing\",\"labels\"", "\"c0ffee0123456789\"}",
        {u"id HighLatency"_qs, u"title p99 over 2 s"_qs, u"MEDIUM"_qs, u"link http://prom.example.org/graph?x=1"_qs,
         u"tags service=api"_qs, u"description "_qs, u"runbook "_qs, u"created 2026-03-01T07:00:00Z"_qs,
         u"alertId (null)"_qs, u"fingerprint c0ffee0123456789"_qs, u"life 1772348400000 0 open"_qs});
    row(u"alertmanager-v4.json"_qs, am, 1, "{\"status\":\"resolved\"", "\"00000000000000ab\"}",
        {u"id HighLatency"_qs, u"title HighLatency"_qs, u"HIGH"_qs, u"link "_qs, u"tags service=web"_qs,
         u"description "_qs, u"runbook "_qs, u"created 2026-03-01T06:00:00.5Z"_qs, u"alertId (null)"_qs,
         u"fingerprint 00000000000000ab"_qs, u"life 1772344800500 1772346600000 resolved"_qs});
    row(u"grafana.json"_qs, am, 0, "{\"status\":\"firing\",\"labels\"", "value=98.5 ]\"}",
        {u"id Boiler"_qs, u"title Boiler at 98.50 °C"_qs, u"MEDIUM"_qs,
         u"link https://grafana.example.org/d/abc?viewPanel=2"_qs, u"tags grafana_folder=Heating"_qs,
         u"description "_qs, u"runbook "_qs, u"created 2026-03-01T00:59:59Z"_qs, u"alertId (null)"_qs,
         u"fingerprint a1b2c3d4e5f60718"_qs, u"life 1772326799000 0 open"_qs});
    const QString eve = u"suricata"_qs;
    row(u"suricata.ndjson"_qs, eve, 0, "{\"timestamp\":\"2026-03-01T09:00:01.251547+0100\"", "{\"length\":1.50}}",
        {u"id 9000001"_qs, u"title SAMPLE Trojan calls home"_qs, u"CRITICAL"_qs, u"link "_qs,
         u"tags A Network Trojan was detected|flow_id=1586497171462735|TCP"_qs,
         u"description A Network Trojan was detected\n192.0.2.14:50096 -> 198.51.100.5:80 TCP"_qs, u"runbook "_qs,
         u"created 2026-03-01T08:00:01.251547Z"_qs, u"alertId (null)"_qs, u"fingerprint "_qs, u"life 0 0 open"_qs});
    row(u"suricata.ndjson"_qs, eve, 1, "{\"timestamp\":\"2026-03-01T08:00:02Z\"", "[\"Unheard\"]}}}",
        {u"id 9000002"_qs, u"title SAMPLE scan"_qs, u"MEDIUM"_qs, u"link "_qs, u"tags flow_id=7|UDP"_qs,
         u"description [2001:db8::1]:443 -> [2001:db8::2]:5353 UDP"_qs, u"runbook "_qs,
         u"created 2026-03-01T08:00:02Z"_qs, u"alertId (null)"_qs, u"fingerprint "_qs, u"life 0 0 open"_qs});
    row(u"suricata.ndjson"_qs, eve, 2, "{\"timestamp\":\"2026-03-01T08:00:03Z\"", "\"severity\":9}}",
        {u"id 9000003"_qs, u"title SAMPLE ping"_qs, u"INFO"_qs, u"link "_qs, u"tags Misc activity|ICMP"_qs,
         u"description Misc activity\n192.0.2.1 -> 192.0.2.2 ICMP"_qs, u"runbook "_qs,
         u"created 2026-03-01T08:00:03Z"_qs, u"alertId (null)"_qs, u"fingerprint "_qs, u"life 0 0 open"_qs});
    const QString wazuh = u"wazuh"_qs;
    row(u"wazuh.ndjson"_qs, wazuh, 0, "{\"timestamp\"", "\"/var/log/auth.log\"}",
        {u"id 900712"_qs, u"title sshd: brute force trying to get access."_qs, u"MEDIUM"_qs, u"link "_qs,
         u"tags syslog|sshd|authentication_failures|agent=web-3"_qs,
         u"description Mar  1 12:03:20 web-3 sshd[411]: Failed password for \"root\""_qs, u"runbook "_qs,
         u"created 2026-03-01T12:03:21.341Z"_qs, u"alertId 1772366601.49031"_qs, u"fingerprint "_qs,
         u"life 0 0 open"_qs});
    row(u"wazuh.ndjson"_qs, wazuh, 1, "{\"timestamp\"", "{\"name\":\"siem\"}}",
        {u"id 900016"_qs, u"title Sample worst"_qs, u"CRITICAL"_qs, u"link "_qs, u"tags "_qs, u"description "_qs,
         u"runbook "_qs, u"created 2026-03-01T12:00:00.000Z"_qs, u"alertId (null)"_qs, u"fingerprint "_qs,
         u"life 0 0 open"_qs});
    const QString events = u"cloudevents"_qs;
    row(u"cloudevents.json"_qs, events, 0, "{ \"order\": 4711, \"sum\": 10.50,", "/4711\" }",
        {u"id org.example.order.failed"_qs, u"title Order 4711 failed"_qs, u"HIGH"_qs,
         u"link https://shop.example.org/orders/4711"_qs, u"tags source=/orders/eu"_qs, u"description "_qs,
         u"runbook "_qs, u"created 2026-03-01T15:31:00.5Z"_qs, u"alertId /orders/eu#A-234-1234"_qs, u"fingerprint "_qs,
         u"life 0 0 open"_qs});
    row(u"cloudevents-batch.json"_qs, events, 0, "{\"specversion\":\"1.0\",\"id\":\"1\"", "\"just text\"}",
        {u"id t.one"_qs, u"title t.one"_qs, u"MEDIUM"_qs, u"link "_qs, u"tags source=urn:a"_qs, u"description "_qs,
         u"runbook "_qs, u"created 2026-03-01T07:26:40.000Z"_qs, u"alertId urn:a#1"_qs, u"fingerprint "_qs,
         u"life 0 0 open"_qs});
    row(u"cloudevents-batch.json"_qs, events, 1, "{\"specversion\":\"1.0\",\"id\":\"2\"", "\"AAEC\"}",
        {u"id t.two"_qs, u"title t.two"_qs, u"MEDIUM"_qs, u"link "_qs, u"tags source=urn:a"_qs, u"description "_qs,
         u"runbook "_qs, u"created 2026-03-01T07:26:40.000Z"_qs, u"alertId urn:a#2"_qs, u"fingerprint "_qs,
         u"life 0 0 open"_qs});
}

void TestSamples::areRead()
{
    QFETCH(QString, file);
    QFETCH(QString, format);
    QFETCH(int, index);
    QFETCH(QStringList, fields);
    QFETCH(QByteArray, contextBegin);
    QFETCH(QByteArray, contextEnd);
    const FormatResult result = readSample(file, format);
    QVERIFY2(result.faults.isEmpty(), qPrintable(result.faults.value(0).reason));
    QVERIFY(index < result.alerts.size());
    const IncomingAlert &one = result.alerts[index];
    QCOMPARE(fieldsOf(one), fields);
    QCOMPARE(one.alert.source, u"Test"_qs);
    QCOMPARE(one.alert.type, AlertType::Rule);
    QVERIFY(!one.alert.name);
    const QByteArray context = one.alert.context;
    QVERIFY2(context.startsWith(contextBegin) && context.endsWith(contextEnd), context.constData());
    QVERIFY(sample(file).contains(context));
    QVERIFY(!checkJson(context));
}

void TestSamples::areRecognised_data()
{
    QTest::addColumn<QString>("format");
    QTest::newRow("alertmanager-v2.json") << u"alertmanager"_qs;
    QTest::newRow("alertmanager-v4.json") << u"alertmanager"_qs;
    QTest::newRow("grafana.json") << u"alertmanager"_qs;
    QTest::newRow("suricata.ndjson") << u"suricata"_qs;
    QTest::newRow("wazuh.ndjson") << u"wazuh"_qs;
    QTest::newRow("cloudevents.json") << u"cloudevents"_qs;
    QTest::newRow("cloudevents-batch.json") << u"cloudevents"_qs;
}

void TestSamples::areRecognised()
{
    QFETCH(QString, format);
    const QByteArray bytes = sample(QString::fromLatin1(QTest::currentDataTag()));
    const QByteArray firstLine = bytes.left(bytes.indexOf('\n'));
    QCOMPARE(guessFormat(checkJson(bytes) ? firstLine : bytes)->id(), format);
}

void TestSamples::skipWhatIsNoAlert()
{
    const FormatResult result = readSample(u"suricata.ndjson"_qs, u"suricata"_qs);
    QCOMPARE(result.skipped, 2);
    QCOMPARE(result.alerts.size(), 3);
    const FormatResult none = suricataFormat()->read(R"({"event_type":"stats"})", {nullptr, now, {}});
    QCOMPARE(none.faults.size(), 0);
    QCOMPARE(none.skipped, 1);
}

void TestSamples::readsAnEventInBinaryMode()
{
    const QList<HttpHeader> headers{{"Content-Type", "application/json; charset=utf-8"},
                                    {"CE-SpecVersion", "1.0"},
                                    {"ce-id", "7"},
                                    {"ce-source", "/a"},
                                    {"ce-type", "t"},
                                    {"ce-subject", "Euro%20%E2%82%AC%20%22low%22"},
                                    {"ce-severitynumber", "24"},
                                    {"ce-time", "2026-03-01T08:00:00Z"}};
    const QByteArray body = "{\"sum\":1.50, \"link\":\"https://a.example\"}";
    const FormatResult result = readBinaryCloudEvent(headers, body, {nullptr, now, u"Test"_qs});
    QVERIFY2(result.faults.isEmpty(), qPrintable(result.faults.value(0).reason));
    QCOMPARE(result.alerts.size(), 1);
    QCOMPARE(fieldsOf(result.alerts[0]),
             (QStringList{u"id t"_qs, u"title Euro € \"low\""_qs, u"CRITICAL"_qs, u"link https://a.example"_qs,
                          u"tags source=/a"_qs, u"description "_qs, u"runbook "_qs, u"created 2026-03-01T08:00:00Z"_qs,
                          u"alertId /a#7"_qs, u"fingerprint "_qs, u"life 0 0 open"_qs}));
    QCOMPARE(result.alerts[0].alert.context, body);
}

void TestSamples::readsAnEventWithOtherData()
{
    const QList<HttpHeader> headers{
        {"ce-specversion", "1.0"}, {"ce-id", "7"}, {"ce-source", "/a"}, {"ce-type", "\"t\""}};
    const auto context = [&headers](const QByteArray &body) {
        const FormatResult result = readBinaryCloudEvent(headers, body, {nullptr, now, {}});
        return result.alerts.isEmpty() ? QByteArray() : result.alerts[0].alert.context;
    };
    const QByteArray head = R"({"specversion":"1.0","id":"7","source":"/a","type":"t")";
    QCOMPARE(context({}), QByteArray(head + '}'));
    QCOMPARE(context("[1.0]"), QByteArray(head + R"(,"data":[1.0]})"));
    QCOMPARE(context(QByteArray("\0\1\2", 3)), QByteArray(head + R"(,"data_base64":"AAEC"})"));
}

void TestSamples::refusesAnEventInBinaryMode()
{
    const auto fault = [](const QList<HttpHeader> &headers, const QByteArray &body) {
        const FormatResult result = readBinaryCloudEvent(headers, body, {nullptr, now, {}});
        const IntakeFault one = result.faults.value(0);
        return u"%1 %2:%3 %4"_qs.arg(result.alerts.size()).arg(one.line).arg(one.column).arg(one.reason);
    };
    QCOMPARE(fault({{"ce-specversion", "1.0"}, {"ce-source", "/a"}, {"ce-type", "t"}}, {}),
             u"0 0:0 id: is missing: a CloudEvent has id, source and type."_qs);
    const QString notJson = fault({{"content-type", "application/json"}, {"ce-specversion", "1.0"}}, "{\n  x}");
    QVERIFY2(notJson.startsWith(u"0 2:3 "), qPrintable(notJson));
}

QTEST_APPLESS_MAIN(TestSamples)
#include "tst_samples.moc"
