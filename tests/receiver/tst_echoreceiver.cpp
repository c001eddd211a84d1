// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#include "receiver/echoreceiver.h"

#include <QElapsedTimer>
#include <QNetworkAccessManager>
#include <QNetworkReply>
#include <QSignalSpy>
#include <QTcpServer>
#include <QTcpSocket>
#include <QTest>

#include <memory>

using namespace courier;
using namespace std::chrono_literals;

/// The built-in receiver behind a real client.
class TestEchoReceiver : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void answersAsTold_data();
    void answersAsTold();
    void tellsWhatItGot();
    void cutsALongBody();
    void answersSlowlyButAnswers();
    void staysSilentUntilItStops();
    void otherAnswersGoOnBesideASilentOne();
    void answersWhileItsThreadIsBusy();
    void takesThePortItHadBefore();
    void takesAnotherPortWhereItsOwnIsTaken();
    void startsAndStopsOnce();
    void endsWithRequestsUnderWay();
    void clears();

private:
    std::unique_ptr<QNetworkReply> post(const EchoReceiver &receiver, const QByteArray &body,
                                        const QString &path = QStringLiteral("/"));

    QNetworkAccessManager m_network;
};

Q_DECLARE_METATYPE(courier::EchoAnswer)

namespace {

int statusOf(const QNetworkReply &reply)
{
    return reply.attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt();
}

} // namespace

std::unique_ptr<QNetworkReply> TestEchoReceiver::post(const EchoReceiver &receiver, const QByteArray &body,
                                                      const QString &path)
{
    QNetworkRequest request(receiver.url().resolved(QUrl(path)));
    request.setHeader(QNetworkRequest::ContentTypeHeader, QStringLiteral("application/json"));
    request.setRawHeader("X-Test", "one two");
    return std::unique_ptr<QNetworkReply>(m_network.post(request, body));
}

void TestEchoReceiver::answersAsTold_data()
{
    QTest::addColumn<EchoAnswer>("answer");
    QTest::addColumn<int>("status");
    QTest::addColumn<QByteArray>("body");
    QTest::newRow("200") << EchoAnswer::Ok200 << 200 << QByteArray(R"({"status":"ok"})");
    QTest::newRow("401") << EchoAnswer::Unauthorized401 << 401
                         << QByteArray(R"({"error":"the credentials were refused"})");
    QTest::newRow("500") << EchoAnswer::ServerError500 << 500
                         << QByteArray(R"({"error":"the receiver was told to fail"})");
}

void TestEchoReceiver::answersAsTold()
{
    QFETCH(EchoAnswer, answer);
    EchoReceiver receiver;
    QVERIFY(receiver.start());
    QSignalSpy changed(&receiver, &EchoReceiver::answerChanged);
    receiver.setAnswer(answer);
    receiver.setAnswer(answer);
    QCOMPARE(receiver.answer(), answer);
    QCOMPARE(changed.count(), answer == EchoAnswer::Ok200 ? 0 : 1);
    const auto reply = post(receiver, "{}");
    QTRY_VERIFY(reply->isFinished());
    QTEST(statusOf(*reply), "status");
    QTEST(reply->readAll(), "body");
    QCOMPARE(reply->rawHeader("Content-Type"), "application/json");
    QCOMPARE(reply->hasRawHeader("WWW-Authenticate"), answer == EchoAnswer::Unauthorized401);
    QTRY_COMPARE(receiver.requests().size(), 1);
    QTEST(receiver.requests().first().status, "status");
    // The next request gets the next answer.
    receiver.setAnswer(EchoAnswer::Ok200);
    const auto next = post(receiver, "{}");
    QTRY_VERIFY(next->isFinished());
    QCOMPARE(statusOf(*next), 200);
}

void TestEchoReceiver::tellsWhatItGot()
{
    EchoReceiver receiver;
    QSignalSpy started(&receiver, &EchoReceiver::started);
    const auto url = receiver.start();
    QVERIFY(url);
    QCOMPARE(*url, receiver.url());
    QCOMPARE(started.count(), 1);
    QCOMPARE(url->host(), QStringLiteral("127.0.0.1"));
    QSignalSpy spy(&receiver, &EchoReceiver::received);
    const qint64 before = QDateTime::currentMSecsSinceEpoch();
    const QByteArray body = QByteArray("{\"a\":1.0,\"\xc3\xa4\":[]}") + '\0';
    const auto reply = post(receiver, body, QStringLiteral("/hook?key=%41"));
    QTRY_COMPARE(spy.count(), 1);
    const auto request = spy.first().first().value<ReceivedRequest>();
    QCOMPARE(request.method, "POST");
    QCOMPARE(request.target, "/hook?key=A"); // as the client wrote it
    QCOMPARE(request.body, body);
    QCOMPARE(request.bodySize, body.size());
    QVERIFY(request.headers.contains(Header{"X-Test", "one two"}));
    QVERIFY(request.at >= before && request.at <= QDateTime::currentMSecsSinceEpoch());
    QCOMPARE(receiver.requests().size(), 1);
}

void TestEchoReceiver::cutsALongBody()
{
    EchoReceiver receiver;
    QVERIFY(receiver.start());
    const QByteArray body(2'000'000, 'b');
    const auto reply = post(receiver, body);
    QTRY_COMPARE(receiver.requests().size(), 1);
    QCOMPARE(receiver.requests().first().body.size(), 1024 * 1024);
    QCOMPARE(receiver.requests().first().bodySize, body.size());
}

