// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#include "httpd/httpserver.h"
#include "httpd/rawclient.h"

#include <QTest>

#include <mutex>
#include <thread>

#include <sys/socket.h>

using namespace courier;
using courier::test::RawClient;
using courier::test::RawReply;

/// What the server hands over and sends back, over real sockets.
class TestHttpServer : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void handsOverTheRequestAsItCame();
    void keepsTheConnection();
    void answersPipelinedRequestsInOrder();
    void answersAHalfClosedClientAtOnce();
    void joinsChunks();
    void letsTheClientContinue();
    void sendsTheAnswerAsGiven();
    void leavesOutTheBodyOfHead();
    void answersLaterFromAnyThread();
    void closesWhatIsNeverAnswered();
    void gateRefusesBeforeTheBody();
    void gateLetsTheNextRequestIn();
    void stopsWithSilentConnections();
    void sendsGivenAnswersBeforeItStops();
    void answeringAfterTheServerIsGone();
    void manyClientsManyThreads();
    void listensOnIpv6();
    void saysWhyItCannotListen_data();
    void saysWhyItCannotListen();
};

namespace {

/// Keeps what the handler got, so that a test can look at it and answer later.
class Desk
{
public:
    HttpServer::Handler handler()
    {
        return [this](HttpRequest request, Responder responder) {
            const std::lock_guard lock(m_mutex);
            m_requests.append(std::move(request));
            m_responders.push_back(std::move(responder));
        };
    }
    int count()
    {
        const std::lock_guard lock(m_mutex);
        return static_cast<int>(m_requests.size());
    }
    HttpRequest request(int number)
    {
        const std::lock_guard lock(m_mutex);
        return m_requests.at(number);
    }
    /// Those that were not taken yet.
    std::vector<Responder> takeResponders()
    {
        const std::lock_guard lock(m_mutex);
        return std::exchange(m_responders, {});
    }

private:
    std::mutex m_mutex;
    QList<HttpRequest> m_requests;
    std::vector<Responder> m_responders;
};

/// Says what it got: "POST /path 5 bytes".
void describe(const HttpRequest &request, const Responder &responder)
{
    responder.answer(textResponse(200, request.method + ' ' + request.path + ' ' +
                                           QByteArray::number(request.body.size()) + " bytes"));
}

std::unique_ptr<HttpServer> serve(HttpServer::Handler handler, HttpServer::Options options = {})
{
    auto server = HttpServer::listen(std::move(options), std::move(handler));
    return server ? std::move(*server) : nullptr;
}

} // namespace

void TestHttpServer::handsOverTheRequestAsItCame()
{
    Desk desk;
    const auto server = serve(desk.handler());
    QVERIFY(server);
    RawClient client(server->port());
    const QByteArray body("a\0b\r\n\xff", 6);
    client.send("PUT /a%2Fb%20c/../d?x=%41&y=1+2 HTTP/1.1\r\nHost: localhost\r\nX-Two: first\r\nAccept:   */* \r\n"
                "X-Two: second\r\nX-Empty:\r\nContent-Length: 6\r\n\r\n" +
                body);
    QTRY_COMPARE(desk.count(), 1);
    const HttpRequest request = desk.request(0);
    QCOMPARE(request.method, "PUT");
    QCOMPARE(request.path, "/a%2Fb%20c/../d");
    QCOMPARE(request.query, "x=%41&y=1+2");
    const QList<HttpHeader> headers{{"Host", "localhost"}, {"X-Two", "first"}, {"Accept", "*/*"},
                                    {"X-Two", "second"},   {"X-Empty", ""},    {"Content-Length", "6"}};
    QCOMPARE(request.headers, headers);
    QCOMPARE(headerValue(request.headers, "x-two"), "first");
    QVERIFY(!headerValue(request.headers, "x-empty").isNull());
    QVERIFY(headerValue(request.headers, "x-none").isNull());
    QCOMPARE(request.body, body);
    QVERIFY(request.peer.startsWith(QLatin1String("127.0.0.1:")));
}

void TestHttpServer::keepsTheConnection()
{
    const auto server = serve(describe);
    RawClient client(server->port());
    QCOMPARE(client.ask(RawClient::post("12345", "/one")).body, "POST /one 5 bytes\n");
    QCOMPARE(client.ask(RawClient::post("", "/two")).body, "POST /two 0 bytes\n");
    QCOMPARE(client.ask("GET /three HTTP/1.1\r\nHost: x\r\n\r\n").body, "GET /three 0 bytes\n");
    QCOMPARE(client.ask("GET /four HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n").body, "GET /four 0 bytes\n");
    QCOMPARE(client.untilClosed(), "");
}

void TestHttpServer::answersPipelinedRequestsInOrder()
{
    Desk desk;
    const auto server = serve(desk.handler());
    RawClient client(server->port());
    client.send(RawClient::post("1", "/one") + RawClient::post("2", "/two"));
    QTRY_COMPARE(desk.count(), 1);
    desk.takeResponders().front().answer(textResponse(200, "1"));
    QCOMPARE(client.reply().body, "1\n");
    QTRY_COMPARE(desk.count(), 2);
    desk.takeResponders().front().answer(textResponse(200, "2"));
    QCOMPARE(client.reply().body, "2\n");
}

