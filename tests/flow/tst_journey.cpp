// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#include "flow/deskfixture.h"
#include "gui/alertdetails.h"
#include "gui/alertspage.h"
#include "gui/alerttableview.h"
#include "models/deliverytreemodel.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QLabel>
#include <QPlainTextEdit>
#include <QProcess>
#include <QPushButton>
#include <QSpinBox>
#include <QTreeView>

using namespace courier;
using namespace courier::test;
using namespace std::chrono_literals;

namespace {

QWidget *addDialog()
{
    return hands::window(QStringLiteral("Add Destination"));
}

void click(QWidget *root, const char *name)
{
    QWidget *button = nullptr;
    QTRY_VERIFY2((button = hands::button(root, QString::fromLatin1(name))) != nullptr, name);
    QTRY_VERIFY2(button->isEnabled(), name);
    QTest::mouseClick(button, Qt::LeftButton);
}

void fill(QWidget *root, const char *name, const QString &text)
{
    QWidget *field = hands::field(root, QString::fromLatin1(name));
    QVERIFY2(field, name);
    field->setFocus();
    QTest::keySequence(field, QKeySequence::SelectAll);
    QTest::keyClicks(field, text);
}

QJsonObject alertOf(const QString &title, const QString &severity, const QString &type)
{
    return {{QStringLiteral("id"), QStringLiteral("R.1")},
            {QStringLiteral("createdAt"), QStringLiteral("2024-05-01T12:00:00Z")},
            {QStringLiteral("severity"), severity},
            {QStringLiteral("type"), type},
            {QStringLiteral("title"), title}};
}

QStringList titlesOf(const QList<Request> &requests)
{
    QStringList titles;
    for (const Request &request : requests) {
        titles.append(QJsonDocument::fromJson(request.body).object().value(QStringLiteral("title")).toString());
    }
    return titles;
}

/// Adds a destination by clicks, through the whole wizard.
void addDestination(DeskFixture &fixture, const ScriptedReceiver &receiver, const QString &name)
{
    click(fixture.window.get(), "Add Destination");
    QTRY_VERIFY(addDialog());
    fill(addDialog(), "Display name", name);
    fill(addDialog(), "Webhook URL", receiver.url());
    click(addDialog(), "Add Destination");
    click(addDialog(), "Send Test Alert");
    QTRY_VERIFY(hands::button(addDialog(), QStringLiteral("Finish Setup"))->isEnabled());
    QTRY_VERIFY(receiver.requestCount() > 0);
}

void finishSetup(DeskFixture &fixture)
{
    click(addDialog(), "Finish Setup");
    QTRY_VERIFY(!addDialog());
    QTRY_COMPARE(fixture.desk->destinations().size(), 1);
}

void setSchedule(DeskFixture &fixture, RetrySchedule schedule)
{
    Destination destination = fixture.desk->destinations().first();
    destination.schedule = schedule;
    QVERIFY(fixture.desk->updateDestination(destination).result().has_value());
    QTRY_COMPARE(fixture.desk->destinations().first().schedule, schedule);
}

AlertId acceptOne(DeskFixture &fixture, const QString &title)
{
    Alert alert;
    alert.ruleId = QStringLiteral("R.1");
    alert.createdAt = QStringLiteral("2024-05-01T12:00:00Z");
    alert.severity = Severity::High;
    alert.title = title;
    return fixture.desk->accept({alert}).result()->first().id;
}

QTreeView *statusTree(DeskFixture &fixture)
{
    return qobject_cast<QTreeView *>(
        hands::find(fixture.window.get(), QAccessible::Tree, QStringLiteral("Delivery Status")));
}

} // namespace

