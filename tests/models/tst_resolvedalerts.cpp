// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#include "models/alerttablemodel.h"
#include "models/deliverysummary.h"
#include "models/deliverytreemodel.h"
#include "models/destinationdeliveriesmodel.h"
#include "models/modelsupport.h"
#include "models/occurrencefacts.h"
#include "models/roles.h"

#include <QSignalSpy>
#include <QTest>

using namespace courier;
using namespace courier::test;

namespace {

const QString diskFull = QStringLiteral("Disk full");

IncomingAlert disk(bool resolved = false)
{
    return StorePlace::incoming(diskFull, resolved);
}

} // namespace

/// What the window's models say of alerts that are seen again and end.
class ResolvedAlertsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void theTableSaysSo();
    void theFilterFollows();
    void theDeliveriesAreToldApart();
    void theFactsAreKeptUpToDate();
    void theFactsInWords();
};

void ResolvedAlertsTest::theTableSaysSo()
{
    StorePlace place;
    AlertIndex index(place.store(), place.clock);
    AlertTableModel model(index, place.store(), place.clock, [](DestinationId) { return QString(); });
    QSignalSpy completed(&index, &AlertIndex::completed);
    index.load();
    QVERIFY(completed.wait());
    place.take(disk());
    QTRY_COMPARE(model.rowCount(), 1);
    const QModelIndex cell = model.index(0, AlertTableModel::AlertColumn);
    QTRY_COMPARE(cell.data().toString(), diskFull);
    QCOMPARE(cell.data(Qt::AccessibleTextRole).toString(), diskFull);
    QVERIFY(cell.data(NoteRole).toString().isEmpty());
    QSignalSpy changed(&model, &AlertTableModel::dataChanged);
    place.take(disk(true));
    QTRY_COMPARE(cell.data(NoteRole).toString(), QStringLiteral(" · resolved"));
    QVERIFY(!changed.isEmpty());
    QCOMPARE(cell.data().toString(), diskFull);
    QCOMPARE(cell.data(Qt::AccessibleTextRole).toString(), QStringLiteral("Disk full, resolved"));
    QVERIFY(cell.siblingAtColumn(AlertTableModel::SourceColumn).data(NoteRole).toString().isEmpty());
}

void ResolvedAlertsTest::theFilterFollows()
{
    StorePlace place;
    AlertIndex index(place.store(), place.clock);
    AlertTableModel model(index, place.store(), place.clock, [](DestinationId) { return QString(); });
    place.accept(StorePlace::alert(QStringLiteral("event")));
    place.take(StorePlace::incoming(QStringLiteral("other")));
    place.take(disk());
    QSignalSpy completed(&index, &AlertIndex::completed);
    index.load();
    QVERIFY(completed.wait());
    model.setFilter(parseSearch(QStringLiteral("is:active"), 0).value());
    QTRY_COMPARE(model.rowCount(), 2);
    model.setFilter(parseSearch(QStringLiteral("is:resolved"), 0).value());
    QTRY_COMPARE(model.rowCount(), 0);
    const AlertId id = place.take(disk(true));
    QTRY_COMPARE(model.rowCount(), 1);
    QCOMPARE(model.idAt(0), id);
    place.take(disk()); // goes on
    QTRY_COMPARE(model.rowCount(), 0);
    // With words the database is asked for those, the life still follows.
    model.setFilter(parseSearch(QStringLiteral("is:resolved disk"), 0).value());
    place.take(disk(true));
    QTRY_COMPARE(model.rowCount(), 1);
}

void ResolvedAlertsTest::theDeliveriesAreToldApart()
{
    StorePlace place;
    const Destination ops = place.addDestination(QStringLiteral("Ops bridge"), true);
    const DestinationNames names = [](DestinationId) { return QStringLiteral("Ops bridge"); };
    const AlertId id = place.take(disk());
    place.record(place.deliveries(id).first(), Outcome::Acknowledged, DeliveryState::Delivered,
                 QStringLiteral("200 OK"));
    place.take(disk(true));
    DeliveryTreeModel tree(place.store(), place.clock, names);
    tree.setAlert(id);
    QTRY_COMPARE(tree.rowCount(), 2);
    QCOMPARE(tree.index(0, 0).data().toString(), QStringLiteral("Ops bridge (resolved)"));
    QCOMPARE(tree.index(1, 0).data().toString(), QStringLiteral("Ops bridge"));
    QCOMPARE(tree.summary(), QStringLiteral("Ops bridge (resolved) waits its turn, Ops bridge has it."));
    const AlertRow row =
        StorePlace::result(place.store().read([id](Queries &queries) { return queries.alertRows({id}); })).first();
    QCOMPARE(destinationsOf(row, names), QStringList{QStringLiteral("Ops bridge")});
    QCOMPARE(deliveryLines(row, names, 0), QStringLiteral("Ops bridge (resolved): Queued\nOps bridge: Delivered"));
    DestinationDeliveriesModel latest(place.store(), place.clock);
    latest.setDestination(ops.id);
    QTRY_COMPARE(latest.rowCount(), 2);
    const QModelIndex newest = latest.index(0, DestinationDeliveriesModel::AlertColumn);
    QCOMPARE(newest.data(NoteRole).toString(), QStringLiteral(" · resolved"));
    QCOMPARE(newest.data(Qt::AccessibleTextRole).toString(), QStringLiteral("Disk full, resolved"));
    QVERIFY(newest.siblingAtRow(1).data(NoteRole).toString().isEmpty());
}

void ResolvedAlertsTest::theFactsAreKeptUpToDate()
{
    StorePlace place;
    const AlertId id = place.take(disk());
    const AlertId event = place.accept(StorePlace::alert(QStringLiteral("event")));
    OccurrenceFacts facts(place.store());
    QSignalSpy changed(&facts, &OccurrenceFacts::changed);
    facts.setAlert(id);
    QTRY_COMPARE(changed.size(), 1);
    QCOMPARE(facts.occurrence()->seen, 1);
    place.clock.advance(std::chrono::minutes(1));
    place.take(disk());
    QTRY_COMPARE(changed.size(), 2);
    QCOMPARE(facts.occurrence()->seen, 2);
    QCOMPARE(facts.occurrence()->lastSeen, place.clock.nowUtc());
    place.take(StorePlace::incoming(QStringLiteral("other")));
    place.take(StorePlace::incoming(QStringLiteral("other"))); // of no concern
    place.take(disk(true));
    QTRY_VERIFY(facts.occurrence()->isResolved());
    QCOMPARE(changed.size(), 3);
    facts.setAlert(event);
    QVERIFY(!facts.occurrence().has_value());
    QTest::qWait(100);
    QVERIFY(!facts.occurrence().has_value());
    facts.setAlert(AlertId{});
    facts.setAlert(id);
    QTRY_VERIFY(facts.occurrence().has_value());
}

void ResolvedAlertsTest::theFactsInWords()
{
    Occurrence one;
    one.lastSeen = FakeClock::start;
    QVERIFY(occurrenceWords(one, FakeClock::start).isEmpty());
    one.seen = 6;
    QCOMPARE(occurrenceWords(one, FakeClock::start), QStringList{QStringLiteral("Seen 6 times, last at 12:00:00")});
    one.resolvedAt = FakeClock::start + 7 * 60'000;
    QCOMPARE(occurrenceWords(one, FakeClock::start),
             (QStringList{QStringLiteral("Seen 6 times, last at 12:00:00"), QStringLiteral("Resolved at 12:07:00")}));
}

QTEST_GUILESS_MAIN(ResolvedAlertsTest)
#include "tst_resolvedalerts.moc"
