// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#include "gui/desktopappearance.h"

#include <QCoreApplication>
#include <QDBusMessage>
#include <QDBusPendingCallWatcher>
#include <QDBusPendingReply>
#include <QFile>
#include <QPointer>
#include <QThread>
#include <QUuid>

namespace courier {

namespace {

constexpr QLatin1String service("org.freedesktop.portal.Desktop");
constexpr QLatin1String path("/org/freedesktop/portal/desktop");
constexpr QLatin1String interfaceName("org.freedesktop.portal.Settings");
constexpr QLatin1String space("org.freedesktop.appearance");
constexpr QLatin1String key("color-scheme");

/// Without an address libdbus would try to start a bus of its own.
bool hasSessionBus()
{
    if (!qEnvironmentVariableIsEmpty("DBUS_SESSION_BUS_ADDRESS")) {
        return true;
    }
    const QString runtime = qEnvironmentVariable("XDG_RUNTIME_DIR");
    return !runtime.isEmpty() && QFile::exists(runtime + QStringLiteral("/bus"));
}

/// The portal's Read() wraps its value twice; 1 is dark, 2 is light, all else no preference.
std::optional<bool> darkFrom(QVariant value)
{
    while (value.canConvert<QDBusVariant>()) {
        value = value.value<QDBusVariant>().variant();
    }
    switch (value.toUInt()) {
    case 1:
        return true;
    case 2:
        return false;
    default:
        return {};
    }
}

} // namespace

DesktopAppearance::DesktopAppearance(QObject *parent)
    : QObject(parent)
{
}

DesktopAppearance::~DesktopAppearance()
{
    if (!m_busName.isEmpty()) {
        QDBusConnection::disconnectFromBus(m_busName);
    }
}

void DesktopAppearance::start()
{
    if (!hasSessionBus()) {
        return;
    }
    // Connecting waits for the bus to answer, so it happens on a thread that nobody waits for.
    const QPointer<DesktopAppearance> self(this);
    auto *thread = QThread::create([self] {
        const QString name = QStringLiteral("courier-") + QUuid::createUuid().toString(QUuid::Id128);
        const QDBusConnection bus = QDBusConnection::connectToBus(QDBusConnection::SessionBus, name);
        QMetaObject::invokeMethod(
            qApp,
            [self, bus, name] {
                if (!self || !bus.isConnected()) {
                    QDBusConnection::disconnectFromBus(name);
                    return;
                }
                self->m_busName = name;
                self->ask(bus);
            },
            Qt::QueuedConnection);
    });
    connect(thread, &QThread::finished, thread, &QObject::deleteLater);
    thread->start();
}

void DesktopAppearance::ask(const QDBusConnection &bus)
{
    qRegisterMetaType<QDBusVariant>(); // by its name: without it the slot below is not found
    QDBusConnection(bus).connect(service, path, interfaceName, QStringLiteral("SettingChanged"), this,
                                 SLOT(settingChanged(QString, QString, QDBusVariant)));
    QDBusMessage call = QDBusMessage::createMethodCall(service, path, interfaceName, QStringLiteral("Read"));
    call.setArguments({QString(space), QString(key)});
    auto *watcher = new QDBusPendingCallWatcher(bus.asyncCall(call), this);
    connect(watcher, &QDBusPendingCallWatcher::finished, this, [this, watcher] {
        watcher->deleteLater();
        const QDBusPendingReply<QDBusVariant> reply = *watcher;
        if (!reply.isError()) {
            Q_EMIT darkChanged(darkFrom(QVariant::fromValue(reply.value())));
        }
    });
}

void DesktopAppearance::settingChanged(const QString &changedSpace, const QString &changedKey,
                                       const QDBusVariant &value)
{
    if (changedSpace == space && changedKey == key) {
        Q_EMIT darkChanged(darkFrom(QVariant::fromValue(value)));
    }
}

} // namespace courier
