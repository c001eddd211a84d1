// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "support/httpmessages.h"

#include <QList>
#include <QSslConfiguration>
#include <QSslServer>

#include <memory>
#include <mutex>

class QThread;

namespace courier::test {

/// A receiver over TLS that gives every request the same answer. On 127.0.0.1, on a thread of its own; all its
/// functions are thread-safe.
class TlsReceiver
{
public:
    explicit TlsReceiver(const QSslConfiguration &configuration,
                         QByteArray answer = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");
    TlsReceiver(const TlsReceiver &) = delete;
    TlsReceiver &operator=(const TlsReceiver &) = delete;
    ~TlsReceiver();

    quint16 port() const { return m_port; }
    QString url(const QString &host = QStringLiteral("127.0.0.1")) const;
    QList<Request> requests() const;
    int connectionCount() const;            ///< over which TLS came to be
    qsizetype bytesReceived() const;        ///< of requests, whole or not
    QList<QSslCertificate> clients() const; ///< that they showed, one a connection; null where none

private:
    void onConnection();

    std::unique_ptr<QThread> m_thread;
    QSslServer *m_server = nullptr; ///< lives on the thread
    quint16 m_port = 0;
    const QByteArray m_answer;

    mutable std::mutex m_mutex; ///< guards all below
    QList<Request> m_requests;
    QList<QSslCertificate> m_clients;
    qsizetype m_bytes = 0;
};

} // namespace courier::test
