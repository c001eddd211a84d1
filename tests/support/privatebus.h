// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QDBusConnection>
#include <QDir>
#include <QFile>
#include <QProcess>
#include <QStandardPaths>

namespace courier::test {

/// A session bus of the test's own, that starts no service: what is on it is what the test puts there. The environment
/// of this process names it from now on, so there is one for a process, and it is made before any bus is used.
class PrivateBus
{
public:
    /// \a directory is where its configuration and its socket are.
    explicit PrivateBus(const QString &directory)
    {
        QFile config(QDir(directory).filePath(QStringLiteral("bus.conf")));
        if (config.open(QIODevice::WriteOnly)) {
            config.write("<busconfig><type>session</type><listen>unix:dir=" + directory.toLocal8Bit() +
                         "</listen><policy context=\"default\"><allow send_destination=\"*\" eavesdrop=\"true\"/>"
                         "<allow eavesdrop=\"true\"/><allow own=\"*\"/></policy></busconfig>");
            config.close();
        }
        m_daemon.setProcessChannelMode(QProcess::ForwardedErrorChannel);
        m_daemon.start(QStringLiteral("dbus-daemon"), {QStringLiteral("--config-file=") + config.fileName(),
                                                       QStringLiteral("--nofork"), QStringLiteral("--print-address")});
        if (m_daemon.waitForReadyRead(10'000)) {
            m_address = m_daemon.readLine().trimmed();
        }
        qputenv("DBUS_SESSION_BUS_ADDRESS", m_address);
    }
    ~PrivateBus()
    {
        m_daemon.terminate();
        m_daemon.waitForFinished(10'000);
    }
    PrivateBus(const PrivateBus &) = delete;
    PrivateBus &operator=(const PrivateBus &) = delete;

    static bool isInstalled() { return !QStandardPaths::findExecutable(QStringLiteral("dbus-daemon")).isEmpty(); }
    bool isThere() const { return !m_address.isEmpty(); }

    /// A connection of its own, so that the one of the program under test isn't shared.
    QDBusConnection connection(const QString &name) const
    {
        return QDBusConnection::connectToBus(QString::fromLocal8Bit(m_address), name);
    }

private:
    QProcess m_daemon;
    QByteArray m_address;
};

} // namespace courier::test
