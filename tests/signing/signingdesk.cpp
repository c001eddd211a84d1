// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#include "delivery/signature.h"
#include "desk/desk.h"

#include <QCoreApplication>
#include <QFutureWatcher>

#include <cstdio>
#include <memory>

using namespace courier;

namespace {

template<typename T>
T awaited(const QFuture<Result<T>> &future)
{
    QFutureWatcher<Result<T>> watcher;
    QEventLoop loop;
    QObject::connect(&watcher, &QFutureWatcherBase::finished, &loop, &QEventLoop::quit);
    watcher.setFuture(future);
    if (!future.isFinished()) {
        loop.exec();
    }
    const Result<T> result = future.result();
    if (!result) {
        qFatal("%s", qPrintable(result.error().message));
    }
    if constexpr (!std::is_void_v<T>) {
        return *result;
    }
}

SigningScheme schemeOf(const QString &word)
{
    for (const SigningScheme scheme : {SigningScheme::StandardHmac, SigningScheme::StandardEd25519}) {
        if (keyword(scheme) == word) {
            return scheme;
        }
    }
    qFatal("No such scheme: %s", qPrintable(word));
}

SecretChanges signingSecret(const QByteArray &secret)
{
    SecretChanges changes;
    changes.values.insert(SecretKind::SigningSecret, secret);
    return changes;
}

} // namespace

// signingdesk DATA-DIR add NAME URL SCHEME: adds a destination that signs with a new secret.
// signingdesk DATA-DIR rotate NAME HOURS: gives it another one; the secret before goes on signing for so long.
// Both do what the window does, beside the program that sends, and print the secret, or the public key.
int main(int argc, char **argv)
{
    const QCoreApplication application(argc, argv);
    const QStringList arguments = QCoreApplication::arguments();
    const SystemClock clock;
    auto desk = Desk::open(arguments.value(1), clock);
    if (!desk) {
        qFatal("%s", qPrintable(desk.error().message));
    }
    awaited((*desk)->secrets().allowPrivateFile());
    Destination destination;
    const QString name = arguments.value(3);
    const bool isNew = arguments.value(2) == QLatin1String("add");
    if (isNew) {
        destination.name = name;
        destination.url = arguments.value(4);
        destination.severities = SeveritySet::all();
        destination.schedule = RetrySchedule::Quick;
        destination.security.signing.scheme = schemeOf(arguments.value(5));
    } else {
        for (const Destination &one : (*desk)->destinations()) {
            if (one.name == name) {
                destination = one;
            }
        }
        destination.security.signing.overlapHours = arguments.value(4).toInt();
    }
    const SigningScheme scheme = destination.security.signing.scheme;
    const QByteArray secret = newSigningSecret(scheme);
    awaited(isNew ? (*desk)->addDestination(destination, signingSecret(secret))
                  : (*desk)->updateDestination(destination, signingSecret(secret)));
    const QByteArray told = scheme == SigningScheme::StandardEd25519 ? signingPublicKey(secret).value() : secret;
    std::puts(told.constData());
    return 0;
}
