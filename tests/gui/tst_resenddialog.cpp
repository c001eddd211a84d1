// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#include "gui/resenddialog.h"
#include "guidesk.h"

#include <QPointer>
#include <QSignalSpy>

using namespace courier;
using namespace courier::test;

namespace {

class Opened
{
public:
    explicit Opened(GuiDesk &desk, const QString &search = {}, const AlertFilter &filter = {})
        : dialog(new ResendDialog(*desk.desk, filter, search, &window))
        , confirmed(dialog, &ResendDialog::confirmed)
    {
        window.resize(960, 600);
        window.show();
        dialog->open();
        dialog->activateWindow();
    }
    bool says(const char *text) { return test::says(*dialog, QString::fromUtf8(text)); }

    QWidget window;
    QPointer<ResendDialog> dialog;
    QSignalSpy confirmed;
};

/// \a count alerts that failed at "Legacy SIEM", one of them at "Ops bridge" too.
void fail(GuiDesk &desk, const ScriptedReceiver &receiver, int count)
{
    const Destination legacy = desk.add(QStringLiteral("Legacy SIEM"), receiver.url());
    const Destination ops = desk.add(QStringLiteral("Ops bridge"), receiver.url(), {Severity::Critical});
    for (int i = 1; i < count; ++i) {
        desk.accept(QStringLiteral("Disk full %1").arg(i));
    }
    desk.accept(QStringLiteral("Root login"), Severity::Critical);
    GuiDesk::settle([&] { return desk.states(legacy.id).value(DeliveryState::Failed) == count; });
    GuiDesk::settle([&] { return desk.states(ops.id).value(DeliveryState::Failed) == 1; });
}

} // namespace

class TestResendDialog : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { m_look = std::make_unique<Look>(); }
    void cleanupTestCase() { m_look.reset(); }

    void asksWithTheExactCounts()
    {
        GuiDesk desk;
        ScriptedReceiver receiver(Answer::withStatus(500, "Server Error"));
        fail(desk, receiver, 12);
        Opened opened(desk, QStringLiteral("status:failed"));
        QTRY_VERIFY(opened.says("Resend 13 failed deliveries to 2 destinations?"));
        QVERIFY(opened.says("All that the search “status:failed” finds, oldest first. Oldest: "));
        QTRY_VERIFY(opened.says("Legacy SIEM"));
        QTRY_VERIFY(opened.says("12"));
        QTRY_VERIFY(opened.says("Ops bridge"));
        QTRY_COMPARE(QApplication::focusWidget(), button(*opened.dialog, QStringLiteral("Resend 13 Deliveries")));
        m_look->shoot(*opened.dialog, QStringLiteral("resend"));
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_Return);
        QCOMPARE(opened.confirmed.size(), 1);
        QTRY_VERIFY(opened.dialog.isNull());
    }

    void cancelDoesNothing()
    {
        GuiDesk desk;
        ScriptedReceiver receiver(Answer::withStatus(500, "Server Error"));
        fail(desk, receiver, 1);
        Opened opened(desk);
        QTRY_VERIFY(opened.says("Resend 2 failed deliveries to 2 destinations?"));
        QVERIFY(opened.says("All that the list shows, oldest first."));
        QTest::keyClick(opened.dialog, Qt::Key_Escape);
        QTRY_VERIFY(opened.dialog.isNull());
        QCOMPARE(opened.confirmed.size(), 0);
    }

    void nothingCanBeAgreedToBeforeItIsCounted()
    {
        GuiDesk desk;
        Opened opened(desk);
        QVERIFY(opened.says("Counting the failed deliveries…"));
        QVERIFY(!button(*opened.dialog, QStringLiteral("Resend"))->isEnabled());
    }

    void saysThatThereIsNothing()
    {
        GuiDesk desk;
        Opened opened(desk, QStringLiteral("severity:low"));
        QTRY_VERIFY(opened.says("There is no failed delivery to resend."));
        QVERIFY(opened.says("The search “severity:low” finds none."));
        QVERIFY(button(*opened.dialog, QStringLiteral("Resend")) == nullptr);
        m_look->shoot(*opened.dialog, QStringLiteral("resend-nothing"));
        QTest::keyClick(opened.dialog, Qt::Key_Return);
        QTRY_VERIFY(opened.dialog.isNull());
        QCOMPARE(opened.confirmed.size(), 0);
    }

    void saysWhatWaitsAtAPausedOne()
    {
        GuiDesk desk;
        ScriptedReceiver receiver(Answer::withStatus(500, "Server Error"));
        fail(desk, receiver, 2);
        desk.pause(desk.desk->destinations().constFirst().id);
        Opened opened(desk);
        QTRY_VERIFY(opened.says("paused: they wait there as Held"));
    }

    void showsTextAsText()
    {
        GuiDesk desk;
        ScriptedReceiver receiver(Answer::withStatus(500, "Server Error"));
        const Destination stored = desk.add(QStringLiteral("<b>bold</b>"), receiver.url());
        desk.accept(QStringLiteral("Disk full"));
        GuiDesk::settle([&] { return desk.states(stored.id).value(DeliveryState::Failed) == 1; });
        Opened opened(desk, QStringLiteral("<i>words</i>"));
        QTRY_VERIFY(opened.says("Resend 1 failed delivery to 1 destination?"));
        const QList<QLabel *> labels = opened.dialog->findChildren<QLabel *>();
        for (const QLabel *label : labels) {
            QCOMPARE(label->textFormat(), Qt::PlainText);
        }
        QTRY_VERIFY(opened.says("<b>bold</b>"));
    }

    void cutsNothingOffInALongerLanguage()
    {
        LongLanguage language;
        GuiDesk desk;
        ScriptedReceiver receiver(Answer::withStatus(500, "Server Error"));
        fail(desk, receiver, 2);
        Opened opened(desk, QStringLiteral("status:failed"));
        QTRY_VERIFY(opened.says("Legacy SIEM"));
        QTest::qWait(100);
        m_look->shoot(*opened.dialog, QStringLiteral("resend-long"));
        QCOMPARE(cutOff(*opened.dialog), QStringList());
    }

private:
    std::unique_ptr<Look> m_look;
};

QTEST_MAIN(TestResendDialog)
#include "tst_resenddialog.moc"
