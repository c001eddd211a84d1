// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#include "delivery/notification.h"
#include "delivery/queuesource.h"
#include "delivery/vectors.h"
#include "support/scriptedreceiver.h"

#include <QSignalSpy>
#include <QtTest>

using namespace courier;
using test::Answer;

namespace {

// "Name: value\r\n" for each header of a request, as it came.
QByteArray headersOf(const test::Request &request)
{
    const qsizetype firstLine = request.head.indexOf('\n') + 1;
    return request.head.mid(firstLine, request.head.size() - firstLine - 2);
}

} // namespace

/// What goes over the wire and what is recorded of it.
class AttemptTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void vectorsOverASocket_data();
    void vectorsOverASocket();
    void largeBody();
    void requestLine_data();
    void requestLine();
    void recordsHeadersAsSent();
    void recordsHeadersAsReceived();
    void manyResponseHeadersAreCut();
    void recordsTheJob();
    void recordsTheTiming();
    void keptAliveConnectionsDontConnectAnew();
    void retryAfter_data();
    void retryAfter();
    void stagesOfATestAlert();
    void aTestBearsTheMomentItBegan();
    void aResolutionSaysSo();

private:
    test::OneSender m_sender;
};

void AttemptTest::vectorsOverASocket_data()
{
    QTest::addColumn<int>("index");
    const auto all = test::notificationVectors();
    for (int i = 0; i < all.size(); ++i) {
        QTest::newRow(all.at(i).name.constData()) << i;
    }
}

void AttemptTest::vectorsOverASocket()
{
    QFETCH(int, index);
    const auto vector = test::notificationVectors().at(index);
    const test::ScriptedReceiver receiver;
    SendJob job = test::jobFor(test::destinationAt(receiver.url()));
    job.alert = vector.alert;
    job.resent = vector.resent;
    const SendResult result = m_sender.send(job);
    QCOMPARE(result.attempt.outcome, Outcome::Acknowledged);
    QCOMPARE(result.attempt.resent, vector.resent);
    QCOMPARE(receiver.requests().size(), 1);
    const test::Request request = receiver.requests().constFirst();
    QCOMPARE(request.body, vector.body);
    QCOMPARE(request.method, QByteArray("POST"));
    QCOMPARE(request.header("Content-Type"), QByteArray("application/json"));
    QCOMPARE(request.header("Accept"), QByteArray("application/json"));
    QCOMPARE(request.header("webhook-id"), job.webhookId);
    QCOMPARE(request.header("User-Agent"), QByteArray("Alert-Courier/" COURIER_VERSION));
}

void AttemptTest::largeBody()
{
    const test::ScriptedReceiver receiver;
    SendJob job = test::jobFor(test::destinationAt(receiver.url()));
    job.alert.description = QString(3'000'000, QChar(0xe9));
    const SendResult result = m_sender.send(job);
    QCOMPARE(result.attempt.reason, QStringLiteral("200 OK"));
    const QByteArray body = receiver.requests().constFirst().body;
    QVERIFY(body.contains(job.alert.description.toUtf8()));
    QVERIFY(body.endsWith(R"("runbook":"","tags":["test"],"version":null})"));
}

void AttemptTest::requestLine_data()
{
    QTest::addColumn<QString>("path");
    QTest::addColumn<QByteArray>("target");
    const auto row = [](const QString &path, const char *target) {
        QTest::newRow(target) << path << QByteArray(target);
    };
    row(QString(), "/");
    row(QStringLiteral("/"), "/");
    row(QStringLiteral("/a/b?c=d&e=%2F"), "/a/b?c=d&e=%2F");
    row(QStringLiteral("/a%2Fb%20c"), "/a%2Fb%20c");
    row(QStringLiteral("/ü"), "/%C3%BC");
    row(QStringLiteral("/a#fragment"), "/a");
    row(QStringLiteral("?only=query"), "/?only=query");
    row(QStringLiteral("/a;b=c,d@e:f"), "/a;b=c,d@e:f");
}

void AttemptTest::requestLine()
{
    QFETCH(QString, path);
    const test::ScriptedReceiver receiver;
    QCOMPARE(m_sender.send(receiver.url(path)).attempt.reason, QStringLiteral("200 OK"));
    QTEST(receiver.requests().constFirst().target, "target");
}

