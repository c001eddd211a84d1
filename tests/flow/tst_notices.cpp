// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#include "flow/deskfixture.h"
#include "gui/alertdetails.h"
#include "gui/alertspage.h"
#include "gui/desktopnotices.h"
#include "gui/destinationpage.h"
#include "support/noticeserver.h"
#include "support/privatebus.h"

#include <QSignalSpy>
#include <QTemporaryDir>

#include <memory>

using namespace courier;
using namespace courier::test;
using namespace std::chrono_literals;

namespace {

/// A window whose desktop shows notices.
class Desktop
{
public:
    explicit Desktop(const PrivateBus &bus)
        : server(bus.connection(QStringLiteral("desktop")))
        , receiver(Answer::withStatus(401, "Unauthorized", "no"))
        , notices(*fixture.desk, *fixture.window)
        , failed(fixture.desk.get(), &Desk::failedForGood)
        , raised(&notices, &DesktopNotices::raiseRequested)
    {
        QSignalSpy stats(fixture.desk.get(), &Desk::statsChanged);
        const bool isReady = server.appear() && QTest::qWaitFor([&] { return fixture.desk->isSending(); }) &&
                             QTest::qWaitFor([&] { return !stats.isEmpty(); });
        if (!isReady) {
            qFatal("the desktop doesn't come up");
        }
    }

    DestinationId add(const QString &name, int retries = 0)
    {
        Destination destination;
        destination.name = name;
        destination.url = receiver.url();
        destination.maxRetries = retries;
        const DestinationId id = fixture.desk->addDestination(destination).result().value().id;
        if (!QTest::qWaitFor([&] { return fixture.desk->destination(id).has_value(); })) {
            qFatal("the desk doesn't know what was added");
        }
        return id;
    }
    AlertId accept(const QString &title)
    {
        Alert alert;
        alert.ruleId = QStringLiteral("R.1");
        alert.createdAt = QStringLiteral("2024-05-01T12:00:00Z");
        alert.severity = Severity::High;
        alert.title = title;
        return fixture.desk->accept({alert}).result().value().constFirst().id;
    }
    void wait(std::chrono::milliseconds time)
    {
        fixture.advance(time);
        notices.lookAtClock();
    }
    /// The last that was shown about \a destination, once it bears this title.
    bool shows(const QString &title)
    {
        return QTest::qWaitFor([&] {
            notices.lookAtClock(); // its news may have come in only now
            return !server.shown.isEmpty() && server.shown.constLast().title == title;
        });
    }
    void press(const QString &action, const QString &token = {})
    {
        server.press(server.shown.constLast().id, action, token);
    }
    bool showsDestination()
    {
        return QTest::qWaitFor([&] { return fixture.window->findChild<DestinationPage *>()->isVisible(); });
    }
    DeliveryState stateOf(AlertId id)
    {
        return fixture.desk->store()
            .read([id](Queries &queries) { return queries.deliveriesOf(id).value(0).state; })
            .result();
    }

    NoticeServer server;
    ScriptedReceiver receiver;
    DeskFixture fixture;
    DesktopNotices notices;
    QSignalSpy failed;
    QSignalSpy raised;
};

} // namespace

