// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#include "storefixture.h"

using namespace courier;
using namespace courier::test;

/// Alerts are taken in, routed, and found again as they came.
class AcceptingTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void keepsEveryField();
    void routesWhatItStores();
    void takesTheSameAlertOnce();
    void holdsWhatGoesToPausedDestinations();
    void keepsOrderWhenTheClockJumpsBack();
    void givesEveryThingItsOwnNumber();
    void takesAnEmptyList();
    void showsRows();
    void countsByDestination();
};

void AcceptingTest::keepsEveryField()
{
    Fixture fixture;
    Alert alert = Fixture::alert(QString::fromUtf8("Größe \"x\"\n\xF0\x9F\x94\xA5"), Severity::Critical);
    alert.type = AlertType::ScheduledRuleError;
    alert.link = QStringLiteral("https://example.test/a?b=c");
    alert.name = QString();
    alert.alertId = QStringLiteral("sender-1");
    alert.version = QStringLiteral("v3");
    alert.context = QByteArrayLiteral("{ \"n\": 1.0e400, \"z\":1,\"a\":[1.10] }");
    alert.description = QString(100000, u'd');
    alert.runbook = QStringLiteral("run");
    alert.tags = {QStringLiteral("a,b"), QStringLiteral("\"q\""), QString::fromUtf8("ü")};
    alert.destinations = {QStringLiteral("Nobody")};
    alert.outputIds = {QStringLiteral("SKIP")};
    const AlertId id = fixture.accept(alert).id;
    fixture.reopen();
    const Alert read = fixture.read().alert(id).value();
    QCOMPARE(number(read.id), number(id));
    QCOMPARE(read.receivedAt, startOfTests);
    QCOMPARE(read.source, alert.source);
    QCOMPARE(read.ruleId, alert.ruleId);
    QCOMPARE(read.createdAt, alert.createdAt);
    QCOMPARE(read.severity, alert.severity);
    QCOMPARE(read.type, alert.type);
    QCOMPARE(read.link, alert.link);
    QCOMPARE(read.title, alert.title);
    QVERIFY(read.name.has_value());
    QCOMPARE(*read.name, QString());
    QCOMPARE(read.alertId, alert.alertId);
    QCOMPARE(read.version, alert.version);
    QCOMPARE(read.context, alert.context);
    QCOMPARE(read.description, alert.description);
    QCOMPARE(read.runbook, alert.runbook);
    QCOMPARE(read.tags, alert.tags);
    QCOMPARE(read.destinations, alert.destinations);
    QCOMPARE(read.outputIds, alert.outputIds);
    const AlertId bare = fixture.accept(Fixture::alert(QStringLiteral("bare"))).id;
    QVERIFY(!fixture.read().alert(bare)->name.has_value());
    QVERIFY(!fixture.read().alert(bare)->alertId.has_value());
    QVERIFY(!fixture.read().alert(AlertId{5}).has_value());
}

void AcceptingTest::routesWhatItStores()
{
    Fixture fixture;
    const Destination all = fixture.add(QStringLiteral("All"));
    const Destination worst = fixture.add(QStringLiteral("Worst"), {Severity::Critical});
    const QList<Accepted> accepted = fixture.accept({Fixture::alert(QStringLiteral("one"), Severity::Critical),
                                                     Fixture::alert(QStringLiteral("two"), Severity::Low)});
    QCOMPARE(accepted.at(0).destinations, (QList<DestinationId>{all.id, worst.id}));
    QCOMPARE(accepted.at(1).destinations, QList<DestinationId>{all.id});
    const QList<Delivery> deliveries = fixture.read().deliveriesOf(accepted.at(0).id);
    QCOMPARE(deliveries.size(), 2);
    QCOMPARE(deliveries.at(0).state, DeliveryState::Queued);
    QCOMPARE(deliveries.at(0).attempts, 0);
    QCOMPARE(fixture.summary(accepted.at(0).id).status, AlertStatus::Queued);

    Alert nowhere = Fixture::alert(QStringLiteral("three"));
    nowhere.outputIds = {QStringLiteral("SKIP")};
    const Accepted three = fixture.accept(nowhere);
    QVERIFY(three.destinations.isEmpty());
    QCOMPARE(fixture.summary(three.id).status, AlertStatus::NoDestination);

    // A new destination takes part at once, a changed one by its new rules.
    const Destination late = fixture.add(QStringLiteral("Late"));
    Destination changed = worst;
    changed.severities = {Severity::Low};
    QVERIFY(waitFor(fixture.store().updateDestination(changed)).has_value());
    QCOMPARE(fixture.accept(Fixture::alert(QStringLiteral("four"), Severity::Low)).destinations,
             (QList<DestinationId>{all.id, worst.id, late.id}));
}

