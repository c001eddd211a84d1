// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#include "storefixture.h"

#include <QProcess>
#include <QSignalSpy>

using namespace courier;
using namespace courier::test;

/// Changes are told: this process' own, and those of others on the same directory.
class WatchingTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void tellsItsOwnChanges();
    void tellsRepeatsApartFromChanges();
    void gathersThem();
    void tellsTheChangesOfAnotherStore();
    void tellsTheChangesOfAnotherProcess();
    void sharesNumbersAndDestinations();
    void asksForAReloadWhenThereIsTooMuch();
    void readsOnItsThreads();
};

namespace {

/// Everything that a store told so far. The signal comes from the store's thread.
class Told
{
public:
    explicit Told(Store &store)
    {
        QObject::connect(&store, &Store::changed, &m_here, [this](const StoreChanges &changes) {
            ++signalCount;
            reload = reload || changes.reload;
            destinations = destinations || changes.destinations;
            for (const AlertSummary &one : changes.alerts) {
                alerts.insert(one.id, one);
            }
        });
        QObject::connect(&store, &Store::seenAgain, &m_here, [this] { repeats = true; });
    }
    AlertStatus status(AlertId id) const
    {
        const auto found = alerts.constFind(id);
        return found == alerts.constEnd() ? AlertStatus::NoDestination : found->status;
    }

    int signalCount = 0;
    bool reload = false;
    bool destinations = false;
    bool repeats = false;
    QHash<AlertId, AlertSummary> alerts;

private:
    QObject m_here;
};

} // namespace

void WatchingTest::tellsItsOwnChanges()
{
    Fixture fixture;
    Told told(fixture.store());
    const Destination one = fixture.add(QStringLiteral("A"));
    QTRY_VERIFY(told.destinations);
    const Delivery first = fixture.deliver(Fixture::alert(QStringLiteral("x")));
    const Delivery second = fixture.deliver(Fixture::alert(QStringLiteral("y")));
    QTRY_COMPARE(told.status(first.alertId), AlertStatus::Queued);
    fixture.store().markSending(second.id);
    QTRY_COMPARE(told.status(second.alertId), AlertStatus::Sending);
    fixture.record(Fixture::result(first, DeliveryState::Failed));
    QTRY_COMPARE(told.status(first.alertId), AlertStatus::Failed);
    QVERIFY(told.alerts.value(first.alertId).needsAttention);
    QVERIFY(waitFor(fixture.store().dismiss({first.alertId})).has_value());
    QTRY_VERIFY(!told.alerts.value(first.alertId).needsAttention);
    QVERIFY(waitFor(fixture.store().resend({first.id})).has_value());
    QTRY_COMPARE(told.status(first.alertId), AlertStatus::Queued);
    told.destinations = false;
    QVERIFY(waitFor(fixture.store().setPaused(one.id, true)).has_value());
    QTRY_COMPARE(told.status(first.alertId), AlertStatus::Held);
    QTRY_VERIFY(told.destinations);
    QVERIFY(waitFor(fixture.store().deleteDestination(one.id)).has_value());
    QTRY_COMPARE(told.status(first.alertId), AlertStatus::Cancelled);
    QVERIFY(!told.reload);
}

// Ten thousand alerts that are merely seen again must not be read and painted anew.
void WatchingTest::tellsRepeatsApartFromChanges()
{
    Fixture fixture;
    Told told(fixture.store());
    const IncomingAlert disk = Fixture::incoming(QStringLiteral("disk"));
    const AlertId id = fixture.take(disk).id;
    QTRY_COMPARE(told.alerts.value(id).life, AlertLife::Active);
    QVERIFY(!told.repeats);
    told.alerts.clear();
    const int signalsBefore = told.signalCount;
    fixture.take(disk);
    QTRY_VERIFY(told.repeats);
    QVERIFY(told.alerts.isEmpty());
    QCOMPARE(told.signalCount, signalsBefore);
    told.repeats = false;
    fixture.take(Fixture::resolved(disk));
    QTRY_COMPARE(told.alerts.value(id).life, AlertLife::Resolved);
    QVERIFY(!told.repeats);
    fixture.take(disk);
    QTRY_COMPARE(told.alerts.value(id).life, AlertLife::Active);
}

void WatchingTest::gathersThem()
{
    Fixture fixture;
    fixture.add(QStringLiteral("A"));
    Told told(fixture.store());
    for (int i = 0; i < 200; ++i) {
        fixture.accept(Fixture::alert(QStringLiteral("x")));
    }
    QTRY_COMPARE(told.alerts.size(), 200);
    QVERIFY2(told.signalCount < 100, qPrintable(QString::number(told.signalCount)));
    // Nothing happens: nothing is told.
    const int before = told.signalCount;
    QTest::qWait(600);
    QCOMPARE(told.signalCount, before);
}

