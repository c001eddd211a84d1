// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "gui/sessionbus.h"

#include <QDBusVariant>
#include <QObject>
#include <QString>

#include <optional>

namespace courier {

/// Asks the desktop whether it is light or dark, and follows its changes: `color-scheme` of
/// org.freedesktop.portal.Settings (XDG Desktop Portal). All of it in the background; with no session bus or no portal
/// it just stays silent. GUI thread.
class DesktopAppearance : public QObject
{
    Q_OBJECT

public:
    explicit DesktopAppearance(QObject *parent = nullptr);

    /// Connects to the session bus on a thread of its own, then asks.
    void start();

Q_SIGNALS:
    /// The desktop's wish; nothing where it has no preference.
    void darkChanged(std::optional<bool> isDark);

private Q_SLOTS:
    void settingChanged(const QString &space, const QString &key, const QDBusVariant &value);

private:
    void ask(const QDBusConnection &bus);

    SessionBus m_bus;
};

} // namespace courier
