// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "gui/sessionbus.h"

#include <QDBusMessage>
#include <QHash>
#include <QMap>
#include <QObject>
#include <QStringList>

#include <optional>

namespace courier {

/// The desktop's notification service (org.freedesktop.Notifications). Nothing here waits for it; with no session bus
/// or no such service it stays silent. GUI thread.
class NoticeService : public QObject
{
    Q_OBJECT

public:
    enum class Action { Open, Resend };
    struct Message
    {
        QString title; ///< plain, as is the text
        QString text;
        bool canResend = false;
    };

    explicit NoticeService(QObject *parent = nullptr);
    /// Takes back what is shown: nobody would answer its buttons.
    ~NoticeService() override;

    /// Shows a notice in place of the last one about the same thing. \a about is the caller's number of it.
    void show(qint64 about, const Message &message);
    /// One about it was shown, and not closed since.
    bool isShown(qint64 about) const { return m_ids.contains(about); }

Q_SIGNALS:
    /// \a token is the right to come to the front, where the desktop gives it.
    void chosen(qint64 about, courier::NoticeService::Action action, const QByteArray &token);

private Q_SLOTS:
    void onActionInvoked(uint id, const QString &action, const QDBusMessage &message);
    void onActivationToken(uint id, const QString &token, const QDBusMessage &message);
    void onNotificationClosed(uint id, uint reason, const QDBusMessage &message);
    void onOwnerChanged(const QString &name, const QString &before, const QString &now, const QDBusMessage &message);

private:
    enum class State { Unused, Connecting, Connected, Missing };

    void onConnected(const QDBusConnection &bus);
    void onMissing();
    void askCapabilities();
    void sendWaiting();
    void send(qint64 about, const Message &message);
    void onShown(qint64 about, const QDBusMessage &reply);
    void forgetAll();
    void tellSilence(const QString &why);
    std::optional<qint64> aboutOf(uint id, const QDBusMessage &message) const;

    State m_state = State::Unused;
    std::optional<QDBusConnection> m_connection;
    bool m_isAsking = false;
    std::optional<QStringList> m_capabilities; ///< of the service that runs; nothing while they aren't known
    QMap<qint64, Message> m_waiting;           ///< for them
    QString m_owner;                           ///< the service's own name on the bus
    QHash<qint64, uint> m_ids;                 ///< of what is shown, by what it is about
    QHash<uint, QByteArray> m_tokens;
    bool m_toldSilence = false;
    SessionBus m_bus; ///< goes first
};

} // namespace courier
