// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#include "httpd/httpserver.h"
#include "httpd/rawclient.h"

#include <QTest>
#include <QThread>

#include <atomic>

using namespace courier;
using namespace std::chrono_literals;
using courier::test::RawClient;
using courier::test::RawReply;

/// What a client gets that asks too much, too slowly, or in a way that can't be trusted; over real sockets.
class TestHttpLimits : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();
    void refusesBadFraming_data();
    void refusesBadFraming();
    void bodySize_data();
    void bodySize();
    void refusesALargeBodyBeforeItIsSent();
    void cutsAnEndlessRefusedBody();
    void headerSize();
    void hugeHeader();
    void slowHeaders();
    void slowHeadersOfALaterRequest();
    void slowBody();
    void silentClient();
    void idleBetweenRequests();
    void clientThatDoesNotRead();
    void tooManyBodiesAtOnce();
    void idleConnectionsMakeRoom();
    void aWaitingClientThatHangsUpMakesRoom();

private:
    void serve(const HttpLimits &limits, HttpServer::Handler handler = {});

    std::unique_ptr<HttpServer> m_server;
    std::atomic_int m_taken = 0;
};

namespace {

/// Long enough that no test reaches it by accident.
HttpLimits patientLimits()
{
    HttpLimits limits;
    limits.headerTime = limits.bodyTime = limits.sendTime = limits.idleTime = 60s;
    return limits;
}

QByteArray chunked(qsizetype size)
{
    return "POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n" + QByteArray::number(size, 16) + "\r\n" +
           QByteArray(size, 'x') + "\r\n0\r\n\r\n";
}

} // namespace

void TestHttpLimits::init()
{
    m_taken = 0;
}

void TestHttpLimits::cleanup()
{
    m_server.reset();
}

void TestHttpLimits::serve(const HttpLimits &limits, HttpServer::Handler handler)
{
    if (!handler) {
        handler = [this](const HttpRequest &request, const Responder &responder) {
            ++m_taken;
            responder.answer(textResponse(200, QByteArray::number(request.body.size())));
        };
    }
    HttpServer::Options options;
    options.limits = limits;
    auto server = HttpServer::listen(options, std::move(handler));
    QVERIFY(server);
    m_server = std::move(*server);
}

void TestHttpLimits::refusesBadFraming_data()
{
    QTest::addColumn<QByteArray>("request");
    QTest::addColumn<int>("status"); // 0: just closed
    const auto post = [](const QByteArray &headers, const QByteArray &body = {}) -> QByteArray {
        return "POST / HTTP/1.1\r\nHost: x\r\n" + headers + "\r\n" + body;
    };
    QTest::newRow("length and chunks") << post("Content-Length: 3\r\nTransfer-Encoding: chunked\r\n") << 400;
    QTest::newRow("two lengths") << post("Content-Length: 3\r\nContent-Length: 4\r\n", "abcd") << 400;
    QTest::newRow("gzip coding") << post("Transfer-Encoding: gzip\r\n") << 501;
    QTest::newRow("negative length") << post("Content-Length: -1\r\n") << 400;
    QTest::newRow("length in words") << post("Content-Length: three\r\n") << 400;
    QTest::newRow("length with a tail") << post("Content-Length: 3x\r\n") << 400;
    QTest::newRow("length of 2^64") << post("Content-Length: 18446744073709551616\r\n") << 413;
    QTest::newRow("length of 2^63") << post("Content-Length: 9223372036854775808\r\n") << 413;
    QTest::newRow("bad chunk size") << post("Transfer-Encoding: chunked\r\n", "xyz\r\n") << 400;
    QTest::newRow("header without colon") << post("nonsense\r\n") << 400;
    QTest::newRow("no host") << QByteArray("POST / HTTP/1.1\r\nContent-Length: 0\r\n\r\n") << 400;
    QTest::newRow("HTTP/2 preface") << QByteArray("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n") << 505;
    QTest::newRow("HTTP/0.9") << QByteArray("GET /\r\n\r\n") << 400;
    QTest::newRow("no HTTP") << QByteArray("\x16\x03\x01\x02\x00\x01\n\n", 8) << 0;
}

void TestHttpLimits::refusesBadFraming()
{
    QFETCH(QByteArray, request);
    QFETCH(int, status);
    serve(patientLimits());
    RawClient client(m_server->port());
    client.send(request);
    QCOMPARE(client.reply().status, status);
    QCOMPARE(m_taken, 0);
    RawClient next(m_server->port());
    QCOMPARE(next.ask(RawClient::post("ok")).body, "2\n");
}