void TestHttpServer::answersAHalfClosedClientAtOnce()
{
    const auto server = serve(describe);
    QTcpSocket socket;
    socket.connectToHost(QHostAddress::LocalHost, server->port());
    QVERIFY(socket.waitForConnected());
    socket.write(RawClient::post("1", "/half"));
    QVERIFY(socket.waitForBytesWritten());
    ::shutdown(static_cast<int>(socket.socketDescriptor()), SHUT_WR);
    QByteArray received;
    while (!received.endsWith("POST /half 1 bytes\n")) {
        QVERIFY2(socket.waitForReadyRead(RawClient::patience), received.constData());
        received += socket.readAll();
    }
}

void TestHttpServer::joinsChunks()
{
    Desk desk;
    const auto server = serve(desk.handler());
    RawClient client(server->port());
    client.send("POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n");
    client.send("7;name=value\r\n, world\r\n0\r\nX-Trailer: 1\r\n\r\n");
    QTRY_COMPARE(desk.count(), 1);
    QCOMPARE(desk.request(0).body, "hello, world");
    QVERIFY(headerValue(desk.request(0).headers, "X-Trailer").isNull());
}

void TestHttpServer::letsTheClientContinue()
{
    const auto server = serve(describe);
    RawClient client(server->port());
    const RawReply leave =
        client.ask("POST / HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\nContent-Length: 3\r\n\r\n");
    QCOMPARE(leave.status, 100);
    QCOMPARE(client.ask("abc").body, "POST / 3 bytes\n");
}

void TestHttpServer::sendsTheAnswerAsGiven()
{
    const HttpResponse response{
        429, {{"Retry-After", "7"}, {"Set-Cookie", "a=1"}, {"Set-Cookie", "b=2"}}, QByteArray("x\0y", 3)};
    const auto server =
        serve([response](const HttpRequest &, const Responder &responder) { responder.answer(response); });
    RawClient client(server->port());
    const RawReply reply = client.ask(RawClient::post("1"));
    QCOMPARE(reply.status, 429);
    QCOMPARE(reply.body, response.body);
    QVERIFY(reply.head.startsWith("HTTP/1.1 429 Too Many Requests\r\n"));
    QVERIFY(reply.head.contains("\r\nRetry-After: 7\r\n"));
    QVERIFY(reply.head.contains("\r\nSet-Cookie: a=1\r\nSet-Cookie: b=2\r\n"));
}

