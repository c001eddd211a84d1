// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

// Which secrets a destination's settings call for. The rest of a destination is in destination.cpp.

#include "domain/destination.h"

#include <algorithm>

namespace courier {
namespace {

bool uses(const Destination &destination, SecretKind kind)
{
    const DestinationSecurity &security = destination.security;
    const SigningScheme signing = security.signing.scheme;
    const ProxyKind proxy = security.proxy.kind;
    switch (kind) {
    case SecretKind::SigningSecret:
        return signing != SigningScheme::None;
    case SecretKind::PreviousSigningSecret:
        return signing == SigningScheme::StandardHmac || signing == SigningScheme::StandardEd25519;
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

} // namespace courier
