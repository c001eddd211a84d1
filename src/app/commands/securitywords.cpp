// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#include "app/commands/securitywords.h"

#include "app/commands/commandspec.h"
#include "delivery/certificates.h"
#include "domain/destination.h"
#include "models/words.h"

#include <QUrl>

namespace courier::commands {
namespace {

QString namesIn(const QByteArray &pem)
{
    QStringList names;
    for (const QSslCertificate &one : certificatesFromPem(pem).value_or(QList<QSslCertificate>())) {
        names.append(one.subjectDisplayName());
    }
    return names.join(Text::tr(", "));
}

QString schemeWords(const Signing &signing)
{
    switch (signing.scheme) {
    case SigningScheme::None:
        break;
    case SigningScheme::StandardHmac:
        return Text::tr("Standard Webhooks, HMAC-SHA256 (v1)");
    case SigningScheme::StandardEd25519:
        return Text::tr("Standard Webhooks, Ed25519 (v1a)");
    case SigningScheme::GitHub:
        return Text::tr("X-Hub-Signature-256, as GitHub does");
    case SigningScheme::Custom:
        return Text::tr("HMAC-SHA256 in %1: %2…")
            .arg(QString::fromUtf8(signing.header), QString::fromUtf8(signing.prefix));
    }
    return Text::tr("None");
}

} // namespace

QString signingWords(const Signing &signing, qint64 now)
{
    const qint64 until = previousSecretSignsUntil(signing);
    return now < until ? Text::tr("%1; the secret before signs, too, until %2")
                             .arg(schemeWords(signing), words::plainTime(until))
                       : schemeWords(signing);
}

QString loginWords(const Authentication &authentication, bool withSecrets)
{
    const QString endpoint = withSecrets ? authentication.tokenUrl : maskedUrl(authentication.tokenUrl);
    switch (authentication.scheme) {
    case AuthScheme::None:
        break;
    case AuthScheme::Basic:
        return Text::tr("Basic, as %1").arg(authentication.user);
    case AuthScheme::Bearer:
        return Text::tr("Bearer token");
    case AuthScheme::OAuth2: {
        const QString client = Text::tr("OAuth 2, as %1 at %2").arg(authentication.clientId, endpoint);
        return authentication.scope.isEmpty() ? client : Text::tr("%1 for %2").arg(client, authentication.scope);
    }
    }
    return Text::tr("None");
}

QString trustWords(const TlsSettings &tls)
{
    const QString trust =
        !tls.pinnedSha256.isEmpty()   ? Text::tr("Only the certificate %1").arg(fingerprint(tls.pinnedSha256))
        : !tls.authorityPem.isEmpty() ? Text::tr("Authorities of its own: %1").arg(namesIn(tls.authorityPem))
                                      : Text::tr("The system's authorities");
    return tls.certificatePem.isEmpty()
               ? trust
               : Text::tr("%1; shows the certificate of %2").arg(trust, namesIn(tls.certificatePem));
}

QString proxyWords(const ProxySettings &proxy)
{
    switch (proxy.kind) {
    case ProxyKind::System:
        return Text::tr("The system's");
    case ProxyKind::None:
        return Text::tr("None");
    case ProxyKind::Http:
    case ProxyKind::Socks5:
        break;
    }
    QUrl url;
    url.setScheme(courier::keyword(proxy.kind));
    url.setHost(proxy.host);
    url.setPort(proxy.port);
    url.setUserName(proxy.user);
    return url.toDisplayString();
}

} // namespace courier::commands
