// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#include "secrets/keyring.h"

#include <QDBusConnection>
#include <QDBusConnectionInterface>
#include <QDBusMessage>
#include <QDBusPendingCallWatcher>
#include <QDBusPendingReply>
#include <QDBusVariant>
#include <QLibrary>
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

using Handle = std::function<void(const QDBusMessage &)>;

/// Asks the session's bus itself; \a handle gets its answer, or an error.
void askBus(QObject *context, const QString &method, const QVariantList &arguments, Handle handle)
{
    QDBusMessage question = QDBusMessage::createMethodCall(QStringLiteral("org.freedesktop.DBus"), QStringLiteral("/"),
                                                           QStringLiteral("org.freedesktop.DBus"), method);
    question.setArguments(arguments);
    auto *watcher =
        new QDBusPendingCallWatcher(QDBusConnection::sessionBus().asyncCall(question, lookTimeoutMs), context);
    QObject::connect(watcher, &QDBusPendingCallWatcher::finished, context,
                     [handle = std::move(handle)](QDBusPendingCallWatcher *done) {
                         done->deleteLater();
                         handle(done->reply());
                     });
}

/// Gives \a handle whether anybody owns the service's name, or could be started to.
void lookForService(QObject *context, std::function<void(bool)> handle)
{
    if (!QDBusConnection::sessionBus().isConnected()) { // it would never answer
        handle(false);
        return;
    }
    askBus(context, QStringLiteral("NameHasOwner"), {serviceName()},
           [context, handle = std::move(handle)](const QDBusMessage &owner) {
               if (owner.arguments().value(0).toBool()) {
                   handle(true);
                   return;
               }
               askBus(context, QStringLiteral("StartServiceByName"), {serviceName(), 0U},
                      [handle](const QDBusMessage &start) { handle(start.type() == QDBusMessage::ReplyMessage); });
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

/// libsecret keeps to the session it had with a key ring, also when that one has ended and another has begun, which
/// then refuses all. It is told to begin anew. (QtKeychain loads the library in the same way.)
void forgetSession()
{
    using Disconnect = void (*)();
    if (const auto disconnect = reinterpret_cast<Disconnect>( // NOLINT: what a library gives is a pointer to nothing
            QLibrary::resolve(QStringLiteral("secret-1"), 0, "secret_service_disconnect"))) {
        disconnect();
    }
}

} // namespace

/// One question to the key ring.
struct KeyRing::Call
{
    QString key;
    MakeJob make;
    Handle handle;              ///< empty once it is answered
    std::function<void()> undo; ///< where it succeeds too late
    bool isSecondTime = false;
    QTimer timer;

    void answer(const KeyRingAnswer &given)
    {
        timer.stop();
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
    start(key, [] { return new QKeychain::ReadPasswordJob(label()); }, std::move(handle), {});
}

void KeyRing::write(const QString &key, const QByteArray &value, Handle handle)
{
    const auto make = [value] {
        auto *job = new QKeychain::WritePasswordJob(label());
        job->setTextData(QString::fromUtf8(value));
        return job;
    };
    start(key, make, std::move(handle), [this, key] { remove(key, [](const KeyRingAnswer &) {}); });
}

void KeyRing::remove(const QString &key, Handle handle)
{
    start(key, [] { return new QKeychain::DeletePasswordJob(label()); }, std::move(handle), {});
}

// QtKeychain makes one call after the other: behind one that is overdue none would be made at all.
void KeyRing::start(const QString &key, MakeJob make, Handle handle, std::function<void()> undo)
{
    if (isOverdue()) {
        handle({KeyRingAnswer::Kind::Locked, {}, QStringLiteral("Key ring: an earlier question is still open")});
        return;
    }
    auto call = std::make_shared<Call>();
    call->key = key;
    call->make = std::move(make);
    call->handle = std::move(handle);
    call->undo = std::move(undo);
    call->timer.setSingleShot(true);
    connect(&call->timer, &QTimer::timeout, this, [this, weak = std::weak_ptr(call)] {
        if (const auto late = weak.lock()) {
            ++m_overdue;
            late->answer({KeyRingAnswer::Kind::Locked, {}, QStringLiteral("Key ring: no answer in time")});
        }
    });
    ask(call);
}

void KeyRing::ask(const std::shared_ptr<Call> &call)
{
    QKeychain::Job *job = call->make();
    connect(job, &QKeychain::Job::finished, this, [this, call](QKeychain::Job *done) { finished(call, done); });
    call->timer.start(m_limit);
    job->setKey(call->key);
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
    call->timer.stop();
    // "Not there" is also said of a key ring whose owner didn't unlock it, "failed" where there is none.
    if (answer.kind == KeyRingAnswer::Kind::NotThere || answer.kind == KeyRingAnswer::Kind::Failed) {
        tellWhy(call, answer);
    } else {
        call->answer(answer);
    }
}

void KeyRing::tellWhy(const std::shared_ptr<Call> &call, const KeyRingAnswer &answer)
{
    const bool isFailed = answer.kind == KeyRingAnswer::Kind::Failed;
    lookForService(this, [this, call, answer, isFailed](bool isThere) {
        if (!isThere) { // KWallet has a name of its own: what it doesn't have is not there
            call->answer(isFailed ? KeyRingAnswer{KeyRingAnswer::Kind::NoService, {}, answer.detail} : answer);
            return;
        }
        lookAtLock(this, [this, call, answer, isFailed](bool isLocked) {
            if (isLocked) {
                call->answer({KeyRingAnswer::Kind::Locked, {}, answer.detail});
            } else if (isFailed && !std::exchange(call->isSecondTime, true)) {
                forgetSession();
                ask(call);
            } else {
                call->answer(answer);
            }
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
