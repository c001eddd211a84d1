// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#include "delivery/handshakeprobe.h"

#include "delivery/tlswords.h"

#include <utility>

namespace courier {

HandshakeProbe::HandshakeProbe(QObject *parent)
    : QObject(parent)
    , m_socket(this)
    , m_limit(this)
{
    m_limit.setSingleShot(true);
    connect(&m_limit, &QTimer::timeout, this, [this] { end({}); });
    connect(&m_socket, &QSslSocket::errorOccurred, this, [this] {
        const QString detail = m_socket.errorString();
        end(isTlsAlert(detail) ? detail : QString());
    });
    connect(&m_socket, &QSslSocket::readyRead, this, [this] { end({}); });
}

// Whom we trust doesn't matter: nothing is said to whoever it is.
void HandshakeProbe::start(const QUrl &url, const Way &way, QSslConfiguration configuration,
                           std::chrono::milliseconds patience)
{
    configuration.setPeerVerifyMode(QSslSocket::VerifyNone);
    configuration.setOcspStaplingEnabled(false);
    m_socket.setSslConfiguration(configuration);
    m_socket.setProxy(way.proxy);
    m_limit.start(patience);
    const QString host = way.address.isNull() ? url.host() : way.address.toString();
    m_socket.connectToHostEncrypted(host, static_cast<quint16>(url.port(443)), url.host());
}

void HandshakeProbe::end(const QString &detail)
{
    if (!std::exchange(m_isDone, true)) {
        m_limit.stop();
        Q_EMIT done(detail);
    }
}

} // namespace courier
