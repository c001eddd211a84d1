// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#include "gui/destinationsecuritywords.h"

#include "gui/securitywords.h"

#include <QCoreApplication>
#include <QStringList>

#include <algorithm>

namespace courier {
namespace {

QString say(const char *text)
{
    return QCoreApplication::translate("DestinationSecurityWords", text);
}

QString signedWords(const Signing &signing)
{
    switch (signing.scheme) {
    case SigningScheme::None:
        return {};
    case SigningScheme::GitHub:
        return say("Signed as GitHub does");
    case SigningScheme::Custom:
        return say("Signed in the header %1").arg(QString::fromUtf8(signing.header));
    default:
        return say("Signed with %1").arg(displayName(signing.scheme));
    }
}

QString loginWords(const Authentication &authentication)
{
    switch (authentication.scheme) {
    case AuthScheme::None:
        return {};
    case AuthScheme::Basic:
        return say("logs in as %1 (Basic)").arg(authentication.user);
    case AuthScheme::Bearer:
        return say("bearer token");
    case AuthScheme::OAuth2:
        break;
    }
    return say("OAuth 2");
}

QString proxyWords(const ProxySettings &proxy)
{
    switch (proxy.kind) {
    case ProxyKind::System:
        return {};
    case ProxyKind::None:
        return say("no proxy");
    default:
        return say("%1 proxy %2:%3").arg(displayName(proxy.kind), proxy.host, QString::number(proxy.port));
    }
}

QStringList trustWords(const TlsSettings &tls)
{
    QStringList parts;
    if (!tls.authorityPem.isEmpty()) {
        parts.append(say("own certificate authority"));
    }
    if (!tls.pinnedSha256.isEmpty()) {
        parts.append(say("pinned certificate"));
    }
    if (!tls.certificatePem.isEmpty()) {
        parts.append(say("client certificate"));
    }
    return parts;
}

bool hasSecretHeader(const Destination &destination)
{
    return std::any_of(destination.headers.begin(), destination.headers.end(),
                       [](const Header &header) { return header.secret; });
}

} // namespace

QString securityWords(const Destination &destination)
{
    const DestinationSecurity &security = destination.security;
    QStringList parts{signedWords(security.signing), loginWords(security.authentication)};
    parts += trustWords(security.tls);
    parts.append(hasSecretHeader(destination) ? say("secret headers") : QString());
    parts.append(proxyWords(security.proxy));
    parts.removeAll(QString());
    if (parts.isEmpty()) {
        return say("Not signed, no login");
    }
    parts.first() = parts.first().left(1).toUpper() + parts.first().mid(1);
    return parts.join(say("; "));
}

QString securitySummary(const Destination &destination)
{
    const DestinationSecurity &security = destination.security;
    QStringList parts;
    if (security.signing.scheme != SigningScheme::None) {
        parts.append(say("signed"));
    }
    if (security.authentication.scheme == AuthScheme::Basic) {
        parts.append(say("Basic login"));
    } else {
        parts.append(loginWords(security.authentication));
    }
    parts += trustWords(security.tls);
    if (!proxyWords(security.proxy).isEmpty()) {
        parts.append(security.proxy.kind == ProxyKind::None ? say("no proxy") : say("own proxy"));
    }
    parts.removeAll(QString());
    return parts.join(say(", "));
}

} // namespace courier
