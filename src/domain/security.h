// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QByteArray>
#include <QJsonObject>
#include <QString>

namespace courier {

// How a destination is reached and convinced. Plain values without anything secret: keys, passwords and tokens are kept
// by the secrets room, see secrets.h.

/// How a request proves that we sent it and that nobody changed it. The numbers are what the store keeps.
enum class SigningScheme : quint8 {
    None = 0,
    StandardHmac = 1,    ///< Standard Webhooks 1.0, `v1`: HMAC-SHA256
    StandardEd25519 = 2, ///< Standard Webhooks 1.0, `v1a`: Ed25519 (RFC 8032)
    GitHub = 3,          ///< `X-Hub-Signature-256: sha256=` and the body's HMAC-SHA256 in hex
    Custom = 4           ///< a header and a prefix of the operator's own before the body's HMAC-SHA256 in hex
};

struct Signing
{
    SigningScheme scheme = SigningScheme::None;
    QByteArray header;     ///< of Custom
    QByteArray prefix;     ///< of Custom; may be empty
    int overlapHours = 24; ///< how long the secret before signs beside the new one, 0 to 720 (Standard Webhooks only)
    qint64 rotatedAt = 0;  ///< ms since 1970 UTC; 0: there is no secret before
    bool operator==(const Signing &) const = default;
};

/// The `Authorization` header, if any.
enum class AuthScheme : quint8 {
    None = 0,
    Basic = 1,  ///< RFC 7617
    Bearer = 2, ///< RFC 6750
    OAuth2 = 3  ///< RFC 6749, 4.4: client credentials
};

struct Authentication
{
    AuthScheme scheme = AuthScheme::None;
    QString user;     ///< of Basic
    QString tokenUrl; ///< of OAuth2, http or https
    QString clientId; ///< of OAuth2
    QString scope;    ///< of OAuth2; may be empty
    bool operator==(const Authentication &) const = default;
};

/// Whom we trust over TLS and who we say we are.
struct TlsSettings
{
    QByteArray authorityPem; ///< certificates of the destination's own CA in place of the system's; empty: the system's
    QByteArray pinnedSha256; ///< of the one certificate (DER) that is taken, and no other; empty: none, 32 bytes
    QByteArray certificatePem; ///< of the client, with its chain; empty: none. Its key is secret
    bool operator==(const TlsSettings &) const = default;
};

enum class ProxyKind : quint8 { System = 0, None = 1, Http = 2, Socks5 = 3 };

struct ProxySettings
{
    ProxyKind kind = ProxyKind::System;
    QString host; ///< of Http and Socks5
    int port = 0; ///< of Http and Socks5, 1 to 65535
    QString user; ///< empty: no login
    bool operator==(const ProxySettings &) const = default;
};

struct DestinationSecurity
{
    Signing signing;
    Authentication authentication;
    TlsSettings tls;
    ProxySettings proxy;
    bool operator==(const DestinationSecurity &) const = default;
};

constexpr int maxOverlapHours = 720;

/// Of Standard Webhooks 1.0: a secret may have one before it that signs, too.
bool isStandardWebhooks(SigningScheme scheme);
/// Until when the secret before signs beside the one in force, ms since 1970 UTC; 0 where there is none.
qint64 previousSecretSignsUntil(const Signing &signing);

/// What the store and an export keep; what is at its default is left out.
QJsonObject toJson(const DestinationSecurity &security);
/// The reverse; what is missing or not understood is at its default.
DestinationSecurity securityFromJson(const QJsonObject &json);

/// The word in JSON and on the command line: "standard", "standard-ed25519", "github", "custom", "none", ...
QString keyword(SigningScheme scheme);
QString keyword(AuthScheme scheme); ///< "basic", "bearer", "oauth2", "none"
QString keyword(ProxyKind kind);    ///< "system", "none", "http", "socks5"

} // namespace courier
