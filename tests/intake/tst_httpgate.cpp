// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#include "intake/httpgate.h"
#include "intake/httproutes.h"
#include "intake/intaketoken.h"

#include <QRegularExpression>
#include <QTest>

using namespace courier;

namespace {

HttpRequest request(const QByteArray &method, const QByteArray &path, const QList<HttpHeader> &headers = {})
{
    HttpRequest made;
    made.method = method;
    made.path = path;
    made.headers = QList<HttpHeader>{{"Host", "127.0.0.1:9797"}} + headers;
    return made;
}

HttpRequest post(const QList<HttpHeader> &headers, const QByteArray &path = "/api/v1/alerts")
{
    return request("POST", path, QList<HttpHeader>{{"Content-Length", "2"}} + headers);
}

HttpRequest get(const QList<HttpHeader> &headers = {})
{
    return request("GET", "/", headers);
}

/// The status of the refusal; 0 where it is let in.
int statusOf(const HttpRequest &head, const IntakeAccess &access = {QStringLiteral("127.0.0.1"), false, {}})
{
    const auto refusal = refuseHead(head, access);
    return refusal ? refusal->status : 0;
}

HttpRequest withHost(const QByteArray &host)
{
    HttpRequest head = get();
    head.headers[0].value = host;
    return head;
}

} // namespace

/// What the endpoint lets in by a request's line and headers alone.
class TestHttpGate : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void letsInOrRefuses_data();
    void letsInOrRefuses();
    void namesTheMethods();
    void wantsTheTokenWhereOthersMaySend();
    void knowsEachRoute();
    void makesTokens();
    void comparesTokens();
};

void TestHttpGate::letsInOrRefuses_data()
{
    QTest::addColumn<HttpRequest>("head");
    QTest::addColumn<int>("status"); // 0: let in
    const HttpHeader json{"Content-Type", "application/json"};
    QTest::newRow("page") << get() << 0;
    QTest::newRow("head of the page") << request("HEAD", "/") << 0;
    QTest::newRow("json") << post({json}) << 0;
    QTest::newRow("json with charset") << post({{"content-type", "Application/JSON; charset=utf-8"}}) << 0;
    QTest::newRow("lines") << post({{"Content-Type", "application/x-ndjson"}}) << 0;
    QTest::newRow("chunks") << request("POST", "/api/v1/alerts", {json, {"Transfer-Encoding", "chunked"}}) << 0;
    QTest::newRow("event") << post({{"Content-Type", "application/cloudevents+json"}}, "/api/v1/webhook/cloudevents")
                           << 0;
    QTest::newRow("binary event") << post({{"Content-Type", "text/plain"}, {"ce-specversion", "1.0"}},
                                          "/api/v1/webhook/cloudevents")
                                  << 0;
    // Who asks
    QTest::newRow("localhost") << withHost("LocalHost:9797") << 0;
    QTest::newRow("IPv6") << withHost("[::1]:9797") << 0;
    QTest::newRow("no port") << withHost("127.0.0.1") << 0;
    QTest::newRow("rebound name") << withHost("attacker.example:9797") << 403;
    QTest::newRow("name that begins well") << withHost("127.0.0.1.attacker.example") << 403;
    QTest::newRow("empty host") << withHost("") << 403;
    QTest::newRow("a page's request") << get({{"Origin", "https://attacker.example"}}) << 403;
    QTest::newRow("our own page's, which sends none") << get({{"Origin", "http://127.0.0.1:9797"}}) << 403;
    QTest::newRow("a sandboxed page's") << post({json, {"Origin", "null"}}) << 403;
    QTest::newRow("a page's picture") << get({{"Sec-Fetch-Site", "cross-site"}}) << 403;
    QTest::newRow("a neighbour's") << get({{"Sec-Fetch-Site", "same-site"}}) << 403;
    QTest::newRow("typed by a person") << get({{"Sec-Fetch-Site", "none"}}) << 0;
    // What is asked for
    QTest::newRow("nowhere") << request("GET", "/nowhere") << 404;
    QTest::newRow("posted nowhere") << request("POST", "/api/v3/alerts") << 404;
    QTest::newRow("a slash too many") << request("GET", "//") << 404;
    QTest::newRow("encoded") << request("POST", "/api/v1/%61lerts") << 404;
    QTest::newRow("get what is posted") << request("GET", "/api/v1/alerts") << 405;
    QTest::newRow("post what is got") << request("POST", "/metrics") << 405;
    QTest::newRow("delete") << request("DELETE", "/api/v2/alerts") << 405;
    QTest::newRow("options") << request("OPTIONS", "/api/v1/alerts") << 405;
    QTest::newRow("lower case") << request("get", "/") << 405;
    // What is sent
    QTest::newRow("form") << post({{"Content-Type", "application/x-www-form-urlencoded"}}) << 415;
    QTest::newRow("text, which a page may send") << post({{"Content-Type", "text/plain"}}) << 415;
    QTest::newRow("no type") << post({}) << 415;
    QTest::newRow("lines for Alertmanager")
        << post({{"Content-Type", "application/x-ndjson"}}, "/api/v2/alerts") << 415;
    QTest::newRow("packed") << post({json, {"Content-Encoding", "gzip"}}) << 415;
    QTest::newRow("unpacked") << post({json, {"Content-Encoding", "identity"}}) << 0;
    QTest::newRow("no length") << request("POST", "/api/v1/alerts", {json}) << 411;
}