void AcceptingTest::takesTheSameAlertOnce()
{
    Fixture fixture;
    const Destination all = fixture.add(QStringLiteral("All"));
    Alert one = Fixture::alert(QStringLiteral("one"));
    one.alertId = QStringLiteral("same");
    Alert again = Fixture::alert(QStringLiteral("another title"));
    again.alertId = one.alertId;
    const QList<Accepted> accepted = fixture.accept({one, again});
    QVERIFY(accepted.at(0).isNew());
    QVERIFY(!accepted.at(1).isNew());
    QCOMPARE(number(accepted.at(1).id), number(accepted.at(0).id));
    QCOMPARE(accepted.at(1).destinations, QList<DestinationId>{all.id});
    fixture.reopen();
    QVERIFY(!fixture.accept(again).isNew());
    QCOMPARE(fixture.read().alertCount(), 1);
    QCOMPARE(fixture.read().alert(accepted.at(0).id)->title, one.title);

    // No id, or an empty one, is no id to be the same by.
    one.alertId = QString();
    QVERIFY(fixture.accept(one).isNew());
    QVERIFY(fixture.accept(one).isNew());
    one.alertId.reset();
    QVERIFY(fixture.accept(one).isNew());
    QVERIFY(fixture.accept(one).isNew());
    QCOMPARE(fixture.read().alertCount(), 5);
}

void AcceptingTest::holdsWhatGoesToPausedDestinations()
{
    Fixture fixture;
    const Destination paused = fixture.add(QStringLiteral("Paused"), SeveritySet::all(), true);
    const Accepted accepted = fixture.accept(Fixture::alert(QStringLiteral("one")));
    QCOMPARE(fixture.read().deliveriesOf(accepted.id).first().state, DeliveryState::Held);
    QCOMPARE(fixture.summary(accepted.id).status, AlertStatus::Held);
    QVERIFY(fixture.read().due(paused.id, startOfTests + 1000, {}, 10).isEmpty());
    QVERIFY(!fixture.read().nextDueAt(paused.id, {}).has_value());
    QCOMPARE(fixture.read().queueState().held, 1);
}

void AcceptingTest::keepsOrderWhenTheClockJumpsBack()
{
    Fixture fixture;
    const Destination all = fixture.add(QStringLiteral("All"));
    const AlertId first = fixture.accept(Fixture::alert(QStringLiteral("first"))).id;
    fixture.clock.advance(-3'600'000);
    const AlertId second = fixture.accept(Fixture::alert(QStringLiteral("second"))).id;
    QVERIFY(number(second) > number(first));
    fixture.reopen();
    const AlertId third = fixture.accept(Fixture::alert(QStringLiteral("third"))).id;
    QVERIFY(number(third) > number(second));
    // What is queued doesn't wait for the clock to catch up.
    QCOMPARE(fixture.read().due(all.id, fixture.clock.nowUtc(), {}, 10).size(), 3);
    QCOMPARE(fixture.read().nextDueAt(all.id, {}).value_or(-1), 0);
    fixture.clock.set(startOfTests + 5);
    QCOMPARE(msecsOf(number(fixture.accept(Fixture::alert(QStringLiteral("fourth"))).id)), startOfTests + 5);
}

void AcceptingTest::givesEveryThingItsOwnNumber()
{
    Fixture fixture;
    QSet<qint64> numbers{number(fixture.add(QStringLiteral("A")).id), number(fixture.add(QStringLiteral("B")).id)};
    QList<Alert> alerts(50, Fixture::alert(QStringLiteral("x")));
    for (const Accepted &one : fixture.accept(alerts)) {
        numbers.insert(number(one.id));
        for (const Delivery &delivery : fixture.read().deliveriesOf(one.id)) {
            numbers.insert(number(delivery.id));
        }
    }
    QCOMPARE(numbers.size(), 2 + 50 * 3);
}

void AcceptingTest::takesAnEmptyList()
{
    Fixture fixture;
    QVERIFY(fixture.accept(QList<Alert>()).isEmpty());
    QCOMPARE(fixture.read().alertCount(), 0);
    QVERIFY(fixture.read().alertRows({}).isEmpty());
}

