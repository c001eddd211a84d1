// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#include "models/alerttablemodel.h"
#include "models/modelsupport.h"
#include "models/roles.h"

#include <QAbstractItemModelTester>
#include <QItemSelectionModel>
#include <QSignalSpy>
#include <QTest>

using namespace courier;
using namespace courier::test;

namespace {

using Model = AlertTableModel;

/// A table over a real store, with Qt's own checks of every signal.
struct Table
{
    Table()
        : index(place.store(), place.clock)
        , model(index, place.store(), place.clock, [this](DestinationId id) { return names.value(id); })
        , tester(std::make_unique<QAbstractItemModelTester>(&model,
                                                            QAbstractItemModelTester::FailureReportingMode::QtTest))
    {
    }
    void addDestination(const QString &name) { names.insert(place.addDestination(name).id, name); }
    void load()
    {
        QSignalSpy completed(&index, &AlertIndex::completed);
        index.load();
        QVERIFY(completed.wait());
    }
    QString text(int row, int column) const { return model.index(row, column).data().toString(); }
    QStringList column(int column) const
    {
        QStringList texts;
        for (int row = 0; row < model.rowCount(); ++row) {
            texts.append(text(row, column));
        }
        return texts;
    }
    QStringList alerts() const { return column(Model::AlertColumn); }

    StorePlace place;
    QHash<DestinationId, QString> names;
    AlertIndex index;
    Model model;
    std::unique_ptr<QAbstractItemModelTester> tester;
};

AlertFilter withStatus(AlertStatus status)
{
    AlertFilter filter;
    filter.statuses = {status};
    return filter;
}

QStringList words(std::initializer_list<const char *> list)
{
    QStringList texts;
    for (const char *text : list) {
        texts.append(QString::fromUtf8(text));
    }
    return texts;
}

} // namespace

/// The alert table over a real store.
class AlertTableModelTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void cells();
    void deliveryWordsPerState();
    void destinationsAreElidedByName();
    void countdownAndAgeMove();
    void changedRowIsReadAgain();
    void newAlertsLeaveSelectionAlone();
    void rowLeavesWhenItNoLongerMatches();
    void pinnedRowStays();
    void pinFollowsTheCurrentRow();
    void searchesTheDatabase();
    void newAlertsAreSearchedToo();
    void showsTheFirstRowsOfALongSearch();
    void sortsByText();
    void keepsTheOrderOfAText();
    void sortsBySeverityAndStatus();
    void reloadKeepsSelection();
    void pagesAreReadWhenLookedAt();
    void copiesARow();
};

void AlertTableModelTest::cells()
{
    Table table;
    table.addDestination(QStringLiteral("Ops bridge"));
    const AlertId id =
        table.place.accept(StorePlace::alert(QStringLiteral("Root login\nfrom a new country"), Severity::Critical));
    table.load();
    QCOMPARE(table.model.rowCount(), 1);
    QCOMPARE(table.model.columnCount(), 6);
    QCOMPARE(table.text(0, Model::SeverityColumn), QStringLiteral("Critical")); // known at once
    QCOMPARE(table.text(0, Model::DeliveryColumn), QStringLiteral("Queued"));
    QCOMPARE(table.text(0, Model::AlertColumn), QString()); // read when asked for
    QTRY_COMPARE(table.text(0, Model::AlertColumn), QStringLiteral("Root login from a new country"));
    QCOMPARE(table.text(0, Model::SourceColumn), QStringLiteral("Test"));
    QCOMPARE(table.text(0, Model::TimeColumn), QStringLiteral("Just now"));
    QCOMPARE(table.text(0, Model::DestinationsColumn), QStringLiteral("Ops bridge"));
    const auto role = [&table](int column, int which) { return table.model.index(0, column).data(which); };
    QCOMPARE(role(Model::SeverityColumn, GlyphRole).toString(), QStringLiteral("sev-critical"));
    QCOMPARE(role(Model::SeverityColumn, ColorKeyRole).toString(), QStringLiteral("critical"));
    QCOMPARE(role(Model::SeverityColumn, PillRole).toBool(), true);
    QCOMPARE(role(Model::DeliveryColumn, GlyphRole).toString(), QStringLiteral("st-queued"));
    QCOMPARE(role(Model::TimeColumn, MutedRole).toBool(), true);
    QCOMPARE(role(Model::AlertColumn, MutedRole).toBool(), false);
    QCOMPARE(role(Model::AlertColumn, IdRole).toLongLong(), number(id));
    QCOMPARE(role(Model::AlertColumn, Qt::AccessibleTextRole).toString(),
             QStringLiteral("Root login from a new country"));
    QCOMPARE(role(Model::TimeColumn, Qt::ToolTipRole).toString(),
             QStringLiteral("Came in: 2024-05-01 12:00:00.000 local time (UTC)\n2024-05-01 12:00:00.000 UTC\n"
                            "Created: 2024-05-01T11:59:00Z"));
    QCOMPARE(table.model.headerData(Model::AlertColumn, Qt::Horizontal).toString(), QStringLiteral("Alert"));
    QCOMPARE(number(table.model.idAt(0)), number(id));
    QCOMPARE(table.model.rowOf(id), 0);
    QCOMPARE(table.model.rowOf(AlertId{7}), -1);
    QCOMPARE(number(table.model.idAt(1)), qint64(0));
}