void TestHttpGate::letsInOrRefuses()
{
    QFETCH(HttpRequest, head);
    QTEST(statusOf(head), "status");
    if (const auto refusal = refuseHead(head, {QStringLiteral("127.0.0.1"), false, {}})) {
        QVERIFY2(refusal->body.startsWith("{\"error\":\""), refusal->body.constData());
        QVERIFY(refusal->body.endsWith(".\"}\n"));
    }
}

void TestHttpGate::namesTheMethods()
{
    const IntakeAccess access{QStringLiteral("127.0.0.1"), false, {}};
    QCOMPARE(headerValue(refuseHead(request("PUT", "/api/v2/alerts"), access)->headers, "Allow"), "GET, HEAD, POST");
    QCOMPARE(headerValue(refuseHead(request("PUT", "/api/v1/alerts"), access)->headers, "Allow"), "POST");
    QCOMPARE(headerValue(refuseHead(request("PUT", "/"), access)->headers, "Allow"), "GET, HEAD");
}

void TestHttpGate::wantsTheTokenWhereOthersMaySend()
{
    const QString token = IntakeToken::make();
    const QByteArray bytes = token.toLatin1();
    const IntakeAccess open{QStringLiteral("0.0.0.0"), true, IntakeToken::hash(token).toLatin1()};
    QCOMPARE(statusOf(get(), open), 401);
    QVERIFY(headerValue(refuseHead(get(), open)->headers, "WWW-Authenticate").startsWith("Bearer"));
    QCOMPARE(statusOf(get({{"Authorization", "Bearer " + bytes}}), open), 0);
    QCOMPARE(statusOf(get({{"authorization", "bearer  " + bytes}}), open), 0);
    QCOMPARE(statusOf(get({{"Authorization", bytes}}), open), 401);
    QCOMPARE(statusOf(get({{"Authorization", "Bearer"}}), open), 401);
    QCOMPARE(statusOf(get({{"Authorization", "Bearer "}}), open), 401);
    QCOMPARE(statusOf(get({{"Authorization", "Bearer " + bytes.chopped(1)}}), open), 401);
    QCOMPARE(statusOf(get({{"Authorization", "Bearer " + IntakeToken::hash(token).toLatin1()}}), open), 401);
    QCOMPARE(statusOf(request("GET", "/nowhere"), open), 401);
    HttpRequest byName = get({{"Authorization", "Bearer " + bytes}});
    byName.headers[0].value = "alerts.example.org";
    QCOMPARE(statusOf(byName, open), 0);
    byName.headers.append(HttpHeader{"Origin", "https://attacker.example"});
    QCOMPARE(statusOf(byName, open), 403);
}

void TestHttpGate::knowsEachRoute()
{
    QCOMPARE(routeOf("/"), IntakeRoute::Page);
    QCOMPARE(routeOf("/api/v2/alerts"), IntakeRoute::AlertmanagerAlerts);
    QCOMPARE(routeOf("/api/v1/webhook/cloudevents"), IntakeRoute::CloudEventsWebhook);
    QVERIFY(!routeOf(""));
    QVERIFY(!routeOf("/api/v2/alerts/"));
}

void TestHttpGate::makesTokens()
{
    const QString one = IntakeToken::make();
    static const QRegularExpression shape(QStringLiteral("^[A-Za-z0-9_-]{43}$"));
    QVERIFY(shape.match(one).hasMatch());
    QVERIFY(one != IntakeToken::make());
    QCOMPARE(IntakeToken::hash(u"abc"),
             QStringLiteral("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"));
}

void TestHttpGate::comparesTokens()
{
    const QByteArray hash = IntakeToken::hash(u"abc").toLatin1();
    QVERIFY(IntakeToken::matches("abc", hash));
    QVERIFY(!IntakeToken::matches("abd", hash));
    QVERIFY(!IntakeToken::matches("", hash));
    QVERIFY(!IntakeToken::matches("abc", {}));
    QVERIFY(!IntakeToken::matches("", {}));
    QVERIFY(!IntakeToken::matches("abc", hash.first(62)));
}

QTEST_GUILESS_MAIN(TestHttpGate)
#include "tst_httpgate.moc"
