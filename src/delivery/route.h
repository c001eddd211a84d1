// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "domain/destination.h"
#include "domain/error.h"
#include "domain/secrets.h"

#include <QByteArray>
#include <QHostAddress>
#include <QNetworkProxy>
#include <QNetworkRequest>
#include <QSslConfiguration>
#include <QString>
#include <QUrl>

#include <optional>

namespace courier {

/// How one address of a destination is reached: whom we trust there, who we say we are, and by what rule the way is
/// found. Worked out once; a value, for any thread.
class TargetRoute
{
public:
    /// As a target of the destination itself, or of its token endpoint: what is pinned is the receiver's certificate.
    enum class End { Receiver, TokenEndpoint };

    /// Error::Kind::Damaged where a certificate or key can't be used, NotFound where the client's key isn't there.
    static Result<TargetRoute> make(const QUrl &url, End end, const DestinationSecurity &security,
                                    const DestinationSecrets &secrets);

    const QUrl &url() const { return m_url; }
    bool isTls() const { return m_isTls; }
    /// Over TLS: only the certificate of this SHA-256 is taken; empty where any is that is in order.
    const QByteArray &pinnedSha256() const { return m_pinnedSha256; }
    const ProxySettings &proxy() const { return m_proxy; }
    /// The proxy of the destination's own; of type NoProxy where it has none.
    QNetworkProxy ownProxy() const;
    /// By name or by number, this computer.
    bool isLoopback() const { return m_isLoopback; }
    /// There is nothing to find out: straight to the address, over plain or the system's TLS.
    bool isDirect() const { return m_proxy.kind == ProxyKind::None || (m_isLoopback && !hasOwnProxy()); }
    bool hasOwnProxy() const { return m_proxy.kind == ProxyKind::Http || m_proxy.kind == ProxyKind::Socks5; }
    /// Routes of different keys must not share a connection; empty where nothing is out of the ordinary.
    const QByteArray &trustKey() const { return m_trustKey; }
    /// Gives \a request its trust.
    void applyTo(QNetworkRequest &request) const;

private:
    TargetRoute() = default;
    Result<void> setTls(const TlsSettings &tls, End end, const DestinationSecrets &secrets);

    QUrl m_url;
    bool m_isTls = false;
    bool m_isLoopback = false;
    ProxySettings m_proxy;
    QString m_proxyPassword;
    QByteArray m_pinnedSha256;
    std::optional<QSslConfiguration> m_tls;
    QByteArray m_trustKey;
};

/// The way that was found for one request.
struct Way
{
    QNetworkProxy proxy{QNetworkProxy::NoProxy};
    QHostAddress address; ///< connect there and nowhere else; null: wherever the name leads
};

/// "http://127.0.0.1:9000".
QString originOf(const QUrl &url);
/// Requests to \a origin by ways of the same key share connections.
QString connectionKey(const QString &origin, const Way &way);
/// Between us and a plain receiver stands a proxy of HTTP, which reads the request and may answer in its place.
bool isForwarded(const TargetRoute &route, const Way &way);
/// Sends \a request the way: to its address while the receiver is still called by its name, and with what a proxy that
/// forwards it asks for. Where it tunnels, Qt says that to the proxy alone.
void direct(QNetworkRequest &request, const TargetRoute &route, const Way &way);

} // namespace courier
