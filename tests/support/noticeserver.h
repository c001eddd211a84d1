// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QDBusArgument>
#include <QDBusConnection>
#include <QDBusMessage>
#include <QDBusVirtualObject>
#include <QStringList>
#include <QVariantMap>

namespace courier::test {

/// Stands on a bus as a desktop's notification service, and keeps what it is asked to show.
class NoticeServer : public QDBusVirtualObject
{
public:
    struct Shown
    {
        uint id = 0;
        QString signature;
        QString application;
        uint replaces = 0;
        QString icon;
        QString title;
        QString text;
        QStringList actions;
        QVariantMap hints;
        int timeout = 0;
    };

    /// On a connection of its own.
    explicit NoticeServer(const QDBusConnection &bus)
        : m_bus(bus)
    {
    }
    ~NoticeServer() override { vanish(); }
    NoticeServer(const NoticeServer &) = delete;
    NoticeServer &operator=(const NoticeServer &) = delete;

    [[nodiscard]] bool appear() { return m_bus.registerVirtualObject(path(), this) && m_bus.registerService(name()); }
    void vanish()
    {
        m_bus.unregisterService(name());
        m_bus.unregisterObject(path());
    }

    /// As somebody who presses one of a notice's buttons.
    void press(uint id, const QString &action, const QString &token = {})
    {
        if (!token.isEmpty()) {
            tell(QStringLiteral("ActivationToken"), {id, token});
        }
        tell(QStringLiteral("ActionInvoked"), {id, action});
        tell(QStringLiteral("NotificationClosed"), {id, closedByItsReader});
    }
    void close(uint id) { tell(QStringLiteral("NotificationClosed"), {id, closedByItsReader}); }

    QString introspect(const QString &) const override { return {}; }
    bool handleMessage(const QDBusMessage &message, const QDBusConnection &connection) override
    {
        QVariantList answer;
        const QVariantList arguments = message.arguments();
        if (message.member() == QLatin1String("GetCapabilities")) {
            ++asked;
            answer.append(capabilities);
        } else if (message.member() == QLatin1String("Notify") && arguments.size() == 8) {
            answer.append(show(message.signature(), arguments));
        } else if (message.member() == QLatin1String("CloseNotification")) {
            closed.append(arguments.constFirst().toUInt());
        } else {
            return false;
        }
        return connection.send(message.createReply(answer));
    }

    QStringList capabilities{QStringLiteral("actions"), QStringLiteral("body"), QStringLiteral("body-markup")};
    QList<Shown> shown;
    QList<uint> closed; ///< by who showed them
    int asked = 0;      ///< for its capabilities

private:
    static constexpr uint closedByItsReader = 2;

    static QString name() { return QStringLiteral("org.freedesktop.Notifications"); }
    static QString path() { return QStringLiteral("/org/freedesktop/Notifications"); }

    uint show(const QString &signature, const QVariantList &arguments)
    {
        Shown one;
        one.signature = signature;
        one.application = arguments.at(0).toString();
        one.replaces = arguments.at(1).toUInt();
        one.icon = arguments.at(2).toString();
        one.title = arguments.at(3).toString();
        one.text = arguments.at(4).toString();
        one.actions = arguments.at(5).toStringList();
        one.hints = qdbus_cast<QVariantMap>(arguments.at(6));
        one.timeout = arguments.at(7).toInt();
        one.id = one.replaces != 0 ? one.replaces : ++m_lastId;
        shown.append(one);
        return one.id;
    }
    void tell(const QString &signal, const QVariantList &arguments)
    {
        QDBusMessage message = QDBusMessage::createSignal(path(), name(), signal);
        message.setArguments(arguments);
        m_bus.send(message);
    }

    QDBusConnection m_bus;
    uint m_lastId = 40; // others were there before
};

} // namespace courier::test
