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

template<typename Step>
void measure(const char *what, Step step)
{
    QElapsedTimer timer;
    timer.start();
    step();
    qInfo("%s: %.2f ms", what, double(timer.nsecsElapsed()) / 1e6);
}

} // namespace

/// Rows coming, going and moving under a view's hands, few and many at a time.
class AlertTableRowsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void indexesStayOnTheirAlerts_data();
    void indexesStayOnTheirAlerts();
    void selectedRowsLeaveByName();
    void aMillion();
};

void AlertTableRowsTest::indexesStayOnTheirAlerts_data()
{
    QTest::addColumn<int>("column");
    QTest::addColumn<int>("changes");
    QTest::addColumn<bool>("filtered");
    for (const int column : {Model::SeverityColumn, Model::TimeColumn, Model::DeliveryColumn}) {
        for (const int changes : {3, 60}) {
            for (const bool filtered : {false, true}) {
                const QByteArray row = "column " + QByteArray::number(column) + ", " + QByteArray::number(changes) +
                                       (filtered ? " changes, filtered" : " changes, all");
                QTest::newRow(row.constData()) << column << changes << filtered;
            }
        }
    }
}

void AlertTableRowsTest::indexesStayOnTheirAlerts()
{
    QFETCH(int, column);
    QFETCH(int, changes);
    QFETCH(bool, filtered);
    SummaryTable table(150, 6);
    table.model.setFilter(filtered ? liveFilter() : AlertFilter());
    table.model.sort(column);
    QAbstractItemModelTester tester(&table.model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    QSignalSpy reset(&table.model, &Model::modelReset);
    for (int round = 0; round < 12; ++round) {
        QHash<qint64, QPersistentModelIndex> kept;
        for (int i = 0; i < 4 && table.model.rowCount() > 0; ++i) {
            const int row = table.source.number(table.model.rowCount());
            kept.insert(number(table.model.idAt(row)), table.model.index(row, i));
        }
        table.shake(changes, changes / 3);
        for (auto each = kept.cbegin(); each != kept.cend(); ++each) {
            const int row = table.model.rowOf(AlertId{each.key()});
            QCOMPARE(each.value().isValid() ? each.value().row() : -1, row);
            QVERIFY(row < 0 || number(table.model.idAt(row)) == each.key());
        }
        const QList<qint64> ids = table.ids();
        table.model.sort(column, Qt::AscendingOrder); // from scratch, and back
        table.model.sort(column, Qt::DescendingOrder);
        QCOMPARE(table.ids(), ids);
    }
    QCOMPARE(reset.size(), 0);
}

void AlertTableRowsTest::selectedRowsLeaveByName()
{
    SummaryTable table(150, 6);
    table.model.setFilter(liveFilter());
    QItemSelectionModel selection(&table.model);
    int heldLeft = 0;
    connect(
        &selection, &QItemSelectionModel::selectionChanged, this,
        [&](const QItemSelection &, const QItemSelection &deselected) { heldLeft += deselected.isEmpty() ? 0 : 1; });
    for (int round = 0; round < 40; ++round) {
        const int row = table.source.number(table.model.rowCount());
        const AlertId id = table.model.idAt(row);
        selection.setCurrentIndex(table.model.index(row, 0),
                                  QItemSelectionModel::SelectCurrent | QItemSelectionModel::Rows);
        heldLeft = 0;
        table.shake(90, 30); // many: all in one layoutChanged()
        const bool isThere = table.model.rowOf(id) >= 0;
        QCOMPARE(heldLeft, isThere ? 0 : 1);
        QCOMPARE(selection.isRowSelected(table.model.rowOf(id)), isThere);
    }
}

void AlertTableRowsTest::aMillion()
{
    constexpr int alerts = 1'000'000;
    SummaryTable table(alerts, 6);
    QCOMPARE(table.model.rowCount(), alerts);
    QItemSelectionModel selection(&table.model);
    const AlertId chosen = table.model.idAt(500'000);
    selection.setCurrentIndex(table.model.index(500'000, 0),
                              QItemSelectionModel::SelectCurrent | QItemSelectionModel::Rows);
    measure("50 new, 50 changed, by time", [&] { table.shake(50, 50); });
    measure("2000 new, 2000 changed, by time", [&] { table.shake(2000, 2000); });
    measure("sort by severity", [&] { table.model.sort(Model::SeverityColumn); });
    measure("50 new, 50 changed, by severity", [&] { table.shake(50, 50); });
    measure("sort by delivery", [&] { table.model.sort(Model::DeliveryColumn); });
    measure("50 new, 50 changed, by delivery", [&] { table.shake(50, 50); });
    measure("sort by time", [&] { table.model.sort(Model::TimeColumn); });
    QCOMPARE(number(table.model.idAt(selection.currentIndex().row())), number(chosen));
    measure("filter by status", [&] { table.model.setFilter(liveFilter()); });
    measure("50 new, 50 changed, filtered", [&] { table.shake(50, 50); });
    qint64 wanted = 0;
    for (const AlertStatus status : liveFilter().statuses) {
        wanted += table.index.counts().of(status);
    }
    QCOMPARE(qint64(table.model.rowCount()), wanted);
    measure("no filter", [&] { table.model.setFilter(AlertFilter()); });
    QCOMPARE(qint64(table.model.rowCount()), table.index.counts().all);
    measure("cells of 30 rows", [&] {
        for (int row = 700'000; row < 700'030; ++row) {
            for (int column = 0; column < Model::columns; ++column) {
                table.model.index(row, column).data();
            }
        }
    });
}

QTEST_GUILESS_MAIN(AlertTableRowsTest)
#include "tst_alerttablerows.moc"
