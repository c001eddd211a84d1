// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#include "gui/receiverpage.h"
#include "gui/segmentedbuttons.h"
#include "guidesk.h"

#include <QClipboard>
#include <QGroupBox>
#include <QPlainTextEdit>
#include <QSignalSpy>
#include <QTableView>

using namespace courier;
using namespace courier::test;

namespace {

/// The page of a receiver that runs, with the destination that sends to it.
class Shown
{
public:
    Shown()
        : page(*desk.desk)
    {
        const Destination destination = *desk.desk->startReceiver().result();
        GuiDesk::settle([&] { return desk.desk->destination(destination.id).has_value(); });
        page.setDestination(destination.id);
        page.resize(1047, 690);
        page.show();
        page.activateWindow();
        QTest::qWait(50);
    }
    bool says(const QString &text) { return test::says(page, text); }
    bool press(const char *text) { return test::press(page, text); }

    GuiDesk desk;
    ReceiverPage page;
};

} // namespace

class TestReceiverPage : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { m_look = std::make_unique<Look>(); }
    void cleanupTestCase() { m_look.reset(); }

    void showsBothSidesOfATest()
    {
        Shown shown;
        QVERIFY(shown.says(QStringLiteral("Nothing has arrived yet.")));
        m_look->shoot(shown.page, QStringLiteral("receiver-empty"));
        QVERIFY(shown.press("Send Test Alert"));
        QTRY_VERIFY(shown.says(QStringLiteral("Your first alert has arrived: 200 OK in ")));
        auto *received = shown.page.findChild<QTableView *>(QStringLiteral("received"));
        QCOMPARE(received->model()->rowCount(), 1);
        auto *body = shown.page.findChild<QPlainTextEdit *>(QStringLiteral("response"));
        QTRY_VERIFY(body->toPlainText().contains(QStringLiteral("New Alert: This is a Test Alert")));
        m_look->shoot(shown.page, QStringLiteral("receiver"));
        QSignalSpy wished(&shown.page, &ReceiverPage::addDestinationRequested);
        QVERIFY(shown.press("Add Destination"));
        QCOMPARE(wished.size(), 1);
        QVERIFY(shown.press("Send Test Alert"));
        QTRY_VERIFY(shown.says(QStringLiteral("A test alert has arrived: 200 OK in ")));
    }

    void answersAsItIsTold_data()
    {
        QTest::addColumn<QByteArray>("choice");
        QTest::addColumn<QString>("said");
        QTest::newRow("401") << QByteArray("401 Unauthorized")
                             << "401 Unauthorized: the receiver answered, and refused the credentials.";
        QTest::newRow("500") << QByteArray("500 Server Error") << "500 ";
    }

    void answersAsItIsTold()
    {
        QFETCH(QByteArray, choice);
        QFETCH(QString, said);
        Shown shown;
        QVERIFY(shown.press(choice.constData()));
        QVERIFY(button(shown.page, QString::fromLatin1(choice))->isChecked());
        QVERIFY(!button(shown.page, QStringLiteral("200 OK"))->isChecked());
        QVERIFY(shown.press("Send Test Alert"));
        QTRY_VERIFY2(shown.says(said), qPrintable(said));
        QVERIFY(button(shown.page, QStringLiteral("Add Destination")) == nullptr);
    }

    void followsWhatIsSetElsewhere()
    {
        Shown shown;
        shown.desk.desk->receiver().setAnswer(EchoReceiver::Answer::Silent);
        QVERIFY(button(shown.page, QStringLiteral("Not at all"))->isChecked());
    }

    void copiesItsAddress()
    {
        Shown shown;
        QVERIFY(shown.press("Copy Address"));
        QCOMPARE(QApplication::clipboard()->text(), shown.desk.desk->receiver().url().toString());
    }

    void stopsAndStarts()
    {
        Shown shown;
        QVERIFY(shown.press("Stop"));
        QVERIFY(!shown.desk.desk->receiver().isRunning());
        QVERIFY(shown.says(QStringLiteral("Stopped: nothing listens")));
        QVERIFY(!button(shown.page, QStringLiteral("Copy Address"))->isEnabled());
        QSignalSpy wished(&shown.page, &ReceiverPage::startRequested);
        QVERIFY(shown.press("Start"));
        QCOMPARE(wished.size(), 1);
    }

    void isNamedForScreenReaders()
    {
        Shown shown;
        QAccessibleInterface *group = reading(shown.page, QAccessible::Grouping, QStringLiteral("Answers"));
        QVERIFY(group != nullptr);
        QStringList answers;
        for (int i = 0; i < group->childCount(); ++i) {
            QCOMPARE(group->child(i)->role(), QAccessible::CheckBox);
            answers.append(group->child(i)->text(QAccessible::Name));
        }
        QCOMPARE(answers, QStringList({QStringLiteral("200 OK"), QStringLiteral("401 Unauthorized"),
                                       QStringLiteral("500 Server Error"), QStringLiteral("Slowly, after 5 s"),
                                       QStringLiteral("Not at all")}));
        for (const char *name : {"Copy Address", "Send Test Alert", "Stop", "Delete"}) {
            QVERIFY2(reads(shown.page, QAccessible::Button, name), name);
        }
        QVERIFY(reads(shown.page, QAccessible::EditableText, "Receiver address"));
    }

    void fitsTheLeastWindowInALongerLanguage()
    {
        LongLanguage language;
        Shown shown;
        shown.page.resize(751, 476);
        QTest::mouseClick(shown.page.findChild<QPushButton *>(QStringLiteral("test")), Qt::LeftButton);
        QTRY_COMPARE(shown.page.findChild<QTableView *>(QStringLiteral("received"))->model()->rowCount(), 1);
        QTest::qWait(150);
        m_look->shoot(shown.page, QStringLiteral("receiver-long"));
        QCOMPARE(shown.page.size(), QSize(751, 476));
        QCOMPARE(cutOff(shown.page), QStringList());
    }

private:
    std::unique_ptr<Look> m_look;
};

QTEST_MAIN(TestReceiverPage)
#include "tst_receiverpage.moc"
