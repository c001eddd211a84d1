// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#include "delivery/route.h"

#include "delivery/certificates.h"

#include <QCoreApplication>
#include <QCryptographicHash>
#include <QSslConfiguration>

namespace courier {
namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(TargetRoute)
};

tl::unexpected<Error> unusable(const QString &what, const Error &error)
{
    return failure(Error::Kind::Damaged, Words::tr("Not sent: %1 can't be used. %2").arg(what, error.message));
}

bool isLoopbackName(const QString &host)
{
    const QHostAddress address(host);
    return address.isNull() ? host == QLatin1String("localhost") || host.endsWith(QLatin1String(".localhost"))
                            : address.isLoopback();
}

} // namespace

Result<TargetRoute> TargetRoute::make(const QUrl &url, End end, const DestinationSecurity &security,
                                      const DestinationSecrets &secrets)
{
    TargetRoute route;
    route.m_url = url;
    route.m_isTls = url.scheme() == QLatin1String("https");
    route.m_isLoopback = isLoopbackName(url.host());
    route.m_proxy = security.proxy;
    route.m_proxyPassword = QString::fromUtf8(secrets.value(SecretKind::ProxyPassword));
    if (route.m_isTls) {
        if (const Result<void> fine = route.setTls(security.tls, end, secrets); !fine) {
            return tl::unexpected(fine.error());
        }
    }
    return route;
}

Result<void> TargetRoute::setTls(const TlsSettings &tls, End end, const DestinationSecrets &secrets)
{
    m_pinnedSha256 = end == End::Receiver ? tls.pinnedSha256 : QByteArray();
    m_tls = QSslConfiguration::defaultConfiguration();
    m_tls->setOcspStaplingEnabled(m_pinnedSha256.isEmpty()); // of a pinned one nothing else is asked
    if (tls.authorityPem.isEmpty() && tls.certificatePem.isEmpty()) {
        m_trustKey = m_pinnedSha256;
        return {};
    }
    QCryptographicHash key(QCryptographicHash::Sha256);
    const QByteArray text = m_pinnedSha256 + '\n' + tls.authorityPem + '\n' + tls.certificatePem;
    key.addData(text);
    if (!tls.authorityPem.isEmpty()) {
        const auto authorities = certificatesFromPem(tls.authorityPem);
        if (!authorities) {
            return unusable(Words::tr("the destination's own certificate authority"), authorities.error());
        }
        m_tls->setCaCertificates(*authorities);
    }
    if (!tls.certificatePem.isEmpty()) {
        const auto chain = certificatesFromPem(tls.certificatePem);
        if (!chain) {
            return unusable(Words::tr("the client certificate"), chain.error());
        }
        const QByteArray pem = secrets.value(SecretKind::PrivateKey);
        if (pem.isEmpty()) {
            return failure(Error::Kind::NotFound, Words::tr("Not sent: the client certificate's private key isn't "
                                                            "there."));
        }
        const auto privateKey = privateKeyFromPem(pem);
        if (!privateKey) {
            return unusable(Words::tr("the client certificate's private key"), privateKey.error());
        }
        m_tls->setLocalCertificateChain(*chain);
        m_tls->setPrivateKey(*privateKey);
        key.addData(pem);
    }
    m_trustKey = key.result();
    return {};
}

QNetworkProxy TargetRoute::ownProxy() const
{
    if (!hasOwnProxy()) {
        return {QNetworkProxy::NoProxy};
    }
    const auto type = m_proxy.kind == ProxyKind::Http ? QNetworkProxy::HttpProxy : QNetworkProxy::Socks5Proxy;
    return {type, m_proxy.host, static_cast<quint16>(m_proxy.port), m_proxy.user,
            m_proxy.user.isEmpty() ? QString() : m_proxyPassword};
}

void TargetRoute::applyTo(QNetworkRequest &request) const
{
    if (m_tls) {
        request.setSslConfiguration(*m_tls);
    }
}

bool isForwarded(const TargetRoute &route, const Way &way)
{
    return !route.isTls() && way.proxy.type() == QNetworkProxy::HttpProxy;
}

QString originOf(const QUrl &url)
{
    return url.toString(QUrl::RemoveUserInfo | QUrl::RemovePath | QUrl::RemoveQuery | QUrl::RemoveFragment |
                        QUrl::FullyEncoded);
}

QString connectionKey(const QString &origin, const Way &way)
{
    return way.address.isNull() ? origin : QString(origin + QLatin1Char(' ') + way.address.toString());
}

void direct(QNetworkRequest &request, const TargetRoute &route, const Way &way)
{
    // Qt would wait for a challenge and send the body a second time, which is not to be.
    if (isForwarded(route, way) && !way.proxy.user().isEmpty()) {
        const QString login = way.proxy.user() + QLatin1Char(':') + way.proxy.password();
        request.setRawHeader(QByteArrayLiteral("Proxy-Authorization"), "Basic " + login.toUtf8().toBase64());
    }
    if (way.address.isNull()) {
        return;
    }
    QUrl url = request.url();
    request.setPeerVerifyName(url.host(QUrl::FullyEncoded));
    request.setRawHeader(QByteArrayLiteral("Host"), url.authority(QUrl::FullyEncoded).toLatin1());
    url.setHost(way.address.toString());
    request.setUrl(url);
}

} // namespace courier
