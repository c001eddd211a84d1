// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#include "gui/fieldmessage.h"
#include "gui/jsonedit.h"
#include "gui/newalertdialog.h"
#include "gui/routepreview.h"
#include "guidesk.h"

#include <QComboBox>
#include <QJsonDocument>
#include <QJsonObject>
#include <QPointer>
#include <QSignalSpy>
#include <QTabWidget>

using namespace courier;
using namespace courier::test;

namespace {

class Opened
{
public:
    explicit Opened(GuiDesk &desk)
        : dialog(new NewAlertDialog(*desk.desk, &window))
        , sent(dialog, &NewAlertDialog::alertSent)
    {
        window.resize(960, 600);
        window.show();
        dialog->open();
        dialog->activateWindow();
        QTest::qWait(30);
    }
    template<typename Widget>
    Widget *child(const char *name)
    {
        return dialog->findChild<Widget *>(QString::fromLatin1(name));
    }
    QString json() { return child<QPlainTextEdit>("json")->toPlainText(); }

    QWidget window;
    QPointer<NewAlertDialog> dialog;
    QSignalSpy sent;
};

} // namespace

class TestNewAlertDialog : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { m_look = std::make_unique<Look>(); }
    void cleanupTestCase() { m_look.reset(); }

    void sendsWhatWasEntered()
    {
        GuiDesk desk;
        ScriptedReceiver receiver(Answer::ok());
        desk.add(QStringLiteral("Ops bridge"), receiver.url());
        Opened opened(desk);
        QCOMPARE(QApplication::focusWidget(), opened.child<QWidget>("titleEdit"));
        typeInto(*opened.dialog, "titleEdit", QStringLiteral("Disk 95 % full"));
        typeInto(*opened.dialog, "ruleId", QStringLiteral("Disk.Full"));
        typeInto(*opened.dialog, "ruleName", QStringLiteral("Disk almost full"));
        typeInto(*opened.dialog, "description", QStringLiteral("11 GiB left"));
        typeInto(*opened.dialog, "runbook", QStringLiteral("Free some"));
        typeInto(*opened.dialog, "link", QStringLiteral("https://desk.example/17"));
        typeInto(*opened.dialog, "tags", QStringLiteral(" disk, , db "));
        typeInto(*opened.dialog, "context", QStringLiteral("{\"free\": 1.0e1}"));
        QTest::keyClick(opened.child<QComboBox>("severity"), Qt::Key_H); // High
        QVERIFY(press(*opened.dialog, "Send Alert"));
        QTRY_COMPARE(opened.sent.size(), 1);
        QTRY_VERIFY(opened.dialog.isNull());
        QTRY_COMPARE(receiver.requestCount(), 1);
        const QByteArray body = receiver.requests().constFirst().body;
        const QJsonObject alert = QJsonDocument::fromJson(body).object();
        QCOMPARE(alert.value(QLatin1String("title")).toString(), QStringLiteral("New Alert: Disk 95 % full"));
        QCOMPARE(alert.value(QLatin1String("id")).toString(), QStringLiteral("Disk.Full"));
        QCOMPARE(alert.value(QLatin1String("name")).toString(), QStringLiteral("Disk almost full"));
        QCOMPARE(alert.value(QLatin1String("severity")).toString(), QStringLiteral("HIGH"));
        QCOMPARE(alert.value(QLatin1String("description")).toString(), QStringLiteral("11 GiB left"));
        QCOMPARE(alert.value(QLatin1String("runbook")).toString(), QStringLiteral("Free some"));
        QCOMPARE(alert.value(QLatin1String("link")).toString(), QStringLiteral("https://desk.example/17"));
        QCOMPARE(alert.value(QLatin1String("tags")).toVariant().toStringList(),
                 QStringList({QStringLiteral("disk"), QStringLiteral("db")}));
        QVERIFY(body.contains("\"alertContext\":{\"free\": 1.0e1}")); // the bytes as they were entered
    }

    void showsTheExactJson()
    {
        GuiDesk desk;
        Opened opened(desk);
        typeInto(*opened.dialog, "titleEdit", QStringLiteral("Disk full"));
        QTRY_VERIFY(opened.json().contains(QStringLiteral("\"title\": \"New Alert: Disk full\"")));
        opened.child<QComboBox>("type")->setCurrentIndex(1);
        QTRY_VERIFY(opened.json().contains(QStringLiteral("\"title\": \"New rule error: Disk full\"")));
        QVERIFY(opened.json().contains(QStringLiteral("\"type\": \"RULE_ERROR\"")));
    }

    void showsWhoWillGetIt()
    {
        GuiDesk desk;
        desk.add(QStringLiteral("Audit lake"), QStringLiteral("https://a.example/"),
                 {Severity::Medium, Severity::High});
        desk.add(QStringLiteral("Ops bridge"), QStringLiteral("https://b.example/"));
        desk.pause(desk.add(QStringLiteral("Night desk"), QStringLiteral("https://c.example/")).id);
        desk.add(QStringLiteral("Pager relay"), QStringLiteral("https://d.example/"), {Severity::Critical});
        Opened opened(desk);
        auto *who = opened.child<RoutePreview>("who");
        using Kind = RouteLine::Kind;
        const auto line = [](Kind kind, const char *name, const char *words) {
            return RouteLine{kind, QString::fromLatin1(name), QString::fromLatin1(words)};
        };
        QCOMPARE(who->lines(),
                 QList<RouteLine>({line(Kind::Now, "Audit lake", "Medium is among its severities"),
                                   line(Kind::Now, "Ops bridge", "Takes every alert"),
                                   line(Kind::Held, "Night desk", "Paused: it waits there as Held"),
                                   line(Kind::NotAtAll, "Pager relay", "Medium is not among its severities")}));
        QVERIFY(says(*opened.dialog, QStringLiteral("2 destinations get it now, 1 when resumed.")));
        QTest::keyClick(opened.child<QComboBox>("severity"), Qt::Key_L); // Low
        QTRY_VERIFY(says(*opened.dialog, QStringLiteral("1 destination gets it now, 1 when resumed.")));
        QVERIFY(says(*opened.dialog, QStringLiteral("Low is not among its severities")));
        typeInto(*opened.dialog, "titleEdit", QStringLiteral("Disk 95 % full on db-03"));
        typeInto(*opened.dialog, "ruleId", QStringLiteral("Disk.Full"));
        opened.child<QPlainTextEdit>("context")->setPlainText(
            QStringLiteral("{\n  \"host\": \"db-03\",\n  \"region\": \"eu-west-1\"\n  \"free_gib\": 11\n}"));
        m_look->shoot(*opened.dialog, QStringLiteral("newalert"));
        opened.child<QTabWidget>("tabs")->setCurrentIndex(1);
        QTest::qWait(200);
        m_look->shoot(*opened.dialog, QStringLiteral("newalert-json"));
    }

    void keepsWhatNobodyTakes()
    {
        GuiDesk desk;
        Opened opened(desk);
        QVERIFY(says(*opened.dialog, QStringLiteral("No destination takes it: it is only kept here.")));
        QVERIFY(says(*opened.dialog, QStringLiteral("There is no destination yet.")));
        typeInto(*opened.dialog, "ruleId", QStringLiteral("Disk.Full"));
        QVERIFY(press(*opened.dialog, "Send Alert"));
        QTRY_COMPARE(opened.sent.size(), 1);
        QCOMPARE(desk.alerts().size(), 1);
    }

    void namesTheLineAtFault_data()
    {
        QTest::addColumn<QString>("context");
        QTest::addColumn<QString>("said");
        QTest::addColumn<int>("line");
        QTest::newRow("a comma") << "{\n  \"host\": \"db-03\",\n  \"region\": \"eu\"\n  \"free_gib\": 11\n}"
                                 << "Line 4: a comma is missing before \"free_gib\"." << 4;
        QTest::newRow("a list") << "[1]"
                                << "The context must be an object, as in { \"host\": \"db-03\" }." << 1;
        QTest::newRow("a list further down") << "\n\n[1]"
                                             << "The context must be an object, as in { \"host\": \"db-03\" }." << 3;
    }

    void namesTheLineAtFault()
    {
        QFETCH(QString, context);
        QFETCH(QString, said);
        QFETCH(int, line);
        GuiDesk desk;
        Opened opened(desk);
        typeInto(*opened.dialog, "ruleId", QStringLiteral("Disk.Full"));
        opened.child<QPlainTextEdit>("context")->setPlainText(context);
        QCOMPARE(opened.child<FieldMessage>("contextMessage")->text(), said);
        QCOMPARE(opened.child<JsonEdit>("context")->faultLine(), line);
        QVERIFY(press(*opened.dialog, "Send Alert"));
        QCOMPARE(QApplication::focusWidget(), opened.child<QWidget>("context"));
        QTest::qWait(30);
        QVERIFY(desk.alerts().isEmpty());
        opened.child<QPlainTextEdit>("context")->setPlainText(QStringLiteral("{}"));
        QCOMPARE(opened.child<JsonEdit>("context")->faultLine(), 0);
        QVERIFY(!opened.child<FieldMessage>("contextMessage")->hasError());
    }

    void asksForTheRulesId()
    {
        GuiDesk desk;
        Opened opened(desk);
        typeInto(*opened.dialog, "titleEdit", QStringLiteral("Disk full"));
        QVERIFY(press(*opened.dialog, "Send Alert"));
        QCOMPARE(QApplication::focusWidget(), opened.child<QWidget>("ruleId"));
        QCOMPARE(opened.child<FieldMessage>("ruleIdMessage")->text(),
                 QStringLiteral("Enter the id of the rule that would raise this alert, as in Disk.Full."));
        typeInto(*opened.dialog, "ruleId", QStringLiteral("D"));
        QVERIFY(!opened.child<FieldMessage>("ruleIdMessage")->hasError());
    }

    void sameRowsStayAsTheyAre()
    {
        RoutePreview preview;
        const QList<RouteLine> lines{{RouteLine::Kind::Now, QStringLiteral("A"), QStringLiteral("rule")}};
        preview.setLines(lines);
        const QWidget *page = preview.widget();
        preview.setLines(lines);
        QCOMPARE(preview.widget(), page);
    }

    void isNamedForScreenReaders()
    {
        GuiDesk desk;
        Opened opened(desk);
        for (const char *name :
             {"Title", "Rule id", "Rule name", "Description", "Runbook", "Link", "Tags", "Context (JSON)"}) {
            QVERIFY2(reads(*opened.dialog, QAccessible::EditableText, name), name);
        }
        QCOMPARE(labelOf(opened.child<QComboBox>("severity")), QStringLiteral("Severity"));
        QCOMPARE(labelOf(opened.child<QComboBox>("type")), QStringLiteral("Type"));
        QVERIFY(reads(*opened.dialog, QAccessible::Button, "Send Alert"));
        QVERIFY(reads(*opened.dialog, QAccessible::PageTab, "Who will get it"));
        QVERIFY(reads(*opened.dialog, QAccessible::PageTab, "Exact JSON"));
    }

    void cutsNothingOffInALongerLanguage()
    {
        LongLanguage language;
        GuiDesk desk;
        desk.add(QStringLiteral("Audit lake"), QStringLiteral("https://a.example/"), {Severity::Critical});
        Opened opened(desk);
        opened.dialog->resize(900, 560);
        QTest::qWait(80);
        m_look->shoot(*opened.dialog, QStringLiteral("newalert-long"));
        QVERIFY2(opened.dialog->width() <= 900, qPrintable(QString::number(opened.dialog->width())));
        QVERIFY2(opened.dialog->height() <= 560, qPrintable(QString::number(opened.dialog->height())));
        QCOMPARE(cutOff(*opened.dialog).join(QLatin1Char('|')), QString());
    }

private:
    std::unique_ptr<Look> m_look;
};

QTEST_MAIN(TestNewAlertDialog)
#include "tst_newalertdialog.moc"
