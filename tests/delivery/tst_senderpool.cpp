// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#include "delivery/queuesource.h"
#include "support/fakeclock.h"
#include "support/scriptedreceiver.h"

#include <QSet>
#include <QtTest>

#include <atomic>
#include <future>
#include <thread>

using namespace courier;
using namespace std::chrono_literals;
using test::Answer;

namespace {

/// Hands out nothing, and lets a test hold a sender up while it looks.
class GatedSource final : public DeliverySource
{
public:
    std::optional<SendJob> takeNext() override
    {
        ++asked;
        const std::lock_guard lock(gate);
        return std::nullopt;
    }
    void finished(SendResult) override {}

    std::atomic<int> asked{0};
    std::mutex gate;
};

// What lasts on a busy machine makes no room for more.
const SenderPool::Options noneBeside{2, [] {
                                         SenderOptions options;
                                         options.slow = 0;
                                         return options;
                                     }()};

} // namespace

/// Many attempts at a time: each once, no more than allowed, and an orderly end.
class SenderPoolTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void deliversEachOnce();
    void whatLastsMakesRoom();
    void keepsToItsLimits();
    void waitingForAConnectionIsNoAttemptYet();
    void deadDestinationLeavesRoomForOthers();
    void takesNothingBeforeItIsWoken();
    void wakesCostLittle();
    void stopLetsWhatIsUnderWayEnd();
    void stopCutsShortWhatDoesNotEnd();
    void stopTwice();
    void destructorHandsAllBack();
};

void SenderPoolTest::deliversEachOnce()
{
    constexpr int count = 5000;
    const test::ScriptedReceiver receiver;
    test::QueueSource source;
    const SystemClock clock;
    SenderPool pool(source, clock, noneBeside);
    QList<std::shared_ptr<const Destination>> destinations;
    for (const char *path : {"/a", "/b", "/c"}) {
        const QString url = receiver.url(QString::fromLatin1(path));
        destinations.append(std::make_shared<const Destination>(test::destinationAt(url)));
    }
    std::thread feeder([&] { // one by one, as alerts come in: no wake may get lost
        for (int i = 0; i < count; ++i) {
            source.add(test::jobFor(destinations.at(i % destinations.size())));
            pool.wake();
        }
    });
    feeder.join();
    QVERIFY(source.waitForResults(count));
    QSet<QByteArray> seen;
    for (const test::Request &request : receiver.requests()) {
        seen.insert(request.header("webhook-id"));
    }
    QCOMPARE(receiver.requestCount(), count);
    QCOMPARE(seen.size(), count);
    for (const SendResult &result : source.results()) {
        QCOMPARE(result.attempt.reason, QStringLiteral("200 OK"));
        QVERIFY(seen.remove(result.job.webhookId));
    }
    QVERIFY(source.mostTaken() <= 32);
}

// What lasts leaves its place to others, up to a bound.
void SenderPoolTest::whatLastsMakesRoom()
{
    const test::ScriptedReceiver never(Answer::never());
    test::QueueSource source;
    test::FakeClock clock;
    SenderOptions options;
    options.outstanding = 8;
    options.slow = 3;
    SenderPool pool(source, clock, {1, options});
    for (int i = 0; i < 40; ++i) {
        source.add(test::jobFor(test::destinationAt(never.url())));
    }
    pool.wake();
    QTRY_COMPARE(source.takenCount(), 8);
    clock.advance(lastsFrom);
    QTRY_COMPARE(source.takenCount(), 8 + 3);
    QTest::qWait(100);
    QCOMPARE(source.takenCount(), 8 + 3);
}

void SenderPoolTest::keepsToItsLimits()
{
    std::vector<std::unique_ptr<test::ScriptedReceiver>> receivers;
    test::QueueSource source;
    const test::FakeClock clock; // stands still: nothing times out
    SenderPool pool(source, clock, {2, SenderOptions{5}});
    for (int i = 0; i < 4; ++i) {
        receivers.push_back(std::make_unique<test::ScriptedReceiver>(Answer::never()));
    }
    for (int i = 0; i < 40; ++i) {
        source.add(test::jobFor(test::destinationAt(receivers.at(static_cast<std::size_t>(i % 4))->url())));
    }
    pool.wake();
    QTRY_COMPARE(source.takenCount(), 10);
    QTest::qWait(50);
    QCOMPARE(source.takenCount(), 10);
    QCOMPARE(source.mostTaken(), 10);
}

// Qt opens six connections to an origin; what is taken beyond that waits here, and its time-out doesn't run.
void SenderPoolTest::waitingForAConnectionIsNoAttemptYet()
{
    const test::ScriptedReceiver receiver(
        [](const test::Request &, int nth) { return nth <= 6 ? Answer::never() : Answer::ok(); });
    test::FakeClock clock;
    test::OneSender sender(clock);
    for (int i = 0; i < 8; ++i) {
        sender.source().add(test::jobFor(test::destinationAt(receiver.url())));
    }
    sender.pool().wake();
    QVERIFY(receiver.waitForRequests(6));
    QTRY_COMPARE(sender.source().takenCount(), 8);
    QVERIFY(!receiver.waitForRequests(7, 100ms));
    clock.advance(10s);
    QVERIFY(sender.source().waitForResults(8));
    int timedOut = 0;
    for (const SendResult &result : sender.source().results()) {
        const bool isLate = result.attempt.startedAt > test::FakeClock::start;
        QCOMPARE(result.attempt.outcome, isLate ? Outcome::Acknowledged : Outcome::TimedOut);
        timedOut += isLate ? 0 : 1;
    }
    QCOMPARE(timedOut, 6);
}

