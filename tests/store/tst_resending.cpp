// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#include "storefixture.h"

using namespace courier;
using namespace courier::test;

/// What operators do with deliveries, and what is due then.
class ResendingTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void resendsWhatCanBeResent();
    void resendsOnceForADoubleClick();
    void findsWhatWasResentByHand();
    void resendsManyInSteps();
    void dismissesFailures();
    void sendsAnyway();
    void takesTurnsBetweenQueuedAndRetrying();
    void leavesOutWhatIsTaken();
    void recordsWhatWasInterrupted();
};

void ResendingTest::resendsWhatCanBeResent()
{
    Fixture fixture;
    const Destination one = fixture.add(QStringLiteral("A"));
    const Delivery failed = fixture.deliver(Fixture::alert(QStringLiteral("failed")));
    const Delivery delivered = fixture.deliver(Fixture::alert(QStringLiteral("delivered")));
    const Delivery retrying = fixture.deliver(Fixture::alert(QStringLiteral("retrying")));
    const Delivery queued = fixture.deliver(Fixture::alert(QStringLiteral("queued")));
    fixture.record(Fixture::result(failed, DeliveryState::Failed));
    fixture.record(Fixture::result(delivered, DeliveryState::Delivered, 200));
    fixture.record(Fixture::result(retrying, DeliveryState::Retrying));
    QCOMPARE(waitFor(fixture.store().resend({failed.id, delivered.id, retrying.id, queued.id, DeliveryId{3}})).value(),
             3);
    QCOMPARE(fixture.now(failed.id).round, 1);
    QCOMPARE(fixture.now(delivered.id).round, 1);
    QCOMPARE(fixture.now(retrying.id).round, 1);
    QCOMPARE(fixture.now(queued.id).round, 0);
    QCOMPARE(fixture.summary(delivered.alertId).settledAt, 0u);
    QList<DeliveryId> order;
    for (const DueDelivery &due : fixture.read().due(one.id, startOfTests, {}, 10)) {
        order.append(due.delivery.id);
    }
    QCOMPARE(order, (QList<DeliveryId>{failed.id, delivered.id, retrying.id, queued.id}));

    // To a paused destination: held until it goes on.
    fixture.record(Fixture::result(fixture.now(failed.id), DeliveryState::Failed));
    QVERIFY(waitFor(fixture.store().setPaused(one.id, true)).has_value());
    QCOMPARE(waitFor(fixture.store().resend({failed.id})).value(), 1);
    QCOMPARE(fixture.now(failed.id).state, DeliveryState::Held);
    QCOMPARE(fixture.now(failed.id).round, 2);
    QVERIFY(waitFor(fixture.store().setPaused(one.id, false)).has_value());
    QCOMPARE(fixture.now(failed.id).state, DeliveryState::Queued);
}

void ResendingTest::resendsOnceForADoubleClick()
{
    Fixture fixture;
    fixture.add(QStringLiteral("A"));
    const Delivery delivery = fixture.deliver(Fixture::alert(QStringLiteral("x")));
    fixture.record(Fixture::result(delivery, DeliveryState::Failed));
    QFuture<Result<qint64>> first = fixture.store().resend({delivery.id});
    QFuture<Result<qint64>> second = fixture.store().resend({delivery.id});
    QCOMPARE(waitFor(first).value(), 1);
    QCOMPARE(waitFor(second).value(), 0);
    QCOMPARE(fixture.now(delivery.id).round, 1);
}

void ResendingTest::resendsManyInSteps()
{
    Fixture fixture;
    fixture.add(QStringLiteral("A"));
    QList<DeliveryId> ids;
    for (const Accepted &one : fixture.accept(QList<Alert>(4100, Fixture::alert(QStringLiteral("x"))))) {
        ids.append(fixture.read().deliveriesOf(one.id).first().id);
    }
    for (const Delivery &one : fixture.read().deliveries(ids)) {
        fixture.store().record(Fixture::result(one, DeliveryState::Failed), {});
    }
    const QFuture<Result<qint64>> resent = fixture.store().resend(ids);
    QCOMPARE(waitFor(resent).value(), 4100);
    QCOMPARE(fixture.read().queueState().queued, 4100);
    QCOMPARE(waitFor(fixture.store().resend({})).value(), 0);
}

