// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QDBusConnection>
#include <QObject>
#include <QString>

namespace courier {

/// A connection of its owner's own to the session bus, made without anybody waiting for it. GUI thread.
class SessionBus : public QObject
{
    Q_OBJECT

public:
    explicit SessionBus(QObject *parent = nullptr);
    ~SessionBus() override;

    /// Connects on a thread of its own. Once only.
    void start();

Q_SIGNALS:
    /// It stands, until this object goes.
    void connected(const QDBusConnection &bus);
    /// There is no session bus.
    void missing();

private:
    QString m_name; ///< of the connection; empty until it stands
};

} // namespace courier
