// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#include "gui/noticeservice.h"
#include "support/noticeserver.h"
#include "support/privatebus.h"

#include <QDBusConnectionInterface>
#include <QLoggingCategory>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#include <memory>

using namespace courier;
using namespace courier::test;

namespace {

int linesOfLog = 0;

void countLines(QtMsgType, const QMessageLogContext &context, const QString &)
{
    if (qstrcmp(context.category, "courier.notices") == 0) {
        ++linesOfLog;
    }
}

NoticeService::Message messageOf(const QString &title, bool canResend = false)
{
    return {title, QStringLiteral("text"), canResend};
}

} // namespace

/// What is said to the desktop's notification service, and heard from it.
class TestNoticeService : public QObject
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
        QLoggingCategory::setFilterRules(QStringLiteral("courier.*.debug=true"));
    }

    void init()
    {
        m_server = std::make_unique<NoticeServer>(m_bus->connection(QStringLiteral("desktop")));
        QVERIFY(m_server->appear());
    }

    void cleanup() { m_server.reset(); }

    void asksForAllOfIt()
    {
        NoticeService service;
        service.show(7, messageOf(QStringLiteral("A delivery to Ops failed"), true));
        QVERIFY(m_server->shown.isEmpty()); // nobody waited for it
        QTRY_COMPARE(m_server->shown.size(), 1);
        const NoticeServer::Shown shown = m_server->shown.constFirst();
        QCOMPARE(shown.signature, QStringLiteral("susssasa{sv}i"));
        QCOMPARE(shown.application, QStringLiteral("Alert Courier"));
        QCOMPARE(shown.replaces, 0U);
        QCOMPARE(shown.icon, QStringLiteral("alert-courier"));
        QCOMPARE(shown.title, QStringLiteral("A delivery to Ops failed"));
        QCOMPARE(shown.text, QStringLiteral("text"));
        const QStringList actions{QStringLiteral("default"), QStringLiteral("Open"),   QStringLiteral("open"),
                                  QStringLiteral("Open"),    QStringLiteral("resend"), QStringLiteral("Resend")};
        QCOMPARE(shown.actions, actions);
        QCOMPARE(shown.hints.value(QStringLiteral("desktop-entry")).toString(), QStringLiteral("alert-courier"));
        const QVariant urgency = shown.hints.value(QStringLiteral("urgency"));
        QCOMPARE(urgency.typeId(), static_cast<int>(QMetaType::UChar));
        QCOMPARE(urgency.toInt(), 1);
        QCOMPARE(shown.timeout, -1);
        service.show(8, messageOf(QStringLiteral("Ops struggles")));
        QTRY_COMPARE(m_server->shown.size(), 2);
        QCOMPARE(m_server->shown.constLast().actions, actions.first(4));
        QCOMPARE(m_server->asked, 1);
    }

    void whatOthersWroteIsText()
    {
        const QString text = QStringLiteral("<b>Disk</b> & \"more\"");
        NoticeService service;
        service.show(1, {QStringLiteral("a"), text, false});
        QTRY_COMPARE(m_server->shown.size(), 1);
        QCOMPARE(m_server->shown.constFirst().text, text.toHtmlEscaped());
    }

    void isNotEscapedWhereThereIsNoMarkup()
    {
        m_server->capabilities = {QStringLiteral("body")};
        const QString text = QStringLiteral("<b>Disk</b> & \"more\"");
        NoticeService service;
        service.show(1, {QStringLiteral("a"), text, true});
        QTRY_COMPARE(m_server->shown.size(), 1);
        QCOMPARE(m_server->shown.constFirst().text, text);
        QCOMPARE(m_server->shown.constFirst().actions, QStringList()); // nor has it buttons
    }

    void aLaterOneTakesThePlace()
    {
        NoticeService service;
        service.show(1, messageOf(QStringLiteral("first")));
        QTRY_COMPARE(m_server->shown.size(), 1);
        const uint id = m_server->shown.constFirst().id;
        QTRY_VERIFY(service.isShown(1));
        service.show(1, messageOf(QStringLiteral("second")));
        service.show(2, messageOf(QStringLiteral("other")));
        QTRY_COMPARE(m_server->shown.size(), 3);
        QCOMPARE(m_server->shown.at(1).replaces, id);
        QCOMPARE(m_server->shown.at(2).replaces, 0U);
        m_server->close(id);
        QTRY_VERIFY(!service.isShown(1));
        service.show(1, messageOf(QStringLiteral("third")));
        QTRY_COMPARE(m_server->shown.size(), 4);
        QCOMPARE(m_server->shown.constLast().replaces, 0U);
    }

    void tellsWhatWasPressed_data()
    {
        QTest::addColumn<QString>("action");
        QTest::addColumn<NoticeService::Action>("told");
        QTest::newRow("the notice itself") << QStringLiteral("default") << NoticeService::Action::Open;
        QTest::newRow("Open") << QStringLiteral("open") << NoticeService::Action::Open;
        QTest::newRow("Resend") << QStringLiteral("resend") << NoticeService::Action::Resend;
    }

    void tellsWhatWasPressed()
    {
        QFETCH(QString, action);
        QFETCH(NoticeService::Action, told);
        NoticeService service;
        QSignalSpy chosen(&service, &NoticeService::chosen);
        service.show(7, messageOf(QStringLiteral("a"), true));
        QTRY_COMPARE(m_server->shown.size(), 1);
        QTRY_VERIFY(service.isShown(7));
        m_server->press(m_server->shown.constFirst().id, action, QStringLiteral("token-1"));
        QTRY_COMPARE(chosen.size(), 1);
        QCOMPARE(chosen.constFirst().at(0).toLongLong(), 7);
        QCOMPARE(chosen.constFirst().at(1).value<NoticeService::Action>(), told);
        QCOMPARE(chosen.constFirst().at(2).toByteArray(), QByteArray("token-1"));
    }

    void hearsOfItsOwnOnly()
    {
        NoticeService service;
        QSignalSpy chosen(&service, &NoticeService::chosen);
        service.show(7, messageOf(QStringLiteral("a"), true));
        QTRY_COMPARE(m_server->shown.size(), 1);
        QTRY_VERIFY(service.isShown(7));
        const uint id = m_server->shown.constFirst().id;
        // Somebody who isn't the service; when the bus has answered, what was said before has gone round.
        QDBusConnection other = m_bus->connection(QStringLiteral("other"));
        NoticeServer(other).press(id, QStringLiteral("resend"));
        QVERIFY(other.interface()->isServiceRegistered(QStringLiteral("org.freedesktop.Notifications")));
        QDBusConnection::disconnectFromBus(QStringLiteral("other"));
        m_server->press(id + 1, QStringLiteral("resend")); // another program's notice
        m_server->press(id, QStringLiteral("open"));
        QTRY_COMPARE(chosen.size(), 1);
        QCOMPARE(chosen.constFirst().at(1).value<NoticeService::Action>(), NoticeService::Action::Open);
    }

    void anotherServiceNumbersAnew()
    {
        NoticeService service;
        service.show(1, messageOf(QStringLiteral("first")));
        QTRY_COMPARE(m_server->shown.size(), 1);
        QTRY_VERIFY(service.isShown(1));
        m_server->vanish();
        m_server->capabilities = {QStringLiteral("body")};
        QVERIFY(m_server->appear());
        QTRY_VERIFY(!service.isShown(1));
        service.show(1, messageOf(QStringLiteral("second")));
        QTRY_COMPARE(m_server->shown.size(), 2);
        QCOMPARE(m_server->shown.constLast().replaces, 0U);
        QCOMPARE(m_server->shown.constLast().actions, QStringList());
        QCOMPARE(m_server->asked, 2);
    }

    void takesBackWhatIsShown()
    {
        {
            NoticeService service;
            service.show(1, messageOf(QStringLiteral("a")));
            QTRY_COMPARE(m_server->shown.size(), 1);
            QTRY_VERIFY(service.isShown(1));
        }
        QTRY_COMPARE(m_server->closed, QList<uint>{m_server->shown.constFirst().id});
    }

    void noServiceIsNoTrouble()
    {
        m_server->vanish();
        linesOfLog = 0;
        const QtMessageHandler before = qInstallMessageHandler(countLines);
        NoticeService service;
        service.show(1, messageOf(QStringLiteral("nobody shows it")));
        const bool isTold = QTest::qWaitFor([] { return linesOfLog == 1; });
        service.show(1, messageOf(QStringLiteral("nor this one")));
        QTest::qWait(100);
        qInstallMessageHandler(before);
        QVERIFY(isTold);
        QCOMPARE(linesOfLog, 1);
        // It may come later.
        QVERIFY(m_server->appear());
        service.show(1, messageOf(QStringLiteral("at last")));
        QTRY_COMPARE(m_server->shown.size(), 1);
        QCOMPARE(m_server->shown.constFirst().title, QStringLiteral("at last"));
    }

    // The last: there is no way back to the bus.
    void noBusIsNoTrouble()
    {
        qunsetenv("DBUS_SESSION_BUS_ADDRESS");
        qputenv("XDG_RUNTIME_DIR", "/nonexistent");
        linesOfLog = 0;
        const QtMessageHandler before = qInstallMessageHandler(countLines);
        {
            NoticeService service;
            service.show(1, messageOf(QStringLiteral("a")));
            service.show(2, messageOf(QStringLiteral("b")));
            QTest::qWait(50);
        }
        qInstallMessageHandler(before);
        QCOMPARE(linesOfLog, 1);
        QVERIFY(m_server->shown.isEmpty());
    }

private:
    QTemporaryDir m_home;
    std::unique_ptr<PrivateBus> m_bus;
    std::unique_ptr<NoticeServer> m_server;
};

QTEST_GUILESS_MAIN(TestNoticeService)
#include "tst_noticeservice.moc"
