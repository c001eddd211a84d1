// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#include "gui/destinationform.h"
#include "gui/destinationwords.h"
#include "gui/fieldmessage.h"
#include "gui/headerstable.h"
#include "guisupport.h"

#include <QCheckBox>
#include <QComboBox>
#include <QLineEdit>
#include <QPushButton>
#include <QScrollArea>
#include <QSignalSpy>
#include <QSpinBox>
#include <QVBoxLayout>

using namespace courier;
using namespace courier::test;

namespace {

Destination good()
{
    Destination destination;
    destination.name = QStringLiteral("Night SIEM");
    destination.url = QStringLiteral("https://siem.example.com/hooks/alerts");
    return destination;
}

/// The form as a dialog shows it.
class Shown
{
public:
    Shown()
    {
        auto *column = new QVBoxLayout(&m_window);
        column->setContentsMargins(24, 20, 24, 16);
        column->addWidget(&form);
        column->addStretch();
        m_window.resize(728, 460);
        m_window.show();
        m_window.activateWindow();
        QTest::qWait(1);
    }
    ~Shown() { form.setParent(nullptr); }

    template<typename Widget>
    Widget *child(const char *name)
    {
        return form.findChild<Widget *>(QString::fromLatin1(name));
    }
    FieldMessage *message(const char *name) { return child<FieldMessage>(name); }
    QWidget &window() { return m_window; }

    DestinationForm form;

private:
    QWidget m_window;
};

void retype(QLineEdit *field, const QString &text)
{
    field->setFocus();
    field->selectAll();
    QTest::keyClick(field, Qt::Key_Delete);
    QTest::keyClicks(field, text);
}

} // namespace

