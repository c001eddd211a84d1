// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#include "app/singleinstance.h"

#include <QCryptographicHash>
#include <QDir>
#include <QLocalSocket>
#include <QLoggingCategory>
#include <QStandardPaths>

namespace courier {
namespace {

Q_LOGGING_CATEGORY(lcInstance, "courier.instance")

constexpr int waitMs = 2000;
const QByteArray question = QByteArrayLiteral("raise ");
const QByteArray reply = QByteArrayLiteral("ok\n");

// A socket's path has room for 107 bytes only, a data directory's may be longer: so a short name made from it, in the
// user's runtime directory.
QString socketPathFor(const QString &dataDirectory)
{
    const QByteArray mark = QCryptographicHash::hash(dataDirectory.toUtf8(), QCryptographicHash::Sha256).toHex();
    QString place = qEnvironmentVariable("XDG_RUNTIME_DIR");
    if (place.isEmpty() || !QDir(place).exists()) {
        place = QDir::tempPath();
    }
    return place + QLatin1String("/alert-courier-") + QString::fromLatin1(mark.left(16));
}

QByteArray activationToken()
{
    const QByteArray token = qgetenv("XDG_ACTIVATION_TOKEN");
    return token.isEmpty() ? qgetenv("DESKTOP_STARTUP_ID") : token;
}

} // namespace

SingleInstance::SingleInstance(const QString &dataDirectory, QObject *parent)
    : QObject(parent)
    , m_socketPath(socketPathFor(dataDirectory))
{
}

SingleInstance::~SingleInstance() = default;

bool SingleInstance::listen()
{
    m_server = std::make_unique<QLocalServer>();
    m_server->setSocketOptions(QLocalServer::UserAccessOption);
    connect(m_server.get(), &QLocalServer::newConnection, this, &SingleInstance::answer);
    QLocalServer::removeServer(m_socketPath); // the lock says that nobody lives there
    if (!m_server->listen(m_socketPath)) {
        qCWarning(lcInstance, "A second start can't raise this window: %s", qUtf8Printable(m_server->errorString()));
        return false;
    }
    return true;
}

void SingleInstance::answer()
{
    QLocalSocket *socket = m_server->nextPendingConnection();
    connect(socket, &QLocalSocket::disconnected, socket, &QObject::deleteLater);
    connect(socket, &QLocalSocket::readyRead, this, [this, socket] {
        if (!socket->canReadLine()) {
            return;
        }
        const QByteArray line = socket->readLine().trimmed();
        if (line.startsWith(question.trimmed())) {
            socket->write(reply);
            socket->flush();
            Q_EMIT raiseRequested(line.mid(question.size()));
        }
        socket->disconnectFromServer();
    });
}

bool SingleInstance::raiseOther()
{
    QLocalSocket socket;
    socket.connectToServer(m_socketPath);
    if (!socket.waitForConnected(waitMs)) {
        return false;
    }
    socket.write(question + activationToken() + '\n');
    while (!socket.canReadLine()) {
        if (!socket.waitForReadyRead(waitMs)) {
            return false;
        }
    }
    return socket.readLine() == reply;
}

} // namespace courier
