// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#include "gui/sessionbus.h"

#include <QCoreApplication>
#include <QFile>
#include <QPointer>
#include <QThread>
#include <QUuid>

namespace courier {
namespace {

/// Without an address libdbus would try to start a bus of its own.
bool hasSessionBus()
{
    if (!qEnvironmentVariableIsEmpty("DBUS_SESSION_BUS_ADDRESS")) {
        return true;
    }
    const QString runtime = qEnvironmentVariable("XDG_RUNTIME_DIR");
    return !runtime.isEmpty() && QFile::exists(runtime + QStringLiteral("/bus"));
}

} // namespace

SessionBus::SessionBus(QObject *parent)
    : QObject(parent)
{
}

SessionBus::~SessionBus()
{
    if (!m_name.isEmpty()) {
        QDBusConnection::disconnectFromBus(m_name);
    }
}

void SessionBus::start()
{
    if (!hasSessionBus()) {
        Q_EMIT missing();
        return;
    }
    // Connecting waits for the bus to answer, so it happens on a thread that nobody waits for.
    const QPointer<SessionBus> self(this);
    auto *thread = QThread::create([self] {
        const QString name = QStringLiteral("courier-") + QUuid::createUuid().toString(QUuid::Id128);
        const QDBusConnection bus = QDBusConnection::connectToBus(QDBusConnection::SessionBus, name);
        QMetaObject::invokeMethod(
            QCoreApplication::instance(),
            [self, bus, name] {
                if (!self || !bus.isConnected()) {
                    QDBusConnection::disconnectFromBus(name);
                    if (self) {
                        Q_EMIT self->missing();
                    }
                    return;
                }
                self->m_name = name;
                Q_EMIT self->connected(bus);
            },
            Qt::QueuedConnection);
    });
    connect(thread, &QThread::finished, thread, &QObject::deleteLater);
    thread->start();
}

} // namespace courier