void WatchingTest::tellsTheChangesOfAnotherStore()
{
    Fixture fixture;
    auto other = std::move(*Store::open(fixture.directory.path(), fixture.clock));
    Told told(fixture.store());
    Told toldOther(*other);
    const Destination one = fixture.add(QStringLiteral("A"));
    QTRY_VERIFY(toldOther.destinations);
    const Accepted accepted = waitFor(other->accept({Fixture::alert(QStringLiteral("x"))}))->first();
    QCOMPARE(accepted.destinations, QList<DestinationId>{one.id});
    QTRY_COMPARE(told.status(accepted.id), AlertStatus::Queued);
    const Delivery delivery = fixture.read().deliveriesOf(accepted.id).first();
    fixture.record(Fixture::result(delivery, DeliveryState::Delivered, 200));
    QTRY_COMPARE(toldOther.status(accepted.id), AlertStatus::Delivered);
    QVERIFY(waitFor(other->resend({delivery.id})).has_value());
    QTRY_COMPARE(told.status(accepted.id), AlertStatus::Queued);
}

void WatchingTest::tellsTheChangesOfAnotherProcess()
{
    Fixture fixture;
    fixture.add(QStringLiteral("A"));
    Told told(fixture.store());
    QProcess process;
    process.start(QStringLiteral(STORE_HELPER), {QStringLiteral("accept-one"), fixture.directory.path()});
    QVERIFY(process.waitForFinished(20000));
    const AlertId id{process.readAllStandardOutput().trimmed().toLongLong()};
    QVERIFY(number(id) > 0);
    QTRY_COMPARE(told.status(id), AlertStatus::Queued);
    QCOMPARE(fixture.read().alert(id)->title, QStringLiteral("from another process"));
}

void WatchingTest::sharesNumbersAndDestinations()
{
    Fixture fixture;
    auto other = std::move(*Store::open(fixture.directory.path(), fixture.clock));
    const Destination one = fixture.add(QStringLiteral("A"));
    QSet<qint64> numbers{number(one.id)};
    AlertId last{};
    for (int i = 0; i < 40; ++i) {
        Store &store = i % 2 == 0 ? fixture.store() : *other;
        const Accepted accepted = waitFor(store.accept({Fixture::alert(QStringLiteral("x"))}))->first();
        QCOMPARE(accepted.destinations, QList<DestinationId>{one.id});
        QVERIFY(number(accepted.id) > number(last));
        last = accepted.id;
        numbers.insert(number(last));
        numbers.insert(number(fixture.read().deliveriesOf(last).first().id));
    }
    QCOMPARE(numbers.size(), 81);
    Destination same;
    same.name = QStringLiteral("a");
    same.url = QStringLiteral("https://example.test/");
    QCOMPARE(waitFor(other->addDestination(same)).error().kind, Error::Kind::Conflict);
    QVERIFY(waitFor(other->setPaused(one.id, true)).has_value());
    QCOMPARE(fixture.read().deliveriesOf(fixture.accept(Fixture::alert(QStringLiteral("x"))).id).first().state,
             DeliveryState::Held);
}

void WatchingTest::asksForAReloadWhenThereIsTooMuch()
{
    Fixture fixture;
    const Destination one = fixture.add(QStringLiteral("A"));
    Store::Options slow;
    slow.watchInterval = std::chrono::hours(1);
    auto other = std::move(*Store::open(fixture.directory.path(), fixture.clock, slow));
    QTest::qWait(100);
    Told told(*other);
    fixture.accept(QList<Alert>(21000, Fixture::alert(QStringLiteral("x"))));
    // Its own commit makes it look, and it finds the others' changes, too.
    QVERIFY(waitFor(other->setSetting(QStringLiteral("a"), QStringLiteral("b"))).has_value());
    QTRY_VERIFY(told.reload);
    QVERIFY(told.alerts.isEmpty());
    // More changes than are kept.
    told.reload = false;
    QVERIFY(waitFor(fixture.store().setPaused(one.id, true)).has_value());
    QVERIFY(waitFor(other->setSetting(QStringLiteral("a"), QStringLiteral("c"))).has_value());
    QTRY_VERIFY(told.reload);
}

void WatchingTest::readsOnItsThreads()
{
    Fixture fixture;
    const AlertId id = fixture.accept(Fixture::alert(QStringLiteral("x"))).id;
    QThread *const here = QThread::currentThread();
    std::atomic<bool> elsewhere = false;
    QFuture<qint64> count = fixture.store().read([&](Queries &queries) {
        elsewhere = QThread::currentThread() != here;
        return queries.alertCount();
    });
    QCOMPARE(waitFor(count), 1);
    QVERIFY(elsewhere);
    QFuture<std::optional<Alert>> alert = fixture.store().read([id](Queries &queries) { return queries.alert(id); });
    QCOMPARE(waitFor(alert)->title, QStringLiteral("x"));
    // What waits is still read when the store goes.
    QList<QFuture<qint64>> many;
    for (int i = 0; i < 50; ++i) {
        many.append(fixture.store().read([](Queries &queries) { return queries.alertCount(); }));
    }
    fixture.close();
    for (const QFuture<qint64> &one : many) {
        QVERIFY(one.isFinished());
        QCOMPARE(one.result(), 1);
    }
}

QTEST_GUILESS_MAIN(WatchingTest)
#include "tst_watching.moc"