void ResendingTest::dismissesFailures()
{
    Fixture fixture;
    const Destination one = fixture.add(QStringLiteral("A"));
    const Delivery failed = fixture.deliver(Fixture::alert(QStringLiteral("x")));
    const Delivery other = fixture.deliver(Fixture::alert(QStringLiteral("y")));
    fixture.record(Fixture::result(failed, DeliveryState::Failed));
    QCOMPARE(waitFor(fixture.store().dismiss({failed.alertId, other.alertId, AlertId{8}})).value(), 1);
    QVERIFY(!fixture.summary(failed.alertId).needsAttention);
    QCOMPARE(fixture.summary(failed.alertId).status, AlertStatus::Failed);
    QVERIFY(fixture.now(failed.id).dismissed);
    QCOMPARE(fixture.read().destinationStats(startOfTests).first().attention, 0);
    QCOMPARE(waitFor(fixture.store().dismiss({failed.alertId})).value(), 0);
    // A resend that fails again needs attention again.
    QCOMPARE(waitFor(fixture.store().resend({failed.id})).value(), 1);
    fixture.record(Fixture::result(fixture.now(failed.id), DeliveryState::Failed));
    QVERIFY(fixture.summary(failed.alertId).needsAttention);
    QCOMPARE(fixture.read().destinationStats(startOfTests).first().attention, 1);
    Q_UNUSED(one)
}

void ResendingTest::sendsAnyway()
{
    Fixture fixture;
    const Destination worst = fixture.add(QStringLiteral("Worst"), {Severity::Critical});
    const AlertId low = fixture.accept(Fixture::alert(QStringLiteral("low"), Severity::Low)).id;
    QCOMPARE(fixture.summary(low).status, AlertStatus::NoDestination);
    const DeliveryId id = waitFor(fixture.store().sendAnyway(low, worst.id)).value();
    QCOMPARE(fixture.now(id).state, DeliveryState::Queued);
    QCOMPARE(fixture.summary(low).status, AlertStatus::Queued);
    QCOMPARE(waitFor(fixture.store().sendAnyway(low, worst.id)).value(), id);
    QCOMPARE(fixture.now(id).round, 0);
    fixture.record(Fixture::result(fixture.now(id), DeliveryState::Failed));
    QCOMPARE(waitFor(fixture.store().sendAnyway(low, worst.id)).value(), id);
    QCOMPARE(fixture.now(id).round, 1);
    QCOMPARE(waitFor(fixture.store().sendAnyway(AlertId{9}, worst.id)).error().kind, Error::Kind::NotFound);
    QCOMPARE(waitFor(fixture.store().sendAnyway(low, DestinationId{9})).error().kind, Error::Kind::NotFound);
}

void ResendingTest::takesTurnsBetweenQueuedAndRetrying()
{
    Fixture fixture;
    const Destination one = fixture.add(QStringLiteral("A"));
    QList<Delivery> all;
    for (int i = 0; i < 6; ++i) {
        all.append(fixture.deliver(Fixture::alert(QStringLiteral("x"))));
    }
    for (int i = 0; i < 3; ++i) {
        AttemptRecord retry = Fixture::result(all.at(i), DeliveryState::Retrying);
        retry.nextAt = startOfTests + 300 - 100 * i;
        fixture.record(retry);
    }
    const auto due = [&](qint64 now, int limit) {
        QList<DeliveryId> ids;
        for (const DueDelivery &each : fixture.read().due(one.id, now, {}, limit)) {
            ids.append(each.delivery.id);
        }
        return ids;
    };
    QCOMPARE(due(startOfTests + 200, 10),
             (QList<DeliveryId>{all.at(2).id, all.at(3).id, all.at(1).id, all.at(4).id, all.at(5).id}));
    QCOMPARE(due(startOfTests + 200, 3), (QList<DeliveryId>{all.at(2).id, all.at(3).id, all.at(1).id}));
    QCOMPARE(due(startOfTests - 5, 2), (QList<DeliveryId>{all.at(3).id, all.at(4).id}));
    const DueDelivery whole = fixture.read().due(one.id, startOfTests, {}, 1).first();
    QCOMPARE(whole.alert.title, QStringLiteral("x"));
    QCOMPARE(whole.alert.id, all.at(3).alertId);
    QCOMPARE(whole.delivery.destinationId, one.id);
}

void ResendingTest::leavesOutWhatIsTaken()
{
    Fixture fixture;
    const Destination one = fixture.add(QStringLiteral("A"));
    const Delivery first = fixture.deliver(Fixture::alert(QStringLiteral("x")));
    const Delivery second = fixture.deliver(Fixture::alert(QStringLiteral("y")));
    AttemptRecord retry = Fixture::result(second, DeliveryState::Retrying);
    retry.nextAt = startOfTests + 300;
    fixture.record(retry);
    QCOMPARE(fixture.read().nextDueAt(one.id, {}).value_or(-1), 0);
    QCOMPARE(fixture.read().nextDueAt(one.id, {first.id}).value_or(-1), startOfTests + 300);
    QVERIFY(!fixture.read().nextDueAt(one.id, {first.id, second.id}).has_value());
    QVERIFY(fixture.read().due(one.id, startOfTests + 299, {first.id}, 5).isEmpty());
    QCOMPARE(fixture.read().due(one.id, startOfTests + 300, {first.id}, 5).size(), 1);
}

