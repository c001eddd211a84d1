// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#include "desk/intakehandler.h"
#include "desk/severitytables.h"
#include "httpd/httpserver.h"
#include "intake/intaketoken.h"
#include "intakefixture.h"
#include "store/databasefile.h"
#include "support/scriptedreceiver.h"

#include <QScopeGuard>

#include <sys/mount.h>

using namespace courier;
using namespace courier::test;
using namespace std::chrono_literals;
using State = IntakeStatus::State;

/// The endpoint joined with the store and the senders, over real sockets.
class TestIntakeService : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void listensOnceItsProcessSends();
    void staysOffWhereItIsToldTo();
    void takesAnAlertToItsDestination();
    void answersAfterTheCommit();
    void namesADestinationThatIsNew();
    void takesRepeatsOnce();
    void takesTheGoodOnesOfAnAlertmanagersBatch();
    void takesEvents();
    void listsActiveAlerts();
    void counts();
    void refusesWhatIsTooMuch();
    void saysThatTheDiskIsFull();
    void saysThatNothingCanBeKept();
    void saysThatItsPortIsTaken();
    void followsTheSettings();
    void opensWithATokenOnly();
    void survivesItsEndUnderLoad();
};

void TestIntakeService::listensOnceItsProcessSends()
{
    IntakeFixture fixture;
    fixture.open();
    QCOMPARE(fixture.desk->intake().status().state, State::Off);
    IntakeOptions options;
    options.off = false;
    options.address = QStringLiteral("localhost:0");
    fixture.desk->intake().setOptions(options);
    QCOMPARE(fixture.desk->intake().status().state, State::Elsewhere);
    QTest::qWait(50);
    QCOMPARE(fixture.desk->intake().status().state, State::Elsewhere);
    fixture.desk->startSending();
    QTRY_VERIFY(fixture.isListening());
    QCOMPARE(fixture.desk->intake().status().words,
             QStringLiteral("Alerts come in at 127.0.0.1:%1").arg(fixture.port()));
    QCOMPARE(fixture.get("/-/healthy").status, 200);
    QCOMPARE(fixture.get("/-/ready").status, 200);
    RawClient client(fixture.port());
    client.send(IntakeFixture::request("HEAD", "/"));
    client.send(IntakeFixture::request("GET", "/-/ready"));
    const QByteArray head = client.head();
    QVERIFY(head.startsWith("HTTP/1.1 200 ") && !head.contains("Content-Length: 0\r\n"));
    QCOMPARE(client.reply().body, "Ready\n");
    const RawReply page = fixture.get("/");
    QCOMPARE(page.status, 200);
    QVERIFY(
        page.body.contains(QByteArray("http://127.0.0.1:" + QByteArray::number(fixture.port()) + "/api/v1/alerts")));
}

void TestIntakeService::staysOffWhereItIsToldTo()
{
    IntakeFixture fixture;
    fixture.open();
    fixture.set(IntakeSettings::enabledKey(), QStringLiteral("0"));
    IntakeOptions options;
    options.off = false;
    QVERIFY(fixture.start(options));
    QCOMPARE(fixture.desk->intake().status().state, State::Off);
}

void TestIntakeService::takesAnAlertToItsDestination()
{
    const ScriptedReceiver receiver(Answer::ok());
    IntakeFixture fixture;
    QVERIFY(fixture.listen());
    Destination destination;
    destination.name = QStringLiteral("Ops");
    destination.url = receiver.url();
    QVERIFY(fixture.desk->addDestination(destination).result().has_value());
    QTRY_COMPARE(fixture.desk->destinations().size(), 1);
    const RawReply reply = fixture.post("/api/v1/alerts", IntakeFixture::alert("Disk full"));
    QCOMPARE(reply.status, 202);
    const QJsonValue one = IntakeFixture::json(reply)[u"alerts"][0];
    QCOMPARE(one[u"new"].toBool(), true);
    QCOMPARE(one[u"destinations"][0].toString(), QStringLiteral("Ops"));
    QVERIFY(numberFromPublicId(one[u"id"].toString(), fixture.desk->store().key()).has_value());
    QTRY_COMPARE(receiver.requestCount(), 1);
    QVERIFY(receiver.requests().first().body.contains("New Alert: Disk full"));
}