void TestEchoReceiver::answersSlowlyButAnswers()
{
    EchoReceiver receiver;
    QVERIFY(receiver.start());
    receiver.setSlowness(200ms);
    receiver.setAnswer(EchoAnswer::Slow);
    QElapsedTimer timer;
    timer.start();
    const auto reply = post(receiver, "{}");
    QTRY_VERIFY(reply->isFinished());
    QVERIFY(timer.elapsed() >= 200);
    QCOMPARE(statusOf(*reply), 200);
    QCOMPARE(receiver.requests().first().status, 200);
}

void TestEchoReceiver::staysSilentUntilItStops()
{
    EchoReceiver receiver;
    QVERIFY(receiver.start());
    receiver.setAnswer(EchoAnswer::Silent);
    QTcpSocket client; // QNetworkAccessManager would try again on a new connection
    client.connectToHost(receiver.url().host(), static_cast<quint16>(receiver.url().port()));
    QVERIFY(client.waitForConnected());
    client.write("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\n\r\n{}");
    QTRY_COMPARE(receiver.requests().size(), 1);
    QCOMPARE(receiver.requests().first().status, 0);
    QTest::qWait(100);
    QCOMPARE(client.state(), QTcpSocket::ConnectedState);
    QSignalSpy stopped(&receiver, &EchoReceiver::stopped);
    receiver.stop();
    QCOMPARE(stopped.count(), 1);
    QTRY_COMPARE(client.state(), QTcpSocket::UnconnectedState);
    QCOMPARE(client.readAll(), "");
}

void TestEchoReceiver::otherAnswersGoOnBesideASilentOne()
{
    EchoReceiver receiver;
    QVERIFY(receiver.start());
    receiver.setAnswer(EchoAnswer::Silent);
    const auto silent = post(receiver, "1");
    QTRY_COMPARE(receiver.requests().size(), 1);
    receiver.setAnswer(EchoAnswer::Ok200);
    const auto reply = post(receiver, "2");
    QTRY_VERIFY(reply->isFinished());
    QCOMPARE(statusOf(*reply), 200);
    QVERIFY(!silent->isFinished());
}

void TestEchoReceiver::answersWhileItsThreadIsBusy()
{
    EchoReceiver receiver;
    QVERIFY(receiver.start());
    QTcpSocket client;
    client.connectToHost(receiver.url().host(), static_cast<quint16>(receiver.url().port()));
    QVERIFY(client.waitForConnected());
    for (int i = 0; i < 300; ++i) { // without its event loop
        client.write("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\n\r\n{}");
        QByteArray answer;
        while (!answer.endsWith("\"ok\"}") && client.waitForReadyRead(10000)) {
            answer += client.readAll();
        }
        QVERIFY(answer.startsWith("HTTP/1.1 200 OK\r\n"));
    }
    QVERIFY(receiver.requests().isEmpty());
    QSignalSpy spy(&receiver, &EchoReceiver::received);
    QTRY_COMPARE(receiver.requests().size(), 200);
    QCOMPARE(spy.count(), 200); // the latest; who can't follow is spared the rest
}

void TestEchoReceiver::takesThePortItHadBefore()
{
    EchoReceiver receiver;
    const auto first = receiver.start();
    QVERIFY(first);
    const auto reply = post(receiver, "{}");
    QTRY_VERIFY(reply->isFinished());
    receiver.stop();
    QVERIFY(!receiver.isRunning());
    QCOMPARE(receiver.url(), *first);
    const auto second = receiver.start(first->port());
    QVERIFY(second);
    QCOMPARE(*second, *first);
}

void TestEchoReceiver::takesAnotherPortWhereItsOwnIsTaken()
{
    QTcpServer other;
    QVERIFY(other.listen(QHostAddress::LocalHost));
    EchoReceiver receiver;
    const auto url = receiver.start(other.serverPort());
    QVERIFY(url);
    QVERIFY(url->port() != other.serverPort());
    const auto reply = post(receiver, "{}");
    QTRY_VERIFY(reply->isFinished());
    QCOMPARE(statusOf(*reply), 200);
}

void TestEchoReceiver::startsAndStopsOnce()
{
    EchoReceiver receiver;
    QSignalSpy started(&receiver, &EchoReceiver::started);
    QSignalSpy stopped(&receiver, &EchoReceiver::stopped);
    receiver.stop();
    QVERIFY(receiver.start());
    const QUrl url = receiver.url();
    QCOMPARE(*receiver.start(), url);
    QVERIFY(receiver.isRunning());
    QCOMPARE(started.count(), 1);
    receiver.stop();
    receiver.stop();
    QCOMPARE(stopped.count(), 1);
}

void TestEchoReceiver::endsWithRequestsUnderWay()
{
    for (const EchoAnswer answer : {EchoAnswer::Slow, EchoAnswer::Silent, EchoAnswer::Ok200}) {
        auto receiver = std::make_unique<EchoReceiver>();
        QVERIFY(receiver->start());
        receiver->setSlowness(50ms);
        receiver->setAnswer(answer);
        const auto one = post(*receiver, "1");
        QTRY_COMPARE(receiver->requests().size(), 1);
        const auto two = post(*receiver, "2");
        receiver.reset();
        QTest::qWait(100); // for what was still queued or timed
    }
}

void TestEchoReceiver::clears()
{
    EchoReceiver receiver;
    QVERIFY(receiver.start());
    const auto reply = post(receiver, "{}");
    QTRY_COMPARE(receiver.requests().size(), 1);
    QSignalSpy cleared(&receiver, &EchoReceiver::cleared);
    receiver.clear();
    QVERIFY(receiver.requests().isEmpty());
    QCOMPARE(cleared.count(), 1);
}

QTEST_GUILESS_MAIN(TestEchoReceiver)
#include "tst_echoreceiver.moc"