void AttemptTest::recordsHeadersAsSent()
{
    const test::ScriptedReceiver receiver;
    Destination destination = test::destinationAt(receiver.url());
    destination.headers = {{"X-Tenant", "ops"},
                           {"authorization", "Bearer abc"},
                           {"X-Twice", "one"},
                           {"x-twice", "two"},
                           {"X-Empty", QByteArray()},
                           {"X-Bytes", "caf\xc3\xa9 \xff"},
                           {"X-Long", QByteArray(8000, 'v')},
                           {"If-Modified-Since", "Sun, 06 Nov 1994 08:49:37 GMT"},
                           {"User-Agent", "Mine/1"}};
    for (int round = 0; round < 2; ++round) { // the second over the kept connection
        const SendResult result = m_sender.send(test::jobFor(destination));
        QCOMPARE(result.attempt.reason, QStringLiteral("200 OK"));
        const test::Request request = receiver.requests().constLast();
        QCOMPARE(result.attempt.requestHeaders, headersOf(request));
        QCOMPARE(request.header("X-Tenant"), QByteArray("ops"));
        QCOMPARE(request.header("X-Twice"), QByteArray("one, two"));
        QCOMPARE(request.header("X-Bytes"), QByteArray("caf\xc3\xa9 \xff"));
        QCOMPARE(request.header("User-Agent"), QByteArray("Mine/1"));
        QCOMPARE(request.header("Accept-Encoding"), QByteArray("identity"));
        QCOMPARE(request.header("Content-Length"), QByteArray::number(request.body.size()));
        QVERIFY(!request.header("X-Empty").isNull());
        QVERIFY(request.header("Cookie").isNull());
    }
    QCOMPARE(receiver.connectionCount(), 1);
}

void AttemptTest::recordsHeadersAsReceived()
{
    Answer answer = Answer::ok("ok");
    answer.headers = {{"X-One", "1"},      {"Set-Cookie", "a=b"},      {"Set-Cookie", "c=d; Path=/"},
                      {"x-lower", "two "}, {"X-Colon", "a: b, \"c\""}, {"X-Bytes", "\xff\xc3\xa9"}};
    const test::ScriptedReceiver receiver(answer);
    const SendResult result = m_sender.send(receiver.url());
    QCOMPARE(result.attempt.responseHeaders,
             QByteArray("X-One: 1\r\nSet-Cookie: a=b\r\nSet-Cookie: c=d; Path=/\r\nx-lower: two\r\n"
                        "X-Colon: a: b, \"c\"\r\nX-Bytes: \xff\xc3\xa9\r\nContent-Length: 2\r\n"));
    // Nothing is kept for the next request.
    m_sender.send(receiver.url());
    QVERIFY(receiver.requests().constLast().header("Cookie").isNull());
}

void AttemptTest::manyResponseHeadersAreCut()
{
    Answer answer = Answer::ok("ok");
    answer.headerPadding = 90 * 1024;
    const test::ScriptedReceiver receiver(answer);
    const SendResult result = m_sender.send(receiver.url());
    QCOMPARE(result.attempt.outcome, Outcome::Acknowledged);
    QCOMPARE(result.attempt.responseBody, QByteArray("ok"));
    QCOMPARE(result.attempt.responseHeaders.size(), 64 * 1024);
    QVERIFY(result.attempt.responseHeaders.startsWith("Content-Length: 2\r\nX-Pad: ppp"));
}

void AttemptTest::recordsTheJob()
{
    const test::ScriptedReceiver receiver;
    SendJob job = test::jobFor(test::destinationAt(receiver.url()));
    job.number = 4;
    job.trigger = Trigger::ByHand;
    job.resent = true;
    const qint64 before = SystemClock().nowUtc();
    const SendResult result = m_sender.send(job);
    QCOMPARE(result.job.ticket, job.ticket);
    QCOMPARE(result.attempt.deliveryId, job.deliveryId);
    QCOMPARE(result.attempt.destinationId, DestinationId(7));
    QCOMPARE(result.attempt.number, 4);
    QCOMPARE(result.attempt.trigger, Trigger::ByHand);
    QVERIFY(result.attempt.resent);
    QVERIFY(result.attempt.startedAt >= before && result.attempt.startedAt <= SystemClock().nowUtc());
    QCOMPARE(result.attempt.maskedUrl, maskedUrl(receiver.url()));
    QVERIFY(!result.retryAfter);
}