void TestIntakeService::answersAfterTheCommit()
{
    IntakeFixture fixture;
    QVERIFY(fixture.listen());
    const auto queries = std::move(*fixture.desk->store().connectQueries());
    RawClient client(fixture.port());
    for (int count = 1; count <= 50; ++count) {
        QCOMPARE(client.ask(IntakeFixture::posted("/api/v1/alerts", IntakeFixture::alert())).status, 202);
        QCOMPARE(queries->alertCount(), count);
    }
    auto other = std::make_unique<OtherWriter>(fixture.desk->store().databasePath());
    client.send(IntakeFixture::posted("/api/v1/alerts", IntakeFixture::alert()));
    QTest::qWait(300);
    QVERIFY(!client.hasBytes());
    other.reset();
    QCOMPARE(client.reply().status, 202);
    QCOMPARE(queries->alertCount(), 51);
}

// Another process added it a moment ago; the desk, whose thread waits here, has not heard of it yet.
void TestIntakeService::namesADestinationThatIsNew()
{
    IntakeFixture fixture;
    QVERIFY(fixture.listen());
    auto other = Store::open(fixture.path, fixture.clock);
    QVERIFY(other);
    Destination destination;
    destination.name = QStringLiteral("Ops bridge");
    destination.url = QStringLiteral("http://127.0.0.1:9/hook");
    QVERIFY((*other)->addDestination(destination).result());
    const RawReply taken = fixture.post("/api/v1/alerts", IntakeFixture::alert());
    QCOMPARE(taken.status, 202);
    QVERIFY2(taken.body.contains(R"("destinations":["Ops bridge"])"), taken.body.constData());
    const RawReply metrics = fixture.get("/metrics");
    QVERIFY2(metrics.body.contains(R"(destination="Ops bridge")"), metrics.body.constData());
}

void TestIntakeService::takesRepeatsOnce()
{
    IntakeFixture fixture;
    QVERIFY(fixture.listen());
    const QByteArray own = R"({"id":"R.1","severity":"LOW","alertId":"mine"})";
    QCOMPARE(fixture.post("/api/v1/alerts", own).status, 202);
    const RawReply again = fixture.post("/api/v1/alerts", own);
    QCOMPARE(again.status, 202);
    QCOMPARE(IntakeFixture::json(again)[u"alerts"][0][u"new"].toBool(true), false);
    QCOMPARE(IntakeFixture::json(again)[u"alerts"][0][u"result"].toString(), QStringLiteral("known"));
    const QByteArray posted =
        R"([{"labels":{"alertname":"Up"},"startsAt":"2026-01-01T00:00:00Z","endsAt":"2100-01-01T00:00:00Z"}])";
    for (int i = 0; i < 5; ++i) {
        const RawReply reply = fixture.post("/api/v2/alerts", posted);
        QCOMPARE(reply.status, 200);
        QVERIFY(reply.body.isEmpty());
    }
    QCOMPARE(fixture.alertCount(), 2);
}

void TestIntakeService::takesTheGoodOnesOfAnAlertmanagersBatch()
{
    IntakeFixture fixture;
    QVERIFY(fixture.listen());
    const RawReply reply =
        fixture.post("/api/v2/alerts", R"([{"labels":{"alertname":"A"}},{"labels":{}},{"labels":{"alertname":"B"}}])");
    QCOMPARE(reply.status, 400);
    const QJsonValue json = IntakeFixture::json(reply);
    QVERIFY(json[u"error"].toString().startsWith(QStringLiteral("2 of 3 alerts were taken.")));
    QCOMPARE(json[u"faults"][0][u"index"].toInt(), 1);
    QCOMPARE(fixture.alertCount(), 2);
    QCOMPARE(fixture.post("/api/v1/alerts", '[' + IntakeFixture::alert() + ",{}]").status, 400);
    QCOMPARE(fixture.alertCount(), 2);
    QCOMPARE(fixture
                 .post("/api/v1/webhook/alertmanager",
                       R"({"version":"4","alerts":[{"labels":{"alertname":"C"}},{"labels":{"alertname":"D"}}]})")
                 .status,
             202);
    QCOMPARE(fixture.alertCount(), 4);
}

void TestIntakeService::takesEvents()
{
    IntakeFixture fixture;
    QVERIFY(fixture.listen());
    const QByteArray event = R"({"specversion":"1.0","id":"1","source":"/s","type":"t"})";
    QCOMPARE(fixture.post("/api/v1/webhook/cloudevents", event).status, 202);
    QCOMPARE(fixture
                 .ask(IntakeFixture::posted("/api/v1/webhook/cloudevents", R"({"n":1})",
                                            "ce-specversion: 1.0\r\nce-id: 2\r\nce-source: /s\r\nce-type: t\r\n"))
                 .status,
             202);
    QCOMPARE(fixture.alertCount(), 2);
}

