// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#include "gui/alertdetails.h"
#include "guidesk.h"

#include <QAbstractButton>
#include <QAccessible>
#include <QApplication>
#include <QPlainTextEdit>
#include <QTreeView>

using namespace courier;
using namespace courier::test;

namespace {

IncomingAlert disk(bool resolved = false)
{
    IncomingAlert one;
    one.alert.ruleId = QStringLiteral("DiskFull");
    one.alert.createdAt = QStringLiteral("2026-11-24T04:00:00Z");
    one.alert.severity = Severity::High;
    one.alert.title = QStringLiteral("Disk full");
    one.fingerprint = QStringLiteral("disk");
    one.startsAt = 1;
    one.resolved = resolved;
    return one;
}

class ShownDetails : public AlertDetails
{
public:
    ShownDetails(GuiDesk &desk, AlertId id)
        : AlertDetails(*desk.desk)
    {
        resize(1200, 500);
        show();
        setAlert(id);
    }
    QTreeView *tree() const { return findChild<QTreeView *>(QStringLiteral("tree")); }
    int attempts() const { return tree()->model()->rowCount(tree()->model()->index(0, 0)); }
};

} // namespace

/// The details of an alert that is seen again and ends, over a real desk.
class TestAlertDetails : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { m_look = std::make_unique<Look>(); }
    void cleanupTestCase() { m_look.reset(); }

    void followsTheLifeOfTheAlert()
    {
        GuiDesk desk;
        ScriptedReceiver receiver(Answer::ok());
        Destination told = desk.add(QStringLiteral("Ops bridge"), receiver.url());
        told.resolutions = true;
        QVERIFY(desk.desk->updateDestination(told).result().has_value());
        const AlertId id = desk.desk->take({disk()}).result()->first().id;
        GuiDesk::settle([&] { return desk.states(told.id).value(DeliveryState::Delivered) == 1; });
        ShownDetails details(desk, id);
        QTreeView *tree = details.tree();
        QTRY_COMPARE(tree->model()->rowCount(), 1);
        QVERIFY(!saysInFacts(details, QStringLiteral("Seen")));
        QVERIFY(desk.desk->take({disk()}).result().has_value());
        QTRY_VERIFY(saysInFacts(details, QStringLiteral("Seen 2 times, last at ")));
        QVERIFY(desk.desk->take({disk()}).result().has_value());
        QTRY_VERIFY(saysInFacts(details, QStringLiteral("Seen 3 times, last at ")));
        QVERIFY(!saysInFacts(details, QStringLiteral("Resolved")));

        QVERIFY(desk.desk->take({disk(true)}).result().has_value());
        QTRY_VERIFY(saysInFacts(details, QStringLiteral("Resolved at ")));
        QTRY_COMPARE(tree->model()->rowCount(), 2);
        const QModelIndex resolution = tree->model()->index(1, 0);
        QCOMPARE(resolution.data().toString(), QStringLiteral("Ops bridge (resolved)"));
        QTRY_COMPARE(tree->model()->rowCount(resolution), 1);
        // The request of its attempt is the one that was sent, byte for byte.
        tree->setCurrentIndex(tree->model()->index(0, 0, resolution));
        QTRY_VERIFY(showsText(details, QStringLiteral("\"Resolved: Disk full\"")));
        m_look->shoot(details, QStringLiteral("details-resolved"));
    }

    void anAttemptThatWasChosenStays_data()
    {
        QTest::addColumn<bool>("byKey");
        QTest::newRow("by a key") << true;
        QTest::newRow("by an assistive program") << false;
    }

    // Whatever comes after it.
    void anAttemptThatWasChosenStays()
    {
        QFETCH(bool, byKey);
        GuiDesk desk;
        ScriptedReceiver receiver(Answer::withStatus(500, "Internal Server Error", "no"));
        const Destination refusing = desk.add(QStringLiteral("Ops bridge"), receiver.url());
        const AlertId id = desk.accept(QStringLiteral("Disk full"));
        ShownDetails details(desk, id);
        QTreeView *tree = details.tree();
        const auto sendAgain = [&] {
            const auto latest = [&](Queries &queries) { return queries.latestDeliveries(refusing.id, 1); };
            const Delivery delivery = desk.desk->store().read(latest).result().constFirst().delivery;
            QVERIFY(desk.desk->resend(QList<DeliveryId>{delivery.id}).result().has_value());
        };
        QTRY_COMPARE(details.attempts(), 1);
        QTRY_COMPARE(desk.states(refusing.id).value(DeliveryState::Failed), 1);
        sendAgain();
        QTRY_COMPARE(details.attempts(), 2);
        QTRY_COMPARE(tree->currentIndex().row(), 1); // the last one, while nobody chose
        QTRY_COMPARE(desk.states(refusing.id).value(DeliveryState::Failed), 1);
        if (byKey) {
            QTest::keyClick(tree, Qt::Key_Up);
        } else {
            QAccessibleTableInterface *table = QAccessible::queryAccessibleInterface(tree)->tableInterface();
            QAccessibleActionInterface *cell = table->cellAt(1, 0)->actionInterface();
            cell->doAction(cell->actionNames().constFirst());
        }
        QCOMPARE(tree->currentIndex().data().toString(), QStringLiteral("Attempt 1, automatic"));
        sendAgain();
        QTRY_COMPARE(details.attempts(), 3);
        QCOMPARE(tree->currentIndex().data().toString(), QStringLiteral("Attempt 1, automatic"));
    }

    // Its answer, and its newest one; the buttons act on that attempt.
    void aDestinationShowsItsNewestAttempt()
    {
        GuiDesk desk;
        ScriptedReceiver receiver(Answer::withStatus(500, "Internal Server Error", "the disk of the receiver is full"));
        const Destination refusing = desk.add(QStringLiteral("Ops bridge"), receiver.url());
        const AlertId id = desk.accept(QStringLiteral("Disk full"));
        QTRY_COMPARE(desk.states(refusing.id).value(DeliveryState::Failed), 1);
        ShownDetails details(desk, id);
        QTreeView *tree = details.tree();
        QTRY_COMPARE(tree->model()->rowCount(), 1);
        QTRY_VERIFY(showsText(details, QStringLiteral("the disk of the receiver is full")));
        QTest::keyClick(tree, Qt::Key_Home);
        QCOMPARE(tree->currentIndex(), tree->model()->index(0, 0));
        QTest::qWait(50);
        QVERIFY(showsText(details, QStringLiteral("the disk of the receiver is full")));
        QVERIFY(details.findChild<QAbstractButton *>(QStringLiteral("copyAsCurl"))->isEnabled());
    }

    // However quickly the first one was answered.
    void aDoubleClickResendsOnce()
    {
        QApplication::setDoubleClickInterval(3000);
        GuiDesk desk;
        ScriptedReceiver receiver(Answer::ok());
        const Destination told = desk.add(QStringLiteral("Ops bridge"), receiver.url());
        const AlertId id = desk.accept(QStringLiteral("Disk full"));
        QTRY_COMPARE(desk.states(told.id).value(DeliveryState::Delivered), 1);
        ShownDetails details(desk, id);
        auto *resend = details.findChild<QAbstractButton *>(QStringLiteral("resend"));
        QTRY_COMPARE(details.attempts(), 1);
        QTRY_VERIFY(resend->isEnabled());
        QTest::mouseClick(resend, Qt::LeftButton);
        QTRY_COMPARE(details.attempts(), 2);
        QTRY_COMPARE(desk.states(told.id).value(DeliveryState::Delivered), 1);
        QTRY_VERIFY(resend->isEnabled());
        QTest::mouseClick(resend, Qt::LeftButton);
        QTest::qWait(500); // the window is told later than the receiver
        QCOMPARE(receiver.requestCount(), 2);
        QCOMPARE(details.attempts(), 2);
        QApplication::setDoubleClickInterval(1); // a while later it is another wish
        QTest::qWait(10);
        QTest::mouseClick(resend, Qt::LeftButton);
        QTRY_COMPARE(details.attempts(), 3);
        QApplication::setDoubleClickInterval(400);
    }

private:
    static bool saysInFacts(const QWidget &root, const QString &text)
    {
        const QList<QLabel *> labels = root.findChildren<QLabel *>(QStringLiteral("facts"));
        return std::any_of(labels.begin(), labels.end(),
                           [&](const QLabel *label) { return label->text().contains(text); });
    }
    static bool showsText(const QWidget &root, const QString &text)
    {
        const QList<QPlainTextEdit *> texts = root.findChildren<QPlainTextEdit *>();
        return std::any_of(texts.begin(), texts.end(),
                           [&](const QPlainTextEdit *edit) { return edit->toPlainText().contains(text); });
    }

    std::unique_ptr<Look> m_look;
};

QTEST_MAIN(TestAlertDetails)
#include "tst_alertdetails.moc"