void TestHttpLimits::bodySize_data()
{
    QTest::addColumn<QByteArray>("request");
    QTest::addColumn<int>("status");
    QTest::newRow("at the limit") << RawClient::post(QByteArray(1000, 'x')) << 200;
    QTest::newRow("one over") << RawClient::post(QByteArray(1001, 'x')) << 413;
    QTest::newRow("far over") << RawClient::post(QByteArray(3'000'000, 'x')) << 413;
    QTest::newRow("chunked at the limit") << chunked(1000) << 200;
    QTest::newRow("chunked one over") << chunked(1001) << 413;
    QTest::newRow("chunked far over") << chunked(3'000'000) << 413;
}

void TestHttpLimits::bodySize()
{
    QFETCH(QByteArray, request);
    HttpLimits limits = patientLimits();
    limits.bodyBytes = 1000;
    serve(limits);
    RawClient client(m_server->port());
    const RawReply reply = client.ask(request);
    QTEST(reply.status, "status");
    QCOMPARE(m_taken, reply.status == 200 ? 1 : 0);
    if (reply.status == 413) {
        QCOMPARE(reply.body, "{\"error\":\"The body is larger than 1000 bytes.\"}\n");
    }
    QCOMPARE(client.ask(RawClient::post("next")).body, "4\n");
}

void TestHttpLimits::refusesALargeBodyBeforeItIsSent()
{
    serve(patientLimits());
    RawClient client(m_server->port());
    const RawReply asked =
        client.ask("POST / HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\nContent-Length: 99999999\r\n\r\n");
    QCOMPARE(asked.status, 413);
    RawClient huge(m_server->port());
    QCOMPARE(huge.ask("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 2000000000000\r\n\r\n").status, 413);
}

void TestHttpLimits::cutsAnEndlessRefusedBody()
{
    HttpLimits limits = patientLimits();
    limits.bodyBytes = 1000;
    serve(limits);
    RawClient client(m_server->port());
    client.send("POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n");
    const QByteArray chunk = "100000\r\n" + QByteArray(0x100000, 'x') + "\r\n";
    int sent = 0;
    while (client.isConnected() && sent < 200) {
        client.send(chunk);
        ++sent;
    }
    QVERIFY2(sent < 100, qPrintable(QString::number(sent)));
    QCOMPARE(m_taken, 0);
}

void TestHttpLimits::headerSize()
{
    serve(patientLimits());
    const auto withHeaders = [](qsizetype size) {
        const QByteArray fixed = "GET / HTTP/1.1\r\nHost: x\r\n";
        QByteArray head = fixed;
        while (size - head.size() > 1100) {
            head += "X-Filler: " + QByteArray(1000, 'y') + "\r\n";
        }
        head += "X-Last: " + QByteArray(size - head.size() - 12, 'z') + "\r\n\r\n";
        return head;
    };
    RawClient client(m_server->port());
    QCOMPARE(withHeaders(64 * 1024).size(), 64 * 1024);
    QCOMPARE(client.ask(withHeaders(64 * 1024)).status, 200);
    QCOMPARE(client.ask(withHeaders(64 * 1024 + 1)).status, 431);
    QCOMPARE(client.ask(withHeaders(2000)).status, 200);
    QCOMPARE(m_taken, 2);
}