void TestIntakeService::listsActiveAlerts()
{
    IntakeFixture fixture;
    QVERIFY(fixture.listen());
    const QByteArray posted =
        R"([{"labels":{"alertname":"Up"},"startsAt":"2026-01-01T00:00:00Z"},{"labels":{"alertname":"Disk"}}])";
    QCOMPARE(fixture.post("/api/v2/alerts", posted).status, 200);
    QCOMPARE(fixture.post("/api/v1/alerts", IntakeFixture::alert()).status, 202);
    QCOMPARE(IntakeFixture::json(fixture.get("/api/v2/alerts")).toArray().size(), 2);
    const RawReply one = fixture.get("/api/v2/alerts?filter=alertname%3D%22Up%22");
    QCOMPARE(one.status, 200);
    QCOMPARE(IntakeFixture::json(one)[0][u"labels"][u"alertname"].toString(), QStringLiteral("Up"));
    const QByteArray over =
        R"([{"labels":{"alertname":"Up"},"startsAt":"2026-01-01T00:00:00Z","endsAt":"2026-01-02T00:00:00Z"}])";
    QCOMPARE(fixture.post("/api/v2/alerts", over).status, 200);
    QCOMPARE(IntakeFixture::json(fixture.get("/api/v2/alerts")).toArray().size(), 1);
    QCOMPARE(fixture.get("/api/v2/status").status, 200);
}

void TestIntakeService::counts()
{
    const ScriptedReceiver receiver(Answer::ok());
    IntakeFixture fixture;
    QVERIFY(fixture.listen());
    Destination destination;
    destination.name = QStringLiteral("Ops \"1\"");
    destination.url = receiver.url();
    QVERIFY(fixture.desk->addDestination(destination).result().has_value());
    QTRY_COMPARE(fixture.desk->destinations().size(), 1);
    QCOMPARE(fixture.post("/api/v1/alerts", IntakeFixture::alerts(3)).status, 202);
    const auto shows = [&fixture](const QByteArray &line) {
        return fixture.get("/metrics").body.contains(QByteArray('\n' + line + '\n'));
    };
    QTRY_VERIFY(shows("alert_courier_deliveries{destination=\"Ops \\\"1\\\"\",state=\"delivered\"} 3"));
    QVERIFY(shows("alert_courier_alerts_total{source=\"HTTP\"} 3"));
    QVERIFY(shows("alert_courier_attempts_total{outcome=\"acknowledged\"} 3"));
    QVERIFY(shows("alert_courier_attempt_duration_seconds_count 3"));
    QVERIFY(shows("alert_courier_delivery_latency_seconds_bucket{le=\"+Inf\"} 3"));
    QVERIFY(shows("alert_courier_queue_length 0"));
    QCOMPARE(fixture.post("/api/v1/alerts", IntakeFixture::alerts(2)).status, 202);
    QVERIFY(shows("alert_courier_alerts_total{source=\"HTTP\"} 5"));
    QTRY_VERIFY(shows("alert_courier_deliveries{destination=\"Ops \\\"1\\\"\",state=\"delivered\"} 5"));
    Attempt test;
    test.destinationId = fixture.desk->destinations().first().id;
    test.trigger = Trigger::Test;
    test.certificate.sha256 = QByteArray(32, 'x');
    test.certificate.expiresAt = 1'800'000'000'000;
    QVERIFY(fixture.desk->store().recordTest(test).result().has_value());
    QVERIFY(shows("alert_courier_certificate_expiry_timestamp_seconds{destination=\"Ops \\\"1\\\"\"} 1800000000"));
    // One that was deleted, and another by its name: one line.
    QVERIFY(fixture.desk->deleteDestination(fixture.desk->destinations().first().id).result().has_value());
    QTRY_VERIFY(fixture.desk->destinations().isEmpty());
    QVERIFY(fixture.desk->addDestination(destination).result().has_value());
    QTRY_COMPARE(fixture.desk->destinations().size(), 1);
    QCOMPARE(fixture.post("/api/v1/alerts", IntakeFixture::alert()).status, 202);
    QTRY_VERIFY(shows("alert_courier_deliveries{destination=\"Ops \\\"1\\\"\",state=\"delivered\"} 6"));
}