class TestDestinationForm : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { m_look = std::make_unique<Look>(); }
    void cleanupTestCase() { m_look.reset(); }

    void beginsWithTheUsualChoices()
    {
        Shown shown;
        const Destination value = shown.form.value();
        QCOMPARE(value.severities, SeveritySet({Severity::Critical, Severity::High, Severity::Medium}));
        QCOMPARE(value.types, AlertTypeSet::all());
        QCOMPARE(value.timeoutSeconds, 10);
        QCOMPARE(value.maxRetries, 10);
        QVERIFY(!shown.form.isAdvancedShown());
        QVERIFY(!shown.child<QSpinBox>("timeout")->isVisible());
    }

    void givesBackWhatItWasGiven()
    {
        Destination destination = good();
        destination.id = DestinationId{77};
        destination.severities = {Severity::Low, Severity::Info};
        destination.types = {AlertType::Policy, AlertType::SystemError};
        destination.headers = {{"X-Tenant", "north"}, {"X-Team", QByteArray("caf\xc3\xa9")}};
        destination.timeoutSeconds = 45;
        destination.schedule = RetrySchedule::Patient;
        destination.maxRetries = 3;
        destination.ratePerSecond = 0.5;
        destination.paused = true;
        Shown shown;
        QSignalSpy edited(&shown.form, &DestinationForm::edited);
        shown.form.setValue(destination);
        const Destination value = shown.form.value();
        QCOMPARE(value.id, destination.id);
        QCOMPARE(value.name, destination.name);
        QCOMPARE(value.url, destination.url);
        QCOMPARE(value.severities, destination.severities);
        QCOMPARE(value.types, destination.types);
        QCOMPARE(value.headers, destination.headers);
        QCOMPARE(value.timeoutSeconds, 45);
        QCOMPARE(value.schedule, RetrySchedule::Patient);
        QCOMPARE(value.maxRetries, 3);
        QCOMPARE(value.ratePerSecond, 0.5);
        QVERIFY(value.paused);
    }

    void checksAnAddressWhenItIsLeft_data()
    {
        QTest::addColumn<QString>("typed");
        QTest::addColumn<QString>("said");
        QTest::addColumn<bool>("isError");
        const auto row = [](const char *tag, const QString &typed, const QString &said, bool isError = true) {
            QTest::newRow(tag) << typed << said << isError;
        };
        const QString full = QStringLiteral("Enter a full address that starts with https:// or http://.");
        row("empty", {}, full);
        row("no scheme", QStringLiteral("siem.example.com/hook"), full);
        row("a script", QStringLiteral("javascript:alert(1)"), full);
        row("a file", QStringLiteral("file:///etc/passwd"), full);
        row("no host", QStringLiteral("https:///hook"),
            QStringLiteral("The address has no host name, as in https://example.com/hook."));
        row("a space", QStringLiteral("https://exa mple.com"),
            QStringLiteral("Remove the spaces and line breaks from the address."));
        row("port 0", QStringLiteral("https://example.com:0/"),
            QStringLiteral("Port 0 can't be connected to. Use a port from 1 to 65535."));
        row("a password", QStringLiteral("https://me:secret@example.com/"),
            QStringLiteral("Remove the user name and password from the address: they would show up in logs."));
        row("plain http", QStringLiteral("http://example.com/"),
            QStringLiteral("http:// sends alerts unencrypted. Fine for this computer, risky elsewhere."), false);
        row("this computer", QStringLiteral("http://127.0.0.1:9000/"), {}, false);
        row("good", QStringLiteral("https://example.com/hook"), {}, false);
    }

    void checksAnAddressWhenItIsLeft()
    {
        QFETCH(QString, typed);
        QFETCH(QString, said);
        QFETCH(bool, isError);
        Shown shown;
        auto *url = shown.child<QLineEdit>("url");
        retype(url, typed);
        QCOMPARE(shown.message("urlMessage")->kind(), FieldMessage::Kind::Hint); // not before it is left
        QTest::keyClick(url, Qt::Key_Tab);
        FieldMessage *message = shown.message("urlMessage");
        if (said.isEmpty()) {
            QCOMPARE(message->kind(), FieldMessage::Kind::Hint);
            return;
        }
        QCOMPARE(message->text(), said);
        QCOMPARE(message->hasError(), isError);
        QCOMPARE(url->property("fault").toString(), isError ? QStringLiteral("error") : QStringLiteral("warning"));
        QVERIFY(reads(shown.form, QAccessible::StaticText, said.toUtf8().constData()));
    }

    void takesBackItsBlameWhileOneTypes()
    {
        Shown shown;
        auto *url = shown.child<QLineEdit>("url");
        retype(url, QStringLiteral("example.com"));
        QTest::keyClick(url, Qt::Key_Tab);
        QVERIFY(shown.message("urlMessage")->hasError());
        retype(url, QStringLiteral("https://example.com"));
        QCOMPARE(shown.message("urlMessage")->kind(), FieldMessage::Kind::Hint);
    }

    void asksItsCheckerWhetherTheNameIsFree()
    {
        Shown shown;
        shown.form.setChecker([](const Destination &destination) {
            QList<FieldIssue> issues = check(destination);
            if (destination.name == QStringLiteral("Ops bridge")) {
                issues.prepend(
                    {DestinationField::Name, true, QStringLiteral("A destination named Ops bridge exists."), -1});
            }
            return issues;
        });
        auto *name = shown.child<QLineEdit>("name");
        retype(name, QStringLiteral(" Ops bridge "));
        QTest::keyClick(name, Qt::Key_Tab);
        QCOMPARE(shown.message("nameMessage")->text(), QStringLiteral("A destination named Ops bridge exists."));
    }

    void takesTheFocusToTheFirstFault_data()
    {
        QTest::addColumn<Destination>("value");
        QTest::addColumn<QByteArray>("focused");
        Destination nothing;
        QTest::newRow("name before address") << nothing << QByteArray("name");
        Destination address = good();
        address.url = QStringLiteral("nowhere");
        QTest::newRow("address") << address << QByteArray("url");
        Destination types = good();
        types.types = {};
        QTest::newRow("types") << types << QByteArray("rule");
        Destination headers = good();
        headers.headers = {{"X-Tenant", "north"}, {"Host", "example.com"}};
        QTest::newRow("headers") << headers << QByteArray("headers");
    }

    void takesTheFocusToTheFirstFault()
    {
        QFETCH(Destination, value);
        QFETCH(QByteArray, focused);
        Shown shown;
        shown.form.setValue(value);
        QVERIFY(!shown.form.validate());
        QWidget *wanted = shown.child<QWidget>(focused.constData());
        QTRY_COMPARE(QApplication::focusWidget(), wanted);
        if (focused == "headers") {
            QVERIFY(shown.form.isAdvancedShown());
            QCOMPARE(shown.child<HeadersTable>("headers")->currentRow(), 1);
        }
    }

    void warningsStopNothing()
    {
        Shown shown;
        Destination destination = good();
        destination.url = QStringLiteral("http://siem.example.com/");
        destination.severities = {};
        shown.form.setValue(destination);
        QVERIFY(shown.form.validate());
        QCOMPARE(shown.message("urlMessage")->kind(), FieldMessage::Kind::Warning);
        QCOMPARE(shown.message("severityMessage")->text(),
                 QStringLiteral("No severity chosen: this destination would get only alerts that name it."));
    }

    void saysAtOnceThatATypeIsNeeded()
    {
        Shown shown;
        for (const char *type : {"rule", "ruleError", "policy", "scheduledRule", "scheduledRuleError", "systemError"}) {
            QTest::mouseClick(shown.child<QCheckBox>(type), Qt::LeftButton, {}, {10, 12});
        }
        QCOMPARE(shown.message("typeMessage")->text(), QStringLiteral("Choose at least one alert type."));
        QTest::keyClick(shown.child<QCheckBox>("policy"), Qt::Key_Space);
        QCOMPARE(shown.message("typeMessage")->kind(), FieldMessage::Kind::Hint);
        QCOMPARE(shown.form.value().types, AlertTypeSet({AlertType::Policy}));
    }

    void writesHeadersByKeyboard()
    {
        Shown shown;
        QTest::keyClick(shown.child<QPushButton>("advanced"), Qt::Key_Space);
        QVERIFY(shown.form.isAdvancedShown());
        QTest::keyClick(shown.child<QPushButton>("addHeader"), Qt::Key_Space);
        QTest::keyClicks(QApplication::focusWidget(), QStringLiteral("X-Tenant"));
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_Tab);
        QTest::keyClicks(QApplication::focusWidget(), QStringLiteral("north"));
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_Return);
        QTRY_COMPARE(shown.form.value().headers, QList<Header>({{"X-Tenant", "north"}}));
        auto *table = shown.child<HeadersTable>("headers");
        table->setFocus();
        table->setCurrentCell(0, 0);
        QTest::keyClick(table, Qt::Key_Return); // edits, and doesn't press the dialog's button
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_End);
        QTest::keyClicks(QApplication::focusWidget(), QStringLiteral("-Id"));
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_Return);
        QTRY_COMPARE(shown.form.value().headers, QList<Header>({{"X-Tenant-Id", "north"}}));
        QTest::keyClick(table, Qt::Key_Tab);
        QCOMPARE(QApplication::focusWidget(), shown.child<QPushButton>("addHeader"));
        QTest::keyClick(table, Qt::Key_Delete);
        QVERIFY(shown.form.value().headers.isEmpty());
    }

    void refusesReservedHeaders()
    {
        Shown shown;
        Destination destination = good();
        destination.headers = {{"content-type", "text/plain"}};
        shown.form.setValue(destination);
        QVERIFY(!shown.form.validate());
        QCOMPARE(shown.message("headersMessage")->text(),
                 QStringLiteral("content-type is set by Alert Courier itself and can't be changed."));
        QVERIFY(shown.message("headersMessage")->isVisible());
    }

    void refusesWhatASenderMustNotSet_data()
    {
        QTest::addColumn<Destination>("value");
        QTest::addColumn<QByteArray>("message");
        QTest::addColumn<QString>("said");
        const auto header = [](const QByteArray &name, const QByteArray &value, const QString &said) {
            Destination destination = good();
            destination.headers = {{name, value}};
            QTest::addRow("header %s", name.left(20).simplified().constData())
                << destination << QByteArray("headersMessage") << said;
        };
        for (const char *name :
             {"Host", "Content-Length", "Transfer-Encoding", "Connection", "TE", "Upgrade", "Expect", "Cookie",
              "Proxy-Authorization", "webhook-id", "Webhook-Signature", "CONTENT-TYPE", "Accept-Encoding"}) {
            header(name, "x",
                   QStringLiteral("%1 is set by Alert Courier itself and can't be changed.").arg(QLatin1String(name)));
        }
        const QString noName = QStringLiteral("“%1” is not a header name: use letters, digits and hyphens.");
        header("X-A\r\nX-B", "x", noName.arg(QStringLiteral("X-A X-B")));
        header("X A", "x", noName.arg(QStringLiteral("X A")));
        header("X:A", "x", noName.arg(QStringLiteral("X:A")));
        const QString tooLong = QStringLiteral("A header's name has at most 256 bytes, its value at most 8192.");
        header(QByteArray(1024 * 1024, 'x'), "x", tooLong);
        header("X-Long", QByteArray(1024 * 1024, 'x'), tooLong);
        const QString badValue = QStringLiteral("The value of %1 has a line break or a control character.");
        header("X-Break", "x\r\nX-Other: y", badValue.arg(QStringLiteral("X-Break")));
        header("X-Nul", QByteArray("a\0b", 3), badValue.arg(QStringLiteral("X-Nul")));
        Destination destination = good();
        destination.name = QString(1024 * 1024, u'n');
        QTest::newRow("name of a million") << destination << QByteArray("nameMessage")
                                           << QStringLiteral("Use a name of at most %1 characters.").arg(maxNameLength);
        destination = good();
        destination.url = QStringLiteral("https://example.com/") + QString(1024 * 1024, u'u');
        QTest::newRow("address of a million")
            << destination << QByteArray("urlMessage")
            << QStringLiteral("Use an address of at most %1 characters.").arg(maxUrlLength);
    }

    void refusesWhatASenderMustNotSet()
    {
        QFETCH(Destination, value);
        QFETCH(QByteArray, message);
        QFETCH(QString, said);
        Shown shown;
        shown.form.setValue(value);
        QVERIFY(!shown.form.validate());
        QCOMPARE(shown.message(message.constData())->text(), said);
        QVERIFY(shown.message(message.constData())->hasError());
    }

    void takesTheWishToBeToldOfEnds()
    {
        Shown shown;
        shown.form.setValue(good());
        shown.form.setAdvancedShown(true);
        auto *box = shown.child<QCheckBox>("resolutions");
        QVERIFY(box->isVisible());
        QVERIFY(!box->isChecked());
        QTest::mouseClick(box, Qt::LeftButton, {}, {8, box->height() / 2});
        QVERIFY(shown.form.value().resolutions);
        Destination told = good();
        told.resolutions = true;
        shown.form.setValue(told);
        QVERIFY(box->isChecked());
        shown.form.setAdvancedShown(false);
        QVERIFY(!box->isVisible());
        QCOMPARE(advancedSummary(told), QStringLiteral("10 s time-out, standard retries, no headers, resolutions too"));
        QVERIFY(routeSentence(told).endsWith(QStringLiteral(" When one is resolved, that is sent, too.")));
        QCOMPARE(resolutionWords(good()), QStringLiteral("Not sent"));
    }

    void takesARateLimit()
    {
        Shown shown;
        shown.form.setAdvancedShown(true);
        shown.form.setValue(good());
        auto *rate = shown.child<QDoubleSpinBox>("rate");
        QVERIFY(rate->isVisible());
        QCOMPARE(rate->text(), QStringLiteral("No limit"));
        QSignalSpy edited(&shown.form, &DestinationForm::edited);
        rate->setFocus();
        QTest::keyClick(rate, Qt::Key_Up);
        QCOMPARE(rate->text(), QStringLiteral("1 a second"));
        QCOMPARE(shown.form.value().ratePerSecond, 1.0);
        QCOMPARE(edited.size(), 1);
        QTest::keyClick(rate, Qt::Key_Down);
        QCOMPARE(rate->text(), QStringLiteral("0.9 a second")); // by tenths where it is small
        rate->selectAll();
        QTest::keyClicks(rate, QStringLiteral("2.25"));
        QTest::keyClick(rate, Qt::Key_Tab);
        QCOMPARE(rate->text(), QStringLiteral("2.25 a second"));
        QCOMPARE(shown.form.value().ratePerSecond, 2.25);
        Destination limited = good();
        limited.ratePerSecond = 5;
        QCOMPARE(advancedSummary(limited),
                 QStringLiteral("10 s time-out, standard retries, no headers, at most 5 a second"));
        QCOMPARE(rateWords(5), QStringLiteral("At most 5 requests a second"));
        QCOMPARE(rateWords(1), QStringLiteral("At most 1 request a second"));
        QCOMPARE(rateWords(0), QStringLiteral("No limit"));
        shown.form.setValue(good());
        QCOMPARE(rate->text(), QStringLiteral("No limit"));
    }

    void saysAdvancedInALine()
    {
        Destination destination = good();
        QCOMPARE(advancedSummary(destination), QStringLiteral("10 s time-out, standard retries, no headers"));
        destination.headers = {{"X-Tenant", "north"}};
        destination.schedule = RetrySchedule::Quick;
        destination.maxRetries = 3;
        QCOMPARE(advancedSummary(destination), QStringLiteral("10 s time-out, 3 quick retries, 1 header"));
        destination.maxRetries = 0;
        QCOMPARE(advancedSummary(destination), QStringLiteral("10 s time-out, no retries, 1 header"));
    }

    void saysTheWholeFormInASentence()
    {
        Destination destination = good();
        QCOMPARE(routeSentence(destination),
                 QStringLiteral("Critical, High and Medium alerts of every type go to Night "
                                "SIEM, tried up to 11 times."));
        destination.severities = SeveritySet::all();
        destination.maxRetries = 0;
        QCOMPARE(routeSentence(destination), QStringLiteral("All alerts go to Night SIEM, tried once."));
        destination.types = {AlertType::Rule, AlertType::Policy};
        QCOMPARE(routeSentence(destination), QStringLiteral("Alerts of every severity go to Night SIEM, tried once, if "
                                                            "their type is Rule Matches or Policy Failures."));
        destination.name = QStringLiteral("%3 & %1");
        destination.severities = {Severity::Low};
        QCOMPARE(
            routeSentence(destination),
            QStringLiteral("Low alerts go to %3 & %1, tried once, if their type is Rule Matches or Policy Failures."));
        destination.severities = {};
        QCOMPARE(routeSentence(destination), QStringLiteral("Only alerts that name it go to %3 & %1, tried once."));
    }

    void isNamedForScreenReaders()
    {
        Shown shown;
        shown.form.setAdvancedShown(true);
        for (const char *name : {"Display name", "Webhook URL"}) {
            QVERIFY2(reads(shown.form, QAccessible::EditableText, name), name);
        }
        for (const char *name :
             {"Critical", "High", "Medium", "Low", "Info", "Rule Matches", "Rule Errors", "Policy Failures",
              "Scheduled Rule Matches", "Scheduled Rule Errors", "System Errors"}) {
            QVERIFY2(reads(shown.form, QAccessible::CheckBox, name), name);
        }
        QVERIFY(reads(shown.form, QAccessible::Table, "Headers"));
        QVERIFY(reads(shown.form, QAccessible::SpinBox, "Time-out"));
        QVERIFY(reads(shown.form, QAccessible::SpinBox, "Retries"));
        QVERIFY(reads(shown.form, QAccessible::SpinBox, "Rate limit"));
        QCOMPARE(labelOf(shown.child<QComboBox>("schedule")), QStringLiteral("Retry schedule"));
        QVERIFY(reads(shown.form, QAccessible::CheckBox, "Also send when an alert is resolved"));
        QVERIFY(reads(shown.form, QAccessible::Button, "Add Header"));
        QVERIFY(reads(shown.form, QAccessible::Button, "Remove"));
    }

    void tabGoesDownTheForm()
    {
        Shown shown;
        shown.form.setAdvancedShown(true);
        shown.child<QLineEdit>("name")->setFocus();
        QStringList order;
        for (int i = 0; i < 21 && QApplication::focusWidget() != nullptr; ++i) {
            order.append(QApplication::focusWidget()->objectName());
            QTest::keyClick(QApplication::focusWidget(), Qt::Key_Tab);
        }
        const QStringList wanted{
            QStringLiteral("name"),        QStringLiteral("url"),           QStringLiteral("critical"),
            QStringLiteral("high"),        QStringLiteral("medium"),        QStringLiteral("low"),
            QStringLiteral("info"),        QStringLiteral("rule"),          QStringLiteral("ruleError"),
            QStringLiteral("policy"),      QStringLiteral("scheduledRule"), QStringLiteral("scheduledRuleError"),
            QStringLiteral("systemError"), QStringLiteral("advanced"),      QStringLiteral("headers"),
            QStringLiteral("addHeader"),   QStringLiteral("timeout"),       QStringLiteral("rate"),
            QStringLiteral("schedule"),    QStringLiteral("retries"),       QStringLiteral("resolutions")};
        QCOMPARE(order.mid(0, wanted.size()), wanted);
    }

    void cutsNothingOffInALongerLanguage()
    {
        LongLanguage language;
        QWidget window;
        auto *column = new QVBoxLayout(&window);
        auto *form = new DestinationForm;
        column->addWidget(form);
        column->addStretch();
        Destination destination = good();
        destination.url = QStringLiteral("siem");
        form->setValue(destination);
        form->validate();
        form->setAdvancedShown(true);
        window.resize(880, 1);
        window.show();
        QTest::qWait(50);
        window.resize(880, column->totalHeightForWidth(880));
        QTest::qWait(50);
        m_look->shoot(window, QStringLiteral("destinationform-long"));
        QVERIFY2(window.width() <= 880, qPrintable(QString::number(window.width())));
        QCOMPARE(cutOff(window), QStringList());
    }

    void picture()
    {
        Shown shown;
        Destination destination = good();
        destination.url = QStringLiteral("siem.example.com/hooks/alerts");
        shown.form.setValue(destination);
        shown.form.validate();
        m_look->shoot(shown.window(), QStringLiteral("destinationform"));
        destination = good();
        destination.severities = {};
        destination.headers = {{"X-Tenant", "north"}, {"Host", "x"}};
        shown.form.setValue(destination);
        shown.form.validate();
        shown.window().resize(728, 780);
        m_look->shoot(shown.window(), QStringLiteral("destinationform-advanced"));
    }

private:
    std::unique_ptr<Look> m_look;
};

QTEST_MAIN(TestDestinationForm)
#include "tst_destinationform.moc"
