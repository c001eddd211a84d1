// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#include "delivery/certificatemaker.h"
#include "delivery/tlsreceiver.h"
#include "gui/destinationcharts.h"
#include "gui/destinationpage.h"
#include "gui/destinationpagewords.h"
#include "gui/latencychart.h"
#include "gui/questiondialog.h"
#include "gui/successchart.h"
#include "guidesk.h"

#include <QHelpEvent>
#include <QSignalSpy>
#include <QTabWidget>
#include <QTableView>
#include <QToolTip>

using namespace courier;
using namespace courier::test;

namespace {

QuestionDialog *question()
{
    const QWidgetList windows = QApplication::topLevelWidgets();
    for (QWidget *window : windows) {
        if (auto *dialog = qobject_cast<QuestionDialog *>(window); dialog != nullptr && dialog->isVisible()) {
            return dialog;
        }
    }
    return nullptr;
}

bool hasColor(QWidget &widget, const QColor &color)
{
    const QImage image = widget.grab().toImage();
    for (int y = 0; y < image.height(); ++y) {
        for (int x = 0; x < image.width(); ++x) {
            if (image.pixelColor(x, y) == color) {
                return true;
            }
        }
    }
    return false;
}

/// The page as the window shows it beside its sidebar.
class Shown
{
public:
    Shown(GuiDesk &desk, DestinationId id)
        : page(*desk.desk)
    {
        page.resize(1047, 690);
        page.setDestination(id);
        page.show();
        page.activateWindow();
        QTest::qWait(50);
    }
    bool says(const QString &text) { return test::says(page, text); }
    bool press(const char *text) { return test::press(page, text); }

    DestinationPage page;
};

} // namespace