void TestHttpLimits::hugeHeader()
{
    serve(patientLimits());
    RawClient client(m_server->port());
    client.send("GET / HTTP/1.1\r\nHost: x\r\nX-Huge: " + QByteArray(13'000'000, 'h'));
    const QByteArray received = client.untilClosed();
    QVERIFY(!received.isNull()); // a reset may overtake the 431: the client was still sending
    QVERIFY2(received.isEmpty() || received.startsWith("HTTP/1.1 431 "), received.left(100).constData());
    RawClient hardly(m_server->port()); // a little too large
    const QByteArray refused =
        hardly.ask("GET / HTTP/1.1\r\nHost: x\r\nX-Large: " + QByteArray(HttpLimits().headerBytes, 'h') + "\r\n\r\n")
            .head;
    QVERIFY2(refused.startsWith("HTTP/1.1 431 "), refused.left(100).constData());
    RawClient line(m_server->port());
    line.send("GET /" + QByteArray(200'000, 'u'));
    const QByteArray tooLong = line.untilClosed();
    QVERIFY(tooLong.isEmpty() || tooLong.startsWith("HTTP/1.1 414 "));
    QCOMPARE(m_taken, 0);
}

void TestHttpLimits::slowHeaders()
{
    HttpLimits limits = patientLimits();
    limits.headerTime = 300ms;
    serve(limits);
    RawClient client(m_server->port());
    client.send("POST / HTTP/1.1\r\nHost: x\r\n");
    for (int i = 0; i < 200 && client.isConnected(); ++i) { // a drip doesn't stretch it
        client.send("X");
        QTest::qWait(20);
    }
    QVERIFY(client.untilClosed().startsWith("HTTP/1.1 408 "));
}

void TestHttpLimits::slowHeadersOfALaterRequest()
{
    HttpLimits limits = patientLimits();
    limits.headerTime = 300ms;
    serve(limits);
    RawClient client(m_server->port());
    QCOMPARE(client.ask(RawClient::post("1")).status, 200);
    client.send("POST / HTTP/1.1\r\n");
    QVERIFY(client.untilClosed().startsWith("HTTP/1.1 408 "));
}

void TestHttpLimits::slowBody()
{
    HttpLimits limits = patientLimits();
    limits.bodyTime = 300ms;
    serve(limits);
    RawClient client(m_server->port());
    client.send("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 1000\r\n\r\n");
    for (int i = 0; i < 200 && client.isConnected(); ++i) {
        client.send("x");
        QTest::qWait(20);
    }
    QVERIFY(client.untilClosed().startsWith("HTTP/1.1 408 "));
    QCOMPARE(m_taken, 0);
}

void TestHttpLimits::silentClient()
{
    HttpLimits limits = patientLimits();
    limits.headerTime = 300ms;
    serve(limits);
    RawClient client(m_server->port());
    QCOMPARE(client.untilClosed(), "");
}

void TestHttpLimits::idleBetweenRequests()
{
    HttpLimits limits = patientLimits();
    limits.idleTime = 300ms;
    serve(limits);
    RawClient client(m_server->port());
    QCOMPARE(client.ask(RawClient::post("1")).status, 200);
    QCOMPARE(client.untilClosed(), "");
}

void TestHttpLimits::clientThatDoesNotRead()
{
    HttpLimits limits = patientLimits();
    limits.sendTime = 300ms;
    const QByteArray large(64 * 1024 * 1024, 'x');
    serve(limits, [large](const HttpRequest &, const Responder &responder) { responder.answer({200, {}, large}); });
    RawClient client(m_server->port());
    client.send(RawClient::post("1"));
    QThread::msleep(1000); // no event loop: the socket must not read
    const QByteArray received = client.untilClosed();
    QVERIFY(received.startsWith("HTTP/1.1 200 "));
    QVERIFY(received.size() < large.size());
}

void TestHttpLimits::tooManyBodiesAtOnce()
{
    HttpLimits limits = patientLimits();
    limits.pendingBytes = 1500;
    QList<Responder> waiting;
    std::mutex mutex;
    serve(limits, [this, &waiting, &mutex](const HttpRequest &, const Responder &responder) {
        const std::lock_guard lock(mutex);
        waiting.append(responder);
        ++m_taken;
    });
    RawClient first(m_server->port());
    first.send(RawClient::post(QByteArray(1000, 'x')));
    QTRY_COMPARE(m_taken, 1);
    RawClient second(m_server->port());
    const RawReply refused = second.ask(RawClient::post(QByteArray(1000, 'x')));
    QCOMPARE(refused.status, 429);
    QVERIFY(refused.head.contains("\r\nRetry-After: 1\r\n"));
    waiting.takeFirst().answer(textResponse(200, "done"));
    QCOMPARE(first.reply().status, 200);
    second.send(RawClient::post(QByteArray(1000, 'x')));
    QTRY_COMPARE(m_taken, 2);
}

void TestHttpLimits::idleConnectionsMakeRoom()
{
    HttpLimits limits = patientLimits();
    limits.connections = 10;
    serve(limits);
    RawClient good(m_server->port());
    QCOMPARE(good.ask(RawClient::post("1")).status, 200);
    std::vector<std::unique_ptr<RawClient>> crowd;
    for (int i = 0; i < 200; ++i) {
        crowd.push_back(std::make_unique<RawClient>(m_server->port()));
        if (i % 3 == 0) {
            crowd.back()->send("POST / HTTP/1.1\r\n");
        } else if (i % 3 == 1) {
            crowd.back()->send(RawClient::post("a body").chopped(1));
        }
    }
    RawClient late(m_server->port());
    QCOMPARE(late.ask(RawClient::post("22")).body, "2\n");
    QCOMPARE(good.ask(RawClient::post("333")).body, "3\n"); // who was served before is spared
    QCOMPARE(crowd.front()->untilClosed(), "");
}

void TestHttpLimits::aWaitingClientThatHangsUpMakesRoom()
{
    HttpLimits limits = patientLimits();
    limits.connections = 1;
    QList<Responder> waiting;
    serve(limits, [this, &waiting](const HttpRequest &request, const Responder &responder) {
        if (request.path == "/wait") {
            waiting.append(responder);
        } else {
            responder.answer(textResponse(200, "here"));
        }
        ++m_taken;
    });
    RawClient first(m_server->port());
    first.send(RawClient::post("1", "/wait"));
    QTRY_COMPARE(m_taken, 1);
    first.closeGently();
    const auto isServed = [this] {
        RawClient next(m_server->port());
        return next.ask(RawClient::post("2")).status == 200;
    };
    QTRY_VERIFY_WITH_TIMEOUT(isServed(), 10000);
}

QTEST_GUILESS_MAIN(TestHttpLimits)
#include "tst_httplimits.moc"
