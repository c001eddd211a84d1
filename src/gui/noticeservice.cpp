// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#include "gui/noticeservice.h"

#include <QDBusPendingCallWatcher>
#include <QLoggingCategory>

#include <utility>

namespace courier {
namespace {

Q_LOGGING_CATEGORY(lcNotices, "courier.notices")

constexpr QLatin1String service("org.freedesktop.Notifications");
constexpr QLatin1String path("/org/freedesktop/Notifications");
constexpr QLatin1String busService("org.freedesktop.DBus");
constexpr QLatin1String busPath("/org/freedesktop/DBus");
constexpr QLatin1String applicationId("alert-courier"); ///< of the desktop file, and the icon's name
constexpr uchar normalUrgency = 1;
constexpr int asTheDesktopLikes = -1; ///< how long it is shown

QDBusMessage callOf(const QString &method, const QVariantList &arguments)
{
    QDBusMessage call = QDBusMessage::createMethodCall(service, path, service, method);
    call.setArguments(arguments);
    return call;
}

} // namespace

NoticeService::NoticeService(QObject *parent)
    : QObject(parent)
{
    connect(&m_bus, &SessionBus::connected, this, &NoticeService::onConnected);
    connect(&m_bus, &SessionBus::missing, this, &NoticeService::onMissing);
}

NoticeService::~NoticeService()
{
    for (const uint id : std::as_const(m_ids)) {
        m_connection->send(callOf(QStringLiteral("CloseNotification"), {id}));
    }
}

void NoticeService::show(qint64 about, const Message &message)
{
    if (m_state == State::Missing) {
        return;
    }
    m_waiting.insert(about, message);
    if (m_state == State::Unused) {
        m_state = State::Connecting;
        m_bus.start();
    } else if (m_capabilities) {
        sendWaiting();
    } else if (m_state == State::Connected) {
        askCapabilities();
    }
}

void NoticeService::onMissing()
{
    m_state = State::Missing;
    tellSilence(QStringLiteral("there is no session bus"));
}

// Signals are taken from whoever sends them: naming the service here would mean to wait for the bus. Their sender is
// looked at when they come.
void NoticeService::onConnected(const QDBusConnection &bus)
{
    qRegisterMetaType<QDBusMessage>(); // by its name: without it the slots below are not found
    m_state = State::Connected;
    m_connection = bus;
    m_connection->connect(QString(), path, service, QStringLiteral("ActionInvoked"), this,
                          SLOT(onActionInvoked(uint, QString, QDBusMessage)));
    m_connection->connect(QString(), path, service, QStringLiteral("ActivationToken"), this,
                          SLOT(onActivationToken(uint, QString, QDBusMessage)));
    m_connection->connect(QString(), path, service, QStringLiteral("NotificationClosed"), this,
                          SLOT(onNotificationClosed(uint, uint, QDBusMessage)));
    m_connection->connect(QString(), busPath, busService, QStringLiteral("NameOwnerChanged"),
                          QStringList{QString(service)}, QString(), this,
                          SLOT(onOwnerChanged(QString, QString, QString, QDBusMessage)));
    askCapabilities();
}

void NoticeService::askCapabilities()
{
    if (std::exchange(m_isAsking, true)) {
        return;
    }
    auto *watcher =
        new QDBusPendingCallWatcher(m_connection->asyncCall(callOf(QStringLiteral("GetCapabilities"), {})), this);
    connect(watcher, &QDBusPendingCallWatcher::finished, this, [this, watcher] {
        watcher->deleteLater();
        m_isAsking = false;
        if (watcher->isError()) {
            tellSilence(watcher->error().message());
            return;
        }
        m_capabilities = watcher->reply().arguments().value(0).toStringList();
        sendWaiting();
    });
}

void NoticeService::sendWaiting()
{
    const QMap<qint64, Message> waiting = std::exchange(m_waiting, {});
    for (auto one = waiting.begin(); one != waiting.end(); ++one) {
        send(one.key(), *one);
    }
}

void NoticeService::send(qint64 about, const Message &message)
{
    QStringList actions;
    if (m_capabilities->contains(QStringLiteral("actions"))) {
        actions << QStringLiteral("default") << tr("Open") << QStringLiteral("open") << tr("Open");
        if (message.canResend) {
            actions << QStringLiteral("resend") << tr("Resend");
        }
    }
    // What others wrote is text, and never markup.
    const bool isMarkup = m_capabilities->contains(QStringLiteral("body-markup"));
    const QString body = isMarkup ? message.text.toHtmlEscaped() : message.text;
    const QVariantMap hints{{QStringLiteral("urgency"), QVariant::fromValue(normalUrgency)},
                            {QStringLiteral("desktop-entry"), QString(applicationId)}};
    const QVariantList arguments{QStringLiteral("Alert Courier"),
                                 m_ids.value(about, 0),
                                 QString(applicationId),
                                 message.title,
                                 body,
                                 actions,
                                 hints,
                                 asTheDesktopLikes};
    auto *watcher =
        new QDBusPendingCallWatcher(m_connection->asyncCall(callOf(QStringLiteral("Notify"), arguments)), this);
    connect(watcher, &QDBusPendingCallWatcher::finished, this, [this, watcher, about] {
        watcher->deleteLater();
        if (watcher->isError()) {
            tellSilence(watcher->error().message());
        } else {
            onShown(about, watcher->reply());
        }
    });
}

void NoticeService::onShown(qint64 about, const QDBusMessage &reply)
{
    if (reply.service() != m_owner) {
        m_ids.clear();
        m_owner = reply.service();
    }
    m_ids.insert(about, reply.arguments().value(0).toUInt());
}

// Another one numbers its notices anew: an old number might be that of another program's.
void NoticeService::onOwnerChanged(const QString &name, const QString &before, const QString &now,
                                   const QDBusMessage &message)
{
    Q_UNUSED(now)
    if (message.service() == busService && name == service && !before.isEmpty()) {
        forgetAll();
    }
}

void NoticeService::forgetAll()
{
    m_ids.clear();
    m_tokens.clear();
    m_owner.clear();
    m_capabilities.reset();
}

// Every program's notices are told of here; nothing where it isn't one of ours.
std::optional<qint64> NoticeService::aboutOf(uint id, const QDBusMessage &message) const
{
    for (auto one = m_ids.cbegin(); message.service() == m_owner && one != m_ids.cend(); ++one) {
        if (*one == id) {
            return one.key();
        }
    }
    return std::nullopt;
}

void NoticeService::onActivationToken(uint id, const QString &token, const QDBusMessage &message)
{
    if (aboutOf(id, message)) {
        m_tokens.insert(id, token.toUtf8());
    }
}

void NoticeService::onActionInvoked(uint id, const QString &action, const QDBusMessage &message)
{
    const std::optional<qint64> about = aboutOf(id, message);
    if (!about) {
        return;
    }
    const QByteArray token = m_tokens.take(id);
    if (action == QLatin1String("resend")) {
        Q_EMIT chosen(*about, Action::Resend, token);
    } else if (action == QLatin1String("open") || action == QLatin1String("default")) {
        Q_EMIT chosen(*about, Action::Open, token);
    }
}

void NoticeService::onNotificationClosed(uint id, uint reason, const QDBusMessage &message)
{
    Q_UNUSED(reason)
    if (const std::optional<qint64> about = aboutOf(id, message)) {
        m_ids.remove(*about);
        m_tokens.remove(id);
    }
}

// Once: it will be the same the next time.
void NoticeService::tellSilence(const QString &why)
{
    m_waiting.clear();
    if (!std::exchange(m_toldSilence, true)) {
        qCDebug(lcNotices, "The desktop shows no notices: %s", qUtf8Printable(why));
    }
}

} // namespace courier