/// From a delivery that fails to the desktop's notice, and from its buttons back into the window.
class TestNotices : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        if (!PrivateBus::isInstalled()) {
            QSKIP("dbus-daemon is not installed");
        }
        m_bus = std::make_unique<PrivateBus>(m_home.path());
        QVERIFY(m_bus->isThere());
    }

    void aFailureIsToldAndOpened()
    {
        Desktop desktop(*m_bus);
        desktop.add(QStringLiteral("Ops bridge"));
        const AlertId alert = desktop.accept(QStringLiteral("<b>Disk full</b>"));
        QVERIFY(desktop.shows(QStringLiteral("A delivery to Ops bridge failed")));
        QCOMPARE(desktop.server.shown.constFirst().text,
                 QStringLiteral("&lt;b&gt;Disk full&lt;/b&gt;\n401 Unauthorized"));
        QTRY_COMPARE(desktop.failed.size(), 1);
        desktop.fixture.window->showDestination(desktop.fixture.desk->destinations().constFirst().id);
        desktop.press(QStringLiteral("open"), QStringLiteral("token-1"));
        QTRY_COMPARE(desktop.raised.size(), 1);
        QCOMPARE(desktop.raised.constFirst().constFirst().toByteArray(), QByteArray("token-1"));
        const AlertDetails &details = desktop.fixture.window->alertsPage().details();
        QTRY_VERIFY(details.isVisible());
        QCOMPARE(details.alert(), std::optional(alert));
        QCOMPARE(desktop.receiver.requestCount(), 1);
    }

    void resendIsOnePress()
    {
        Desktop desktop(*m_bus);
        desktop.add(QStringLiteral("Ops bridge"));
        const AlertId alert = desktop.accept(QStringLiteral("Disk full"));
        QVERIFY(desktop.shows(QStringLiteral("A delivery to Ops bridge failed")));
        QTRY_COMPARE(desktop.stateOf(alert), DeliveryState::Failed);
        desktop.receiver.setAnswer(Answer::ok());
        desktop.press(QStringLiteral("resend"));
        QTRY_COMPARE(desktop.receiver.requestCount(), 2);
        QVERIFY(desktop.receiver.requests().constLast().body.contains("[Re-sent]: Disk full"));
        QTRY_COMPARE(desktop.stateOf(alert), DeliveryState::Delivered);
        QVERIFY(desktop.raised.isEmpty()); // the window isn't needed for it
    }

    void whatWasResentMeanwhileIsNotResentAgain()
    {
        Desktop desktop(*m_bus);
        desktop.add(QStringLiteral("Ops bridge"));
        const AlertId alert = desktop.accept(QStringLiteral("Disk full"));
        QVERIFY(desktop.shows(QStringLiteral("A delivery to Ops bridge failed")));
        QTRY_COMPARE(desktop.stateOf(alert), DeliveryState::Failed);
        desktop.receiver.setAnswer(Answer::ok());
        const DeliveryId delivery = desktop.failed.constFirst().constFirst().value<FailedDelivery>().id;
        QCOMPARE(desktop.fixture.desk->resend({delivery}).result().value(), 1);
        QTRY_COMPARE(desktop.stateOf(alert), DeliveryState::Delivered);
        desktop.press(QStringLiteral("resend"));
        QTest::qWait(200);
        QCOMPARE(desktop.receiver.requestCount(), 2);
    }

    void manyAreOneNoticeAndAskFirst()
    {
        Desktop desktop(*m_bus);
        desktop.add(QStringLiteral("Ops bridge"));
        desktop.accept(QStringLiteral("first"));
        QVERIFY(desktop.shows(QStringLiteral("A delivery to Ops bridge failed")));
        for (const char *title : {"second", "third", "fourth"}) {
            desktop.accept(QString::fromLatin1(title));
        }
        QTRY_COMPARE(desktop.failed.size(), 4);
        desktop.wait(9min);
        QCOMPARE(desktop.server.shown.size(), 1);
        desktop.wait(1min);
        QVERIFY(desktop.shows(QStringLiteral("3 more deliveries to Ops bridge failed")));
        QCOMPARE(desktop.server.shown.size(), 2);
        QCOMPARE(desktop.server.shown.constLast().replaces, desktop.server.shown.constFirst().id);
        desktop.press(QStringLiteral("resend"));
        QTRY_VERIFY(hands::window(QStringLiteral("Resend")));
        QTRY_VERIFY(hands::button(hands::window(QStringLiteral("Resend")), QStringLiteral("Resend 4 Deliveries")));
        QCOMPARE(desktop.raised.size(), 1);
        QCOMPARE(desktop.receiver.requestCount(), 4);
        QTest::keyClick(hands::window(QStringLiteral("Resend")), Qt::Key_Escape);
        QTRY_VERIFY(!hands::window(QStringLiteral("Resend")));
    }

    void aStruggleIsToldAndItsEnd()
    {
        Desktop desktop(*m_bus);
        desktop.receiver.setAnswer(busy());
        desktop.add(QStringLiteral("Ops bridge"), 10);
        const AlertId alert = desktop.accept(QStringLiteral("Disk full"));
        QVERIFY(desktop.shows(QStringLiteral("Ops bridge struggles")));
        QCOMPARE(desktop.server.shown.constFirst().text,
                 QStringLiteral("503 Service Unavailable\nIt is tried with fewer requests at once."));
        QVERIFY(!desktop.server.shown.constFirst().actions.contains(QStringLiteral("resend")));
        desktop.press(QStringLiteral("default"));
        QVERIFY(desktop.showsDestination());
        desktop.receiver.setAnswer(Answer::ok());
        desktop.wait(10min);
        QTRY_COMPARE(desktop.stateOf(alert), DeliveryState::Delivered);
        QVERIFY(desktop.shows(QStringLiteral("Ops bridge no longer struggles")));
        QVERIFY(desktop.failed.isEmpty());
    }

    void whatTheOperatorPausedIsNotSaidToBeWell()
    {
        Desktop desktop(*m_bus);
        desktop.receiver.setAnswer(busy());
        const DestinationId id = desktop.add(QStringLiteral("Ops bridge"), 10);
        desktop.accept(QStringLiteral("Disk full"));
        QVERIFY(desktop.shows(QStringLiteral("Ops bridge struggles")));
        QSignalSpy stats(desktop.fixture.desk.get(), &Desk::statsChanged);
        QVERIFY(desktop.fixture.desk->setPaused(id, true).result().has_value());
        QTRY_VERIFY(desktop.fixture.desk->destination(id)->paused);
        const auto isStruggling = [&] {
            const auto last = stats.constLast().constFirst().value<QList<DestinationStats>>();
            return last.constFirst().isStruggling();
        };
        QTRY_VERIFY(!stats.isEmpty() && !isStruggling());
        desktop.wait(10min);
        // What comes after it, is told after it.
        desktop.receiver.setAnswer(Answer::withStatus(401, "Unauthorized"));
        desktop.add(QStringLiteral("Pager"));
        desktop.accept(QStringLiteral("Disk full again"));
        QVERIFY(desktop.shows(QStringLiteral("A delivery to Pager failed")));
        QCOMPARE(desktop.server.shown.size(), 2);
    }

    void aTestThatFailsIsNotTold()
    {
        Desktop desktop(*m_bus);
        const DestinationId id = desktop.add(QStringLiteral("Ops bridge"));
        QSignalSpy tested(desktop.fixture.desk.get(), &Desk::testFinished);
        desktop.fixture.desk->sendTest(*desktop.fixture.desk->destination(id));
        QTRY_COMPARE(tested.size(), 1);
        desktop.accept(QStringLiteral("Disk full"));
        QVERIFY(desktop.shows(QStringLiteral("A delivery to Ops bridge failed")));
        QCOMPARE(desktop.server.shown.size(), 1);
        QVERIFY(desktop.server.shown.constFirst().text.startsWith(QStringLiteral("Disk full")));
    }

private:
    static Answer busy()
    {
        Answer answer = Answer::withStatus(503, "Service Unavailable");
        answer.headers = {{"Retry-After", "60"}};
        return answer;
    }

    QTemporaryDir m_home;
    std::unique_ptr<PrivateBus> m_bus;
};

QTEST_MAIN(TestNotices)
#include "tst_notices.moc"
