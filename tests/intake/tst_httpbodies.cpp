// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#include "fixedclock.h"
#include "intake/httpanswers.h"
#include "intake/httpbodies.h"
#include "intake/httppage.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QTest>

using namespace courier;

namespace {

const QByteArray goodPosted = R"({"labels":{"alertname":"Up","severity":"page"}})";
const QByteArray badPosted = R"({"labels":{}})";
const QByteArray goodOwn = R"({"id":"R.1","severity":"HIGH"})";

HttpRequest request(const QByteArray &body, const QList<HttpHeader> &headers = {})
{
    HttpRequest made;
    made.method = "POST";
    made.headers = headers;
    made.body = body;
    return made;
}

} // namespace

/// From a request's body to alerts, and from what became of them to an answer.
class TestHttpBodies : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void takesOurOwnWholeOrNotAtAll();
    void saysWhereTheFaultIs();
    void takesTheGoodOnesForAnAlertmanager();
    void givesAnEndToWhatHasNone();
    void takesAWebhookWholeOrNotAtAll();
    void takesAnEmptyListForAnAlertmanagerOnly();
    void readsEventsInAllModes();
    void followsTheOperatorsTable();
    void answersWithEachAlert();
    void countsWhatWasTakenAllTheSame();
    void showsAPage();

private:
    FormatResult read(IntakeRoute route, const HttpRequest &made, const SeverityMaps &maps = {})
    {
        return readBody(route, made, maps, m_clock);
    }

    FixedClock m_clock;
};

void TestHttpBodies::takesOurOwnWholeOrNotAtAll()
{
    const FormatResult lines = read(IntakeRoute::Alerts, request(goodOwn + '\n' + goodOwn + '\n'));
    QCOMPARE(lines.alerts.size(), 2);
    QCOMPARE(lines.alerts.first().alert.source, QStringLiteral("HTTP"));
    QCOMPARE(read(IntakeRoute::Alerts, request('[' + goodOwn + ',' + goodOwn + ']')).alerts.size(), 2);
    const FormatResult mixed = read(IntakeRoute::Alerts, request('[' + goodOwn + ",{}]"));
    QVERIFY(mixed.alerts.isEmpty());
    QCOMPARE(mixed.faults.size(), 1);
    QCOMPARE(mixed.faults.first().index, 1);
    QVERIFY(read(IntakeRoute::Alerts, request("[]")).faults.size() == 1);
    QVERIFY(read(IntakeRoute::Alerts, request("")).faults.size() == 1);
}

void TestHttpBodies::saysWhereTheFaultIs()
{
    const FormatResult cut = read(IntakeRoute::Alerts, request("[\n{\"id\": \"R\",\n  severity: 1}]"));
    QCOMPARE(cut.faults.size(), 1);
    QCOMPARE(cut.faults.first().line, 3);
    QCOMPARE(cut.faults.first().column, 3);
    const HttpResponse answer = faultsAnswer(cut, 0);
    QCOMPARE(answer.status, 400);
    const QJsonObject json = QJsonDocument::fromJson(answer.body).object();
    QVERIFY(json[u"error"].toString().startsWith(QStringLiteral("Nothing was taken. Line 3, column 3: ")));
    QCOMPARE(json[u"faults"][0][u"line"].toInt(), 3);
    QVERIFY(!json[u"faults"][0][u"reason"].toString().isEmpty());
}

void TestHttpBodies::takesTheGoodOnesForAnAlertmanager()
{
    const FormatResult result =
        read(IntakeRoute::AlertmanagerAlerts, request('[' + goodPosted + ',' + badPosted + ',' + goodPosted + ']'));
    QCOMPARE(result.alerts.size(), 2);
    QCOMPARE(result.faults.size(), 1);
    QCOMPARE(result.faults.first().index, 1);
    QCOMPARE(result.alerts.first().alert.source, QStringLiteral("Prometheus"));
    QCOMPARE(result.alerts.first().alert.severity, Severity::Critical);
}

