// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#include "storefixture.h"

using namespace courier;
using namespace courier::test;

namespace {

constexpr qint64 start = startOfTests - 60'000;

IncomingAlert disk()
{
    return Fixture::incoming(QStringLiteral("disk"), start);
}

/// A store with one destination that is told of ends.
class Told : public Fixture
{
public:
    Told()
        : ops(add(QStringLiteral("Ops bridge")))
    {
        ops.resolutions = true;
        ops = valueOf(waitFor(store().updateDestination(ops)));
    }
    void settle(const Delivery &delivery, DeliveryState state)
    {
        record(result(now(delivery.id), state, state == DeliveryState::Delivered ? 200 : 500));
    }
    QList<Delivery> of(AlertId id, DeliveryKind kind)
    {
        QList<Delivery> found = read().deliveriesOf(id);
        found.removeIf([kind](const Delivery &one) { return one.kind != kind; });
        return found;
    }
    Delivery own(AlertId id) { return of(id, DeliveryKind::Alert).value(0); }
    QList<Delivery> resolutions(AlertId id) { return of(id, DeliveryKind::Resolution); }
    QList<DeliveryId> due(DestinationId to)
    {
        QList<DeliveryId> ids;
        for (const DueDelivery &one : read().due(to, clock.nowUtc(), {}, 10)) {
            ids.append(one.delivery.id);
        }
        return ids;
    }

    Destination ops;
};

} // namespace

/// That an alert is over is told to those who want to know, after the alert itself.
class ResolutionsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void keepsTheWish();
    void areMadeOnlyForThoseWhoWantThemAndGotTheAlert();
    void comeAfterTheAlert_data();
    void comeAfterTheAlert();
    void areMadeOnce();
    void areMadeByTheSweepToo();
    void areNotMadeForWhatGoesOnBefore();
    void countLikeAnyDelivery();
    void areHeldAndCancelledWithTheirDestination();
    void waitWhileTheAlertIsSentAgain();
    void followASendAnyway();
};

void ResolutionsTest::keepsTheWish()
{
    Fixture fixture;
    QVERIFY(!fixture.add(QStringLiteral("A")).resolutions);
    Destination wanting;
    wanting.name = QStringLiteral("B");
    wanting.url = QStringLiteral("https://example.test/b");
    wanting.resolutions = true;
    const Destination stored = valueOf(waitFor(fixture.store().addDestination(wanting)));
    QVERIFY(stored.resolutions);
    fixture.reopen();
    QVERIFY(fixture.read().destination(stored.id)->resolutions);
    wanting = stored;
    wanting.resolutions = false;
    QVERIFY(!valueOf(waitFor(fixture.store().updateDestination(wanting))).resolutions);
}

void ResolutionsTest::areMadeOnlyForThoseWhoWantThemAndGotTheAlert()
{
    Told fixture;
    const Destination quiet = fixture.add(QStringLiteral("Quiet"));
    Destination critical = fixture.add(QStringLiteral("Critical"), {Severity::Critical});
    critical.resolutions = true;
    valueOf(waitFor(fixture.store().updateDestination(critical)));
    const AlertId id = fixture.take(disk()).id;
    QCOMPARE(fixture.read().deliveriesOf(id).size(), 2);
    for (const Delivery &delivery : fixture.read().deliveriesOf(id)) {
        fixture.settle(delivery, DeliveryState::Delivered);
    }
    QCOMPARE(fixture.read().deliveriesOf(id).size(), 2);
    fixture.clock.advance(1000);
    const Accepted end = fixture.take(Fixture::resolved(disk()));
    QCOMPARE(end.destinations, (QList<DestinationId>{fixture.ops.id, quiet.id}));
    const QList<Delivery> made = fixture.resolutions(id);
    QCOMPARE(made.size(), 1);
    QCOMPARE(made.first().destinationId, fixture.ops.id);
    QCOMPARE(made.first().state, DeliveryState::Queued);
    QVERIFY(made.first().id != fixture.own(id).id);
    const QList<DueDelivery> due = fixture.read().due(fixture.ops.id, fixture.clock.nowUtc(), {}, 10);
    QCOMPARE(due.size(), 1);
    QCOMPARE(due.first().delivery.kind, DeliveryKind::Resolution);
    QCOMPARE(due.first().alert.title, QStringLiteral("Disk full on disk"));
}