void TestIntakeService::refusesWhatIsTooMuch()
{
    IntakeFixture fixture;
    QVERIFY(fixture.listen());
    auto other = std::make_unique<OtherWriter>(fixture.desk->store().databasePath());
    const QByteArray batch = IntakeFixture::posted("/api/v1/alerts", IntakeFixture::alerts(1000));
    std::vector<std::unique_ptr<RawClient>> waiting;
    RawReply refused;
    while (refused.status == 0 && waiting.size() < 60) {
        waiting.push_back(std::make_unique<RawClient>(fixture.port()));
        waiting.back()->send(batch);
        if (waiting.back()->hasBytes(50)) {
            refused = waiting.back()->reply();
            waiting.pop_back();
        }
    }
    QCOMPARE(refused.status, 429);
    QVERIFY(refused.head.contains("Retry-After: 1\r\n"));
    QVERIFY(fixture.get("/-/healthy").status == 200);
    other.reset();
    qint64 taken = 0;
    for (const auto &client : waiting) { // more than were taken, where they are sent quicker than they are read
        const int status = client->reply().status;
        taken += status == 202 ? 1000 : 0;
        QVERIFY2(status == 202 || status == 429, qPrintable(QString::number(status)));
    }
    QCOMPARE(taken, IntakeHandler::waitingLimit);
    QCOMPARE(fixture.alertCount(), IntakeHandler::waitingLimit);
    QCOMPARE(fixture.post("/api/v1/alerts", IntakeFixture::alert()).status, 202);
}

