// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#include "delivery/queuesource.h"
#include "support/scriptedreceiver.h"

#include <QHash>
#include <QtTest>

#include <atomic>
#include <thread>

using namespace courier;
using namespace std::chrono_literals;
using test::Answer;

/// One attempt is one request, whatever becomes of the connection it goes over.
class NeverResendsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void closedAsTheNextRequestArrives_data();
    void closedAsTheNextRequestArrives();
    void closedWhileManyAreSent();
    void closedCleanlyBeforeTheRequest();
    void droppedAfterEachAnswer();
};

void NeverResendsTest::closedAsTheNextRequestArrives_data()
{
    QTest::addColumn<Answer::Then>("then");
    QTest::newRow("closed unread") << Answer::Then::CloseOnNextBytes;
    QTest::newRow("reset unread") << Answer::Then::ResetOnNextBytes;
    QTest::newRow("closed when read") << Answer::Then::CloseOnNextRequest;
}

void NeverResendsTest::closedAsTheNextRequestArrives()
{
    QFETCH(Answer::Then, then);
    Answer answer;
    answer.then = then;
    const test::ScriptedReceiver receiver(answer);
    test::OneSender sender;
    int acknowledged = 0;
    for (int i = 0; i < 50; ++i) {
        const SendResult result = sender.send(receiver.url());
        const bool isKnown = result.attempt.outcome == Outcome::Acknowledged;
        acknowledged += isKnown ? 1 : 0;
        QVERIFY2(isKnown || result.attempt.outcome == Outcome::Unknown, qPrintable(result.attempt.reason));
        int seen = 0;
        for (const test::Request &request : receiver.requests()) {
            seen += request.header("webhook-id") == result.job.webhookId ? 1 : 0;
        }
        QVERIFY(seen <= 1);
        QVERIFY(seen == 1 || !isKnown);
    }
    QVERIFY(acknowledged >= 25); // at least each first one on its connection
    QVERIFY(acknowledged < 50);  // the receiver did break some
}

void NeverResendsTest::closedWhileManyAreSent()
{
    constexpr int count = 2000;
    test::ScriptedReceiver receiver;
    test::QueueSource source;
    const SystemClock clock;
    SenderPool pool(source, clock);
    const auto destination = std::make_shared<const Destination>(test::destinationAt(receiver.url()));
    for (int i = 0; i < count; ++i) {
        source.add(test::jobFor(destination));
    }
    std::atomic_bool isDone{false};
    std::thread closer([&] {
        while (!isDone) {
            receiver.closeIdleConnections();
            std::this_thread::sleep_for(1ms);
        }
    });
    pool.wake();
    const bool allCame = source.waitForResults(count);
    isDone = true;
    closer.join();
    QVERIFY(allCame);
    QHash<QByteArray, int> seen;
    for (const test::Request &request : receiver.requests()) {
        ++seen[request.header("webhook-id")];
    }
    for (const SendResult &result : source.results()) {
        const bool isKnown = result.attempt.outcome == Outcome::Acknowledged;
        QVERIFY2(isKnown || result.attempt.outcome == Outcome::Unknown, qPrintable(result.attempt.reason));
        QVERIFY(seen.value(result.job.webhookId) <= 1);
        QVERIFY(seen.value(result.job.webhookId) == 1 || !isKnown);
    }
}

void NeverResendsTest::closedCleanlyBeforeTheRequest()
{
    test::ScriptedReceiver receiver;
    test::OneSender sender;
    for (int i = 0; i < 30; ++i) {
        QCOMPARE(sender.send(receiver.url()).attempt.reason, QStringLiteral("200 OK"));
        receiver.endIdleConnections();
    }
    QCOMPARE(receiver.requestCount(), 30);
    QCOMPARE(receiver.connectionCount(), 30);
}

void NeverResendsTest::droppedAfterEachAnswer()
{
    Answer answer;
    answer.then = Answer::Then::Close;
    const test::ScriptedReceiver receiver(answer);
    test::OneSender sender;
    for (int i = 0; i < 30; ++i) {
        QCOMPARE(sender.send(receiver.url()).attempt.reason, QStringLiteral("200 OK"));
    }
    QCOMPARE(receiver.requestCount(), 30);
}

QTEST_GUILESS_MAIN(NeverResendsTest)
#include "tst_neverresends.moc"
