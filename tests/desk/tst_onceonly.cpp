// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#include "sendingdesk.h"

#include <QDeadlineTimer>

using namespace courier;
using namespace courier::test;
using namespace std::chrono_literals;

/// Nothing is sent once more than it is recorded, or than it was asked for: over connections that break, settings that
/// change between two attempts, resends, two windows and clocks that jump.
class OnceOnlyTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void staleConnections_data();
    void staleConnections();
    void connectionsEndedWhileItSends();
    void editedBetweenTwoAttempts();
    void pausedBetweenTwoAttempts();
    void deletedWhileItIsUnderWay();
    void resentDuringAPendingRetry_data();
    void resentDuringAPendingRetry();
    void resentFromTwoWindows();
    void aNightAsleep();
    void anHourBackAndARestart();
    void yearsAheadAndARestart();

private:
    static void compareWithTheReceiver(SendingDesk &fixture, const QList<AlertId> &ids,
                                       const ScriptedReceiver &receiver);
};

// Every POST that the receiver counted is an attempt; where one was lost on the way, there are more attempts.
void OnceOnlyTest::compareWithTheReceiver(SendingDesk &fixture, const QList<AlertId> &ids,
                                          const ScriptedReceiver &receiver)
{
    QHash<QByteArray, int> posts;
    for (const Request &request : receiver.requests()) {
        ++posts[request.header("webhook-id")];
    }
    int possible = 0;
    for (const AlertId id : ids) {
        const QList<Attempt> attempts = fixture.attemptsOf(id);
        const int seen = posts.value(fixture.webhookIdOf(id));
        QVERIFY2(seen >= 1 && seen <= attempts.size(), qPrintable(QString::number(seen)));
        for (const Attempt &one : attempts) {
            QVERIFY2(one.outcome == Outcome::Acknowledged || one.outcome == Outcome::Unknown, qPrintable(one.reason));
            possible += one.outcome == Outcome::Unknown ? 1 : 0;
        }
        QCOMPARE(attempts.constLast().outcome, Outcome::Acknowledged);
    }
    qInfo("%lld POSTs for %lld alerts, %d of them of unknown outcome", static_cast<long long>(receiver.requestCount()),
          static_cast<long long>(ids.size()), possible);
}

void OnceOnlyTest::staleConnections_data()
{
    QTest::addColumn<Answer::Then>("then");
    QTest::newRow("closed unread") << Answer::Then::CloseOnNextBytes;
    QTest::newRow("reset unread") << Answer::Then::ResetOnNextBytes;
    QTest::newRow("closed when read") << Answer::Then::CloseOnNextRequest;
}

