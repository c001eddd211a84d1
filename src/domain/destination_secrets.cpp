// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

// Which secrets a destination's settings call for. The rest of a destination is in destination.cpp.

#include "domain/securityfields.h"

#include <QCoreApplication>

#include <algorithm>

namespace courier {
namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(Destination)
};

bool uses(const Destination &destination, SecretKind kind)
{
    const DestinationSecurity &security = destination.security;
    const SigningScheme signing = security.signing.scheme;
    const ProxyKind proxy = security.proxy.kind;
    switch (kind) {
    case SecretKind::SigningSecret:
        return signing != SigningScheme::None;
    case SecretKind::PreviousSigningSecret:
        return isStandardWebhooks(signing);
    case SecretKind::Password:
        return security.authentication.scheme == AuthScheme::Basic;
    case SecretKind::Token:
        return security.authentication.scheme == AuthScheme::Bearer;
    case SecretKind::ClientSecret:
        return security.authentication.scheme == AuthScheme::OAuth2;
    case SecretKind::PrivateKey:
        return !security.tls.certificatePem.isEmpty();
    case SecretKind::ProxyPassword:
        break;
    }
    return (proxy == ProxyKind::Http || proxy == ProxyKind::Socks5) && !security.proxy.user.isEmpty();
}

// RFC 7617 allows an empty password, and there need be no secret before.
bool canBeMissing(SecretKind kind)
{
    return kind == SecretKind::PreviousSigningSecret || kind == SecretKind::Password ||
           kind == SecretKind::ProxyPassword;
}

bool hasSecretHeader(const Destination &destination, const QByteArray &lowerName)
{
    return std::any_of(destination.headers.begin(), destination.headers.end(),
                       [&](const Header &header) { return header.secret && header.name.toLower() == lowerName; });
}

} // namespace

DestinationSecrets secretsInUse(const Destination &destination, const DestinationSecrets &secrets)
{
    DestinationSecrets used = secrets;
    used.values.removeIf([&](const auto &one) { return one.value().isEmpty() || !uses(destination, one.key()); });
    used.headers.removeIf([&](const auto &one) { return !hasSecretHeader(destination, one.key()); });
    return used;
}

SecretKinds requiredSecrets(const Destination &destination)
{
    SecretKinds required;
    for (const SecretKind kind : allSecretKinds()) {
        if (uses(destination, kind) && !canBeMissing(kind)) {
            required.set(kind);
        }
    }
    return required;
}

SecurityField fieldOf(SecretKind kind)
{
    switch (kind) {
    case SecretKind::SigningSecret:
    case SecretKind::PreviousSigningSecret:
        return SecurityField::SigningSecret;
    case SecretKind::Password:
        return SecurityField::Password;
    case SecretKind::Token:
        return SecurityField::Token;
    case SecretKind::ClientSecret:
        return SecurityField::ClientSecret;
    case SecretKind::PrivateKey:
        return SecurityField::ClientCertificate;
    case SecretKind::ProxyPassword:
        break;
    }
    return SecurityField::ProxyPassword;
}

QList<SecurityIssue> missingSecrets(const Destination &destination, SecretKinds kinds)
{
    QList<SecurityIssue> issues;
    const SecretKinds required = requiredSecrets(destination);
    for (const SecretKind kind : allSecretKinds()) {
        if (required.contains(kind) && !kinds.contains(kind)) {
            issues.append({fieldOf(kind), true, Text::tr("Enter %1.").arg(inWords(kind))});
        }
    }
    return issues;
}

QString missingHeaderSentence(const Header &header)
{
    return Text::tr("Enter the value of the secret header %1.").arg(QString::fromUtf8(header.name));
}

} // namespace courier