void TestHttpServer::leavesOutTheBodyOfHead()
{
    const auto server = serve(describe);
    RawClient client(server->port());
    client.send("HEAD / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
    const QByteArray received = client.untilClosed();
    QVERIFY(received.startsWith("HTTP/1.1 200 OK\r\n"));
    QVERIFY(received.endsWith("\r\n\r\n"));
}

void TestHttpServer::answersLaterFromAnyThread()
{
    Desk desk;
    const auto server = serve(desk.handler());
    RawClient first(server->port());
    RawClient second(server->port());
    first.send(RawClient::post("1"));
    QTRY_COMPARE(desk.count(), 1);
    second.send(RawClient::post("2"));
    QTRY_COMPARE(desk.count(), 2);
    std::thread other([responders = desk.takeResponders()] {
        responders.at(1).answer(textResponse(202, "second"));
        responders.at(0).answer(textResponse(201, "first"));
        responders.at(0).answer(textResponse(500, "too late"));
    });
    QCOMPARE(second.reply().body, "second\n");
    QCOMPARE(first.reply().body, "first\n");
    other.join();
    first.send(RawClient::post("3"));
    QTRY_COMPARE(desk.count(), 3);
    desk.takeResponders().front().answer(textResponse(200, "again"));
    QCOMPARE(first.reply().body, "again\n");
}

void TestHttpServer::closesWhatIsNeverAnswered()
{
    Desk desk;
    auto server = serve(desk.handler());
    RawClient later(server->port());
    later.send(RawClient::post("1"));
    QTRY_COMPARE(desk.count(), 1);
    std::vector<Responder> responders = desk.takeResponders();
    responders.push_back(responders.front());
    responders.pop_back(); // a copy is left
    responders.clear();
    QCOMPARE(later.untilClosed(), "");

    server = serve([](const HttpRequest &, const Responder &) {});
    RawClient atOnce(server->port());
    atOnce.send(RawClient::post("1"));
    QCOMPARE(atOnce.untilClosed(), "");
}

void TestHttpServer::gateRefusesBeforeTheBody()
{
    HttpServer::Options options;
    options.gate = [](const HttpRequest &head) -> std::optional<HttpResponse> {
        HttpResponse refusal = textResponse(405, head.path);
        refusal.headers.push_back(HttpHeader{"Allow", "POST"});
        return refusal;
    };
    Desk desk;
    const auto server = serve(desk.handler(), options);
    RawClient client(server->port());
    const RawReply reply =
        client.ask("PUT /x HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\nContent-Length: 3\r\n\r\n");
    QCOMPARE(reply.status, 405);
    QCOMPARE(reply.body, "/x\n");
    QVERIFY(reply.head.contains("\r\nAllow: POST\r\n"));
    QCOMPARE(client.untilClosed(), "");
    QCOMPARE(desk.count(), 0);
}

void TestHttpServer::gateLetsTheNextRequestIn()
{
    HttpServer::Options options;
    options.gate = [](const HttpRequest &head) -> std::optional<HttpResponse> {
        return head.path == "/no" ? std::optional(textResponse(401, "no")) : std::nullopt;
    };
    const auto server = serve(describe, options);
    RawClient client(server->port());
    QCOMPARE(client.ask(RawClient::post("refused", "/no")).status, 401);
    QCOMPARE(client.ask(RawClient::post("taken", "/yes")).body, "POST /yes 5 bytes\n");
}

void TestHttpServer::stopsWithSilentConnections()
{
    Desk desk;
    const auto server = serve(desk.handler());
    RawClient unanswered(server->port());
    unanswered.send(RawClient::post("1"));
    QTRY_COMPARE(desk.count(), 1);
    RawClient silent(server->port());
    RawClient half(server->port());
    half.send("POST / HTTP/1.1\r\n");
    server->stop();
    QCOMPARE(unanswered.untilClosed(), "");
    QCOMPARE(silent.untilClosed(), "");
    QCOMPARE(half.untilClosed(), "");
    server->stop();
}

void TestHttpServer::sendsGivenAnswersBeforeItStops()
{
    Desk desk;
    const auto server = serve(desk.handler());
    RawClient client(server->port());
    client.send(RawClient::post("1"));
    QTRY_COMPARE(desk.count(), 1);
    desk.takeResponders().front().answer(textResponse(202, "kept"));
    server->stop();
    QCOMPARE(client.reply().body, "kept\n");
}

void TestHttpServer::answeringAfterTheServerIsGone()
{
    Desk desk;
    {
        const auto server = serve(desk.handler());
        RawClient client(server->port());
        client.send(RawClient::post("1"));
        QTRY_COMPARE(desk.count(), 1);
    }
    desk.takeResponders().front().answer(textResponse(200, "too late"));
}

void TestHttpServer::manyClientsManyThreads()
{
    constexpr int clients = 24;
    constexpr int rounds = 20;
    Desk desk;
    const auto server = serve(desk.handler());
    std::atomic_bool ended = false;
    const auto answerSome = [&desk, &ended] {
        while (!ended) {
            for (const Responder &responder : desk.takeResponders()) {
                responder.answer(textResponse(200, "done"));
            }
            std::this_thread::yield();
        }
    };
    std::thread one(answerSome);
    std::thread two(answerSome);
    std::vector<std::unique_ptr<RawClient>> all;
    all.reserve(clients);
    for (int i = 0; i < clients; ++i) {
        all.push_back(std::make_unique<RawClient>(server->port()));
    }
    int good = 0;
    for (int round = 0; round < rounds; ++round) {
        for (const auto &client : all) {
            client->send(RawClient::post("payload"));
        }
        for (const auto &client : all) {
            good += client->reply().body == "done\n" ? 1 : 0;
        }
    }
    ended = true;
    one.join();
    two.join();
    QCOMPARE(good, clients * rounds);
    QCOMPARE(desk.count(), clients * rounds);
}

void TestHttpServer::listensOnIpv6()
{
    HttpServer::Options options;
    options.address = QStringLiteral("::1");
    auto server = HttpServer::listen(options, describe);
    if (!server) {
        QSKIP("This machine has no IPv6 loopback.");
    }
    QCOMPARE((*server)->url().toString(), QStringLiteral("http://[::1]:%1/").arg((*server)->port()));
    RawClient client((*server)->port(), QHostAddress::LocalHostIPv6);
    QCOMPARE(client.ask(RawClient::post("1")).body, "POST / 1 bytes\n");
}

void TestHttpServer::saysWhyItCannotListen_data()
{
    QTest::addColumn<QString>("address");
    QTest::addColumn<Error::Kind>("kind");
    QTest::addColumn<QString>("message");
    QTest::newRow("port taken") << QStringLiteral("127.0.0.1") << Error::Kind::Busy
                                << QStringLiteral("Port %1 is in use by another program.");
    QTest::newRow("a name") << QStringLiteral("localhost") << Error::Kind::Invalid
                            << QStringLiteral("localhost is not a numeric address.");
    QTest::newRow("not ours") << QStringLiteral("192.0.2.1") << Error::Kind::Invalid
                              << QStringLiteral("192.0.2.1 is not an address of this computer.");
}

void TestHttpServer::saysWhyItCannotListen()
{
    QFETCH(QString, address);
    QFETCH(QString, message);
    const auto first = serve(describe);
    HttpServer::Options options;
    options.address = address;
    options.port = first->port();
    const auto second = HttpServer::listen(options, describe);
    QVERIFY(!second);
    QTEST(second.error().kind, "kind");
    QCOMPARE(second.error().message, message.contains(u'%') ? message.arg(first->port()) : message);
}

QTEST_GUILESS_MAIN(TestHttpServer)
#include "tst_httpserver.moc"