void TestHttpBodies::givesAnEndToWhatHasNone()
{
    const QByteArray own = R"([{"labels":{"a":"b"},"endsAt":"2100-01-01T00:00:00Z"}])";
    QCOMPARE(read(IntakeRoute::AlertmanagerAlerts, request('[' + goodPosted + ']')).alerts.first().endsAt,
             m_clock.nowUtc() + 300'000);
    QCOMPARE(read(IntakeRoute::AlertmanagerAlerts, request(own)).alerts.first().endsAt, 4'102'444'800'000);
}

void TestHttpBodies::takesAWebhookWholeOrNotAtAll()
{
    const QByteArray head = R"({"version":"4","status":"firing","alerts":[)";
    const FormatResult good = read(IntakeRoute::AlertmanagerWebhook, request(head + goodPosted + "]}"));
    QCOMPARE(good.alerts.size(), 1);
    QCOMPARE(good.alerts.first().alert.source, QStringLiteral("Alertmanager"));
    QCOMPARE(good.alerts.first().endsAt, 0);
    const FormatResult mixed =
        read(IntakeRoute::AlertmanagerWebhook, request(head + goodPosted + ',' + badPosted + "]}"));
    QVERIFY(mixed.alerts.isEmpty());
    QVERIFY(!mixed.faults.isEmpty());
}

void TestHttpBodies::takesAnEmptyListForAnAlertmanagerOnly()
{
    QVERIFY(read(IntakeRoute::AlertmanagerAlerts, request("[ ]\n")).faults.isEmpty());
    QVERIFY(!read(IntakeRoute::AlertmanagerAlerts, request("{}")).faults.isEmpty());
    QVERIFY(!read(IntakeRoute::CloudEventsWebhook, request("[]")).faults.isEmpty());
}

void TestHttpBodies::readsEventsInAllModes()
{
    const QByteArray event = R"({"specversion":"1.0","id":"1","source":"/s","type":"t","data":{"n":1.0}})";
    QCOMPARE(read(IntakeRoute::CloudEventsWebhook, request(event)).alerts.first().alert.ruleId, QStringLiteral("t"));
    QCOMPARE(read(IntakeRoute::CloudEventsWebhook, request('[' + event + ']')).alerts.size(), 1);
    const QList<HttpHeader> attributes{{"Content-Type", "application/json"},
                                       {"ce-specversion", "1.0"},
                                       {"ce-id", "2"},
                                       {"ce-source", "/s"},
                                       {"ce-type", "t"}};
    const FormatResult binary = read(IntakeRoute::CloudEventsWebhook, request(R"({"n": 1.0})", attributes));
    QVERIFY(binary.faults.isEmpty());
    QCOMPARE(binary.alerts.first().alert.context, QByteArray(R"({"n": 1.0})"));
    QCOMPARE(binary.alerts.first().alert.source, QStringLiteral("CloudEvents"));
}

void TestHttpBodies::followsTheOperatorsTable()
{
    const SeverityMap map({{QStringLiteral("page"), Severity::Low}}, Severity::Info);
    const HttpRequest posted = request('[' + goodPosted + ']');
    QCOMPARE(
        read(IntakeRoute::AlertmanagerAlerts, posted, {{QStringLiteral("alertmanager"), map}}).alerts[0].alert.severity,
        Severity::Low);
}

void TestHttpBodies::answersWithEachAlert()
{
    const HttpResponse answer =
        takenAnswer({{QStringLiteral("one"), QStringLiteral("new"), true, {QStringLiteral("Ops \"1\"")}},
                     {QStringLiteral("two"), QStringLiteral("known"), false, {}}});
    QCOMPARE(answer.status, 202);
    QCOMPARE(headerValue(answer.headers, "Content-Type"), "application/json");
    const QJsonObject json = QJsonDocument::fromJson(answer.body).object();
    QCOMPARE(json[u"alerts"][0][u"id"].toString(), QStringLiteral("one"));
    QCOMPARE(json[u"alerts"][0][u"new"].toBool(), true);
    QCOMPARE(json[u"alerts"][0][u"destinations"][0].toString(), QStringLiteral("Ops \"1\""));
    QCOMPARE(json[u"alerts"][1][u"new"].toBool(true), false);
    QCOMPARE(json[u"alerts"][1][u"result"].toString(), QStringLiteral("known"));
}

void TestHttpBodies::countsWhatWasTakenAllTheSame()
{
    FormatResult result;
    result.faults = {{4, 0, 0, QStringLiteral("labels: at least one is needed.")}};
    result.moreFaults = 2;
    const QString taken = QJsonDocument::fromJson(faultsAnswer(result, 7).body)[u"error"].toString();
    QCOMPARE(taken, QStringLiteral("7 of 10 alerts were taken. Alert 5: labels: at least one is needed."));
    const QString none = QJsonDocument::fromJson(faultsAnswer(result, 0).body)[u"error"].toString();
    QVERIFY(none.startsWith(QStringLiteral("Nothing was taken, for 3 faults.")));
}

void TestHttpBodies::showsAPage()
{
    const QUrl url(QStringLiteral("http://127.0.0.1:9797/"));
    const HttpResponse page = intakePage(request({}), url, false);
    QCOMPARE(headerValue(page.headers, "Content-Type"), "text/html; charset=utf-8");
    QVERIFY(page.body.contains("http://127.0.0.1:9797/api/v1/alerts"));
    QVERIFY(!page.body.contains("<script"));
    QVERIFY(!page.body.contains("Authorization"));
    const HttpResponse text = intakePage(request({}, {{"Accept", "text/plain"}}), url, true);
    QCOMPARE(headerValue(text.headers, "Content-Type"), "text/plain; charset=utf-8");
    QVERIFY(text.body.contains("curl -H 'Content-Type: application/json' -H \"Authorization: Bearer $TOKEN\" -d '{"));
    QVERIFY(!text.body.contains('<'));
}

QTEST_GUILESS_MAIN(TestHttpBodies)
#include "tst_httpbodies.moc"
