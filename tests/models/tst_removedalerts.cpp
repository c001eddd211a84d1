// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#include "models/summarytable.h"

#include <QAbstractItemModelTester>
#include <QElapsedTimer>
#include <QItemSelectionModel>
#include <QSignalSpy>
#include <QTest>

using namespace courier;
using namespace courier::test;

namespace {

using Model = AlertTableModel;

QList<AlertId> idsOf(const std::vector<int> &numbers)
{
    QList<AlertId> ids;
    for (const int number : numbers) {
        ids.append(idOf(number));
    }
    return ids;
}

} // namespace

/// Alerts that the retention removes leave the index and its lists; what is chosen and what is in sight stays.
class RemovedAlertsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void rowsGoAndOthersStay_data();
    void rowsGoAndOthersStay();
    void theChosenOneGoesByName();
    void allByTimeNeedNoList();
    void whatIsFoundStaysFound();
    void theOrderOfATextStays();
    void theIndexFollowsTheStore();
    void goneWhileAllIsRead();
    void fiveThousandOfAMillion();
};

void RemovedAlertsTest::rowsGoAndOthersStay_data()
{
    QTest::addColumn<int>("column");
    QTest::addColumn<bool>("filtered");
    QTest::addColumn<int>("step");
    for (const int column : {Model::SeverityColumn, Model::TimeColumn, Model::DeliveryColumn}) {
        for (const bool filtered : {false, true}) {
            for (const int step : {1, 7}) { // the oldest, or here and there
                const QByteArray row = "column " + QByteArray::number(column) + (filtered ? ", filtered" : ", all") +
                                       (step == 1 ? ", the oldest" : ", here and there");
                QTest::newRow(row.constData()) << column << filtered << step;
            }
        }
    }
}