void ResolutionsTest::comeAfterTheAlert_data()
{
    QTest::addColumn<DeliveryState>("state");
    QTest::newRow("delivered") << DeliveryState::Delivered;
    QTest::newRow("failed") << DeliveryState::Failed;
}

void ResolutionsTest::comeAfterTheAlert()
{
    QFETCH(DeliveryState, state);
    Told fixture;
    const AlertId id = fixture.take(disk()).id;
    fixture.settle(fixture.own(id), DeliveryState::Retrying);
    fixture.take(Fixture::resolved(disk()));
    QVERIFY(fixture.resolutions(id).isEmpty());
    fixture.settle(fixture.own(id), state);
    QCOMPARE(fixture.resolutions(id).size(), 1);
    QCOMPARE(fixture.summary(id).status, state == DeliveryState::Failed ? AlertStatus::Failed : AlertStatus::Queued);
}

void ResolutionsTest::areMadeOnce()
{
    Told fixture;
    const AlertId id = fixture.take(disk()).id;
    fixture.settle(fixture.own(id), DeliveryState::Delivered);
    for (int i = 0; i < 3; ++i) {
        fixture.take(Fixture::resolved(disk()));
        fixture.take(disk()); // goes on after all
    }
    fixture.take(Fixture::resolved(disk()));
    QCOMPARE(fixture.resolutions(id).size(), 1);
    QCOMPARE(valueOf(waitFor(fixture.store().resend({fixture.own(id).id}))), 1);
    fixture.settle(fixture.own(id), DeliveryState::Delivered);
    QCOMPARE(fixture.resolutions(id).size(), 1);
}