void ResendingTest::recordsWhatWasInterrupted()
{
    Fixture fixture;
    const Destination one = fixture.add(QStringLiteral("A"));
    const Delivery fresh = fixture.deliver(Fixture::alert(QStringLiteral("fresh")));
    const Delivery shown = fixture.deliver(Fixture::alert(QStringLiteral("shown")));
    const Delivery done = fixture.deliver(Fixture::alert(QStringLiteral("done")));
    const Delivery retrying = fixture.deliver(Fixture::alert(QStringLiteral("retrying")));
    fixture.store().markSending(shown.id);
    AttemptRecord retry = Fixture::result(retrying, DeliveryState::Retrying);
    retry.nextAt = startOfTests + 60'000; // the clock was set back since
    fixture.record(retry);
    fixture.record(Fixture::result(done, DeliveryState::Delivered, 200));
    const auto cut = [](const Delivery &delivery, int number) {
        return InFlight{delivery.id, number, Trigger::ByHand, delivery.round, true, startOfTests + 2};
    };
    const QList<InFlight> sends{cut(fresh, 1),
                                cut(shown, 1),
                                cut(done, 1),
                                cut(retrying, 2),
                                {DeliveryId{6}, 1, Trigger::Automatic, 0, false, 0}};
    for (int i = 0; i < 2; ++i) {
        fixture.reopen();
        QCOMPARE(waitFor(fixture.store().recoverInterrupted(sends)).value(), i == 0 ? 3 : 0);
        QCOMPARE(fixture.now(fresh.id).state, DeliveryState::Queued);
        QCOMPARE(fixture.now(fresh.id).attempts, 1);
        QCOMPARE(fixture.now(fresh.id).roundAttempts, 0);
        QCOMPARE(fixture.now(fresh.id).lastOutcome, Outcome::Interrupted);
        QCOMPARE(fixture.now(shown.id).state, DeliveryState::Queued);
        QCOMPARE(fixture.summary(shown.alertId).status, AlertStatus::Queued);
        QCOMPARE(fixture.now(done.id).state, DeliveryState::Delivered);
        QCOMPARE(fixture.now(done.id).attempts, 1);
        QCOMPARE(fixture.now(retrying.id).state, DeliveryState::Retrying);
        QCOMPARE(fixture.now(retrying.id).attempts, 2);
        QCOMPARE(fixture.now(retrying.id).nextAt, startOfTests);
        QCOMPARE(fixture.read().due(one.id, startOfTests, {}, 10).size(), 3);
    }
    const Attempt attempt = fixture.read().attemptsOf(fresh.alertId).first();
    QCOMPARE(attempt.number, 1);
    QCOMPARE(attempt.outcome, Outcome::Interrupted);
    QCOMPARE(attempt.trigger, Trigger::ByHand);
    QCOMPARE(attempt.resent, true);
    QCOMPARE(attempt.startedAt, startOfTests + 2);
    QCOMPARE(attempt.reason, QStringLiteral("Interrupted: Alert Courier ended while this was being sent."));
    QCOMPARE(fixture.read().attempt(attempt.id)->requestHeaders, QByteArray());
}

// Ahead of all that waits, and found without reading that.
void ResendingTest::findsWhatWasResentByHand()
{
    Fixture fixture;
    const Destination one = fixture.add(QStringLiteral("A"));
    const Delivery queued = fixture.deliver(Fixture::alert(QStringLiteral("queued")));
    const Delivery first = fixture.deliver(Fixture::alert(QStringLiteral("first")));
    const Delivery second = fixture.deliver(Fixture::alert(QStringLiteral("second")));
    fixture.record(Fixture::result(first, DeliveryState::Failed));
    fixture.record(Fixture::result(second, DeliveryState::Retrying));
    QVERIFY(fixture.read().dueByHand(one.id, {}, 10).isEmpty());
    QCOMPARE(waitFor(fixture.store().resend({first.id, second.id})).value(), 2);
    QCOMPARE(fixture.read().dueByHand(one.id, {}, 10).size(), 2);
    QCOMPARE(fixture.read().dueByHand(one.id, {}, 1).constFirst().delivery.id, first.id);
    const QList<DueDelivery> rest = fixture.read().dueByHand(one.id, {first.id}, 10);
    QCOMPARE(rest.size(), 1);
    QCOMPARE(rest.constFirst().delivery.id, second.id);
    QCOMPARE(rest.constFirst().alert.title, QStringLiteral("second"));
    fixture.record(Fixture::result(fixture.now(second.id), DeliveryState::Retrying)); // by itself from now on
    QCOMPARE(fixture.read().dueByHand(one.id, {}, 10).size(), 1);
    const QList<DueDelivery> all = fixture.read().due(one.id, startOfTests, {}, 10);
    QVERIFY(std::any_of(all.begin(), all.end(), [&](const DueDelivery &due) { return due.delivery.id == queued.id; }));
}

QTEST_GUILESS_MAIN(ResendingTest)
#include "tst_resending.moc"
