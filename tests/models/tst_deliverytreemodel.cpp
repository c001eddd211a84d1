// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#include "models/deliverysummary.h"
#include "models/deliverytreemodel.h"
#include "models/modelsupport.h"
#include "models/roles.h"

#include <QAbstractItemModelTester>
#include <QItemSelectionModel>
#include <QSignalSpy>
#include <QTest>

using namespace courier;
using namespace courier::test;

namespace {

using Model = DeliveryTreeModel;

/// The tree over a real store with three destinations.
struct Tree
{
    Tree()
        : model(place.store(), place.clock, [this](DestinationId id) { return names.value(id); })
        , tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest)
    {
        for (const char *name : {"Ops bridge", "Legacy SIEM", "Audit lake"}) {
            const QString text = QString::fromUtf8(name);
            names.insert(place.addDestination(text).id, text);
        }
        alert = place.accept(StorePlace::alert(QStringLiteral("Root login"), Severity::Critical));
    }
    Delivery delivery(const QString &destination)
    {
        const QList<Delivery> all = place.deliveries(alert);
        for (const Delivery &each : all) {
            if (names.value(each.destinationId) == destination) {
                return each;
            }
        }
        return {};
    }
    void fail(const QString &destination)
    {
        place.record(delivery(destination), Outcome::Rejected, DeliveryState::Failed,
                     QStringLiteral("401 Unauthorized"));
    }
    void retry(const QString &destination, qint64 in)
    {
        place.record(delivery(destination), Outcome::TimedOut, DeliveryState::Retrying,
                     QStringLiteral("Timed out after 10 s"), place.clock.nowUtc() + in);
    }
    void deliver(const QString &destination)
    {
        place.record(delivery(destination), Outcome::Acknowledged, DeliveryState::Delivered, QStringLiteral("200 OK"));
    }
    /// Shows the alert, all of whose changes have been told by then.
    void show()
    {
        QTest::qWait(100);
        QSignalSpy loaded(&model, &Model::loaded);
        model.setAlert(alert);
        QVERIFY(loaded.wait());
    }
    QString text(const QModelIndex &row, int column) const { return row.siblingAtColumn(column).data().toString(); }
    QString text(int row, int column) const { return text(model.index(row, 0), column); }

    StorePlace place;
    QHash<DestinationId, QString> names;
    AlertId alert{};
    Model model;
    QAbstractItemModelTester tester;
};

const QString opsBridge = QStringLiteral("Ops bridge");
const QString legacySiem = QStringLiteral("Legacy SIEM");
const QString auditLake = QStringLiteral("Audit lake");

} // namespace

/// What became of one alert, over a real store.
class DeliveryTreeModelTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void rowsAndWords();
    void summarySentence();
    void summaryOfMany();
    void refreshKeepsSelection();
    void countdownMoves();
    void possibleDuplicate();
    void anotherAlert();
    void oneMoreDestination();
};