void ResolutionsTest::areMadeByTheSweepToo()
{
    Told fixture;
    IncomingAlert ending = disk();
    ending.endsAt = startOfTests + 60'000;
    const AlertId id = fixture.take(ending).id;
    fixture.settle(fixture.own(id), DeliveryState::Delivered);
    fixture.clock.advance(60'000);
    QCOMPARE(valueOf(waitFor(fixture.store().resolveEnded(startOfTests + 1))), 0); // last seen before
    QCOMPARE(valueOf(waitFor(fixture.store().resolveEnded(startOfTests))), 1);
    QCOMPARE(fixture.resolutions(id).size(), 1);
}

// It was over for a moment only, and nobody was told of that yet.
void ResolutionsTest::areNotMadeForWhatGoesOnBefore()
{
    Told fixture;
    const AlertId id = fixture.take(disk()).id;
    fixture.take(Fixture::resolved(disk()));
    fixture.take(disk());
    fixture.settle(fixture.own(id), DeliveryState::Delivered);
    QVERIFY(fixture.resolutions(id).isEmpty());
}

void ResolutionsTest::countLikeAnyDelivery()
{
    Told fixture;
    const AlertId id = fixture.take(disk()).id;
    fixture.settle(fixture.own(id), DeliveryState::Delivered);
    fixture.take(Fixture::resolved(disk()));
    QCOMPARE(fixture.read().queueState().queued, 1);
    const Delivery told = fixture.resolutions(id).value(0);
    fixture.settle(told, DeliveryState::Failed);
    QCOMPARE(fixture.summary(id).status, AlertStatus::Failed);
    QVERIFY(fixture.summary(id).needsAttention);
    QCOMPARE(fixture.read().resendPlan({}).count, 1);
    QCOMPARE(fixture.read().failedDeliveries({}, DeliveryId{}, 10), QList<DeliveryId>{told.id});
    const AlertRow row = fixture.read().alertRows({id}).value(0);
    QCOMPARE(row.parts.size(), 2);
    QCOMPARE(row.parts.at(1).kind, DeliveryKind::Resolution);
    QCOMPARE(valueOf(waitFor(fixture.store().resend({told.id}))), 1);
    QCOMPARE(fixture.now(told.id).round, 1);
    fixture.settle(told, DeliveryState::Delivered);
    QCOMPARE(fixture.summary(id).status, AlertStatus::Delivered);
    QVERIFY(!fixture.summary(id).needsAttention);
}

void ResolutionsTest::areHeldAndCancelledWithTheirDestination()
{
    Told fixture;
    const AlertId id = fixture.take(disk()).id;
    fixture.settle(fixture.own(id), DeliveryState::Delivered);
    valueOf(waitFor(fixture.store().setPaused(fixture.ops.id, true)));
    fixture.take(Fixture::resolved(disk()));
    QCOMPARE(fixture.resolutions(id).value(0).state, DeliveryState::Held);
    valueOf(waitFor(fixture.store().setPaused(fixture.ops.id, false)));
    QCOMPARE(fixture.resolutions(id).value(0).state, DeliveryState::Queued);
    QCOMPARE(valueOf(waitFor(fixture.store().deleteDestination(fixture.ops.id))), 1);
    QCOMPARE(fixture.resolutions(id).value(0).state, DeliveryState::Cancelled);
    QCOMPARE(fixture.own(id).state, DeliveryState::Delivered);
    // Whoever is gone is told nothing.
    const AlertId other = fixture.take(Fixture::incoming(QStringLiteral("other"), start)).id;
    fixture.take(Fixture::resolved(Fixture::incoming(QStringLiteral("other"), start)));
    QVERIFY(fixture.read().deliveriesOf(other).isEmpty());
}

// A receiver that was down gets both again, in their order, whatever the number of connections to it.
void ResolutionsTest::waitWhileTheAlertIsSentAgain()
{
    Told fixture;
    const AlertId id = fixture.take(disk()).id;
    fixture.settle(fixture.own(id), DeliveryState::Failed);
    fixture.take(Fixture::resolved(disk()));
    const Delivery own = fixture.own(id);
    const Delivery told = fixture.resolutions(id).value(0);
    fixture.settle(told, DeliveryState::Failed);
    QCOMPARE(valueOf(waitFor(fixture.store().resend({own.id, told.id}))), 2);
    QCOMPARE(fixture.due(fixture.ops.id), QList<DeliveryId>{own.id});
    QCOMPARE(fixture.read().waitingForTheirAlert({own.id, told.id}), QSet<DeliveryId>{told.id});
    QVERIFY(!fixture.read().nextDueAt(fixture.ops.id, {own.id}).has_value());
    fixture.settle(own, DeliveryState::Delivered);
    QCOMPARE(fixture.due(fixture.ops.id), QList<DeliveryId>{told.id});
    QVERIFY(fixture.read().waitingForTheirAlert({own.id, told.id}).isEmpty());
}

void ResolutionsTest::followASendAnyway()
{
    Told fixture;
    IncomingAlert elsewhere = disk();
    elsewhere.alert.outputIds = {QStringLiteral("SKIP")};
    const AlertId id = fixture.take(elsewhere).id;
    fixture.take(Fixture::resolved(disk()));
    QVERIFY(fixture.read().deliveriesOf(id).isEmpty());
    const DeliveryId sent = valueOf(waitFor(fixture.store().sendAnyway(id, fixture.ops.id)));
    fixture.settle(fixture.now(sent), DeliveryState::Delivered);
    QCOMPARE(fixture.resolutions(id).size(), 1);
    QCOMPARE(valueOf(waitFor(fixture.store().sendAnyway(id, fixture.ops.id))), sent);
    QCOMPARE(fixture.now(sent).round, 1);
}

QTEST_GUILESS_MAIN(ResolutionsTest)
#include "tst_resolutions.moc"
