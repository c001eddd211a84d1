// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#include "secrets/keyring.h"

#include <QDBusConnection>
#include <QDBusConnectionInterface>
#include <QDBusMessage>
#include <QDBusPendingCallWatcher>
#include <QDBusPendingReply>
#include <QDBusVariant>
#include <QTimer>

#include <qt6keychain/keychain.h>

namespace courier {
namespace {

constexpr int lookTimeoutMs = 2000;

/// What a person reads in a program that shows key rings.
QString label()
{
    return QStringLiteral("Alert Courier");
}

const QString &serviceName()
{
    static const QString name = QStringLiteral("org.freedesktop.secrets");
    return name;
}

KeyRingAnswer answerOf(const QKeychain::Job &job)
{
    using Kind = KeyRingAnswer::Kind;
    const QString detail = QStringLiteral("Key ring: error %1, %2").arg(job.error()).arg(job.errorString());
    switch (job.error()) {
    case QKeychain::NoError:
        break;
    case QKeychain::EntryNotFound:
        return {Kind::NotThere, {}, detail};
    case QKeychain::AccessDeniedByUser:
    case QKeychain::AccessDenied:
        return {Kind::Locked, {}, detail};
    case QKeychain::NoBackendAvailable:
    case QKeychain::NotImplemented:
        return {Kind::NoService, {}, detail};
    case QKeychain::CouldNotDeleteEntry:
    case QKeychain::OtherError:
        return {Kind::Failed, {}, detail};
    }
    const auto *read = qobject_cast<const QKeychain::ReadPasswordJob *>(&job);
    return {Kind::Done, read ? read->textData().toUtf8() : QByteArray(), {}};
}

/// Gives \a handle whether anybody owns the service's name, or could be started to.
void lookForService(QObject *context, std::function<void(bool)> handle)
{
    QDBusConnection bus = QDBusConnection::sessionBus();
    if (!bus.isConnected()) {
        handle(false);
        return;
    }
    const QDBusMessage start = [] {
        QDBusMessage message = QDBusMessage::createMethodCall(
            QStringLiteral("org.freedesktop.DBus"), QStringLiteral("/"), QStringLiteral("org.freedesktop.DBus"),
            QStringLiteral("StartServiceByName"));
        message << serviceName() << 0U;
        return message;
    }();
    auto *watcher = new QDBusPendingCallWatcher(bus.asyncCall(start, lookTimeoutMs), context);
    QObject::connect(watcher, &QDBusPendingCallWatcher::finished, context,
                     [handle = std::move(handle)](QDBusPendingCallWatcher *done) {
                         done->deleteLater();
                         handle(!done->isError());
                     });
}

/// Gives \a handle whether the key ring that is used by default is locked; false where it doesn't say.
void lookAtLock(QObject *context, std::function<void(bool)> handle)
{
    QDBusMessage get =
        QDBusMessage::createMethodCall(serviceName(), QStringLiteral("/org/freedesktop/secrets/aliases/default"),
                                       QStringLiteral("org.freedesktop.DBus.Properties"), QStringLiteral("Get"));
    get << QStringLiteral("org.freedesktop.Secret.Collection") << QStringLiteral("Locked");
    auto *watcher = new QDBusPendingCallWatcher(QDBusConnection::sessionBus().asyncCall(get, lookTimeoutMs), context);
    QObject::connect(watcher, &QDBusPendingCallWatcher::finished, context,
                     [handle = std::move(handle)](QDBusPendingCallWatcher *done) {
                         done->deleteLater();
                         const QDBusPendingReply<QDBusVariant> reply = *done;
                         handle(reply.isValid() && reply.value().variant().toBool());
                     });
}

} // namespace

/// One question to the key ring.
struct KeyRing::Call
{
    Handle handle;              ///< empty once it is answered
    std::function<void()> undo; ///< where it succeeds too late
    std::unique_ptr<QTimer> timer = std::make_unique<QTimer>();

    void answer(const KeyRingAnswer &given)
    {
        timer->stop();
        if (const Handle once = std::exchange(handle, {})) {
            once(given);
        }
    }
};

KeyRing::KeyRing(std::chrono::milliseconds limit, QObject *parent)
    : QObject(parent)
    , m_limit(limit)
{
}

void KeyRing::read(const QString &key, Handle handle)
{
    start(new QKeychain::ReadPasswordJob(label()), key, std::move(handle), {});
}

void KeyRing::write(const QString &key, const QByteArray &value, Handle handle)
{
    auto *job = new QKeychain::WritePasswordJob(label());
    job->setTextData(QString::fromUtf8(value));
    start(job, key, std::move(handle), [this, key] { remove(key, [](const KeyRingAnswer &) {}); });
}

void KeyRing::remove(const QString &key, Handle handle)
{
    start(new QKeychain::DeletePasswordJob(label()), key, std::move(handle), {});
}

// QtKeychain makes one call after the other: behind one that is overdue none would be made at all.
void KeyRing::start(QKeychain::Job *job, const QString &key, Handle handle, std::function<void()> undo)
{
    if (isOverdue()) {
        delete job;
        handle({KeyRingAnswer::Kind::Locked, {}, QStringLiteral("Key ring: an earlier question is still open")});
        return;
    }
    auto call = std::make_shared<Call>();
    call->handle = std::move(handle);
    call->undo = std::move(undo);
    call->timer->setSingleShot(true);
    connect(call->timer.get(), &QTimer::timeout, this, [this, call = std::weak_ptr(call)] {
        if (const auto late = call.lock()) {
            ++m_overdue;
            late->answer({KeyRingAnswer::Kind::Locked, {}, QStringLiteral("Key ring: no answer in time")});
        }
    });
    connect(job, &QKeychain::Job::finished, this, [this, call](QKeychain::Job *done) { finished(call, done); });
    call->timer->start(m_limit);
    job->setKey(key);
    job->start();
}

void KeyRing::finished(const std::shared_ptr<Call> &call, QKeychain::Job *job)
{
    const KeyRingAnswer answer = answerOf(*job);
    if (!call->handle) {
        --m_overdue;
        if (answer.kind == KeyRingAnswer::Kind::Done && call->undo) {
            call->undo();
        }
        Q_EMIT answeredLate();
        return;
    }
    call->timer->stop();
    // "Not there" is also said of a key ring whose owner didn't unlock it, "failed" where there is none.
    if (answer.kind == KeyRingAnswer::Kind::NotThere || answer.kind == KeyRingAnswer::Kind::Failed) {
        tellWhy(call, answer);
    } else {
        call->answer(answer);
    }
}

void KeyRing::tellWhy(const std::shared_ptr<Call> &call, const KeyRingAnswer &answer)
{
    lookForService(this, [this, call, answer](bool isThere) {
        if (!isThere) { // KWallet has a name of its own: what it doesn't have is not there
            const bool isFound = answer.kind == KeyRingAnswer::Kind::NotThere;
            call->answer(isFound ? answer : KeyRingAnswer{KeyRingAnswer::Kind::NoService, {}, answer.detail});
            return;
        }
        lookAtLock(this, [call, answer](bool isLocked) {
            call->answer(isLocked ? KeyRingAnswer{KeyRingAnswer::Kind::Locked, {}, answer.detail} : answer);
        });
    });
}

void KeyRing::look(std::function<void(bool)> handle)
{
    if (isOverdue()) {
        handle(false);
        return;
    }
    lookForService(this, [this, handle = std::move(handle)](bool isThere) {
        if (!isThere) {
            handle(false);
            return;
        }
        lookAtLock(this, [handle](bool isLocked) { handle(!isLocked); });
    });
}

} // namespace courier