/// The journey of the program's purpose, by real clicks in the real window, against a real receiver.
class TestJourney : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void addTestAndFinish()
    {
        ScriptedReceiver receiver(Answer::ok("success"));
        DeskFixture fixture;
        addDestination(fixture, receiver, QStringLiteral("Ops bridge"));
        QTRY_VERIFY(hands::says(addDialog(), QStringLiteral("Received: 200 OK")));
        const QJsonObject body = QJsonDocument::fromJson(receiver.requests().first().body).object();
        QCOMPARE(body.value(QStringLiteral("id")).toString(), QStringLiteral("Test.Alert"));
        QCOMPARE(body.value(QStringLiteral("alertId")).toString(), QStringLiteral("Test.Alert"));
        QCOMPARE(body.value(QStringLiteral("title")).toString(), QStringLiteral("New Alert: This is a Test Alert"));
        QCOMPARE(body.value(QStringLiteral("severity")).toString(), QStringLiteral("INFO"));
        QCOMPARE(body.value(QStringLiteral("tags")).toArray().first().toString(), QStringLiteral("test"));
        finishSetup(fixture);
        QCOMPARE(receiver.requestCount(), 1);
    }

    // Back from the test to the settings: it is stored already, and its own name doesn't stand in its way.
    void backToConfigurationAndAgain()
    {
        ScriptedReceiver receiver(Answer::ok("success"));
        DeskFixture fixture;
        addDestination(fixture, receiver, QStringLiteral("Ops bridge"));
        click(addDialog(), "Back to Configuration");
        fill(addDialog(), "Webhook URL", receiver.url(QStringLiteral("/other")));
        click(addDialog(), "Update Destination");
        click(addDialog(), "Send Test Alert");
        QTRY_COMPARE(receiver.requestCount(), 2);
        QCOMPARE(receiver.requests().last().target, QByteArray("/other"));
        finishSetup(fixture);
    }

    void submittedAlertsArriveOnceByTheFilter()
    {
        ScriptedReceiver receiver(Answer::ok("success"));
        DeskFixture fixture;
        addDestination(fixture, receiver, QStringLiteral("Ops bridge"));
        finishSetup(fixture);
        const QStringList severities{QStringLiteral("CRITICAL"), QStringLiteral("HIGH"), QStringLiteral("MEDIUM"),
                                     QStringLiteral("LOW"), QStringLiteral("INFO")};
        QByteArray lines;
        QStringList expected{QStringLiteral("New Alert: This is a Test Alert")};
        for (int i = 0; i < 10; ++i) {
            const QString title = QStringLiteral("alert %1").arg(i);
            const QJsonObject alert = alertOf(title, severities.at(i % 5), QStringLiteral("RULE"));
            lines += QJsonDocument(alert).toJson(QJsonDocument::Compact) + '\n';
            if (i % 5 < 3) {
                expected.append(QStringLiteral("New Alert: ") + title);
            }
        }
        QProcess submit;
        submit.start(QStringLiteral(COURIER_PROGRAM), {QStringLiteral("submit"), QStringLiteral("-"),
                                                       QStringLiteral("--data-dir"), fixture.directory.path()});
        submit.write(lines);
        submit.closeWriteChannel();
        QVERIFY(submit.waitForFinished(20'000));
        QCOMPARE(submit.exitCode(), 0);
        QCOMPARE(submit.readAllStandardOutput().count('\n'), 10);
        QTRY_COMPARE(receiver.requestCount(), static_cast<int>(expected.size()));
        QTest::qWait(300); // nothing comes twice
        QStringList got = titlesOf(receiver.requests());
        got.sort();
        expected.sort();
        QCOMPARE(got, expected);
    }

    void elevenAttemptsThenResent()
    {
        ScriptedReceiver receiver(Answer::ok("success"));
        DeskFixture fixture;
        addDestination(fixture, receiver, QStringLiteral("Ops bridge"));
        finishSetup(fixture);
        setSchedule(fixture, RetrySchedule::Quick);
        receiver.setAnswer(Answer::withStatus(500, "Server Error", "no"));
        const AlertId id = acceptOne(fixture, QStringLiteral("Disk full"));
        fixture.window->showAlert(id);
        for (int attempt = 1; attempt <= 11; ++attempt) {
            QTRY_COMPARE(receiver.requestCount(), 1 + attempt);
            QTRY_VERIFY(attemptsOf(fixture, id).size() == attempt);
            fixture.advance(40s);
        }
        QTRY_COMPARE(stateOf(fixture, id), DeliveryState::Failed);
        QTest::qWait(200);
        QCOMPARE(receiver.requestCount(), 12);
        for (const Attempt &attempt : attemptsOf(fixture, id)) {
            QCOMPARE(attempt.status, 500);
        }
        QTRY_VERIFY(hands::says(fixture.window.get(), QStringLiteral("Ops bridge failed after 11 attempts")));
        auto *body =
            qobject_cast<QPlainTextEdit *>(hands::field(fixture.window.get(), QStringLiteral("Response body")));
        QVERIFY(body);
        QTRY_COMPARE(body->toPlainText(), QStringLiteral("no"));

        receiver.setAnswer(Answer::ok("ok"));
        click(&fixture.window->alertsPage().details(), "Resend");
        QTRY_COMPARE(receiver.requestCount(), 13);
        QCOMPARE(titlesOf(receiver.requests()).last(), QStringLiteral("[Re-sent]: Disk full"));
        QTRY_COMPARE(stateOf(fixture, id), DeliveryState::Delivered);
        QTRY_COMPARE(body->toPlainText(), QStringLiteral("ok"));
        QTreeView *tree = statusTree(fixture);
        QVERIFY(tree);
        QTRY_COMPARE(tree->model()->rowCount(tree->model()->index(0, 0)), 12);
        // One webhook-id over all attempts.
        QSet<QByteArray> ids;
        const QList<Request> requests = receiver.requests();
        for (const Request &request : requests.mid(1)) {
            ids.insert(request.header("webhook-id"));
        }
        QCOMPARE(ids.size(), 1);
    }

    void fiftyResentInOneGo()
    {
        ScriptedReceiver receiver(Answer::ok("success"));
        DeskFixture fixture;
        addDestination(fixture, receiver, QStringLiteral("Ops bridge"));
        finishSetup(fixture);
        Destination destination = fixture.desk->destinations().first();
        destination.maxRetries = 0;
        QVERIFY(fixture.desk->updateDestination(destination).result().has_value());
        QTRY_COMPARE(fixture.desk->destinations().first().maxRetries, 0);
        receiver.setAnswer(Answer::withStatus(500, "Server Error", "no"));
        for (int i = 0; i < 50; ++i) {
            acceptOne(fixture, QStringLiteral("failing %1").arg(i));
        }
        QTRY_COMPARE(receiver.requestCount(), 51);
        receiver.setAnswer(Answer::ok("ok"));
        fixture.window->showAlerts();
        click(fixture.window.get(), "Resend Failed");
        QTRY_VERIFY(hands::says(hands::window(QStringLiteral("Resend")),
                                QStringLiteral("Resend 50 failed deliveries to 1 destination")));
        click(hands::window(QStringLiteral("Resend")), "Resend 50 Deliveries");
        QTRY_COMPARE(receiver.requestCount(), 101);
        QTRY_VERIFY(hands::says(fixture.window.get(), QStringLiteral("Resent 50 deliveries: 50 delivered")));
        const QStringList titles = titlesOf(receiver.requests()).mid(51);
        QCOMPARE(QSet<QString>(titles.begin(), titles.end()).size(), 50);
        QVERIFY(titles.first().startsWith(QStringLiteral("[Re-sent]: failing")));
    }

private:
    static QList<Attempt> attemptsOf(DeskFixture &fixture, AlertId id)
    {
        return fixture.desk->store().read([id](Queries &queries) { return queries.attemptsOf(id); }).result();
    }

    static DeliveryState stateOf(DeskFixture &fixture, AlertId id)
    {
        return fixture.desk->store()
            .read([id](Queries &queries) { return queries.deliveriesOf(id); })
            .result()
            .first()
            .state;
    }
};

QTEST_MAIN(TestJourney)
#include "tst_journey.moc"