void TestIntakeService::saysThatTheDiskIsFull()
{
    const QTemporaryDir directory;
    if (::mount("tmpfs", qPrintable(directory.path()), "tmpfs", 0, "size=3m,mode=0700") != 0) {
        QSKIP("Only root can mount a small disk");
    }
    const auto unmount = qScopeGuard([&] { ::umount2(qPrintable(directory.path()), MNT_DETACH); });
    IntakeFixture fixture(directory.path());
    QVERIFY(fixture.listen());
    const QByteArray batch = IntakeFixture::alerts(50, 2000);
    RawReply reply;
    qint64 taken = 0;
    while ((reply = fixture.post("/api/v1/alerts", batch)).status == 202) {
        taken += 50;
    }
    QCOMPARE(reply.status, 507);
    QVERIFY(reply.head.contains("Retry-After: "));
    QVERIFY(reply.body.contains("the disk is full"));
    QCOMPARE(fixture.alertCount(), taken);
    QCOMPARE(fixture.get("/-/ready").status, 503);
    QCOMPARE(fixture.get("/-/healthy").status, 200);
    QVERIFY(::mount("tmpfs", qPrintable(directory.path()), "tmpfs", MS_REMOUNT, "size=30m,mode=0700") == 0);
    QTRY_COMPARE_WITH_TIMEOUT(fixture.post("/api/v1/alerts", batch).status, 202, 20'000);
    fixture.desk.reset();
}

void TestIntakeService::saysThatNothingCanBeKept()
{
    IntakeFixture fixture;
    QVERIFY(fixture.listen());
    const OtherWriter other(fixture.desk->store().databasePath());
    const RawReply reply = fixture.post("/api/v1/alerts", IntakeFixture::alert()); // after the store's own patience
    QCOMPARE(reply.status, 503);
    QVERIFY(reply.head.contains("Retry-After: "));
    QCOMPARE(fixture.get("/-/ready").status, 503);
}

void TestIntakeService::saysThatItsPortIsTaken()
{
    auto squatter = std::move(*HttpServer::listen({}, [](const HttpRequest &, const Responder &) {}));
    IntakeFixture fixture;
    fixture.open();
    IntakeOptions options;
    options.off = false;
    options.address = QStringLiteral("127.0.0.1:%1").arg(squatter->port());
    options.retryInterval = 100ms;
    QVERIFY(fixture.start(options));
    QCOMPARE(fixture.desk->intake().status().state, State::PortTaken);
    QCOMPARE(fixture.desk->intake().status().words, QStringLiteral("Port %1 is taken").arg(squatter->port()));
    QVERIFY(!fixture.desk->intake().status().reason.isEmpty());
    squatter.reset();
    QTRY_VERIFY(fixture.isListening());
}

void TestIntakeService::followsTheSettings()
{
    const quint16 first = ScriptedReceiver::freePort();
    const quint16 second = ScriptedReceiver::freePort();
    IntakeFixture fixture;
    fixture.open();
    IntakeService &intake = fixture.desk->intake();
    fixture.set(IntakeSettings::addressKey(), QStringLiteral("127.0.0.1:%1").arg(first));
    IntakeOptions options;
    options.off = false;
    QVERIFY(fixture.start(options));
    QTRY_COMPARE(fixture.port(), first);
    fixture.set(IntakeSettings::addressKey(), QStringLiteral("127.0.0.1:%1").arg(second));
    intake.readSettings();
    QTRY_COMPARE(fixture.port(), second);
    QVERIFY(!RawClient(first).isConnected());
    // Its words for severities change without a new connection.
    RawClient client(second);
    const QByteArray batch = R"([{"labels":{"alertname":"%1","severity":"page"}}])";
    QCOMPARE(client.ask(IntakeFixture::posted("/api/v2/alerts", batch)).status, 200);
    fixture.set(severitiesKey(QStringLiteral("alertmanager")), QStringLiteral("{\"page\":\"LOW\"}"));
    intake.readSettings();
    QTRY_VERIFY(!intake.settings().severities.isEmpty());
    QCOMPARE(client.ask(IntakeFixture::posted("/api/v2/alerts", QByteArray(batch).replace("%1", "B"))).status, 200);
    const auto newest =
        fixture.desk->store().read([](Queries &queries) { return queries.newestSummaries(2); }).result();
    QCOMPARE(newest.at(0).severity, Severity::Critical);
    QCOMPARE(newest.at(1).severity, Severity::Low);
    fixture.set(IntakeSettings::enabledKey(), QStringLiteral("0"));
    intake.readSettings();
    QTRY_COMPARE(intake.status().state, State::Off);
    fixture.set(IntakeSettings::enabledKey(), QStringLiteral("1"));
    fixture.set(IntakeSettings::addressKey(), QStringLiteral("nonsense"));
    intake.readSettings();
    QTRY_COMPARE(intake.status().state, State::Failed);
    QVERIFY(intake.status().reason.contains(QStringLiteral("nonsense")));
}

void TestIntakeService::opensWithATokenOnly()
{
    IntakeFixture fixture;
    fixture.open();
    IntakeOptions options;
    options.off = false;
    options.address = QStringLiteral("0.0.0.0:0");
    options.retryInterval = 50ms;
    QVERIFY(fixture.start(options));
    QCOMPARE(fixture.desk->intake().status().state, State::Failed);
    fixture.set(IntakeSettings::openKey(), QStringLiteral("1"));
    fixture.desk->intake().readSettings();
    QTRY_VERIFY(fixture.desk->intake().status().reason.contains(QStringLiteral("no token")));
    const QString token = IntakeToken::make();
    fixture.set(IntakeSettings::tokenKey(), IntakeToken::hash(token));
    fixture.desk->intake().readSettings();
    QTRY_VERIFY(fixture.isListening());
    const RawReply stranger = fixture.post("/api/v1/alerts", IntakeFixture::alert());
    QCOMPARE(stranger.status, 401);
    QVERIFY(stranger.head.contains("WWW-Authenticate: Bearer"));
    const QByteArray bearer = "Authorization: Bearer " + token.toLatin1() + "\r\n";
    QCOMPARE(fixture.ask(IntakeFixture::posted("/api/v1/alerts", IntakeFixture::alert(), bearer)).status, 202);
    QVERIFY(fixture.ask(IntakeFixture::request("GET", "/", bearer)).body.contains("Bearer $TOKEN"));
    QVERIFY(!contentOf(fixture.desk->store().databasePath()).contains(token.toLatin1()));
}

void TestIntakeService::survivesItsEndUnderLoad()
{
    for (int round = 0; round < 5; ++round) {
        IntakeFixture fixture;
        QVERIFY(fixture.listen());
        std::vector<std::unique_ptr<RawClient>> clients;
        for (int i = 0; i < 10; ++i) {
            clients.push_back(std::make_unique<RawClient>(fixture.port()));
            clients.back()->send(IntakeFixture::posted("/api/v1/alerts", IntakeFixture::alerts(200 * (i % 3) + 1)));
        }
        fixture.desk.reset();
        fixture.open(); // whole
        QVERIFY(fixture.alertCount() >= 0);
    }
}

QTEST_GUILESS_MAIN(TestIntakeService)
#include "tst_intakeservice.moc"
