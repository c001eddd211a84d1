// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#include "gui/destinationtestdialog.h"
#include "gui/destinationwizard.h"
#include "gui/fieldmessage.h"
#include "gui/strip.h"
#include "gui/teststep.h"
#include "guidesk.h"

#include <QCheckBox>
#include <QPlainTextEdit>
#include <QPointer>
#include <QSignalSpy>

using namespace courier;
using namespace courier::test;

namespace {

/// A wizard over a window, as the program opens it.
class Opened
{
public:
    explicit Opened(GuiDesk &desk, const std::optional<Destination> &edited = {})
        : wizard(edited ? new DestinationWizard(*desk.desk, *edited, &window)
                        : new DestinationWizard(*desk.desk, &window))
        , finished(wizard, &DestinationWizard::finishedWith)
    {
        window.resize(960, 600);
        window.show();
        wizard->open();
        wizard->activateWindow();
        QTest::qWait(50);
    }

    DestinationWizard &operator*() { return *wizard; }
    bool press(const char *text) { return test::press(*wizard, text); }
    bool says(const char *text) { return test::says(*wizard, QString::fromUtf8(text)); }
    void fill(const QString &name, const QString &url)
    {
        typeInto(*wizard, "name", name);
        typeInto(*wizard, "url", url);
    }
    /// Through the first step.
    void add(const QString &name, const QString &url)
    {
        fill(name, url);
        QVERIFY(press("Add Destination"));
        QTRY_VERIFY(says("Nothing has been sent yet."));
    }
    QString focused() const
    {
        const auto *focus = qobject_cast<QPushButton *>(QApplication::focusWidget());
        return focus != nullptr ? QString(focus->text()).remove(u'&') : QString();
    }

    QWidget window;
    QPointer<DestinationWizard> wizard;
    QSignalSpy finished;
};

const QString name = QStringLiteral("Night SIEM");

} // namespace