void SenderPoolTest::deadDestinationLeavesRoomForOthers()
{
    const test::ScriptedReceiver dead(Answer::never());
    const test::ScriptedReceiver healthy;
    test::FakeClock clock;
    test::OneSender sender(clock);
    for (int i = 0; i < 6; ++i) {
        sender.source().add(test::jobFor(test::destinationAt(dead.url())));
    }
    for (int i = 0; i < 100; ++i) {
        sender.source().add(test::jobFor(test::destinationAt(healthy.url())));
    }
    sender.pool().wake();
    QVERIFY(sender.source().waitForResults(100));
    QCOMPARE(healthy.requestCount(), 100);
}

void SenderPoolTest::takesNothingBeforeItIsWoken()
{
    const test::ScriptedReceiver receiver;
    test::OneSender sender;
    sender.source().add(test::jobFor(test::destinationAt(receiver.url())));
    QVERIFY(!sender.source().waitForResults(1, 50ms));
    sender.pool().wake();
    QVERIFY(sender.source().waitForResults(1));
}

void SenderPoolTest::wakesCostLittle()
{
    GatedSource source;
    const SystemClock clock;
    SenderPool pool(source, clock);
    {
        const std::lock_guard shut(source.gate);
        pool.wake();
        QTRY_COMPARE(source.asked.load(), 2); // both senders stand before the gate
        for (int i = 0; i < 100'000; ++i) {
            pool.wake();
        }
    }
    pool.stop(1s);
    QVERIFY2(source.asked <= 4, qPrintable(QString::number(source.asked)));
}

void SenderPoolTest::stopLetsWhatIsUnderWayEnd()
{
    Answer slow;
    slow.delay = 150ms;
    const test::ScriptedReceiver receiver(slow);
    test::QueueSource source;
    const SystemClock clock;
    SenderPool pool(source, clock);
    for (int i = 0; i < 50; ++i) {
        source.add(test::jobFor(test::destinationAt(receiver.url())));
    }
    pool.wake();
    QVERIFY(receiver.waitForRequests(12));
    pool.stop(20s);
    const auto results = source.results();
    QCOMPARE(static_cast<int>(results.size()), source.takenCount());
    QVERIFY(results.size() < 50);
    for (const SendResult &result : results) {
        QCOMPARE(result.attempt.reason, QStringLiteral("200 OK"));
    }
    source.add(test::jobFor(test::destinationAt(receiver.url())));
    pool.wake();
    QVERIFY(!source.waitForResults(static_cast<int>(results.size()) + 1, 50ms));
}

void SenderPoolTest::stopCutsShortWhatDoesNotEnd()
{
    const test::ScriptedReceiver receiver(Answer::never());
    test::QueueSource source;
    const SystemClock clock;
    SenderPool pool(source, clock, noneBeside);
    for (int i = 0; i < 50; ++i) {
        source.add(test::jobFor(test::destinationAt(receiver.url())));
    }
    pool.wake();
    QVERIFY(receiver.waitForRequests(12));
    QTRY_COMPARE(source.takenCount(), 32); // twenty of them wait for a connection
    pool.stop(30ms);
    QCOMPARE(source.takenCount(), 32);
    const auto results = source.results();
    QCOMPARE(results.size(), std::size_t(32));
    QSet<qint64> tickets;
    for (const SendResult &result : results) {
        QCOMPARE(result.attempt.outcome, Outcome::Interrupted);
        QCOMPARE(result.attempt.reason, QStringLiteral("Interrupted: Alert Courier was closed before an answer came."));
        tickets.insert(result.job.ticket);
    }
    QCOMPARE(tickets.size(), 32);
    QTRY_COMPARE(receiver.openConnections(), 0);
}

void SenderPoolTest::stopTwice()
{
    test::OneSender sender;
    sender.pool().stop(1s);
    sender.pool().stop(1s);
    sender.pool().wake();
}

void SenderPoolTest::destructorHandsAllBack()
{
    const test::ScriptedReceiver receiver(Answer::never());
    test::QueueSource source;
    const SystemClock clock;
    {
        SenderPool pool(source, clock);
        for (int i = 0; i < 3; ++i) {
            source.add(test::jobFor(test::destinationAt(receiver.url())));
        }
        pool.wake();
        QVERIFY(receiver.waitForRequests(3));
    }
    QCOMPARE(source.results().size(), std::size_t(3));
}

QTEST_GUILESS_MAIN(SenderPoolTest)
#include "tst_senderpool.moc"
