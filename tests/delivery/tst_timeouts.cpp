// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#include "delivery/queuesource.h"
#include "support/fakeclock.h"
#include "support/scriptedreceiver.h"

#include <QtTest>

using namespace courier;
using namespace std::chrono_literals;
using test::Answer;

/// The limits on one attempt that Qt doesn't set: the wall clock, and what an unfinished answer may occupy.
class TimeoutsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void limitsTheWholeAttempt_data();
    void limitsTheWholeAttempt();
    void goesByTheDestinationsOwnLimit();
    void dripDoesNotPutItOff();
    void endlessHeaders_data();
    void endlessHeaders();
    void tooManyHeaders_data();
    void tooManyHeaders();
    void noHeaders();
    void interimAnswerAlone();
};

void TimeoutsTest::limitsTheWholeAttempt_data()
{
    QTest::addColumn<Answer>("answer");
    QTest::addColumn<int>("status");
    QTest::newRow("no answer") << Answer::never() << 0;
    Answer answer = Answer::ok(QByteArray(10'000, 'x'));
    answer.headers = {{"X-Long", QByteArray(10'000, 'x')}};
    answer.headDrip = 5ms;
    QTest::newRow("a drip of headers") << answer << 0;
    answer.headDrip = 0ms;
    answer.bodyDrip = 5ms;
    QTest::newRow("a drip of a body") << answer << 200;
    answer = Answer::ok();
    answer.announcedLength = 100;
    QTest::newRow("a body that stalls") << answer << 200;
}

void TimeoutsTest::limitsTheWholeAttempt()
{
    QFETCH(Answer, answer);
    QFETCH(int, status);
    const test::ScriptedReceiver receiver(answer);
    test::FakeClock clock;
    test::OneSender sender(clock);
    sender.source().add(test::jobFor(test::destinationAt(receiver.url())));
    sender.pool().wake();
    QVERIFY(receiver.waitForRequests(1));
    clock.advance(9'999ms);
    QVERIFY(!sender.source().waitForResults(1, 200ms));
    clock.advance(1ms);
    QVERIFY(sender.source().waitForResults(1));
    const Attempt attempt = sender.source().results().front().attempt;
    QCOMPARE(attempt.outcome, Outcome::TimedOut);
    QCOMPARE(attempt.reason, QStringLiteral("Timed out after 10 s."));
    QCOMPARE(attempt.status, status);
    QCOMPARE(attempt.bodyCut, status != 0);
    QCOMPARE(attempt.durationUs, qint64(10'000'000));
    QTRY_COMPARE(receiver.openConnections(), 0);
    QCOMPARE(receiver.requestCount(), 1);
}

void TimeoutsTest::goesByTheDestinationsOwnLimit()
{
    const test::ScriptedReceiver receiver(Answer::never());
    test::FakeClock clock;
    test::OneSender sender(clock);
    for (const int seconds : {3, 60}) {
        Destination destination = test::destinationAt(receiver.url());
        destination.timeoutSeconds = seconds;
        sender.source().add(test::jobFor(destination));
    }
    sender.pool().wake();
    QVERIFY(receiver.waitForRequests(2));
    clock.advance(3s);
    QVERIFY(sender.source().waitForResults(1));
    QVERIFY(!sender.source().waitForResults(2, 150ms));
    clock.advance(57s);
    QVERIFY(sender.source().waitForResults(2));
    const auto results = sender.source().results();
    QCOMPARE(results.at(0).attempt.reason, QStringLiteral("Timed out after 3 s."));
    QCOMPARE(results.at(1).attempt.reason, QStringLiteral("Timed out after 60 s."));
}

// By the machine's clock, a hundred times faster than an operator would have it.
void TimeoutsTest::dripDoesNotPutItOff()
{
    Answer answer = Answer::ok(QByteArray(100'000, 'x'));
    answer.bodyDrip = 2ms;
    const test::ScriptedReceiver receiver(answer);
    test::OneSender sender(SenderOptions{8, 10ms});
    const Attempt attempt = sender.send(receiver.url()).attempt;
    QCOMPARE(attempt.outcome, Outcome::TimedOut);
    QCOMPARE(attempt.reason, QStringLiteral("Timed out after 10 s."));
    QVERIFY(attempt.durationUs >= 100'000);
    QVERIFY(!attempt.responseBody.isEmpty());
    QCOMPARE(attempt.responseBodySize, qint64(100'000));
}

void TimeoutsTest::endlessHeaders_data()
{
    QTest::addColumn<Answer>("answer");
    Answer answer = Answer::ok();
    answer.headerPadding = Answer::endless;
    QTest::newRow("headers without end") << answer;
    answer = Answer::withStatus(401, "Unauthorized", "nonono");
    answer.bodySize = Answer::endless;
    answer.framing = Answer::Framing::UntilClose;
    QTest::newRow("the body of a 401 without end") << answer;
    answer.framing = Answer::Framing::ContentLength;
    answer.announcedLength = 2'000'000'000;
    answer.status = 407;
    QTest::newRow("2 GB of a 407") << answer;
}

// Qt hands out nothing of these before it is complete: only the fuse ends them before memory does.
void TimeoutsTest::endlessHeaders()
{
    QFETCH(Answer, answer);
    const test::ScriptedReceiver receiver(answer);
    const qint64 before = test::peakMemory();
    SenderOptions options;
    options.unansweredMemory = 16 * 1024 * 1024;
    test::OneSender sender(options);
    const Attempt attempt = sender.send(receiver.url()).attempt;
    QCOMPARE(attempt.outcome, Outcome::Unknown);
    QCOMPARE(attempt.reason, QStringLiteral("The answer was too large to take in: the receiver may have got it."));
    const qint64 grown = test::peakMemory() - before;
    QVERIFY2(grown < 300 * 1024, qPrintable(QStringLiteral("%1 KiB").arg(grown)));
    QTRY_COMPARE(receiver.openConnections(), 0);
}

void TimeoutsTest::tooManyHeaders_data()
{
    QTest::addColumn<int>("status");
    QTest::addColumn<qint64>("padding");
    QTest::newRow("200, 4 MB") << 200 << qint64(4) * 1024 * 1024;
    QTest::newRow("503, 4 MB") << 503 << qint64(4) * 1024 * 1024;
    QTest::newRow("200, two hundred headers") << 200 << qint64(200) * 1024;
}

// Qt 6.4 in Debian drops all headers where there are too many, and with them the body's length: it would wait for more
// until the connection ends. The status is there all the same.
void TimeoutsTest::tooManyHeaders()
{
    QFETCH(int, status);
    QFETCH(qint64, padding);
    Answer answer = Answer::withStatus(status, "Final", "body");
    answer.headerPadding = padding;
    const test::ScriptedReceiver receiver(answer);
    const qint64 before = test::peakMemory();
    test::OneSender sender(SenderOptions{8, 100ms});
    const Attempt attempt = sender.send(receiver.url()).attempt;
    QCOMPARE(attempt.reason, QStringLiteral("%1 Final").arg(status));
    QCOMPARE(attempt.outcome, status < 300 ? Outcome::Acknowledged : Outcome::Rejected);
    QVERIFY(attempt.responseHeaders.size() <= 64 * 1024);
    QCOMPARE(attempt.responseBody, QByteArray("body"));
    const qint64 grown = test::peakMemory() - before;
    QVERIFY2(grown < 40 * 1024, qPrintable(QStringLiteral("%1 KiB").arg(grown)));
    // The connection isn't used again.
    QTRY_COMPARE(receiver.openConnections(), 0);
    QCOMPARE(receiver.requestCount(), 1);
}

// As servers of old did: such an answer is whole when the connection ends.
void TimeoutsTest::noHeaders()
{
    const Attempt attempt = test::OneSender().sendOnceTo(Answer::bytes("HTTP/1.0 200 OK\r\n\r\nThanks for it")).attempt;
    QCOMPARE(attempt.outcome, Outcome::Acknowledged);
    QCOMPARE(attempt.responseHeaders, QByteArray());
    QCOMPARE(attempt.responseBody, QByteArray("Thanks for it"));
    QVERIFY(!attempt.bodyCut);
}

// Qt 6.4 takes every interim answer but 100 for the final one. What follows it must not be taken for the answer to
// the next request.
void TimeoutsTest::interimAnswerAlone()
{
    test::ScriptedReceiver receiver([](const test::Request &, int nth) {
        Answer answer = nth == 1 ? Answer::ok("late answer to the first") : Answer::withStatus(500, "", "second");
        if (nth == 1) {
            answer.before = "HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n";
            answer.pauseAfterBefore = 300ms;
        }
        return answer;
    });
    test::OneSender sender;
    const Attempt first = sender.send(receiver.url()).attempt;
    QCOMPARE(first.outcome, Outcome::Unknown);
    QCOMPARE(first.reason,
             QStringLiteral("An interim answer came first (103 Early Hints), and what follows one can't be read: the "
                            "receiver may have got it."));
    const Attempt second = sender.send(receiver.url()).attempt;
    QCOMPARE(second.outcome, Outcome::Rejected);
    QCOMPARE(second.responseBody, QByteArray("second"));
}

QTEST_GUILESS_MAIN(TimeoutsTest)
#include "tst_timeouts.moc"
