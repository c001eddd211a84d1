// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#include "models/alertindex.h"
#include "models/modelsupport.h"

#include <QSignalSpy>
#include <QTest>

using namespace courier;
using namespace courier::test;

namespace {

QList<Alert> manyAlerts(int count)
{
    QList<Alert> alerts;
    for (int i = 0; i < count; ++i) {
        alerts.append(StorePlace::alert(QStringLiteral("Alert %1").arg(i), static_cast<Severity>(i % 5)));
    }
    return alerts;
}

QList<qint64> idsOf(const SummaryArrays &arrays)
{
    return {arrays.allIds().begin(), arrays.allIds().end()};
}

} // namespace

/// The summaries in memory, over a real store.
class AlertIndexTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void emptyStore();
    void newestFirstThenAll();
    void followsTheStore();
    void changesWhileLoading();
    void lateAlertMovesPlaces();
    void midnight();
};

void AlertIndexTest::emptyStore()
{
    StorePlace place;
    AlertIndex index(place.store(), place.clock);
    QSignalSpy completed(&index, &AlertIndex::completed);
    QVERIFY(!index.isComplete());
    index.load();
    QVERIFY(completed.wait());
    QVERIFY(index.isComplete());
    QCOMPARE(index.counts().all, qint64(0));
}

void AlertIndexTest::newestFirstThenAll()
{
    StorePlace place;
    const QList<Accepted> accepted = *StorePlace::result(place.store().accept(manyAlerts(1000)));
    AlertIndex index(place.store(), place.clock);
    QSignalSpy completed(&index, &AlertIndex::completed);
    QList<int> sizes;
    connect(&index, &AlertIndex::replaced, this, [&] {
        sizes.append(index.alerts().size());
        QCOMPARE(number(index.alerts().lastId()), number(accepted.last().id));
    });
    index.load();
    QVERIFY(completed.wait());
    QCOMPARE(sizes, (QList<int>{AlertIndex::firstRows, 1000}));
    QList<qint64> expected;
    for (const Accepted &each : accepted) {
        expected.append(number(each.id));
    }
    QCOMPARE(idsOf(index.alerts()), expected);
    QCOMPARE(index.counts().of(Severity::Critical), qint64(200));
    QCOMPARE(index.counts().of(AlertStatus::NoDestination), qint64(1000));

    // Anew: what is there stays until all is read.
    sizes.clear();
    index.load();
    QVERIFY(index.isComplete());
    QVERIFY(completed.wait());
    QCOMPARE(sizes, QList<int>{1000});
}

void AlertIndexTest::followsTheStore()
{
    StorePlace place;
    place.addDestination(QStringLiteral("Ops bridge"));
    AlertIndex index(place.store(), place.clock);
    QSignalSpy completed(&index, &AlertIndex::completed);
    index.load();
    QVERIFY(completed.wait());
    QSignalSpy changed(&index, &AlertIndex::changed);
    const AlertId id = place.accept(StorePlace::alert(QStringLiteral("Disk full")));
    QTRY_COMPARE(index.counts().all, qint64(1));
    QCOMPARE(index.counts().of(AlertStatus::Queued), qint64(1));
    QCOMPARE(changed.first().at(1).toInt(), 0); // the first new one stands at place 0

    const Delivery delivery = place.deliveries(id).first();
    place.record(delivery, Outcome::Rejected, DeliveryState::Failed, QStringLiteral("401 Unauthorized"));
    QTRY_COMPARE(index.counts().needsAttention, qint64(1));
    QCOMPARE(index.counts().of(AlertStatus::Failed), qint64(1));
    StorePlace::result(place.store().resend({delivery.id}));
    QTRY_COMPARE(index.counts().needsAttention, qint64(0));
    place.record(place.deliveries(id).first(), Outcome::Acknowledged, DeliveryState::Delivered,
                 QStringLiteral("200 OK"));
    QTRY_COMPARE(index.counts().deliveredToday, qint64(1));
    QCOMPARE(index.counts().all, qint64(1));
}

void AlertIndexTest::changesWhileLoading()
{
    StorePlace place;
    StorePlace::result(place.store().accept(manyAlerts(500)));
    AlertIndex index(place.store(), place.clock);
    QSignalSpy completed(&index, &AlertIndex::completed);
    index.load();
    QFuture<Result<QList<Accepted>>> more = place.store().accept(manyAlerts(100));
    QVERIFY(completed.wait());
    QVERIFY(StorePlace::result(more).has_value());
    QTRY_COMPARE(index.counts().all, qint64(600));
    const QList<AlertSummary> stored =
        StorePlace::result(place.store().read([](Queries &queries) { return queries.summaries(AlertId{}, 10'000); }));
    QList<qint64> expected;
    for (const AlertSummary &each : stored) {
        expected.append(number(each.id));
    }
    QCOMPARE(idsOf(index.alerts()), expected);
}

void AlertIndexTest::lateAlertMovesPlaces()
{
    StorePlace place;
    AlertIndex index(place.store(), place.clock);
    SummaryArrays arrays;
    arrays.append(summary(10));
    arrays.append(summary(30));
    QSignalSpy completed(&index, &AlertIndex::completed);
    index.load();
    QVERIFY(completed.wait());
    index.adopt(arrays);
    QSignalSpy changed(&index, &AlertIndex::changed);
    QSignalSpy replaced(&index, &AlertIndex::replaced);
    index.apply({summary(40), summary(10, Severity::High, AlertStatus::Failed, true)});
    QCOMPARE(changed.size(), 1);
    QCOMPARE(changed.first().at(0).value<QList<int>>(), QList<int>{0});
    QCOMPARE(changed.first().at(1).toInt(), 2);
    index.apply({summary(20)});
    QCOMPARE(changed.size(), 1);
    QCOMPARE(replaced.size(), 1);
    QCOMPARE(idsOf(index.alerts()), (QList<qint64>{10, 20, 30, 40}));
    QCOMPARE(index.counts().needsAttention, qint64(1));
}

void AlertIndexTest::midnight()
{
    StorePlace place; // at noon
    AlertIndex index(place.store(), place.clock);
    const auto seconds = static_cast<quint32>(FakeClock::start / 1000);
    SummaryArrays arrays;
    arrays.append(summary(1, Severity::Low, AlertStatus::Delivered, false, seconds));
    index.adopt(arrays);
    QCOMPARE(index.counts().deliveredToday, qint64(1));
    QSignalSpy day(&index, &AlertIndex::dayChanged);
    place.clock.advance(std::chrono::hours(11));
    index.lookAtClock();
    QCOMPARE(day.size(), 0);
    QCOMPARE(index.counts().deliveredToday, qint64(1));
    place.clock.advance(std::chrono::hours(1));
    index.lookAtClock();
    QCOMPARE(day.size(), 1);
    QCOMPARE(index.counts().deliveredToday, qint64(0));
    // An alert that changes after midnight is counted by the new day, whether the timer has fired or not.
    place.clock.advance(std::chrono::hours(24));
    QSignalSpy completed(&index, &AlertIndex::completed);
    index.load();
    QVERIFY(completed.wait());
    index.adopt(arrays);
    index.apply({summary(2, Severity::Low, AlertStatus::Delivered, false, seconds + 36 * 3600 + 5)});
    QCOMPARE(day.size(), 2);
    QCOMPARE(index.counts().deliveredToday, qint64(1));
}

QTEST_GUILESS_MAIN(AlertIndexTest)
#include "tst_alertindex.moc"