void OnceOnlyTest::staleConnections()
{
    QFETCH(Answer::Then, then);
    Answer answer;
    answer.then = then;
    const ScriptedReceiver receiver(answer);
    SendingDesk fixture;
    fixture.add(receiver.url(), RetrySchedule::Quick);
    const QList<AlertId> ids = fixture.accept(30);
    const auto isDone = [&] {
        fixture.advance(1s);
        return std::all_of(ids.begin(), ids.end(),
                           [&](AlertId id) { return fixture.stateOf(id) == DeliveryState::Delivered; });
    };
    QTRY_VERIFY_WITH_TIMEOUT(isDone(), 20'000);
    compareWithTheReceiver(fixture, ids, receiver);
}

void OnceOnlyTest::connectionsEndedWhileItSends()
{
    ScriptedReceiver receiver;
    SendingDesk fixture;
    fixture.add(receiver.url(), RetrySchedule::Quick);
    const QList<AlertId> ids = fixture.accept(500);
    const auto isDone = [&] {
        receiver.closeIdleConnections();
        fixture.advance(50ms);
        return fixture.desk().store().read([](Queries &queries) { return queries.queueState().queued; }).result() ==
                   0 &&
               fixture.stateOf(ids.constLast()) == DeliveryState::Delivered;
    };
    QTRY_VERIFY_WITH_TIMEOUT(isDone(), 20'000);
    const auto isAllDelivered = [&] {
        fixture.advance(1s);
        return std::all_of(ids.begin(), ids.end(),
                           [&](AlertId id) { return fixture.stateOf(id) == DeliveryState::Delivered; });
    };
    QTRY_VERIFY_WITH_TIMEOUT(isAllDelivered(), 20'000);
    compareWithTheReceiver(fixture, ids, receiver);
}

void OnceOnlyTest::editedBetweenTwoAttempts()
{
    const ScriptedReceiver before(Answer::withStatus(503, "Service Unavailable"));
    const ScriptedReceiver after;
    SendingDesk fixture;
    Destination destination = fixture.add(before.url());
    const AlertId id = fixture.accept();
    QTRY_COMPARE(fixture.stateOf(id), DeliveryState::Retrying);
    destination.url = after.url(QStringLiteral("/new"));
    destination.headers = {{"Authorization", "Bearer rotated"}};
    QVERIFY(fixture.desk().updateDestination(destination).result().has_value());
    QTRY_COMPARE(fixture.desk().destination(destination.id)->url, destination.url);
    fixture.advance(6s);
    QTRY_COMPARE(fixture.stateOf(id), DeliveryState::Delivered);
    QCOMPARE(before.requestCount(), 1);
    QCOMPARE(after.requestCount(), 1);
    const Request request = after.requests().constFirst();
    QCOMPARE(request.target, QByteArray("/new"));
    QCOMPARE(request.header("Authorization"), QByteArray("Bearer rotated"));
    QCOMPARE(request.header("webhook-id"), before.requests().constFirst().header("webhook-id"));
    QCOMPARE(fixture.attemptsOf(id).constFirst().status, 503); // and where it went stays with it
    QCOMPARE(fixture.attemptsOf(id).constFirst().maskedUrl, maskedUrl(before.url()));
}

void OnceOnlyTest::pausedBetweenTwoAttempts()
{
    ScriptedReceiver receiver(Answer::withStatus(503, "Service Unavailable"));
    SendingDesk fixture;
    const Destination destination = fixture.add(receiver.url());
    const AlertId id = fixture.accept();
    QTRY_COMPARE(fixture.stateOf(id), DeliveryState::Retrying);
    QVERIFY(fixture.desk().setPaused(destination.id, true).result().has_value());
    QTRY_VERIFY(fixture.desk().destination(destination.id)->paused);
    QCOMPARE(fixture.stateOf(id), DeliveryState::Held);
    fixture.advance(1h);
    QTest::qWait(50);
    QCOMPARE(receiver.requestCount(), 1);
    receiver.setAnswer(Answer::ok());
    QVERIFY(fixture.desk().setPaused(destination.id, false).result().has_value());
    QTRY_COMPARE(fixture.stateOf(id), DeliveryState::Delivered);
    QCOMPARE(receiver.requestCount(), 2);
}

void OnceOnlyTest::deletedWhileItIsUnderWay()
{
    const ScriptedReceiver receiver(Answer::never());
    SendingDesk fixture;
    const Destination destination = fixture.add(receiver.url());
    const AlertId id = fixture.accept();
    QVERIFY(receiver.waitForRequests(1));
    QVERIFY(fixture.desk().deleteDestination(destination.id).result().has_value());
    fixture.advance(10s);
    QTRY_COMPARE(fixture.attemptsOf(id).size(), 1); // its end is still recorded
    QCOMPARE(fixture.attemptsOf(id).constFirst().outcome, Outcome::TimedOut);
    QCOMPARE(fixture.stateOf(id), DeliveryState::Cancelled);
    fixture.advance(1h);
    QTest::qWait(50);
    QCOMPARE(receiver.requestCount(), 1);
}

void OnceOnlyTest::resentDuringAPendingRetry_data()
{
    QTest::addColumn<int>("status"); // of the resend
    QTest::addColumn<int>("inAll");
    QTest::newRow("taken") << 200 << 2;
    QTest::newRow("refused again") << 503 << 3;
}

void OnceOnlyTest::resentDuringAPendingRetry()
{
    QFETCH(int, status);
    QFETCH(int, inAll);
    ScriptedReceiver receiver([status](const Request &, int nth) {
        return Answer::withStatus(nth == 1 ? 503 : nth == 2 ? status : 200, "", "");
    });
    SendingDesk fixture;
    fixture.add(receiver.url());
    const AlertId id = fixture.accept();
    QTRY_COMPARE(fixture.stateOf(id), DeliveryState::Retrying);
    const DeliveryId delivery = fixture.deliveryOf(id).id;
    const auto first = fixture.desk().resend({delivery}); // a double click
    const auto second = fixture.desk().resend({delivery});
    QCOMPARE(first.result().value() + second.result().value(), 1);
    QTRY_COMPARE(fixture.attemptsOf(id).size(), 2);
    for (int i = 0; i < 10; ++i) {
        fixture.advance(3s);
        QTest::qWait(10);
    }
    QTRY_COMPARE(fixture.stateOf(id), DeliveryState::Delivered);
    QCOMPARE(receiver.requestCount(), inAll);
    const QList<Attempt> attempts = fixture.attemptsOf(id);
    QCOMPARE(attempts.size(), inAll);
    for (int i = 0; i < inAll; ++i) {
        QCOMPARE(attempts.at(i).number, i + 1);
    }
    QCOMPARE(attempts.at(1).trigger, Trigger::ByHand);
}

void OnceOnlyTest::resentFromTwoWindows()
{
    ScriptedReceiver receiver(Answer::withStatus(500, "Internal Server Error"));
    SendingDesk fixture;
    Destination destination = fixture.add(receiver.url());
    destination.maxRetries = 0;
    QVERIFY(fixture.desk().updateDestination(destination).result().has_value());
    QTRY_COMPARE(fixture.desk().destination(destination.id)->maxRetries, 0);
    const QList<AlertId> ids = fixture.accept(20);
    QList<DeliveryId> deliveries;
    for (const AlertId id : ids) {
        QTRY_COMPARE(fixture.stateOf(id), DeliveryState::Failed);
        deliveries.append(fixture.deliveryOf(id).id);
    }
    receiver.setAnswer(Answer::ok());
    const auto other = fixture.openAnother();
    const auto here = fixture.desk().resend(deliveries);
    const auto there = other->resend(deliveries);
    QVERIFY(here.result().has_value());
    QVERIFY(there.result().has_value());
    for (const AlertId id : ids) {
        QTRY_COMPARE(fixture.stateOf(id), DeliveryState::Delivered);
    }
    QTest::qWait(50);
    // Two who press the key a moment apart: what was delivered by then is sent again, because somebody asked for it.
    QCOMPARE(receiver.requestCount(), 20 + here.result().value() + there.result().value());
    QVERIFY(here.result().value() + there.result().value() >= 20);
    for (const AlertId id : ids) {
        const QList<Attempt> attempts = fixture.attemptsOf(id);
        for (int i = 0; i < attempts.size(); ++i) {
            QCOMPARE(attempts.at(i).number, i + 1);
        }
    }
}

// The machine's clocks go on while it sleeps, its timers don't.
void OnceOnlyTest::aNightAsleep()
{
    ScriptedReceiver receiver([](const Request &, int nth) {
        return nth == 1 ? Answer::withStatus(503, "", "") : nth == 2 ? Answer::never() : Answer::ok();
    });
    SendingDesk fixture;
    fixture.add(receiver.url());
    const AlertId retried = fixture.accept();
    QTRY_COMPARE(fixture.stateOf(retried), DeliveryState::Retrying);
    const AlertId underWay = fixture.accept();
    QVERIFY(receiver.waitForRequests(2));
    fixture.advance(8h);
    QTRY_COMPARE(fixture.stateOf(retried), DeliveryState::Delivered);
    QTRY_COMPARE(fixture.attemptsOf(underWay).size(), 1);
    QCOMPARE(fixture.attemptsOf(underWay).constFirst().outcome, Outcome::TimedOut);
    fixture.advance(6s);
    QTRY_COMPARE(fixture.stateOf(underWay), DeliveryState::Delivered);
    fixture.advance(8h);
    QTest::qWait(50);
    QCOMPARE(receiver.requestCount(), 4);
}

void OnceOnlyTest::anHourBackAndARestart()
{
    ScriptedReceiver receiver(
        [](const Request &, int nth) { return nth == 1 ? Answer::withStatus(503, "", "") : Answer::ok(); });
    SendingDesk fixture;
    fixture.add(receiver.url());
    const AlertId id = fixture.accept();
    QTRY_COMPARE(fixture.stateOf(id), DeliveryState::Retrying);
    fixture.clock.setNowUtc(fixture.clock.nowUtc() - 3'600'000);
    fixture.reopen();
    fixture.advance(6s);
    const AlertId next = fixture.accept();
    QTRY_COMPARE(fixture.stateOf(next), DeliveryState::Delivered);
    for (int i = 0; i < 61 && fixture.stateOf(id) != DeliveryState::Delivered; ++i) {
        fixture.advance(1min);
        QTest::qWait(5);
    }
    QTRY_COMPARE(fixture.stateOf(id), DeliveryState::Delivered); // an hour late at most
    QCOMPARE(receiver.requestCount(), 3);
}

// What fell due by a date that was years ahead doesn't wait for that year.
void OnceOnlyTest::yearsAheadAndARestart()
{
    ScriptedReceiver receiver(
        [](const Request &, int nth) { return nth == 1 ? Answer::withStatus(503, "", "") : Answer::ok(); });
    SendingDesk fixture;
    fixture.add(receiver.url());
    const qint64 today = fixture.clock.nowUtc();
    fixture.clock.setNowUtc(today + qint64(10) * 365 * 86'400'000);
    fixture.reopen();
    const AlertId id = fixture.accept();
    QTRY_COMPARE(fixture.stateOf(id), DeliveryState::Retrying);
    fixture.clock.setNowUtc(today);
    fixture.reopen();
    // No longer than its schedule, or an answer's wish, ever waits: days by this clock on a slow machine, but no years.
    for (const QDeadlineTimer limit(30s); fixture.stateOf(id) != DeliveryState::Delivered && !limit.hasExpired();) {
        fixture.advance(1min);
        QTest::qWait(5);
    }
    QTRY_COMPARE(fixture.stateOf(id), DeliveryState::Delivered);
    QCOMPARE(receiver.requestCount(), 2);
}

QTEST_GUILESS_MAIN(OnceOnlyTest)
#include "tst_onceonly.moc"
