// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

// How a destination signs, logs in, trusts and is reached, checked before it is stored. The rest is in destination.cpp.

#include "domain/destination.h"

#include <QCoreApplication>
#include <QUrl>

#include <algorithm>

namespace courier {
namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(Destination)
};

constexpr qsizetype longestText = 1024;
constexpr qsizetype longestPem = 256 * 1024;
constexpr qsizetype sha256Size = 32;

FieldIssue error(DestinationField field, const QString &message)
{
    return {field, true, message, -1};
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

QList<FieldIssue> checkSigning(const Signing &signing, const QList<Header> &headers)
{
    constexpr auto field = DestinationField::Signing;
    QByteArray name = "X-Hub-Signature-256";
    if (signing.scheme == SigningScheme::Custom) {
        name = signing.header;
        for (const FieldIssue &issue : checkHeader({signing.header, signing.prefix}, -1)) {
            return {error(field, issue.message)};
        }
        if (name.compare("Authorization", Qt::CaseInsensitive) == 0) {
            return {error(field, Text::tr("Use another header than Authorization for the signature."))};
        }
    }
    const bool ownsHeader = signing.scheme == SigningScheme::Custom || signing.scheme == SigningScheme::GitHub;
    if (ownsHeader && isNamed(headers, name)) {
        return {error(
            field, Text::tr("%1 holds the signature: take it off the list of headers.").arg(QString::fromUtf8(name)))};
    }
    if (signing.overlapHours < 0 || signing.overlapHours > maxOverlapHours) {
        return {error(field, Text::tr("Use an overlap of 0 to %1 hours.").arg(maxOverlapHours))};
    }
    return {};
}

QList<FieldIssue> checkTokenUrl(const QString &text)
{
    constexpr auto field = DestinationField::Authentication;
    if (text.isEmpty()) {
        return {error(field, Text::tr("Enter the token endpoint, as in https://login.example.com/oauth2/token."))};
    }
    QList<FieldIssue> issues = checkUrl(text);
    for (FieldIssue &issue : issues) {
        issue.field = field;
        issue.message = issue.isError
                            ? Text::tr("The token endpoint: %1").arg(issue.message)
                            : Text::tr("The client's secret goes to the token endpoint unencrypted over http://.");
    }
    return issues;
}

QList<FieldIssue> checkAuthentication(const Authentication &authentication, const QList<Header> &headers)
{
    constexpr auto field = DestinationField::Authentication;
    if (authentication.scheme == AuthScheme::None) {
        return {};
    }
    if (isNamed(headers, "Authorization")) {
        return {error(field, Text::tr("The login sets the Authorization header: take it off the list of headers."))};
    }
    for (const QString &text : {authentication.user, authentication.clientId, authentication.scope}) {
        if (hasControl(text) || text.size() > longestText) {
            return {error(
                field,
                Text::tr("Use at most %1 characters, without line breaks and control characters.").arg(longestText))};
        }
    }
    if (authentication.scheme == AuthScheme::Basic && authentication.user.contains(QLatin1Char(':'))) {
        return {error(field, Text::tr("A user name can't have a colon: it ends the name."))};
    }
    if (authentication.scheme != AuthScheme::OAuth2) {
        return {};
    }
    QList<FieldIssue> issues = checkTokenUrl(authentication.tokenUrl);
    if (authentication.clientId.isEmpty()) {
        issues.append(error(field, Text::tr("Enter the client's id, as the token endpoint knows it.")));
    }
    return issues;
}

QList<FieldIssue> checkTls(const TlsSettings &tls)
{
    constexpr auto field = DestinationField::Tls;
    for (const QByteArray &pem : {tls.authorityPem, tls.certificatePem}) {
        if (!pem.isEmpty() && (!pem.contains("-----BEGIN CERTIFICATE-----") || pem.size() > longestPem)) {
            return {error(field, Text::tr("This is no certificate in PEM: it has “-----BEGIN CERTIFICATE-----”."))};
        }
    }
    if (tls.certificatePem.contains("PRIVATE KEY")) {
        return {error(field, Text::tr("The certificate holds its private key: that is kept with the secrets."))};
    }
    if (!tls.pinnedSha256.isEmpty() && tls.pinnedSha256.size() != sha256Size) {
        return {error(field, Text::tr("A certificate's SHA-256 has 64 hexadecimal digits."))};
    }
    return {};
}

QList<FieldIssue> checkProxy(const ProxySettings &proxy)
{
    constexpr auto field = DestinationField::Proxy;
    if (proxy.kind != ProxyKind::Http && proxy.kind != ProxyKind::Socks5) {
        return {};
    }
    QUrl url;
    url.setHost(proxy.host, QUrl::StrictMode);
    if (proxy.host.isEmpty() || url.host().isEmpty()) {
        return {error(field, Text::tr("Enter the proxy's host alone, as in proxy.example.com."))};
    }
    if (proxy.port < 1 || proxy.port > 65535) {
        return {error(field, Text::tr("Enter the proxy's port, 1 to 65535."))};
    }
    if (hasControl(proxy.user) || proxy.user.contains(QLatin1Char(':')) || proxy.user.size() > 255) {
        return {error(field, Text::tr("Use a user name of at most 255 characters, without colons and line breaks."))};
    }
    return {};
}

} // namespace

QList<FieldIssue> checkSecurity(const DestinationSecurity &security, const QList<Header> &headers)
{
    return checkSigning(security.signing, headers) + checkAuthentication(security.authentication, headers) +
           checkTls(security.tls) + checkProxy(security.proxy);
}

} // namespace courier