void AcceptingTest::showsRows()
{
    Fixture fixture;
    const Destination a = fixture.add(QStringLiteral("A"));
    const Destination b = fixture.add(QStringLiteral("B"), SeveritySet::all(), true);
    Alert untitled = Fixture::alert(QString(), Severity::Low);
    untitled.name = QStringLiteral("The rule");
    const QList<Accepted> accepted = fixture.accept({Fixture::alert(QStringLiteral("one")), untitled});
    const QList<AlertRow> rows = fixture.read().alertRows({accepted.at(1).id, AlertId{77}, accepted.at(0).id});
    QCOMPARE(rows.size(), 2);
    QCOMPARE(rows.at(0).headline, QStringLiteral("The rule"));
    QCOMPARE(rows.at(0).summary.severity, Severity::Low);
    QCOMPARE(rows.at(1).headline, QStringLiteral("one"));
    QCOMPARE(rows.at(1).source, QStringLiteral("Import"));
    QCOMPARE(rows.at(1).receivedAt, startOfTests);
    QCOMPARE(rows.at(1).createdAt, QStringLiteral("2026-09-21T12:00:00Z"));
    QCOMPARE(rows.at(1).parts.size(), 2);
    QCOMPARE(rows.at(1).parts.at(0).destinationId, a.id);
    QCOMPARE(rows.at(1).parts.at(1).destinationId, b.id);
    QCOMPARE(rows.at(1).parts.at(1).state, DeliveryState::Held);

    QList<AlertId> ascending;
    for (const AlertSummary &one : fixture.read().summaries(AlertId{}, 10)) {
        ascending.append(one.id);
    }
    QCOMPARE(ascending, (QList<AlertId>{accepted.at(0).id, accepted.at(1).id}));
    QCOMPARE(fixture.read().summaries(accepted.at(0).id, 10).size(), 1);
    QCOMPARE(fixture.read().newestSummaries(1).first().id, accepted.at(1).id);
    QCOMPARE(fixture.read().newestSummaries(5).first().id, accepted.at(0).id);
    QCOMPARE(fixture.read().idsBy(QStringLiteral("headline")), ascending);
    QCOMPARE(fixture.read().idsBy(QStringLiteral("source")), ascending);
    QCOMPARE(fixture.read().latestDeliveries(a.id, 1).first().headline, QStringLiteral("The rule"));
}

void AcceptingTest::countsByDestination()
{
    Fixture fixture;
    const Destination a = fixture.add(QStringLiteral("A"));
    const Destination b = fixture.add(QStringLiteral("B"), {Severity::Low}, true);
    const Delivery old = fixture.deliver(Fixture::alert(QStringLiteral("old")));
    fixture.record(Fixture::result(old, DeliveryState::Delivered, 200));
    fixture.clock.advance(25 * 3'600'000);
    QList<Delivery> fresh;
    for (int i = 0; i < 5; ++i) {
        fresh.append(fixture.deliver(Fixture::alert(QStringLiteral("new"))));
    }
    fixture.accept(Fixture::alert(QStringLiteral("low"), Severity::Low));
    fixture.record(Fixture::result(fresh.at(0), DeliveryState::Delivered, 200));
    fixture.record(Fixture::result(fresh.at(1), DeliveryState::Failed));
    AttemptRecord retry = Fixture::result(fresh.at(2), DeliveryState::Retrying);
    retry.nextAt = fixture.clock.nowUtc() + 7000;
    fixture.record(retry);
    fixture.store().markSending(fresh.at(3).id);
    QVERIFY(waitFor(fixture.store().setSetting(QStringLiteral("k"), QStringLiteral("v"))).has_value());
    QCOMPARE(fixture.read().setting(QStringLiteral("k")), QStringLiteral("v"));
    QVERIFY(!fixture.read().setting(QStringLiteral("other")).has_value());

    const QList<DestinationStats> stats = fixture.read().destinationStats(fixture.clock.nowUtc());
    QCOMPARE(stats.size(), 2);
    QCOMPARE(stats.at(0).id, a.id);
    QCOMPARE(stats.at(0).waiting, 4); // two queued, one retrying, one on its way
    QCOMPARE(stats.at(0).retrying, 1);
    QCOMPARE(stats.at(0).attention, 1);
    QCOMPARE(stats.at(0).delivered24h, 1);
    QCOMPARE(stats.at(0).failed24h, 1);
    QCOMPARE(stats.at(1).id, b.id);
    QCOMPARE(stats.at(1).held, 1);
    QCOMPARE(stats.at(1).waiting, 0);

    const QueueState queue = fixture.read().queueState();
    QCOMPARE(queue.queued, 2);
    QCOMPARE(queue.sending, 1);
    QCOMPARE(queue.retrying, 1);
    QCOMPARE(queue.held, 1);
    QCOMPARE(queue.nextRetryAt.value_or(0), retry.nextAt);
}

QTEST_GUILESS_MAIN(AcceptingTest)
#include "tst_accepting.moc"