class TestDestinationWizard : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { m_look = std::make_unique<Look>(); }
    void cleanupTestCase() { m_look.reset(); }

    void addsTestsAndFinishes()
    {
        GuiDesk desk;
        ScriptedReceiver receiver(Answer::ok("{\"ok\":true,\"id\":\"evt_5512\"}"));
        Opened opened(desk);
        QCOMPARE(QApplication::focusWidget(), opened.wizard->findChild<QWidget *>(QStringLiteral("name")));
        opened.add(name, receiver.url());
        QTRY_COMPARE(desk.desk->destinations().size(), 1);
        m_look->shoot(*opened, QStringLiteral("wizard-test-before"));
        QVERIFY(opened.says("Finishing now marks it “Not tested”."));
        QTRY_COMPARE(opened.focused(), QStringLiteral("Send Test Alert"));
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_Return);
        QTRY_VERIFY(opened.says("Received: 200 OK in "));
        QTRY_COMPARE(opened.focused(), QStringLiteral("Finish Setup"));
        QTRY_VERIFY(opened.wizard->findChild<QPlainTextEdit *>(QStringLiteral("response"))
                        ->toPlainText()
                        .contains(QStringLiteral("evt_5512")));
        m_look->shoot(*opened, QStringLiteral("wizard-test-received"));
        QCOMPARE(receiver.requestCount(), 1);
        const DestinationId id = desk.desk->destinations().constFirst().id;
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_Return);
        QCOMPARE(opened.finished.size(), 1);
        QCOMPARE(opened.finished.constFirst().constFirst().value<DestinationId>(), id);
        QTRY_VERIFY(opened.wizard.isNull()); // it deletes itself
        QTRY_COMPARE(desk.desk->destination(id)->testState, TestState::Passed);
    }

    void staysEnabledAndLeadsToTheFirstFault()
    {
        GuiDesk desk;
        Opened opened(desk);
        QVERIFY(button(*opened, QStringLiteral("Add Destination"))->isEnabled());
        opened.fill(name, QStringLiteral("siem.example.com/hooks"));
        QVERIFY(opened.press("Add Destination"));
        QTRY_COMPARE(QApplication::focusWidget(), opened.wizard->findChild<QWidget *>(QStringLiteral("url")));
        QVERIFY(opened.says("Enter a full address that starts with https:// or http://."));
        m_look->shoot(*opened, QStringLiteral("wizard-fault"));
        QTest::qWait(50);
        QVERIFY(desk.desk->destinations().isEmpty());
    }

    void saysThatANameIsTaken()
    {
        GuiDesk desk;
        desk.add(QStringLiteral("Ops bridge"), QStringLiteral("https://a.example/"));
        Opened opened(desk);
        opened.fill(QStringLiteral("OPS bridge"), QStringLiteral("https://b.example/"));
        QVERIFY(opened.says("A destination named OPS bridge exists."));
        QVERIFY(opened.press("Add Destination"));
        QTRY_COMPARE(QApplication::focusWidget(), opened.wizard->findChild<QWidget *>(QStringLiteral("name")));
    }

    void returnIsTheButton()
    {
        GuiDesk desk;
        Opened opened(desk);
        opened.fill(name, QStringLiteral("https://b.example/"));
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_Return);
        QTRY_VERIFY(opened.says("Nothing has been sent yet."));
        QCOMPARE(desk.desk->store().read([](Queries &queries) { return queries.destinations(); }).result().size(), 1);
    }

    void escapeLeavesNothingBehindInTheFirstStep()
    {
        GuiDesk desk;
        Opened opened(desk);
        opened.fill(name, QStringLiteral("https://b.example/"));
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_Escape);
        QTRY_VERIFY(opened.wizard.isNull());
        QCOMPARE(opened.finished.size(), 0);
        QVERIFY(desk.desk->store().read([](Queries &queries) { return queries.destinations(); }).result().isEmpty());
    }

    void returnOnCancelCancels()
    {
        GuiDesk desk;
        Opened opened(desk);
        opened.fill(name, QStringLiteral("https://b.example/"));
        button(*opened, QStringLiteral("Cancel"))->setFocus();
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_Return);
        QTRY_VERIFY(opened.wizard.isNull());
        QCOMPARE(opened.finished.size(), 0);
    }

    void escapeInTheTestIsFinishSetup()
    {
        GuiDesk desk;
        Opened opened(desk);
        opened.add(name, QStringLiteral("https://b.example/"));
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_Escape);
        QCOMPARE(opened.finished.size(), 1);
        QTRY_COMPARE(desk.desk->destinations().size(), 1);
        QCOMPARE(desk.desk->destinations().constFirst().testState, TestState::NotTested);
    }

    void theWindowsCloseButtonIsFinishSetupToo()
    {
        GuiDesk desk;
        Opened opened(desk);
        opened.add(name, QStringLiteral("https://b.example/"));
        QVERIFY(opened.press("Back to Configuration"));
        opened.wizard->close();
        QCOMPARE(opened.finished.size(), 1);
        QTRY_VERIFY(opened.wizard.isNull());
    }

    void goingBackChangesTheSameDestination()
    {
        GuiDesk desk;
        ScriptedReceiver receiver(Answer::ok());
        Opened opened(desk);
        const quint16 dead = ScriptedReceiver::freePort();
        opened.add(name, QStringLiteral("http://127.0.0.1:%1/hook").arg(dead));
        QVERIFY(opened.press("Send Test Alert"));
        QTRY_VERIFY(
            opened.says(qPrintable(QStringLiteral("Could not connect: nothing listens on 127.0.0.1:%1.").arg(dead))));
        QVERIFY(opened.says("Finishing now marks it “Last test failed”."));
        QCOMPARE(opened.focused(), QStringLiteral("Send Test Alert"));
        m_look->shoot(*opened, QStringLiteral("wizard-test-refused"));
        QVERIFY(opened.press("Back to Configuration"));
        QVERIFY(button(*opened, QStringLiteral("Update Destination")) != nullptr);
        typeInto(*opened, "url", receiver.url());
        QVERIFY(opened.press("Update Destination"));
        QTRY_VERIFY(opened.says("Nothing has been sent yet."));
        QVERIFY(opened.press("Send Test Alert"));
        QTRY_VERIFY(opened.says("Received: 200 OK in "));
        QVERIFY(opened.press("Finish Setup"));
        QTRY_COMPARE(desk.desk->destinations().size(), 1);
        QTRY_COMPARE(desk.desk->destinations().constFirst().url, receiver.url());
    }

    void cancelAfterGoingBackReturnsToTheTest()
    {
        GuiDesk desk;
        Opened opened(desk);
        opened.add(name, QStringLiteral("https://b.example/"));
        QVERIFY(opened.press("Back to Configuration"));
        typeInto(*opened, "name", QStringLiteral("Another"));
        QVERIFY(opened.press("Cancel"));
        QVERIFY(opened.says("Nothing has been sent yet."));
        QVERIFY(opened.says("Test Night SIEM"));
        QCOMPARE(opened.finished.size(), 0);
    }

    void saysWhatARefusalMeans_data()
    {
        QTest::addColumn<int>("status");
        QTest::addColumn<QByteArray>("phrase");
        QTest::addColumn<QString>("said");
        QTest::newRow("401") << 401 << QByteArray("Unauthorized")
                             << "401 Unauthorized: the receiver answered, and refused the credentials.";
        QTest::newRow("404") << 404 << QByteArray("Not Found")
                             << "404 Not Found: the receiver answered, but has nothing at this address.";
        QTest::newRow("500") << 500 << QByteArray("Internal Server Error")
                             << "500 Internal Server Error: the receiver answered, and failed by itself.";
        QTest::newRow("418") << 418 << QByteArray("Teapot")
                             << "418 Teapot: the receiver answered, and did not take the alert.";
        QTest::newRow("302") << 302 << QByteArray("Found") << "302 Found: redirects are not followed.";
    }

    void saysWhatARefusalMeans()
    {
        QFETCH(int, status);
        QFETCH(QByteArray, phrase);
        QFETCH(QString, said);
        GuiDesk desk;
        ScriptedReceiver receiver(Answer::withStatus(status, phrase, "{\"error\":\"token expired\"}"));
        Opened opened(desk);
        opened.add(name, receiver.url());
        QVERIFY(opened.press("Send Test Alert"));
        QTRY_VERIFY2(opened.says(said.toUtf8().constData()), qPrintable(said));
        QVERIFY(opened.wizard->findChild<QPlainTextEdit *>(QStringLiteral("response"))->isVisible());
        if (status == 401) {
            m_look->shoot(*opened, QStringLiteral("wizard-test-401"));
        }
    }

    void aSecondClickSendsNoSecondTest()
    {
        GuiDesk desk;
        Answer slow = Answer::ok();
        slow.delay = std::chrono::milliseconds(300);
        ScriptedReceiver receiver(slow);
        Opened opened(desk);
        opened.add(name, receiver.url());
        QVERIFY(opened.press("Send Test Alert"));
        QVERIFY(opened.says("The test alert is on its way…"));
        QVERIFY(opened.press("Send Test Alert"));
        QTRY_VERIFY(opened.says("Received: 200 OK in "));
        QCOMPARE(receiver.requestCount(), 1);
    }

    void editsAndCloses()
    {
        GuiDesk desk;
        const Destination stored = desk.add(name, QStringLiteral("https://b.example/"));
        Opened opened(desk, stored);
        QCOMPARE(opened.wizard->windowTitle(), QStringLiteral("Edit Destination"));
        m_look->shoot(*opened, QStringLiteral("wizard-edit"));
        typeInto(*opened, "name", QStringLiteral("Day SIEM"));
        QVERIFY(opened.says("A test stores the changes first."));
        QVERIFY(opened.press("Update Destination"));
        QTRY_COMPARE(opened.finished.size(), 1);
        QTRY_COMPARE(desk.desk->destination(stored.id)->name, QStringLiteral("Day SIEM"));
    }

    void canTestWhileEditing()
    {
        GuiDesk desk;
        ScriptedReceiver receiver(Answer::ok());
        const Destination stored = desk.add(name, receiver.url());
        Opened opened(desk, stored);
        QVERIFY(opened.press("Send Test Alert"));
        QTRY_VERIFY(opened.says("Received: 200 OK in "));
        QVERIFY(opened.press("Back to Configuration"));
        QVERIFY(button(*opened, QStringLiteral("Update Destination")) != nullptr);
    }

    void testsAPausedDestination()
    {
        GuiDesk desk;
        ScriptedReceiver receiver(Answer::ok());
        const Destination stored = desk.add(name, receiver.url());
        desk.pause(stored.id);
        QWidget window;
        window.show();
        QPointer<DestinationTestDialog> dialog =
            new DestinationTestDialog(*desk.desk, *desk.desk->destination(stored.id), &window);
        dialog->open();
        QTRY_VERIFY(says(*dialog, QStringLiteral("Received: 200 OK in ")));
        m_look->shoot(*dialog, QStringLiteral("testdialog"));
        QTRY_COMPARE(QApplication::focusWidget(), button(*dialog, QStringLiteral("Close")));
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_Return);
        QTRY_VERIFY(dialog.isNull());
    }

    void isNamedForScreenReaders()
    {
        GuiDesk desk;
        Opened opened(desk);
        QCOMPARE(QAccessible::queryAccessibleInterface(opened.wizard)->role(), QAccessible::Dialog);
        QCOMPARE(QAccessible::queryAccessibleInterface(opened.wizard)->text(QAccessible::Name),
                 QStringLiteral("Add Destination"));
        QVERIFY(reads(*opened, QAccessible::EditableText, "Display name"));
        QVERIFY(reads(*opened, QAccessible::EditableText, "Webhook URL"));
        QVERIFY(reads(*opened, QAccessible::CheckBox, "Critical"));
        QVERIFY(reads(*opened, QAccessible::Button, "Add Destination"));
        QVERIFY(reads(*opened, QAccessible::Button, "Cancel"));
        QVERIFY(!reads(*opened, QAccessible::Button, "Send Test Alert"));
        opened.add(name, QStringLiteral("https://b.example/"));
        QVERIFY(reads(*opened, QAccessible::Button, "Send Test Alert"));
        QVERIFY(reads(*opened, QAccessible::Button, "Finish Setup"));
        QVERIFY(reads(*opened, QAccessible::Button, "Back to Configuration"));
        QVERIFY(reads(*opened, QAccessible::StaticText,
                      "Nothing has been sent yet. This shows what the receiver answers, before real alerts depend on "
                      "it."));
    }

    void cutsNothingOffInALongerLanguage()
    {
        LongLanguage language;
        GuiDesk desk;
        ScriptedReceiver receiver(Answer::withStatus(401, "Unauthorized", "{\"error\":\"token expired\"}"));
        Opened opened(desk);
        m_look->shoot(*opened, QStringLiteral("wizard-long"));
        QVERIFY2(opened.wizard->width() <= 960, qPrintable(QString::number(opened.wizard->width())));
        QVERIFY(opened.wizard->minimumSizeHint().height() <= 600);
        QCOMPARE(cutOff(*opened), QStringList());
        opened.fill(name, receiver.url());
        QTest::mouseClick(opened.wizard->findChild<QPushButton *>(QStringLiteral("store")), Qt::LeftButton);
        auto *send = opened.wizard->findChild<QPushButton *>(QStringLiteral("send"));
        QTRY_VERIFY(send->isVisible());
        QTest::mouseClick(send, Qt::LeftButton);
        auto *step = opened.wizard->findChild<TestStep *>();
        QTRY_COMPARE(step->state(), TestStep::State::Failed);
        QTest::qWait(100);
        m_look->shoot(*opened, QStringLiteral("wizard-test-long"));
        QCOMPARE(cutOff(*opened), QStringList());
        QVERIFY(opened.wizard->width() <= 960);
    }

    void picture()
    {
        GuiDesk desk;
        Opened opened(desk);
        m_look->shoot(*opened, QStringLiteral("wizard"));
        QVERIFY(opened.press("Advanced"));
        QTest::qWait(80);
        m_look->shoot(*opened, QStringLiteral("wizard-advanced"));
    }

private:
    std::unique_ptr<Look> m_look;
};

QTEST_MAIN(TestDestinationWizard)
#include "tst_destinationwizard.moc"
