// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

// How a destination signs, logs in, trusts and is reached, checked before it is stored. The rest is in destination.cpp.

#include "domain/securityfields.h"

#include <QCoreApplication>
#include <QUrl>

#include <algorithm>
#include <array>
#include <utility>

namespace courier {
namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(Destination)
};

constexpr qsizetype longestText = 1024;
constexpr qsizetype longestPem = 256 * 1024;
constexpr qsizetype sha256Size = 32;

SecurityIssue error(SecurityField field, const QString &message)
{
    return {field, true, message};
}

bool hasControl(const QString &text)
{
    return std::any_of(text.begin(), text.end(), [](QChar c) { return c.unicode() < 0x20 || c.unicode() == 0x7f; });
}

bool isNamed(const QList<Header> &headers, const QByteArray &name)
{
    return std::any_of(headers.begin(), headers.end(),
                       [&](const Header &header) { return header.name.compare(name, Qt::CaseInsensitive) == 0; });
}

QList<SecurityIssue> checkSigning(const Signing &signing, const QList<Header> &headers)
{
    constexpr auto field = SecurityField::Signing;
    QByteArray name = "X-Hub-Signature-256";
    if (signing.scheme == SigningScheme::Custom) {
        name = signing.header;
        for (const FieldIssue &issue : checkHeader({signing.header, signing.prefix}, -1)) {
            return {error(SecurityField::SigningHeader, issue.message)};
        }
        if (name.compare("Authorization", Qt::CaseInsensitive) == 0) {
            return {error(SecurityField::SigningHeader,
                          Text::tr("Use another header than Authorization for the signature."))};
        }
    }
    const bool ownsHeader = signing.scheme == SigningScheme::Custom || signing.scheme == SigningScheme::GitHub;
    if (ownsHeader && isNamed(headers, name)) {
        return {error(
            field, Text::tr("%1 holds the signature: take it off the list of headers.").arg(QString::fromUtf8(name)))};
    }
    if (signing.overlapHours < 0 || signing.overlapHours > maxOverlapHours) {
        return {
            error(SecurityField::SigningOverlap, Text::tr("Use an overlap of 0 to %1 hours.").arg(maxOverlapHours))};
    }
    return {};
}

QList<SecurityIssue> checkTokenUrl(const QString &text)
{
    constexpr auto field = SecurityField::TokenUrl;
    if (text.isEmpty()) {
        return {error(field, Text::tr("Enter the token endpoint, as in https://login.example.com/oauth2/token."))};
    }
    QList<SecurityIssue> issues;
    for (const FieldIssue &issue : checkUrl(text)) {
        issues.append({field, issue.isError,
                       issue.isError
                           ? Text::tr("The token endpoint: %1").arg(issue.message)
                           : Text::tr("The client's secret goes to the token endpoint unencrypted over http://.")});
    }
    return issues;
}

QList<SecurityIssue> checkAuthentication(const Authentication &authentication, const QList<Header> &headers)
{
    constexpr auto field = SecurityField::Authentication;
    if (authentication.scheme == AuthScheme::None) {
        return {};
    }
    if (isNamed(headers, "Authorization")) {
        return {error(field, Text::tr("The login sets the Authorization header: take it off the list of headers."))};
    }
    const std::array texts{std::pair(SecurityField::UserName, authentication.user),
                           std::pair(SecurityField::ClientId, authentication.clientId),
                           std::pair(SecurityField::Scope, authentication.scope)};
    for (const auto &[part, text] : texts) {
        if (hasControl(text) || text.size() > longestText) {
            return {error(
                part,
                Text::tr("Use at most %1 characters, without line breaks and control characters.").arg(longestText))};
        }
    }
    if (authentication.scheme == AuthScheme::Basic && authentication.user.contains(QLatin1Char(':'))) {
        return {error(SecurityField::UserName, Text::tr("A user name can't have a colon: it ends the name."))};
    }
    if (authentication.scheme != AuthScheme::OAuth2) {
        return {};
    }
    QList<SecurityIssue> issues = checkTokenUrl(authentication.tokenUrl);
    if (authentication.clientId.isEmpty()) {
        issues.append(
            error(SecurityField::ClientId, Text::tr("Enter the client's id, as the token endpoint knows it.")));
    }
    return issues;
}

QList<SecurityIssue> checkTls(const TlsSettings &tls)
{
    const std::array texts{std::pair(SecurityField::Authority, tls.authorityPem),
                           std::pair(SecurityField::ClientCertificate, tls.certificatePem)};
    for (const auto &[field, pem] : texts) {
        if (!pem.isEmpty() && (!pem.contains("-----BEGIN CERTIFICATE-----") || pem.size() > longestPem)) {
            return {error(field, Text::tr("This is no certificate in PEM: it has “-----BEGIN CERTIFICATE-----”."))};
        }
    }
    if (tls.certificatePem.contains("PRIVATE KEY")) {
        return {error(SecurityField::ClientCertificate,
                      Text::tr("The certificate holds its private key: that is kept with the secrets."))};
    }
    if (!tls.pinnedSha256.isEmpty() && tls.pinnedSha256.size() != sha256Size) {
        return {
            error(SecurityField::PinnedCertificate, Text::tr("A certificate's SHA-256 has 64 hexadecimal digits."))};
    }
    return {};
}

QList<SecurityIssue> checkProxy(const ProxySettings &proxy)
{
    if (proxy.kind != ProxyKind::Http && proxy.kind != ProxyKind::Socks5) {
        return {};
    }
    QUrl url;
    url.setHost(proxy.host, QUrl::StrictMode);
    if (proxy.host.isEmpty() || url.host().isEmpty()) {
        return {error(SecurityField::ProxyHost, Text::tr("Enter the proxy's host alone, as in proxy.example.com."))};
    }
    if (proxy.port < 1 || proxy.port > 65535) {
        return {error(SecurityField::ProxyPort, Text::tr("Enter the proxy's port, 1 to 65535."))};
    }
    if (hasControl(proxy.user) || proxy.user.contains(QLatin1Char(':')) || proxy.user.size() > 255) {
        return {error(SecurityField::ProxyUser,
                      Text::tr("Use a user name of at most 255 characters, without colons and line breaks."))};
    }
    return {};
}

DestinationField subjectOf(SecurityField field)
{
    if (field < SecurityField::Authentication) {
        return DestinationField::Signing;
    }
    if (field < SecurityField::Authority) {
        return DestinationField::Authentication;
    }
    return field < SecurityField::Proxy ? DestinationField::Tls : DestinationField::Proxy;
}

} // namespace

QList<SecurityIssue> checkSecurityFields(const DestinationSecurity &security, const QList<Header> &headers)
{
    return checkSigning(security.signing, headers) + checkAuthentication(security.authentication, headers) +
           checkTls(security.tls) + checkProxy(security.proxy);
}

QList<FieldIssue> checkSecurity(const DestinationSecurity &security, const QList<Header> &headers)
{
    QList<FieldIssue> issues;
    for (const SecurityIssue &issue : checkSecurityFields(security, headers)) {
        issues.append({subjectOf(issue.field), issue.isError, issue.message, -1});
    }
    return issues;
}

} // namespace courier