void AttemptTest::recordsTheTiming()
{
    Answer answer = Answer::ok();
    answer.delay = std::chrono::milliseconds(30);
    const test::ScriptedReceiver receiver(answer);
    const Attempt attempt = m_sender.send(receiver.url()).attempt;
    QVERIFY(attempt.timing.connectStarted >= 0);
    QVERIFY(attempt.timing.requestSent >= attempt.timing.connectStarted);
    QVERIFY(attempt.timing.answered >= 30'000);
    QVERIFY(attempt.timing.answered >= attempt.timing.requestSent);
    QVERIFY(attempt.timing.finished >= attempt.timing.answered);
    QVERIFY(attempt.durationUs >= attempt.timing.finished);
    QCOMPARE(attempt.timing.encrypted, qint64(-1));
}

void AttemptTest::keptAliveConnectionsDontConnectAnew()
{
    const test::ScriptedReceiver receiver;
    m_sender.send(receiver.url());
    const Attempt second = m_sender.send(receiver.url()).attempt;
    QCOMPARE(receiver.connectionCount(), 1);
    QCOMPARE(second.timing.connectStarted, qint64(-1));
}

void AttemptTest::retryAfter_data()
{
    QTest::addColumn<int>("status");
    QTest::addColumn<QByteArray>("value");
    QTest::addColumn<qint64>("seconds");
    QTest::newRow("429 in seconds") << 429 << QByteArray("17") << qint64(17);
    QTest::newRow("503 in seconds") << 503 << QByteArray("3600") << qint64(3600);
    QTest::newRow("503 in the past") << 503 << QByteArray("Sun, 06 Nov 1994 08:49:37 GMT") << qint64(0);
    QTest::newRow("503 nonsense") << 503 << QByteArray("in a while") << qint64(-1);
    QTest::newRow("429 without") << 429 << QByteArray() << qint64(-1);
    QTest::newRow("500 has no say") << 500 << QByteArray("17") << qint64(-1);
    QTest::newRow("200 has no say") << 200 << QByteArray("17") << qint64(-1);
}

void AttemptTest::retryAfter()
{
    QFETCH(int, status);
    QFETCH(QByteArray, value);
    QFETCH(qint64, seconds);
    Answer answer = Answer::withStatus(status, "", "later");
    if (!value.isNull()) {
        answer.headers = {{"retry-after", value}};
    }
    const test::ScriptedReceiver receiver(answer);
    const SendResult result = m_sender.send(receiver.url());
    QCOMPARE(result.retryAfter.has_value(), seconds >= 0);
    if (seconds >= 0) {
        QCOMPARE(*result.retryAfter, std::chrono::milliseconds(std::chrono::seconds(seconds)));
    }
}

void AttemptTest::stagesOfATestAlert()
{
    const test::ScriptedReceiver receiver;
    QSignalSpy spy(&m_sender.pool(), &SenderPool::stageReached);
    SendJob job = test::jobFor(test::destinationAt(receiver.url()));
    m_sender.send(job);
    job.trigger = Trigger::Test;
    job.ticket = 4711;
    const Attempt attempt = m_sender.send(job).attempt;
    QTRY_COMPARE(spy.size(), 2); // over the kept connection; none for the alert that was no test
    QCOMPARE(spy.at(0), (QVariantList{4711LL, QVariant::fromValue(SendStage::Sent), attempt.timing.requestSent}));
    QCOMPARE(spy.at(1), (QVariantList{4711LL, QVariant::fromValue(SendStage::Answered), attempt.timing.answered}));
    const test::ScriptedReceiver other;
    job.destination = std::make_shared<const Destination>(test::destinationAt(other.url()));
    m_sender.send(job);
    QTRY_COMPARE(spy.size(), 5);
    QCOMPARE(spy.at(2).at(1), QVariant::fromValue(SendStage::Connecting));
}

// The body isn't kept: what is shown is made again from startedAt, and has to be what went out.
void AttemptTest::aTestBearsTheMomentItBegan()
{
    const test::ScriptedReceiver receiver;
    SendJob job = test::jobFor(test::destinationAt(receiver.url()));
    job.trigger = Trigger::Test;
    job.alert = testAlert(1'714'564'800'000);
    const Attempt attempt = m_sender.send(job).attempt;
    QCOMPARE(receiver.requests().constFirst().body, notificationBody(testAlert(attempt.startedAt), false));
}

void AttemptTest::aResolutionSaysSo()
{
    const test::ScriptedReceiver receiver;
    SendJob job = test::jobFor(test::destinationAt(receiver.url()));
    job.kind = DeliveryKind::Resolution;
    m_sender.send(job);
    job.resent = true;
    m_sender.send(job);
    QVERIFY(receiver.requests().constFirst().body.contains(R"("title":"Resolved: This is a Test Alert",)"));
    QVERIFY(receiver.requests().constLast().body.contains(R"("title":"[Re-sent]: Resolved: This is a Test Alert",)"));
}

QTEST_GUILESS_MAIN(AttemptTest)
#include "tst_attempt.moc"