class TestDestinationPage : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { m_look = std::make_unique<Look>(); }
    void cleanupTestCase() { m_look.reset(); }

    void saysHowItDoesAndResendsWhatFailed()
    {
        GuiDesk desk;
        ScriptedReceiver receiver(Answer::ok("{\"ok\":true}"));
        const Destination stored = desk.add(QStringLiteral("Legacy SIEM"), receiver.url());
        desk.accept(QStringLiteral("Port scan from 203.0.113.44"));
        desk.accept(QStringLiteral("Payment gateway unreachable"), Severity::Critical);
        GuiDesk::settle([&] { return desk.states(stored.id).value(DeliveryState::Delivered) == 2; });
        receiver.setAnswer(Answer::withStatus(401, "Unauthorized", "{\"error\":\"token expired\"}"));
        for (const char *title : {"Admin rights granted to svc-ci", "Outbound traffic above limit", "Root login"}) {
            desk.accept(QString::fromLatin1(title));
        }
        GuiDesk::settle([&] { return desk.states(stored.id).value(DeliveryState::Failed) == 3; });
        Shown shown(desk, stored.id);
        QTRY_VERIFY(shown.says(QStringLiteral("The last 3 deliveries failed: 401 Unauthorized.")));
        QVERIFY(shown.says(QStringLiteral("Failing since ")));
        QTRY_VERIFY(shown.says(QStringLiteral("2 of 5 deliveries arrived, 3 failed. Worst hour: ")));
        m_look->shoot(shown.page, QStringLiteral("destination-failing"));
        receiver.setAnswer(Answer::ok());
        QVERIFY(shown.press("Resend 3 Failed Deliveries"));
        GuiDesk::settle([&] { return desk.states(stored.id).value(DeliveryState::Delivered) == 5; });
        QTRY_VERIFY(!shown.says(QStringLiteral("The last ")));
        QCOMPARE(receiver.requestCount(), 8);
        m_look->shoot(shown.page, QStringLiteral("destination-good"));
    }

    void showsItsLastDay()
    {
        GuiDesk desk;
        ScriptedReceiver receiver(Answer::ok());
        const Destination stored = desk.add(QStringLiteral("Legacy SIEM"), receiver.url());
        fillDay(desk, stored.id, receiver);
        Shown shown(desk, stored.id);
        QTRY_VERIFY(shown.says(QStringLiteral("86 of 95 deliveries arrived, 9 failed. Worst hour: ")));
        QVERIFY(shown.says(QStringLiteral("90.5 %")));
        QVERIFY(shown.says(QStringLiteral("Half answered within ")));
        QVERIFY(shown.says(QStringLiteral("median ")));
        m_look->shoot(shown.page, QStringLiteral("destination-day"));
        auto *chart = shown.page.findChild<SuccessChart *>();
        QCOMPARE(chart->hours().size(), 25);
        QAccessibleInterface *read = reading(shown.page, QAccessible::Client, QStringLiteral("Success, last 24 h"));
        QVERIFY(read != nullptr);
        QVERIFY(
            read->text(QAccessible::Description).startsWith(QLatin1String("86 of 95 deliveries arrived, 9 failed.")));
        QVERIFY(reads(shown.page, QAccessible::Client, "Latency, last 24 h"));
        QVERIFY(hasColor(*chart, ColorTable::light().color(ThemeColor::Failed)));
        auto *latency = shown.page.findChild<LatencyChart *>();
        QVERIFY(hasColor(*latency, ColorTable::light().color(ThemeColor::Accent)));

        QHelpEvent help(QEvent::ToolTip, {chart->width() - 10, 40},
                        chart->mapToGlobal(QPoint(chart->width() - 10, 40)));
        QCoreApplication::sendEvent(chart, &help);
        QVERIFY2(QToolTip::text().contains(QLatin1String(": 1 arrived, 0 failed")), qPrintable(QToolTip::text()));
        QToolTip::hideText();
        QTRY_VERIFY(!QToolTip::isVisible());
        shown.page.resize(751, 476);
        QTest::qWait(50);
        m_look->shoot(shown.page, QStringLiteral("destination-day-narrow"));
        m_look->shoot(*shown.page.findChild<DestinationCharts *>(), QStringLiteral("destination-day-charts"));
        QCOMPARE(shown.page.size(), QSize(751, 476));
        QCOMPARE(cutOff(shown.page).join(u'|'), QString());
    }

    void saysThatNothingCameIn()
    {
        GuiDesk desk;
        const Destination stored = desk.add(QStringLiteral("Night desk"), QStringLiteral("http://127.0.0.1:9/hook"));
        Shown shown(desk, stored.id);
        QTRY_VERIFY(shown.says(QStringLiteral("Nothing came in.")));
        QVERIFY(!shown.page.findChild<SuccessChart *>()->isVisible());
        QVERIFY(!shown.says(QStringLiteral("Latency")));
        desk.pause(stored.id);
        desk.accept(QStringLiteral("Disk full"));
        QTRY_VERIFY(shown.says(QStringLiteral("Nothing has arrived yet.")));
    }

    void saysThatItStrugglesAndWhenItIsTried()
    {
        GuiDesk desk;
        ScriptedReceiver receiver(Answer::withStatus(503, "Service Unavailable"));
        const Destination stored = desk.add(QStringLiteral("Legacy SIEM"), receiver.url(), SeveritySet::all(), 10);
        Shown shown(desk, stored.id);
        for (int i = 0; i < 12; ++i) {
            desk.accept(QStringLiteral("Alert %1").arg(i));
        }
        QTRY_VERIFY(shown.says(QStringLiteral("Struggling: 503 Service Unavailable.")));
        QTRY_VERIFY_WITH_TIMEOUT(shown.says(QStringLiteral("Struggling: 503 Service Unavailable. Next try in 0:0")),
                                 20'000);
        m_look->shoot(shown.page, QStringLiteral("destination-struggling"));
        receiver.setAnswer(Answer::ok());
        QTRY_VERIFY_WITH_TIMEOUT(!shown.says(QStringLiteral("Struggling")), 30'000);
    }

    void showsTheCertificateAndWhenItExpires()
    {
        CertificateMaker maker;
        const Identity authority = maker.authority(QStringLiteral("Example CA"));
        const Identity identity =
            maker.issued(authority, QStringLiteral("hooks.example.com"), QStringLiteral("IP:127.0.0.1"), 30);
        const TlsReceiver receiver(serverConfiguration(identity));
        GuiDesk desk;
        Destination destination;
        destination.name = QStringLiteral("Ops bridge");
        destination.url = receiver.url();
        destination.security.tls.authorityPem = authority.certificatePem;
        const Destination stored = *desk.desk->addDestination(destination).result();
        GuiDesk::settle([&] { return desk.desk->destination(stored.id).has_value(); });
        Shown shown(desk, stored.id);
        QVERIFY(shown.says(QStringLiteral("Not seen yet")));
        desk.desk->sendTest(stored);
        const QDateTime end = identity.certificate().expiryDate();
        const QString day = QLocale::c().toString(end.toLocalTime(), QStringLiteral("d MMM yyyy"));
        const QString until =
            QStringLiteral("hooks.example.com, issued by Example CA, valid until %1, SHA-256 ").arg(day);
        QTRY_VERIFY(shown.says(until));
        QVERIFY(!shown.says(QStringLiteral("The receiver's certificate")));
        QVERIFY(reads(shown.page, QAccessible::Client, "Certificate"));
        m_look->shoot(shown.page, QStringLiteral("destination-certificate"));
        desk.clock.setNowUtc(end.toLocalTime().date().addDays(-9).startOfDay().toMSecsSinceEpoch());
        desk.desk->lookAtClock();
        QTRY_VERIFY(
            shown.says(QStringLiteral("The receiver's certificate expires in 9 days, on %1. From then on ").arg(day)));
        QVERIFY(shown.says(QStringLiteral("Certificate: 9 days")));
        m_look->shoot(shown.page, QStringLiteral("destination-certificate-expires"));
        desk.clock.setNowUtc(end.toMSecsSinceEpoch() + 1);
        desk.desk->lookAtClock();
        QTRY_VERIFY(shown.says(QStringLiteral("The receiver's certificate expired on %1.").arg(day)));
        QVERIFY(shown.says(QStringLiteral("Certificate expired")));
        m_look->shoot(shown.page, QStringLiteral("destination-certificate-expired"));
        shown.page.resize(751, 476);
        QTest::qWait(50);
        m_look->shoot(shown.page, QStringLiteral("destination-certificate-narrow"));
        QCOMPARE(shown.page.size(), QSize(751, 476));
        QCOMPARE(cutOff(shown.page).join(u'|'), QString());
    }

    void resendsOnlyItsOwnFailures()
    {
        GuiDesk desk;
        ScriptedReceiver one(Answer::withStatus(500, "Server Error"));
        ScriptedReceiver other(Answer::withStatus(500, "Server Error"));
        const Destination first = desk.add(QStringLiteral("One"), one.url());
        const Destination second = desk.add(QStringLiteral("Other"), other.url());
        desk.accept(QStringLiteral("Disk full"));
        GuiDesk::settle([&] { return desk.states(first.id).value(DeliveryState::Failed) == 1; });
        GuiDesk::settle([&] { return desk.states(second.id).value(DeliveryState::Failed) == 1; });
        Shown shown(desk, first.id);
        QTRY_VERIFY(button(shown.page, QStringLiteral("Resend 1 Failed Delivery")) != nullptr);
        QVERIFY(shown.press("Resend 1 Failed Delivery"));
        QTRY_COMPARE(one.requestCount(), 2);
        QTest::qWait(100);
        QCOMPARE(other.requestCount(), 1);
    }

    void saysWhatAPausedOneHolds()
    {
        GuiDesk desk;
        const Destination stored = desk.add(QStringLiteral("Night desk"), QStringLiteral("http://127.0.0.1:9/hook"));
        desk.pause(stored.id);
        Shown shown(desk, stored.id);
        QVERIFY(shown.says(QStringLiteral("Paused: what comes in for it waits here as Held.")));
        desk.accept(QStringLiteral("Disk full"));
        desk.accept(QStringLiteral("Disk full again"));
        QTRY_VERIFY(shown.says(QStringLiteral("Paused: 2 deliveries wait here as Held.")));
        m_look->shoot(shown.page, QStringLiteral("destination-paused"));
        QSignalSpy wished(&shown.page, &DestinationPage::pauseRequested);
        QCOMPARE(shown.page.findChildren<QPushButton *>(QStringLiteral("pause")).constFirst()->text(),
                 QStringLiteral("Resume"));
        QVERIFY(shown.press("Resume"));
        QCOMPARE(wished.size(), 1);
    }

    void asksTheWindowForTheRest()
    {
        GuiDesk desk;
        const Destination stored = desk.add(QStringLiteral("Night desk"), QStringLiteral("https://a.example/hook"));
        Shown shown(desk, stored.id);
        QSignalSpy test(&shown.page, &DestinationPage::testRequested);
        QSignalSpy edit(&shown.page, &DestinationPage::editRequested);
        QSignalSpy pause(&shown.page, &DestinationPage::pauseRequested);
        QSignalSpy duplicate(&shown.page, &DestinationPage::duplicateRequested);
        QVERIFY(shown.press("Send Test Alert"));
        QVERIFY(shown.press("Edit"));
        QVERIFY(shown.press("Pause"));
        QVERIFY(shown.press("Duplicate"));
        for (const QSignalSpy *spy : {&test, &edit, &pause, &duplicate}) {
            QCOMPARE(spy->size(), 1);
            QCOMPARE(spy->constFirst().constFirst().value<DestinationId>(), stored.id);
        }
        m_look->shoot(shown.page, QStringLiteral("destination-new"));
    }

    void returnOpensTheAlert()
    {
        GuiDesk desk;
        ScriptedReceiver receiver(Answer::ok());
        const Destination stored = desk.add(QStringLiteral("Ops bridge"), receiver.url());
        const AlertId id = desk.accept(QStringLiteral("Disk full"));
        Shown shown(desk, stored.id);
        auto *table = shown.page.findChild<QTableView *>(QStringLiteral("latest"));
        QTRY_COMPARE(table->model()->rowCount(), 1);
        QSignalSpy activated(&shown.page, &DestinationPage::alertActivated);
        table->setFocus();
        table->setCurrentIndex(table->model()->index(0, 0));
        QTest::keyClick(table, Qt::Key_Return);
        QCOMPARE(activated.size(), 1);
        QCOMPARE(activated.constFirst().constFirst().value<AlertId>(), id);
        const QPoint place = table->visualRect(table->currentIndex()).center();
        QTest::mouseClick(table->viewport(), Qt::LeftButton, {}, place);
        QTest::mouseDClick(table->viewport(), Qt::LeftButton, {}, place);
        QCOMPARE(activated.size(), 2);
    }

    void keepsTheTests()
    {
        GuiDesk desk;
        ScriptedReceiver receiver(Answer::ok("first"));
        const Destination stored = desk.add(QStringLiteral("Ops bridge"), receiver.url());
        Shown shown(desk, stored.id);
        QVERIFY(shown.says(QStringLiteral("Not tested")));
        auto *tests = shown.page.findChild<QTableView *>(QStringLiteral("tests"));
        desk.desk->sendTest(stored);
        QTRY_COMPARE(tests->model()->rowCount(), 1);
        receiver.setAnswer(Answer::withStatus(503, "Service Unavailable", "busy"));
        desk.desk->sendTest(stored);
        QTRY_COMPARE(tests->model()->rowCount(), 2);
        const auto *lastTest = shown.page.findChild<QLabel *>(QStringLiteral("lastTest"));
        QTRY_VERIFY(lastTest->text().startsWith(QLatin1String("Failed ")));
        QVERIFY2(lastTest->text().endsWith(QLatin1String(", 503 Service Unavailable")), qPrintable(lastTest->text()));
        QVERIFY(shown.says(QStringLiteral("Last test failed")));
        shown.page.findChild<QTabWidget *>(QStringLiteral("tabs"))->setCurrentIndex(1);
        QTest::qWait(80);
        m_look->shoot(shown.page, QStringLiteral("destination-tests"));
    }

    void deletingAsksAndSaysWhatWaits()
    {
        GuiDesk desk;
        const Destination stored = desk.add(QStringLiteral("Night desk"), QStringLiteral("http://127.0.0.1:9/hook"));
        desk.pause(stored.id);
        desk.accept(QStringLiteral("Disk full"));
        Shown shown(desk, stored.id);
        QVERIFY(shown.press("Delete"));
        QTRY_VERIFY(question() != nullptr);
        QVERIFY(says(*question(), QStringLiteral("Delete Night desk?")));
        QVERIFY(
            says(*question(), QStringLiteral("1 delivery waits for it and will be cancelled. What was sent stays in "
                                             "the history.")));
        m_look->shoot(*question(), QStringLiteral("destination-delete"));
        QCOMPARE(QApplication::focusWidget(), question()->cancelButton()); // it can't be taken back
        QTest::keyClick(question(), Qt::Key_Return);
        QTRY_VERIFY(question() == nullptr);
        QCOMPARE(desk.desk->destinations().size(), 1);
        QVERIFY(shown.press("Delete"));
        QTRY_VERIFY(question() != nullptr);
        QVERIFY(press(*question(), "Delete Destination"));
        QTRY_VERIFY(desk.desk->destinations().isEmpty());
    }

    void isNamedForScreenReaders()
    {
        GuiDesk desk;
        ScriptedReceiver receiver(Answer::ok());
        const Destination stored = desk.add(QStringLiteral("Ops bridge"), receiver.url());
        desk.accept(QStringLiteral("Disk full"));
        Shown shown(desk, stored.id);
        QTRY_VERIFY(reads(shown.page, QAccessible::Table, "Latest deliveries"));
        for (const char *name : {"Send Test Alert", "Edit", "Pause", "Duplicate", "Delete"}) {
            QVERIFY2(reads(shown.page, QAccessible::Button, name), name);
        }
        QAccessibleInterface *address = reading(shown.page, QAccessible::EditableText, QStringLiteral("Webhook URL"));
        QVERIFY(address != nullptr);
        QCOMPARE(address->text(QAccessible::Value), receiver.url());
    }

    void fitsTheLeastWindowInALongerLanguage()
    {
        LongLanguage language;
        GuiDesk desk;
        ScriptedReceiver receiver(Answer::withStatus(401, "Unauthorized"));
        const Destination stored = desk.add(QStringLiteral("Legacy SIEM in the old data centre"), receiver.url());
        desk.accept(QStringLiteral("Disk full"));
        GuiDesk::settle([&] { return desk.states(stored.id).value(DeliveryState::Failed) == 1; });
        Shown shown(desk, stored.id);
        shown.page.resize(751, 476);
        QTest::qWait(100);
        m_look->shoot(shown.page, QStringLiteral("destination-long"));
        auto *charts = shown.page.findChild<DestinationCharts *>();
        m_look->shoot(*charts, QStringLiteral("destination-long-charts"));
        QVERIFY(charts->width() < shown.page.width()); // they stand under each other
        QCOMPARE(shown.page.size(), QSize(751, 476));
        QCOMPARE(cutOff(shown.page).join(u'|'), QString());
    }

private:
    /// A day goes by, with one to seven alerts an hour; in three of the hours all fail.
    static void fillDay(GuiDesk &desk, DestinationId id, ScriptedReceiver &receiver)
    {
        const qint64 begin = desk.clock.nowUtc();
        qint64 settled = 0;
        for (int hour = 0; hour < 24; ++hour) {
            desk.clock.setNowUtc(begin + hour * qint64{3'600'000});
            const bool fails = hour % 8 == 2;
            receiver.setAnswer(fails ? Answer::withStatus(503, "Service Unavailable") : Answer::ok());
            const int count = fails ? 3 : 1 + (23 - hour) * 5 % 7;
            for (int i = 0; i < count; ++i) {
                desk.accept(QStringLiteral("Alert %1 of hour %2").arg(i).arg(hour));
            }
            settled += count;
            GuiDesk::settle([&] {
                const auto states = desk.states(id);
                return states.value(DeliveryState::Delivered) + states.value(DeliveryState::Failed) == settled;
            });
        }
    }

    std::unique_ptr<Look> m_look;
};

QTEST_MAIN(TestDestinationPage)
#include "tst_destinationpage.moc"