void RemovedAlertsTest::rowsGoAndOthersStay()
{
    QFETCH(int, column);
    QFETCH(bool, filtered);
    QFETCH(int, step);
    SummaryTable table(200, 7);
    table.model.setFilter(filtered ? liveFilter() : AlertFilter());
    table.model.sort(column);
    QAbstractItemModelTester tester(&table.model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    QSignalSpy reset(&table.model, &Model::modelReset);
    const AlertId kept = table.model.idAt(0);
    const QPersistentModelIndex held = table.model.index(0, 2);
    for (int round = 0; round < 5; ++round) {
        std::vector<int> gone;
        for (int i = 0; i < 20; ++i) {
            gone.push_back(round * 20 * (step == 1 ? 1 : 0) + i * step + (step == 1 ? 0 : round));
        }
        QList<qint64> expected = table.ids();
        QList<AlertId> ids = idsOf(gone);
        ids.removeAll(kept);
        for (const AlertId id : ids) {
            expected.removeAll(number(id));
        }
        table.index.remove(ids);
        QCOMPARE(table.ids(), expected);
        QCOMPARE(held.row(), table.model.rowOf(kept));
        QCOMPARE(table.index.counts().all, table.index.alerts().size());
        QCOMPARE(table.index.counts().byStatus, table.counted().byStatus);
        QCOMPARE(table.index.counts().bySeverity, table.counted().bySeverity);
        table.model.sort(column, Qt::AscendingOrder); // from scratch, and back
        table.model.sort(column, Qt::DescendingOrder);
        QCOMPARE(table.ids(), expected);
    }
    table.index.apply({summary(number(idOf(500)), Severity::Critical, AlertStatus::Failed)});
    QVERIFY(table.model.rowOf(idOf(500)) >= 0);
    QCOMPARE(reset.size(), 0);
}

void RemovedAlertsTest::theChosenOneGoesByName()
{
    SummaryTable table(100, 7);
    QItemSelectionModel selection(&table.model);
    selection.setCurrentIndex(table.model.index(table.model.rowOf(idOf(30)), 0),
                              QItemSelectionModel::SelectCurrent | QItemSelectionModel::Rows);
    table.model.setPinned(idOf(30));
    table.index.remove(idsOf({1, 2, 3, 60}));
    QCOMPARE(number(table.model.idAt(selection.currentIndex().row())), number(idOf(30)));
    QVERIFY(selection.isRowSelected(table.model.rowOf(idOf(30))));
    int deselected = 0;
    connect(&selection, &QItemSelectionModel::selectionChanged, this,
            [&](const QItemSelection &, const QItemSelection &old) { deselected += old.isEmpty() ? 0 : 1; });
    std::vector<int> scattered;
    for (int i = 0; i < 100; i += 3) { // 30 is one of them
        scattered.push_back(i);
    }
    table.index.remove(idsOf(scattered));
    QCOMPARE(table.model.rowOf(idOf(30)), -1);
    QCOMPARE(deselected, 1);
    QVERIFY(number(table.model.idAt(selection.currentIndex().row())) != number(idOf(30)));
}

void RemovedAlertsTest::allByTimeNeedNoList()
{
    SummaryTable table(300, 7);
    table.index.remove(idsOf({0, 1, 2, 100}));
    QCOMPARE(table.model.rowCount(), 296);
    QCOMPARE(number(table.model.idAt(0)), number(idOf(299)));
    QCOMPARE(number(table.model.idAt(295)), number(idOf(3)));
    table.index.remove({idOf(1), idOf(5000)}); // is gone, was never there
    QCOMPARE(table.model.rowCount(), 296);
}

// What the database found goes on holding: it isn't asked again.
void RemovedAlertsTest::whatIsFoundStaysFound()
{
    StorePlace place;
    QList<AlertId> ids;
    for (int i = 0; i < 30; ++i) {
        ids.append(place.accept(StorePlace::alert(i % 2 == 0 ? QStringLiteral("even") : QStringLiteral("odd"))));
    }
    AlertIndex index(place.store(), place.clock);
    Model model(index, place.store(), place.clock, [](DestinationId) { return QString(); });
    QSignalSpy completed(&index, &AlertIndex::completed);
    index.load();
    QVERIFY(completed.wait());
    QSignalSpy applied(&model, &Model::filterApplied);
    AlertFilter filter;
    filter.words = {QStringLiteral("odd")};
    model.setFilter(filter);
    QVERIFY(applied.wait());
    QCOMPARE(model.rowCount(), 15);
    index.remove({ids.at(0), ids.at(1), ids.at(2), ids.at(3)});
    QCOMPARE(model.rowCount(), 13);
    QCOMPARE(number(model.idAt(12)), number(ids.at(5)));
    QVERIFY(!model.isSearching());
    // And what is being looked for while some go is found in its new place.
    filter.words = {QStringLiteral("even")};
    model.setFilter(filter);
    index.remove({ids.at(4), ids.at(5)});
    QVERIFY(applied.wait());
    QCOMPARE(model.rowCount(), 12);
    QCOMPARE(number(model.idAt(11)), number(ids.at(6)));
    // New ones are looked up from where it was left.
    const AlertId fresh = place.accept(StorePlace::alert(QStringLiteral("even")));
    QTRY_COMPARE(model.rowCount(), 13);
    QCOMPARE(number(model.idAt(0)), number(fresh));
}

void RemovedAlertsTest::theOrderOfATextStays()
{
    StorePlace place;
    QList<AlertId> ids;
    for (const char *title : {"m", "c", "x", "a", "k", "b"}) {
        ids.append(place.accept(StorePlace::alert(QString::fromLatin1(title))));
    }
    AlertIndex index(place.store(), place.clock);
    Model model(index, place.store(), place.clock, [](DestinationId) { return QString(); });
    QSignalSpy completed(&index, &AlertIndex::completed);
    index.load();
    QVERIFY(completed.wait());
    const auto shown = [&] {
        QList<qsizetype> order;
        for (int row = 0; row < model.rowCount(); ++row) {
            order.append(ids.indexOf(model.idAt(row)));
        }
        return order;
    };
    model.sort(Model::AlertColumn, Qt::AscendingOrder);
    QTRY_COMPARE(shown(), (QList<qsizetype>{3, 5, 1, 4, 0, 2}));
    index.remove({ids.at(1), ids.at(4)});
    QCOMPARE(shown(), (QList<qsizetype>{3, 5, 0, 2}));
    QVERIFY(!model.isSearching());
    // Asked for again, and some go while it is put in order.
    model.sort(Model::TimeColumn);
    model.sort(Model::AlertColumn, Qt::AscendingOrder);
    index.remove({ids.at(3)});
    QTRY_COMPARE(shown(), (QList<qsizetype>{5, 0, 2}));
    QTRY_VERIFY(!model.isSearching());
}

void RemovedAlertsTest::theIndexFollowsTheStore()
{
    StorePlace place; // without a destination: nothing waits
    QList<AlertId> ids;
    for (int i = 0; i < 10; ++i) {
        ids.append(place.accept(StorePlace::alert(QString::number(i))));
    }
    AlertIndex index(place.store(), place.clock);
    Model model(index, place.store(), place.clock, [](DestinationId) { return QString(); });
    QSignalSpy completed(&index, &AlertIndex::completed);
    index.load();
    QVERIFY(completed.wait());
    QCOMPARE(model.rowCount(), 10);
    const qint64 later = place.clock.nowUtc() + 1;
    const RemoveAlerts step{ids.mid(0, 4), {later, later, later}};
    QCOMPARE(*StorePlace::result(place.store().retain(step)), 4);
    QTRY_COMPARE(model.rowCount(), 6);
    QCOMPARE(index.counts().all, 6);
    QCOMPARE(number(model.idAt(5)), number(ids.at(4)));
    QCOMPARE(completed.size(), 1); // not by reading all of it again
}

// Read before it went, told after: it doesn't come back.
void RemovedAlertsTest::goneWhileAllIsRead()
{
    StorePlace place;
    QList<AlertId> ids;
    for (int i = 0; i < 300; ++i) {
        ids.append(place.accept(StorePlace::alert(QString::number(i))));
    }
    AlertIndex index(place.store(), place.clock);
    QSignalSpy completed(&index, &AlertIndex::completed);
    const qint64 later = place.clock.nowUtc() + 1;
    const auto removed = place.store().retain(RemoveAlerts{ids.mid(0, 50), {later, later, later}});
    index.load();
    QVERIFY(completed.wait());
    QCOMPARE(*StorePlace::result(removed), 50);
    QTRY_COMPARE(index.counts().all, 250);
    QTest::qWait(1200);
    QCOMPARE(index.counts().all, 250);
    QCOMPARE(number(index.alerts().id(0)), number(ids.at(50)));
}

void RemovedAlertsTest::fiveThousandOfAMillion()
{
    SummaryTable table(1'000'000, 7);
    std::vector<int> oldest;
    for (int i = 0; i < 5000; ++i) {
        oldest.push_back(i);
    }
    std::vector<int> scattered;
    for (int i = 0; i < 5000; ++i) {
        scattered.push_back(6000 + i * 100);
    }
    const auto measure = [&table](const char *what, const std::vector<int> &gone) {
        const QList<AlertId> ids = idsOf(gone);
        QElapsedTimer timer;
        timer.start();
        table.index.remove(ids);
        qInfo("%s: %.2f ms", what, double(timer.nsecsElapsed()) / 1e6);
    };
    measure("the 5000 oldest, by time", oldest);
    QCOMPARE(table.model.rowCount(), 995'000);
    measure("5000 here and there, by time", scattered);
    QCOMPARE(table.model.rowCount(), 990'000);
    table.model.sort(Model::DeliveryColumn);
    for (int &number : scattered) {
        number += 1;
    }
    measure("5000 here and there, by delivery", scattered);
    QCOMPARE(table.model.rowCount(), 985'000);
    QCOMPARE(table.index.counts().all, 985'000);
}

QTEST_GUILESS_MAIN(RemovedAlertsTest)
#include "tst_removedalerts.moc"
