// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#include "gui/desktopappearance.h"

#include <QDBusMessage>
#include <QDBusPendingCallWatcher>
#include <QDBusPendingReply>

namespace courier {

namespace {

constexpr QLatin1String service("org.freedesktop.portal.Desktop");
constexpr QLatin1String path("/org/freedesktop/portal/desktop");
constexpr QLatin1String interfaceName("org.freedesktop.portal.Settings");
constexpr QLatin1String space("org.freedesktop.appearance");
constexpr QLatin1String key("color-scheme");

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
    connect(&m_bus, &SessionBus::connected, this, &DesktopAppearance::ask);
}

void DesktopAppearance::start()
{
    m_bus.start();
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
