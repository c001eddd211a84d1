// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "support/privatebus.h"

#include <QDBusConnectionInterface>
#include <QDBusMessage>
#include <QDBusObjectPath>
#include <QDBusReply>
#include <QDBusVariant>
#include <QDBusVirtualObject>
#include <QDeadlineTimer>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

namespace courier::test {

/// Stands where the desktop would ask for the key ring's password, and never comes back.
class SilentPrompter : public QDBusVirtualObject
{
public:
    QString introspect(const QString &) const override { return {}; }
    bool handleMessage(const QDBusMessage &message, const QDBusConnection &connection) override
    {
        ++m_asked;
        return connection.send(message.createReply());
    }
    int asked() const { return m_asked; }

private:
    int m_asked = 0;
};

/// A session of a desktop: a bus of its own and, once started, the real key ring of GNOME with a home of its own.
/// Nobody else's session or key ring is touched: the environment of this process names this one from now on, so there
/// is one for a process, and it is made before any bus is used.
class KeyRingDesktop
{
public:
    KeyRingDesktop()
    {
        for (const char *name : {"HOME", "XDG_RUNTIME_DIR"}) {
            qputenv(name, m_home.path().toLocal8Bit());
        }
        for (const char *name : {"XDG_DATA_HOME", "DISPLAY", "WAYLAND_DISPLAY", "GNOME_KEYRING_CONTROL"}) {
            qunsetenv(name);
        }
    }
    ~KeyRingDesktop() { stopKeyRing(); }
    KeyRingDesktop(const KeyRingDesktop &) = delete;
    KeyRingDesktop &operator=(const KeyRingDesktop &) = delete;

    QString home() const { return m_home.path(); }
    bool hasBus() const { return m_bus.isThere(); }

    /// The key ring, unlocked. On a busy machine one in some thousand never comes up: then another one is tried.
    [[nodiscard]] bool startKeyRing()
    {
        for (int tries = 0; tries < 3; ++tries) {
            m_keyRing.setProcessChannelMode(QProcess::MergedChannels);
            m_keyRing.start(
                QStringLiteral("gnome-keyring-daemon"),
                {QStringLiteral("--unlock"), QStringLiteral("--components=secrets"), QStringLiteral("--foreground")});
            m_keyRing.write(password);
            m_keyRing.closeWriteChannel();
            if (QTest::qWaitFor([this] { return isThere() && !isLocked(); }, 10'000)) {
                return true;
            }
            qWarning() << "The key ring did not come up:" << isThere() << m_keyRing.state() << m_keyRing.readAll();
            stopKeyRing();
        }
        return false;
    }
    void stopKeyRing()
    {
        if (m_keyRing.state() != QProcess::NotRunning) {
            m_keyRing.terminate();
            if (!m_keyRing.waitForFinished(10'000)) {
                m_keyRing.kill();
                m_keyRing.waitForFinished();
            }
        }
    }
    bool isThere() const { return bus().interface()->isServiceRegistered(QStringLiteral("org.freedesktop.secrets")); }
    bool isLocked() const
    {
        const QDBusReply<QDBusVariant> reply =
            call(QStringLiteral("/org/freedesktop/secrets/collection/login"),
                 QStringLiteral("org.freedesktop.DBus.Properties"), QStringLiteral("Get"),
                 {QStringLiteral("org.freedesktop.Secret.Collection"), QStringLiteral("Locked")});
        return !reply.isValid() || reply.value().variant().toBool();
    }
    [[nodiscard]] bool lock()
    {
        const QList<QDBusObjectPath> paths{
            QDBusObjectPath(QStringLiteral("/org/freedesktop/secrets/collection/login"))};
        call(QStringLiteral("/org/freedesktop/secrets"), QStringLiteral("org.freedesktop.Secret.Service"),
             QStringLiteral("Lock"), {QVariant::fromValue(paths)});
        return isLocked();
    }
    /// As its owner does with the password, without a prompt.
    [[nodiscard]] bool unlock()
    {
        QProcess unlocking;
        unlocking.start(QStringLiteral("/usr/bin/python3"), {QStringLiteral("-c"), unlockScript()});
        unlocking.waitForFinished(10'000);
        return QTest::qWaitFor([this] { return !isLocked(); }, 5'000);
    }
    /// From now on the key ring may ask its owner, who never answers.
    [[nodiscard]] bool ignorePrompts()
    {
        QDBusConnection connection = bus();
        return connection.registerVirtualObject(QStringLiteral("/org/gnome/keyring/Prompter"), &m_prompter) &&
               connection.registerService(QStringLiteral("org.gnome.keyring.SystemPrompter"));
    }
    void heedNoPrompts() { bus().unregisterService(QStringLiteral("org.gnome.keyring.SystemPrompter")); }
    int prompts() const { return m_prompter.asked(); }

    /// Every item of the key ring, as `busctl` prints it.
    QByteArray items() const
    {
        QProcess listing;
        listing.start(QStringLiteral("gdbus"),
                      {QStringLiteral("call"), QStringLiteral("--session"), QStringLiteral("-d"),
                       QStringLiteral("org.freedesktop.secrets"), QStringLiteral("-o"),
                       QStringLiteral("/org/freedesktop/secrets/collection/login"), QStringLiteral("-m"),
                       QStringLiteral("org.freedesktop.DBus.Properties.Get"),
                       QStringLiteral("org.freedesktop.Secret.Collection"), QStringLiteral("Items")});
        listing.waitForFinished(10'000);
        return listing.readAllStandardOutput();
    }
    qsizetype itemCount() const { return items().count("/org/freedesktop/secrets/collection/login/"); }

private:
    static constexpr const char *password = "the test's password";

    QDBusConnection bus() const { return m_bus.connection(QStringLiteral("desktop")); }
    QDBusMessage call(const QString &path, const QString &interface, const QString &method,
                      const QVariantList &arguments) const
    {
        QDBusMessage message =
            QDBusMessage::createMethodCall(QStringLiteral("org.freedesktop.secrets"), path, interface, method);
        message.setArguments(arguments);
        return bus().call(message, QDBus::Block, 5'000);
    }
    static QString unlockScript()
    {
        return QStringLiteral(
                   "from gi.repository import Gio, GLib\n"
                   "bus = Gio.bus_get_sync(Gio.BusType.SESSION)\n"
                   "def call(interface, method, arguments):\n"
                   "    return bus.call_sync('org.freedesktop.secrets', '/org/freedesktop/secrets', interface, "
                   "method,\n"
                   "                         arguments, None, 0, 5000, None)\n"
                   "session = call('org.freedesktop.Secret.Service', 'OpenSession',\n"
                   "               GLib.Variant('(sv)', ('plain', GLib.Variant('s', '')))).unpack()[1]\n"
                   "call('org.gnome.keyring.InternalUnsupportedGuiltRiddenInterface', 'UnlockWithMasterPassword',\n"
                   "     GLib.Variant('(o(oayays))', ('/org/freedesktop/secrets/collection/login',\n"
                   "                  (session, b'', b\"%1\", 'text/plain'))))\n")
            .arg(QLatin1String(password));
    }

    QTemporaryDir m_home;
    PrivateBus m_bus{m_home.path()};
    QProcess m_keyRing;
    SilentPrompter m_prompter;
};

} // namespace courier::test