void AlertTableModelTest::deliveryWordsPerState()
{
    AlertRow row;
    const auto words = [&row](AlertStatus status, const QList<DeliveryState> &states) {
        row.summary.status = status;
        row.parts.clear();
        for (const DeliveryState state : states) {
            row.parts.append({DestinationId{1}, state, 42'000 + 1000 * row.parts.size()});
        }
        return deliveryWords(row, 1000);
    };
    using State = DeliveryState;
    QCOMPARE(words(AlertStatus::Failed, {State::Failed, State::Delivered, State::Retrying}),
             QStringLiteral("Failed 1 of 3"));
    QCOMPARE(words(AlertStatus::Retrying, {State::Delivered, State::Retrying}), QStringLiteral("Retrying in 0:42"));
    QCOMPARE(words(AlertStatus::Sending, {State::Sending, State::Queued}), QStringLiteral("Sending 1 of 2"));
    QCOMPARE(words(AlertStatus::Delivered, {State::Delivered, State::Delivered}), QStringLiteral("Delivered 2 of 2"));
    QCOMPARE(words(AlertStatus::Held, {State::Delivered, State::Held}), QStringLiteral("Held 1 of 2"));
    QCOMPARE(words(AlertStatus::Queued, {State::Queued}), QStringLiteral("Queued"));
    QCOMPARE(words(AlertStatus::Cancelled, {State::Cancelled}), QStringLiteral("Cancelled"));
    QCOMPARE(words(AlertStatus::NoDestination, {}), QStringLiteral("No destination"));
    row.summary.status = AlertStatus::Retrying;
    row.parts = {{DestinationId{1}, State::Retrying, 1000}};
    QCOMPARE(deliveryWords(row, 1000), QStringLiteral("Retrying now"));
}

void AlertTableModelTest::destinationsAreElidedByName()
{
    const DestinationNames names = [](DestinationId id) {
        return id == DestinationId{1}   ? QStringLiteral("Ops bridge")
               : id == DestinationId{2} ? QStringLiteral("Audit lake")
                                        : QStringLiteral("Legacy SIEM %1");
    };
    AlertRow row;
    QCOMPARE(destinationWords(row, names), QStringLiteral("None"));
    row.parts = {{DestinationId{1}, DeliveryState::Delivered, 0}, {DestinationId{2}, DeliveryState::Retrying, 9000}};
    QCOMPARE(destinationWords(row, names), QStringLiteral("Audit lake, Ops bridge")); // worst first
    row.parts.append({DestinationId{3}, DeliveryState::Failed, 0});
    QCOMPARE(destinationWords(row, names), QStringLiteral("Legacy SIEM %1 and 2 more"));
    QCOMPARE(deliveryLines(row, names, 0),
             QStringLiteral("Legacy SIEM %1: Failed\nAudit lake: Retrying in 0:09\nOps bridge: Delivered"));
}

void AlertTableModelTest::countdownAndAgeMove()
{
    Table table;
    table.addDestination(QStringLiteral("Ops bridge"));
    const AlertId id = table.place.accept(StorePlace::alert(QStringLiteral("Disk full")));
    table.place.record(table.place.deliveries(id).first(), Outcome::Rejected, DeliveryState::Retrying,
                       QStringLiteral("503 Service Unavailable"), table.place.clock.nowUtc() + 42'000);
    table.load();
    QTRY_COMPARE(table.text(0, Model::DeliveryColumn), QStringLiteral("Retrying in 0:42"));
    QCOMPARE(table.text(0, Model::TimeColumn), QStringLiteral("Just now"));
    QSignalSpy changed(&table.model, &Model::dataChanged);
    table.place.clock.advance(std::chrono::seconds(10));
    table.model.tick();
    QCOMPARE(changed.size(), 1);
    QCOMPARE(changed.first().at(0).toModelIndex(), table.model.index(0, Model::DeliveryColumn));
    QCOMPARE(table.text(0, Model::DeliveryColumn), QStringLiteral("Retrying in 0:32"));
    changed.clear();
    table.place.clock.advance(std::chrono::seconds(51));
    table.model.tick();
    QCOMPARE(changed.first().at(0).toModelIndex(), table.model.index(0, Model::TimeColumn));
    QCOMPARE(table.text(0, Model::TimeColumn), QStringLiteral("1 min ago"));
    QCOMPARE(table.text(0, Model::DeliveryColumn), QStringLiteral("Retrying now"));
    changed.clear();
    table.tester.reset(); // it looks at everything at every change
    table.model.tick();
    table.model.tick(); // nobody has looked since: nothing to say
    QCOMPARE(changed.size(), 1);
}

void AlertTableModelTest::changedRowIsReadAgain()
{
    Table table;
    table.addDestination(QStringLiteral("Ops bridge"));
    const AlertId id = table.place.accept(StorePlace::alert(QStringLiteral("Disk full")));
    table.load();
    QTRY_COMPARE(table.text(0, Model::AlertColumn), QStringLiteral("Disk full"));
    QSignalSpy changed(&table.model, &Model::dataChanged);
    table.place.record(table.place.deliveries(id).first(), Outcome::Acknowledged, DeliveryState::Delivered,
                       QStringLiteral("200 OK"));
    QTRY_VERIFY(!changed.isEmpty());
    QTRY_COMPARE(table.text(0, Model::DeliveryColumn), QStringLiteral("Delivered 1 of 1"));
    QCOMPARE(table.text(0, Model::AlertColumn), QStringLiteral("Disk full"));
    QCOMPARE(table.model.index(0, Model::DeliveryColumn).data(GlyphRole).toString(), QStringLiteral("st-delivered"));
    table.names.insert(table.names.keys().first(), QStringLiteral("Ops bridge 2"));
    changed.clear();
    table.model.updateNames();
    QCOMPARE(changed.size(), 1);
    QCOMPARE(table.text(0, Model::DestinationsColumn), QStringLiteral("Ops bridge 2"));
}

void AlertTableModelTest::newAlertsLeaveSelectionAlone()
{
    Table table;
    const AlertId first = table.place.accept(StorePlace::alert(QStringLiteral("First")));
    table.place.accept(StorePlace::alert(QStringLiteral("Second")));
    table.load();
    QItemSelectionModel selection(&table.model);
    selection.setCurrentIndex(table.model.index(table.model.rowOf(first), 0),
                              QItemSelectionModel::SelectCurrent | QItemSelectionModel::Rows);
    QSignalSpy reset(&table.model, &Model::modelReset);
    QSignalSpy inserted(&table.model, &Model::rowsInserted);
    int selectionChanges = 0;
    connect(&selection, &QItemSelectionModel::selectionChanged, this,
            [&](const QItemSelection &selected, const QItemSelection &deselected) {
                selectionChanges += selected.isEmpty() && deselected.isEmpty() ? 0 : 1; // Qt says when rows move, too
            });
    QList<Alert> more;
    for (int i = 0; i < 50; ++i) {
        more.append(StorePlace::alert(QStringLiteral("More %1").arg(i)));
    }
    StorePlace::result(table.place.store().accept(more));
    QTRY_COMPARE(table.model.rowCount(), 52);
    QCOMPARE(reset.size(), 0);
    QCOMPARE(selectionChanges, 0);
    QCOMPARE(inserted.first().at(1).toInt(), 0); // above the others
    QCOMPARE(table.model.rowOf(first), 51);
    QCOMPARE(selection.currentIndex().row(), 51);
    QCOMPARE(selection.selectedRows().size(), 1);
    QCOMPARE(selection.selectedRows().first().row(), 51);
}

void AlertTableModelTest::rowLeavesWhenItNoLongerMatches()
{
    Table table;
    table.addDestination(QStringLiteral("Ops bridge"));
    const AlertId id = table.place.accept(StorePlace::alert(QStringLiteral("Disk full")));
    table.place.accept(StorePlace::alert(QStringLiteral("Other")));
    table.load();
    table.model.setFilter(withStatus(AlertStatus::Queued));
    QCOMPARE(table.model.rowCount(), 2);
    QItemSelectionModel selection(&table.model);
    selection.setCurrentIndex(table.model.index(table.model.rowOf(id), 0),
                              QItemSelectionModel::SelectCurrent | QItemSelectionModel::Rows);
    QSignalSpy removed(&table.model, &Model::rowsRemoved);
    QSignalSpy selectionChanged(&selection, &QItemSelectionModel::selectionChanged);
    table.place.record(table.place.deliveries(id).first(), Outcome::Acknowledged, DeliveryState::Delivered,
                       QStringLiteral("200 OK"));
    QTRY_COMPARE(table.model.rowCount(), 1);
    QCOMPARE(removed.size(), 1);
    QVERIFY(!selectionChanged.isEmpty());
    QCOMPARE(table.model.rowOf(id), -1);
    // Another filter takes the selected row out by name, too.
    selection.setCurrentIndex(table.model.index(0, 0), QItemSelectionModel::SelectCurrent | QItemSelectionModel::Rows);
    removed.clear();
    QSignalSpy applied(&table.model, &Model::filterApplied);
    table.model.setFilter(withStatus(AlertStatus::Delivered));
    QCOMPARE(applied.size(), 1);
    QCOMPARE(removed.size(), 1);
    QVERIFY(!selection.hasSelection());
    QCOMPARE(table.model.rowCount(), 1);
    QCOMPARE(number(table.model.idAt(0)), number(id));
}

void AlertTableModelTest::pinnedRowStays()
{
    Table table;
    table.addDestination(QStringLiteral("Ops bridge"));
    const AlertId id = table.place.accept(StorePlace::alert(QStringLiteral("Disk full")));
    table.load();
    table.model.setFilter(withStatus(AlertStatus::Queued));
    table.model.setPinned(id);
    table.place.record(table.place.deliveries(id).first(), Outcome::Acknowledged, DeliveryState::Delivered,
                       QStringLiteral("200 OK"));
    QTRY_COMPARE(table.index.counts().of(AlertStatus::Delivered), qint64(1));
    QCOMPARE(table.model.rowOf(id), 0);
    QTRY_COMPARE(table.text(0, Model::DeliveryColumn), QStringLiteral("Delivered 1 of 1"));
    table.model.sort(Model::DeliveryColumn);
    QCOMPARE(table.model.rowOf(id), 0);
    table.model.setPinned(AlertId{});
    QCOMPARE(table.model.rowCount(), 0);
}

void AlertTableModelTest::pinFollowsTheCurrentRow()
{
    Table table;
    table.addDestination(QStringLiteral("Ops bridge"));
    QList<AlertId> ids;
    for (int i = 0; i < 6; ++i) {
        ids.append(table.place.accept(StorePlace::alert(QStringLiteral("Alert %1").arg(i))));
    }
    table.place.record(table.place.deliveries(ids.at(1)).first(), Outcome::Acknowledged, DeliveryState::Delivered,
                       QStringLiteral("200 OK"));
    table.load();
    QItemSelectionModel selection(&table.model); // as a view does it
    connect(&selection, &QItemSelectionModel::currentRowChanged, this,
            [&](const QModelIndex &current) { table.model.setPinned(table.model.idAt(current.row())); });
    selection.setCurrentIndex(table.model.index(table.model.rowOf(ids.at(4)), 0),
                              QItemSelectionModel::SelectCurrent | QItemSelectionModel::Rows);
    // The current row leaves with its neighbours, and none of them stays behind.
    table.model.setFilter(withStatus(AlertStatus::Delivered));
    QCOMPARE(table.model.rowCount(), 1);
    QCOMPARE(number(table.model.idAt(0)), number(ids.at(1)));
    QCOMPARE(selection.currentIndex().row(), 0);
    // It no longer matches, but stays while it is current.
    StorePlace::result(table.place.store().resend({table.place.deliveries(ids.at(1)).first().id}));
    QTRY_COMPARE(table.index.counts().of(AlertStatus::Delivered), qint64(0));
    QCOMPARE(table.model.rowOf(ids.at(1)), 0);
    table.model.setFilter(AlertFilter());
    QCOMPARE(table.model.rowCount(), 6);
    QCOMPARE(number(table.model.idAt(selection.currentIndex().row())), number(ids.at(1)));
}

void AlertTableModelTest::searchesTheDatabase()
{
    Table table;
    table.place.accept(StorePlace::alert(QStringLiteral("Root login"), Severity::High));
    table.place.accept(StorePlace::alert(QStringLiteral("Disk full"), Severity::High));
    const AlertId low = table.place.accept(StorePlace::alert(QStringLiteral("Another login"), Severity::Low));
    table.load();
    AlertFilter filter;
    filter.words = QStringList{QStringLiteral("login")};
    QSignalSpy applied(&table.model, &Model::filterApplied);
    QSignalSpy searching(&table.model, &Model::searchingChanged);
    table.model.setFilter(filter);
    QVERIFY(table.model.isSearching());
    QCOMPARE(table.model.rowCount(), 3); // until the answer is there
    QVERIFY(applied.wait());
    QVERIFY(!table.model.isSearching());
    QCOMPARE(searching.size(), 2);
    QCOMPARE(table.model.rowCount(), 2);
    filter.severities = {Severity::Low}; // crossed with what summaries decide
    table.model.setFilter(filter);
    QVERIFY(applied.wait());
    QCOMPARE(table.model.rowCount(), 1);
    QCOMPARE(number(table.model.idAt(0)), number(low));
    // The answer to an older question is dropped.
    table.model.setFilter(filter);
    table.model.setFilter(AlertFilter());
    QCOMPARE(table.model.rowCount(), 3);
    QTest::qWait(50);
    QCOMPARE(table.model.rowCount(), 3);
}

void AlertTableModelTest::newAlertsAreSearchedToo()
{
    Table table;
    table.place.accept(StorePlace::alert(QStringLiteral("Root login")));
    table.load();
    AlertFilter filter;
    filter.words = QStringList{QStringLiteral("login")};
    QSignalSpy applied(&table.model, &Model::filterApplied);
    table.model.setFilter(filter);
    QVERIFY(applied.wait());
    table.place.accept(StorePlace::alert(QStringLiteral("Disk full")));
    const AlertId id = table.place.accept(StorePlace::alert(QStringLiteral("Second login")));
    QTRY_COMPARE(table.model.rowOf(id), 0);
    QCOMPARE(table.model.rowCount(), 2);
    QCOMPARE(applied.size(), 1);
}

// Before or after all that match were found, the upper rows are the right ones, and in the end all are there.
void AlertTableModelTest::showsTheFirstRowsOfALongSearch()
{
    Table table;
    QList<Alert> alerts;
    for (int i = 0; i < 400; ++i) {
        alerts.append(StorePlace::alert(i % 2 == 0 ? QStringLiteral("even") : QStringLiteral("odd")));
    }
    const Result<QList<Accepted>> accepted = StorePlace::result(table.place.store().accept(alerts));
    table.load();
    AlertFilter filter;
    filter.words = {QStringLiteral("odd")};
    QSignalSpy applied(&table.model, &Model::filterApplied);
    QSignalSpy changed(&table.model, &QAbstractItemModel::layoutChanged);
    table.model.setFilter(filter);
    while (applied.isEmpty() || table.model.isSearching()) {
        QVERIFY(!changed.isEmpty() || table.model.rowCount() == 400);
        if (!changed.isEmpty()) {
            QVERIFY(table.model.rowCount() == 128 || table.model.rowCount() == 200);
            QCOMPARE(table.model.idAt(0), accepted->at(399).id);
            QCOMPARE(table.model.idAt(127), accepted->at(145).id);
        }
        QVERIFY(changed.wait());
    }
    QCOMPARE(table.model.rowCount(), 200);
    QCOMPARE(table.model.idAt(199), accepted->at(1).id);
}

void AlertTableModelTest::sortsByText()
{
    Table table;
    for (const char *title : {"beta", "Alpha", "gamma"}) {
        table.place.accept(StorePlace::alert(QString::fromUtf8(title)));
    }
    table.load();
    QTRY_COMPARE(table.alerts(), words({"gamma", "Alpha", "beta"}));
    QItemSelectionModel selection(&table.model);
    selection.setCurrentIndex(table.model.index(1, 0), QItemSelectionModel::SelectCurrent);
    table.model.sort(Model::AlertColumn, Qt::AscendingOrder);
    QTRY_COMPARE(table.alerts(), words({"Alpha", "beta", "gamma"}));
    QCOMPARE(selection.currentIndex().row(), 0);
    table.model.sort(Model::AlertColumn, Qt::DescendingOrder); // known by now
    QCOMPARE(table.alerts(), words({"gamma", "beta", "Alpha"}));
    // A new one stands above until it is put in order.
    table.place.accept(StorePlace::alert(QStringLiteral("aardvark")));
    QTRY_COMPARE(table.alerts(), words({"aardvark", "gamma", "beta", "Alpha"}));
    QTRY_COMPARE_WITH_TIMEOUT(table.alerts(), words({"gamma", "beta", "Alpha", "aardvark"}), 10'000);
    table.model.sort(Model::DestinationsColumn); // isn't sortable
    QCOMPARE(table.model.sortColumn(), int(Model::AlertColumn));
    table.model.sort(Model::TimeColumn, Qt::AscendingOrder);
    QCOMPARE(table.alerts(), words({"beta", "Alpha", "gamma", "aardvark"}));
}

// It isn't read again for those that were in it.
void AlertTableModelTest::keepsTheOrderOfAText()
{
    Table table;
    for (const char *title : {"delta", "alpha", "charlie", "bravo"}) {
        table.place.accept(StorePlace::alert(QString::fromLatin1(title)));
    }
    table.load();
    table.model.sort(Model::AlertColumn, Qt::AscendingOrder);
    QVERIFY(table.model.isSearching());
    QTRY_VERIFY(!table.model.isSearching());
    table.model.sort(Model::TimeColumn, Qt::DescendingOrder);
    QTRY_COMPARE(table.alerts(), words({"bravo", "charlie", "alpha", "delta"}));
    table.model.sort(Model::AlertColumn, Qt::DescendingOrder);
    QVERIFY(!table.model.isSearching());
    QCOMPARE(table.alerts(), words({"delta", "charlie", "bravo", "alpha"}));
    // One that came later isn't in the order yet: it stands after the others until it is.
    table.place.accept(StorePlace::alert(QStringLiteral("bravo again")));
    QTRY_COMPARE(table.model.rowCount(), 5);
    table.model.sort(Model::TimeColumn, Qt::DescendingOrder);
    table.model.sort(Model::AlertColumn, Qt::AscendingOrder);
    QVERIFY(!table.model.isSearching());
    QCOMPARE(table.model.rowCount(), 5);
    QTRY_COMPARE(table.alerts().filter(QStringLiteral("bravo")).size(), 2);
}

void AlertTableModelTest::sortsBySeverityAndStatus()
{
    Table table;
    table.addDestination(QStringLiteral("Ops bridge"));
    const AlertId low = table.place.accept(StorePlace::alert(QStringLiteral("low"), Severity::Low));
    table.place.accept(StorePlace::alert(QStringLiteral("critical"), Severity::Critical));
    table.place.accept(StorePlace::alert(QStringLiteral("low 2"), Severity::Low));
    table.load();
    QTRY_COMPARE(table.alerts(), words({"low 2", "critical", "low"}));
    table.model.sort(Model::SeverityColumn, Qt::DescendingOrder);
    QCOMPARE(table.alerts(), words({"critical", "low 2", "low"}));
    table.model.sort(Model::SeverityColumn, Qt::AscendingOrder);
    QCOMPARE(table.alerts(), words({"low 2", "low", "critical"}));
    table.model.sort(Model::DeliveryColumn, Qt::DescendingOrder);
    QCOMPARE(table.alerts(), words({"low 2", "critical", "low"}));
    QSignalSpy moved(&table.model, &Model::rowsMoved);
    table.place.record(table.place.deliveries(low).first(), Outcome::Rejected, DeliveryState::Failed,
                       QStringLiteral("401 Unauthorized"));
    QTRY_COMPARE(table.alerts(), words({"low", "low 2", "critical"})); // failed comes first
    QCOMPARE(moved.size(), 1);
}

void AlertTableModelTest::reloadKeepsSelection()
{
    Table table;
    QList<Alert> alerts;
    for (int i = 0; i < 300; ++i) {
        alerts.append(StorePlace::alert(QStringLiteral("Alert %1").arg(i)));
    }
    const QList<Accepted> accepted = *StorePlace::result(table.place.store().accept(alerts));
    const AlertId id = accepted.at(250).id;
    QItemSelectionModel selection(&table.model);
    // The newest come first; one of them is chosen before the others are there.
    QSignalSpy replaced(&table.index, &AlertIndex::replaced);
    QSignalSpy completed(&table.index, &AlertIndex::completed);
    table.index.load();
    QVERIFY(replaced.wait());
    QCOMPARE(table.model.rowCount(), AlertIndex::firstRows);
    selection.setCurrentIndex(table.model.index(table.model.rowOf(id), 2),
                              QItemSelectionModel::SelectCurrent | QItemSelectionModel::Rows);
    QVERIFY(completed.wait());
    QCOMPARE(table.model.rowCount(), 300);
    QCOMPARE(number(table.model.idAt(selection.currentIndex().row())), number(id));
    QCOMPARE(selection.currentIndex().column(), 2);
    table.load();
    QCOMPARE(number(table.model.idAt(selection.currentIndex().row())), number(id));
    QCOMPARE(selection.selectedRows().size(), 1);
}

void AlertTableModelTest::pagesAreReadWhenLookedAt()
{
    Table table;
    table.tester.reset(); // it looks at every row
    QList<Alert> alerts;
    for (int i = 0; i < 6000; ++i) {
        alerts.append(StorePlace::alert(QStringLiteral("Alert %1").arg(i)));
    }
    StorePlace::result(table.place.store().accept(alerts));
    table.load();
    QTRY_COMPARE(table.text(5999, Model::AlertColumn), QStringLiteral("Alert 0"));
    QTRY_COMPARE(table.text(0, Model::AlertColumn), QStringLiteral("Alert 5999"));
    // Its page came with it, and the next one without being asked for.
    QCOMPARE(table.text(100, Model::AlertColumn), QStringLiteral("Alert 5899"));
    QTRY_COMPARE(table.model.rowAsText(200).section(QLatin1Char('\t'), 2, 2), QStringLiteral("Alert 5799"));
    // Far away nothing is read.
    QCOMPARE(table.model.rowAsText(3000).section(QLatin1Char('\t'), 2, 2), QString());
}

void AlertTableModelTest::copiesARow()
{
    Table table;
    table.addDestination(QStringLiteral("Ops bridge"));
    table.place.accept(StorePlace::alert(QStringLiteral("Disk full"), Severity::Medium));
    table.load();
    QTRY_COMPARE(table.text(0, Model::AlertColumn), QStringLiteral("Disk full"));
    QCOMPARE(table.model.rowAsText(0),
             QStringLiteral("Medium\t2024-05-01 12:00:00\tDisk full\tTest\tOps bridge\tQueued"));
    QCOMPARE(table.model.rowAsText(1), QString());
}

QTEST_GUILESS_MAIN(AlertTableModelTest)
#include "tst_alerttablemodel.moc"
