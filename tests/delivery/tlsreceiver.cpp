// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#include "delivery/tlsreceiver.h"

#include <QSslSocket>
#include <QThread>

namespace courier::test {

TlsReceiver::TlsReceiver(const QSslConfiguration &configuration, QByteArray answer)
    : m_thread(std::make_unique<QThread>())
    , m_server(new QSslServer)
    , m_answer(std::move(answer))
{
    m_server->setSslConfiguration(configuration);
    m_server->moveToThread(m_thread.get());
    QObject::connect(m_server, &QTcpServer::pendingConnectionAvailable, m_server, [this] { onConnection(); });
    m_thread->start();
    QMetaObject::invokeMethod(
        m_server,
        [this] {
            if (!m_server->listen(QHostAddress::LocalHost)) {
                qFatal("No port to listen on");
            }
            m_port = m_server->serverPort();
        },
        Qt::BlockingQueuedConnection);
}

TlsReceiver::~TlsReceiver()
{
    m_server->deleteLater();
    m_thread->quit();
    m_thread->wait();
}

void TlsReceiver::onConnection()
{
    auto *socket = qobject_cast<QSslSocket *>(m_server->nextPendingConnection()); // the server's child
    {
        const std::lock_guard lock(m_mutex);
        m_clients.append(socket->peerCertificate());
    }
    auto bytes = std::make_shared<QByteArray>();
    const auto take = [this, socket, bytes] {
        const QByteArray got = socket->readAll();
        *bytes += got;
        const std::lock_guard lock(m_mutex);
        m_bytes += got.size();
        while (const auto request = takeRequest(*bytes)) {
            m_requests.append(*request);
            socket->write(m_answer);
        }
    };
    QObject::connect(socket, &QSslSocket::readyRead, socket, take);
    QObject::connect(socket, &QSslSocket::disconnected, socket, &QObject::deleteLater);
    take();
}

QString TlsReceiver::url(const QString &host) const
{
    return QStringLiteral("https://%1:%2/hook").arg(host).arg(m_port);
}

QList<Request> TlsReceiver::requests() const
{
    const std::lock_guard lock(m_mutex);
    return m_requests;
}

int TlsReceiver::connectionCount() const
{
    const std::lock_guard lock(m_mutex);
    return static_cast<int>(m_clients.size());
}

qsizetype TlsReceiver::bytesReceived() const
{
    const std::lock_guard lock(m_mutex);
    return m_bytes;
}

QList<QSslCertificate> TlsReceiver::clients() const
{
    const std::lock_guard lock(m_mutex);
    return m_clients;
}

} // namespace courier::test
