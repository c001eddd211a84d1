// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#include "gui/securitywords.h"

#include <QCoreApplication>

namespace courier {
namespace {

QString say(const char *text)
{
    return QCoreApplication::translate("SecurityWords", text);
}

} // namespace

QString displayName(SigningScheme scheme)
{
    switch (scheme) {
    case SigningScheme::None:
        return say("None");
    case SigningScheme::StandardHmac:
        return say("Standard Webhooks (HMAC)");
    case SigningScheme::StandardEd25519:
        return say("Standard Webhooks (Ed25519)");
    case SigningScheme::GitHub:
        return say("GitHub style");
    case SigningScheme::Custom:
        break;
    }
    return say("Own header and prefix");
}

QString displayName(AuthScheme scheme)
{
    switch (scheme) {
    case AuthScheme::None:
        return say("None");
    case AuthScheme::Basic:
        return say("Basic");
    case AuthScheme::Bearer:
        return say("Bearer");
    case AuthScheme::OAuth2:
        break;
    }
    return say("OAuth 2 client credentials");
}

QString displayName(ProxyKind kind)
{
    switch (kind) {
    case ProxyKind::System:
        return say("System");
    case ProxyKind::None:
        return say("None");
    case ProxyKind::Http:
        return say("HTTP");
    case ProxyKind::Socks5:
        break;
    }
    return say("SOCKS5");
}

QString hintOf(SigningScheme scheme)
{
    switch (scheme) {
    case SigningScheme::None:
        return say("The receiver can't tell whether an alert is from here, and unchanged.");
    case SigningScheme::StandardHmac:
        return say("The header webhook-signature with v1: both sides know one secret.");
    case SigningScheme::StandardEd25519:
        return say(
            "The header webhook-signature with v1a: the receiver has a public key, and can sign nothing itself.");
    case SigningScheme::GitHub:
        return say("The header X-Hub-Signature-256, as on GitHub's own webhooks.");
    case SigningScheme::Custom:
        break;
    }
    return say("A header of your own, with the body's HMAC-SHA256 in hexadecimal digits.");
}

QString hintOf(AuthScheme scheme)
{
    switch (scheme) {
    case AuthScheme::None:
        return say("No Authorization header is sent.");
    case AuthScheme::Basic:
        return say("A user name and a password, sent with each request.");
    case AuthScheme::Bearer:
        return say("A token, sent with each request.");
    case AuthScheme::OAuth2:
        break;
    }
    return say("A token that is fetched from a token endpoint, kept while it lasts, and then sent with each request.");
}

QString hintOf(ProxyKind kind)
{
    switch (kind) {
    case ProxyKind::System:
        return say("As the environment or the desktop says.");
    case ProxyKind::None:
        return say("Always straight to the receiver.");
    case ProxyKind::Http:
        return say("Through an HTTP proxy of this destination's own.");
    case ProxyKind::Socks5:
        break;
    }
    return say("Through a SOCKS5 proxy of this destination's own.");
}

} // namespace courier
