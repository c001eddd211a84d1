// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#include "gui/alertdetails.h"
#include "guidesk.h"

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
        AlertDetails details(*desk.desk);
        details.resize(1200, 500);
        details.show();
        details.setAlert(id);
        auto *tree = details.findChild<QTreeView *>(QStringLiteral("tree"));
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
