// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#include "app/singleinstance.h"

#include <QDeadlineTimer>
#include <QLocalSocket>
#include <QLoggingCategory>
#include <QThread>
#include <QTimer>

namespace courier {
namespace {

Q_LOGGING_CATEGORY(lcInstance, "courier.instance")

constexpr char question[] = "raise ";
constexpr char reply[] = "ok\n";
constexpr qsizetype longestQuestion = 4096;
constexpr std::chrono::seconds questionTime{5};
constexpr std::chrono::milliseconds askAgain{50};

QByteArray activationToken()
{
    QByteArray token = qgetenv("XDG_ACTIVATION_TOKEN");
    if (token.isEmpty()) {
        token = qgetenv("DESKTOP_STARTUP_ID");
    }
    const bool fits = token.size() < longestQuestion / 2 && !token.contains('\n');
    return fits ? token : QByteArray();
}

/// One question to the first; false where nobody answers.
bool ask(const QString &path, const QDeadlineTimer &deadline)
{
    const auto left = [&deadline] { return static_cast<int>(deadline.remainingTime()); };
    QLocalSocket socket;
    socket.connectToServer(path);
    if (!socket.waitForConnected(left())) {
        return false;
    }
    socket.write(question + activationToken() + '\n');
    while (!socket.canReadLine()) {
        if (!socket.waitForReadyRead(left())) {
            return false;
        }
    }
    return socket.readLine() == reply;
}

} // namespace

SingleInstance::SingleInstance(const QString &dataDirectory, QObject *parent)
    : QObject(parent)
    , m_socketPath(dataDirectory)
{
}

SingleInstance::~SingleInstance() = default;

bool SingleInstance::listen()
{
    m_server = std::make_unique<QLocalServer>();
    m_server->setSocketOptions(QLocalServer::UserAccessOption);
    connect(m_server.get(), &QLocalServer::newConnection, this, &SingleInstance::receive);
    QLocalServer::removeServer(m_socketPath.path()); // the lock says that nobody lives there
    if (!m_server->listen(m_socketPath.path())) {
        qCWarning(lcInstance, "A second start can't raise this window: %s", qUtf8Printable(m_server->errorString()));
        return false;
    }
    return true;
}

void SingleInstance::receive()
{
    while (QLocalSocket *socket = m_server->nextPendingConnection()) {
        socket->setReadBufferSize(longestQuestion);
        connect(socket, &QLocalSocket::disconnected, socket, &QObject::deleteLater);
        connect(socket, &QLocalSocket::readyRead, this, [this, socket] { answer(*socket); });
        QTimer::singleShot(questionTime, socket, &QLocalSocket::abort);
    }
}

void SingleInstance::answer(QLocalSocket &socket)
{
    if (!socket.canReadLine()) {
        if (socket.bytesAvailable() >= longestQuestion) {
            socket.abort();
        }
        return;
    }
    QByteArray line = socket.readLine();
    line.chop(1);
    if (line.startsWith(question)) {
        socket.write(reply);
        socket.flush();
        Q_EMIT raiseRequested(line.sliced(qstrlen(question)));
    }
    socket.disconnectFromServer();
}

bool SingleInstance::raiseOther(std::chrono::milliseconds patience)
{
    const QDeadlineTimer deadline(patience);
    while (!ask(m_socketPath.path(), deadline)) {
        if (deadline.hasExpired()) {
            return false;
        }
        QThread::msleep(askAgain.count());
    }
    return true;
}

} // namespace courier
