// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "delivery/route.h"

#include <QObject>
#include <QSslConfiguration>
#include <QSslSocket>
#include <QTimer>

#include <chrono>

namespace courier {

/// Asks why a receiver ended a connection over TLS 1.3. There a client certificate is looked at after the handshake has
/// succeeded for the client, and the alert that says what was wrong with it is lost on QNetworkAccessManager. So the
/// handshake is made once more, nothing is sent, and the alert awaited. Lives on its sender's thread.
class HandshakeProbe final : public QObject
{
    Q_OBJECT

public:
    explicit HandshakeProbe(QObject *parent);

    /// Waits for the alert for \a patience at most.
    void start(const QUrl &url, const Way &way, QSslConfiguration configuration, std::chrono::milliseconds patience);

Q_SIGNALS:
    /// Once. What the TLS library said of an alert; empty where none came.
    void done(const QString &detail);

private:
    void end(const QString &detail);

    QSslSocket m_socket;
    QTimer m_limit;
    bool m_isDone = false;
};

} // namespace courier