void DeliveryTreeModelTest::rowsAndWords()
{
    Tree tree;
    tree.deliver(opsBridge);
    tree.retry(legacySiem, 0);
    tree.fail(legacySiem);
    tree.retry(auditLake, 42'000);
    tree.show();
    QCOMPARE(tree.model.rowCount(), 3);
    QCOMPARE(tree.text(0, Model::DestinationColumn), legacySiem); // worst first
    QCOMPARE(tree.text(0, Model::ResultColumn), QStringLiteral("Failed, 2 attempts"));
    QCOMPARE(tree.text(0, Model::WhenColumn), QString());
    QCOMPARE(tree.text(1, Model::DestinationColumn), auditLake);
    QCOMPARE(tree.text(1, Model::ResultColumn), QStringLiteral("Retrying in 0:42"));
    QCOMPARE(tree.text(2, Model::DestinationColumn), opsBridge);
    QCOMPARE(tree.text(2, Model::WhenColumn), QStringLiteral("12:00:00"));
    QCOMPARE(tree.text(2, Model::ResultColumn), QStringLiteral("Delivered"));
    QCOMPARE(tree.text(2, Model::TookColumn), QStringLiteral("84 ms"));

    const QModelIndex failed = tree.model.index(0, 0);
    QCOMPARE(tree.model.rowCount(failed), 2);
    const QModelIndex second = tree.model.index(1, 0, failed);
    QCOMPARE(tree.text(second, Model::DestinationColumn), QStringLiteral("Attempt 2, automatic"));
    QCOMPARE(tree.text(second, Model::WhenColumn), QStringLiteral("12:00:00"));
    QCOMPARE(tree.text(second, Model::ResultColumn), QStringLiteral("401 Unauthorized"));
    QCOMPARE(tree.text(second, Model::TookColumn), QStringLiteral("84 ms"));
    tree.model.setCompact(true);
    QCOMPARE(tree.text(second, Model::DestinationColumn), QStringLiteral("Attempt 2"));

    QCOMPARE(failed.data(BoldRole).toBool(), true);
    QCOMPARE(failed.siblingAtColumn(Model::ResultColumn).data(GlyphRole).toString(), QStringLiteral("st-failed"));
    QCOMPARE(failed.siblingAtColumn(Model::ResultColumn).data(ColorKeyRole).toString(), QStringLiteral("failed"));
    QCOMPARE(second.siblingAtColumn(Model::WhenColumn).data(MutedRole).toBool(), true);
    QCOMPARE(tree.model.openAtFirst(), (QModelIndexList{failed, tree.model.index(1, 0)}));
    QCOMPARE(number(tree.model.firstAttempt()), number(tree.model.attemptAt(second)));
    QCOMPARE(tree.model.indexOf(tree.model.firstAttempt()), second);
    QCOMPARE(number(tree.model.attemptAt(failed)), number(tree.model.attemptAt(second)));
    QCOMPARE(number(tree.model.deliveryAt(second)), number(tree.delivery(legacySiem).id));
    QCOMPARE(tree.model.delivery(second)->attempts, 2);
    QCOMPARE(tree.model.attempt(second)->reason, QStringLiteral("401 Unauthorized"));
    QVERIFY(!tree.model.delivery({}));
}

void DeliveryTreeModelTest::summarySentence()
{
    Tree tree;
    tree.show();
    QCOMPARE(tree.model.status(), AlertStatus::Queued);
    tree.deliver(opsBridge);
    tree.fail(legacySiem);
    tree.retry(auditLake, 42'000);
    QSignalSpy changed(&tree.model, &Model::summaryChanged);
    QTRY_COMPARE(tree.model.summary(),
                 QStringLiteral("Legacy SIEM failed after 1 attempt (401 Unauthorized), Audit lake is tried again in "
                                "0:42, Ops bridge has it."));
    QVERIFY(!changed.isEmpty());
    QCOMPARE(tree.model.status(), AlertStatus::Failed);
}

void DeliveryTreeModelTest::summaryOfMany()
{
    const DestinationNames names = [](DestinationId id) { return QStringLiteral("D%1").arg(number(id)); };
    const auto deliveries = [](int failed, int delivered) {
        QList<Delivery> list;
        for (int i = 0; i < failed + delivered; ++i) {
            Delivery one;
            one.destinationId = DestinationId{i};
            one.state = i < failed ? DeliveryState::Failed : DeliveryState::Delivered;
            one.attempts = 11;
            list.append(one);
        }
        return list;
    };
    QCOMPARE(deliverySummary({}, names, 0), QStringLiteral("No destination takes this alert."));
    QCOMPARE(statusOf({}), AlertStatus::NoDestination);
    QCOMPARE(deliverySummary(deliveries(1, 9), names, 0),
             QStringLiteral("D0 failed after 11 attempts, D1 has it, D2 has it, 7 more have it."));
    QCOMPARE(deliverySummary(deliveries(5, 0), names, 0),
             QStringLiteral("D0 failed after 11 attempts, D1 failed after 11 attempts, D2 failed after 11 attempts, "
                            "2 more don't have it."));
    QCOMPARE(deliverySummary(deliveries(5, 2), names, 0).section(QLatin1String(", "), 3),
             QStringLiteral("of 4 more, 2 have it."));
}

void DeliveryTreeModelTest::refreshKeepsSelection()
{
    Tree tree;
    tree.retry(legacySiem, 0);
    tree.deliver(opsBridge);
    tree.show();
    const QModelIndex retrying = tree.model.index(0, 0);
    QCOMPARE(tree.text(0, Model::DestinationColumn), legacySiem);
    QItemSelectionModel selection(&tree.model);
    selection.setCurrentIndex(tree.model.index(0, 0, retrying), QItemSelectionModel::SelectCurrent);
    const AttemptId chosen = tree.model.attemptAt(selection.currentIndex());
    QSignalSpy reset(&tree.model, &Model::modelReset);
    QSignalSpy inserted(&tree.model, &Model::rowsInserted);
    tree.deliver(legacySiem);
    QTRY_COMPARE(tree.text(0, Model::ResultColumn), QStringLiteral("Delivered")); // the row stays where it is
    QCOMPARE(tree.text(0, Model::DestinationColumn), legacySiem);
    QCOMPARE(tree.model.rowCount(tree.model.index(0, 0)), 2);
    QCOMPARE(inserted.size(), 1);
    QCOMPARE(reset.size(), 0);
    QCOMPARE(number(tree.model.attemptAt(selection.currentIndex())), number(chosen));
}

void DeliveryTreeModelTest::countdownMoves()
{
    Tree tree;
    tree.retry(auditLake, 42'000);
    tree.show();
    QCOMPARE(tree.text(0, Model::ResultColumn), QStringLiteral("Retrying in 0:42"));
    QSignalSpy changed(&tree.model, &Model::dataChanged);
    QSignalSpy summary(&tree.model, &Model::summaryChanged);
    tree.place.clock.advance(std::chrono::seconds(40));
    tree.model.tick();
    QCOMPARE(tree.text(0, Model::ResultColumn), QStringLiteral("Retrying in 0:02"));
    QCOMPARE(changed.size(), 1);
    QCOMPARE(summary.size(), 1);
    QVERIFY(tree.model.summary().startsWith(QStringLiteral("Audit lake is tried again in 0:02")));
}

void DeliveryTreeModelTest::possibleDuplicate()
{
    Attempt attempt;
    attempt.reason = QStringLiteral("The connection was lost before an answer");
    attempt.outcome = Outcome::Unknown;
    QCOMPARE(attemptResult(attempt), QStringLiteral("The connection was lost before an answer, possible duplicate"));
    attempt.outcome = Outcome::Interrupted;
    QVERIFY(attemptResult(attempt).endsWith(QStringLiteral("possible duplicate")));
    attempt.outcome = Outcome::Rejected;
    QVERIFY(!attemptResult(attempt).contains(QStringLiteral("duplicate")));
    QCOMPARE(attemptDuration(attempt), QString());
}

void DeliveryTreeModelTest::anotherAlert()
{
    Tree tree;
    const AlertId other = tree.place.accept(StorePlace::alert(QStringLiteral("Other")));
    tree.fail(legacySiem);
    tree.show();
    QSignalSpy loaded(&tree.model, &Model::loaded);
    tree.model.setAlert(other);
    tree.model.setAlert(tree.alert);
    tree.model.setAlert(other); // the last word counts
    QVERIFY(loaded.wait());
    QTRY_COMPARE(number(tree.model.alert()), number(other));
    QCOMPARE(tree.text(0, Model::ResultColumn), QStringLiteral("Queued"));
    tree.model.setAlert(AlertId{});
    QCOMPARE(tree.model.rowCount(), 0);
    QCOMPARE(tree.model.summary(), QString());
}

void DeliveryTreeModelTest::oneMoreDestination()
{
    Tree tree;
    tree.deliver(opsBridge);
    tree.show();
    const Destination late = tree.place.addDestination(QStringLiteral("Pager relay"));
    tree.names.insert(late.id, late.name);
    QSignalSpy reset(&tree.model, &Model::modelReset);
    StorePlace::result(tree.place.store().sendAnyway(tree.alert, late.id));
    QTRY_COMPARE(tree.model.rowCount(), 4);
    QCOMPARE(tree.text(3, Model::DestinationColumn), late.name);
    QCOMPARE(reset.size(), 0);
}

QTEST_GUILESS_MAIN(DeliveryTreeModelTest)
#include "tst_deliverytreemodel.moc"
