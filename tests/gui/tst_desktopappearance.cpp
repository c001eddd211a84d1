// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#include "gui/courierstyle.h"
#include "gui/theme.h"

#include <QApplication>
#include <QDBusConnection>
#include <QDBusVariant>
#include <QProcess>
#include <QStandardPaths>
#include <QTest>

#include <optional>

using namespace courier;

/// Stands on a bus as the desktop's settings portal.
class Portal : public QObject
{
    Q_OBJECT
    Q_CLASSINFO("D-Bus Interface", "org.freedesktop.portal.Settings")

public:
    uint scheme = 0;

    void change(uint now)
    {
        scheme = now;
        Q_EMIT SettingChanged(QStringLiteral("org.freedesktop.appearance"), QStringLiteral("color-scheme"),
                              QDBusVariant(now));
    }

public Q_SLOTS:
    QDBusVariant Read(const QString &space, const QString &key)
    {
        Q_UNUSED(space)
        Q_UNUSED(key)
        ++reads;
        // The portal wraps it twice.
        return QDBusVariant(QVariant::fromValue(QDBusVariant(scheme)));
    }

Q_SIGNALS:
    void SettingChanged(const QString &space, const QString &key, const QDBusVariant &value);

public:
    int reads = 0;
};

class TestDesktopAppearance : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();
    void cleanupTestCase();
    void systemFollowsTheDesktop();
    void aChosenAppearanceStays();
    void noBusIsNoTrouble();

private:
    QProcess m_bus;
    Portal m_portal;
};

void TestDesktopAppearance::initTestCase()
{
    const QString program = QStandardPaths::findExecutable(QStringLiteral("dbus-daemon"));
    if (program.isEmpty()) {
        QSKIP("dbus-daemon is not installed");
    }
    m_bus.start(program, {QStringLiteral("--session"), QStringLiteral("--nofork"), QStringLiteral("--print-address")});
    QVERIFY(m_bus.waitForReadyRead(10000));
    const QByteArray address = m_bus.readLine().trimmed();
    qputenv("DBUS_SESSION_BUS_ADDRESS", address);
    QDBusConnection bus = QDBusConnection::connectToBus(QString::fromLatin1(address), QStringLiteral("portal"));
    QVERIFY(bus.isConnected());
    QVERIFY(bus.registerObject(QStringLiteral("/org/freedesktop/portal/desktop"), &m_portal,
                               QDBusConnection::ExportAllSlots | QDBusConnection::ExportAllSignals));
    QVERIFY(bus.registerService(QStringLiteral("org.freedesktop.portal.Desktop")));
}

void TestDesktopAppearance::init()
{
    QApplication::setPalette(ColorTable::light().palette()); // as a program that starts on a light desktop
}

void TestDesktopAppearance::cleanupTestCase()
{
    QDBusConnection::disconnectFromBus(QStringLiteral("portal"));
    m_bus.terminate();
    m_bus.waitForFinished(5000);
}

void TestDesktopAppearance::systemFollowsTheDesktop()
{
    m_portal.scheme = 1;
    Theme theme;
    CourierStyle::install(theme);
    QVERIFY(!theme.isDark());
    theme.setAppearance(Theme::Appearance::System);
    QVERIFY(!theme.isDark()); // the answer is not waited for
    QTRY_VERIFY(theme.isDark());
    m_portal.change(2);
    QTRY_VERIFY(!theme.isDark());
    m_portal.change(1);
    QTRY_VERIFY(theme.isDark());
    m_portal.change(0); // no preference: as the program was started
    QTRY_VERIFY(!theme.isDark());
}

void TestDesktopAppearance::aChosenAppearanceStays()
{
    m_portal.scheme = 1;
    Theme theme;
    CourierStyle::install(theme);
    theme.setAppearance(Theme::Appearance::System);
    QTRY_VERIFY(theme.isDark());
    theme.setAppearance(Theme::Appearance::Light);
    QVERIFY(!theme.isDark());
    Theme follower;
    follower.setAppearance(Theme::Appearance::System);
    QTRY_VERIFY(follower.isDark());
    m_portal.change(2);
    QTRY_VERIFY(!follower.isDark());
    m_portal.change(1);
    QTRY_VERIFY(follower.isDark()); // so the signal has gone round
    QVERIFY(!theme.isDark());
}

void TestDesktopAppearance::noBusIsNoTrouble()
{
    qunsetenv("DBUS_SESSION_BUS_ADDRESS");
    qputenv("XDG_RUNTIME_DIR", "/nonexistent");
    m_portal.scheme = 1;
    Theme theme;
    CourierStyle::install(theme);
    const int before = m_portal.reads;
    theme.setAppearance(Theme::Appearance::System);
    QTest::qWait(100);
    QVERIFY(!theme.isDark());
    QCOMPARE(m_portal.reads, before);
}

QTEST_MAIN(TestDesktopAppearance)
#include "tst_desktopappearance.moc"
