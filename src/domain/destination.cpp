// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#include "domain/destination.h"

#include <QCoreApplication>
#include <QCryptographicHash>
#include <QUrl>

#include <algorithm>
#include <array>
#include <cmath>

namespace courier {
namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(Destination)
};

FieldIssue error(DestinationField field, const QString &message, int row = -1)
{
    return {field, true, message, row};
}

bool isLoopback(const QString &host)
{
    return host == QLatin1String("localhost") || host.startsWith(QLatin1String("127.")) || host == QLatin1String("::1");
}

// RFC 9110, 5.6.2: the characters of a header's name.
bool isTokenChar(char c)
{
    static constexpr std::string_view others = "!#$%&'*+-.^_`|~";
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
           others.find(c) != std::string_view::npos;
}

// Those the sender must own: they frame the message, name the receiver, or are set by the contract.
bool isReserved(const QByteArray &lowerName)
{
    static constexpr std::array<std::string_view, 16> names{"host",
                                                            "content-length",
                                                            "transfer-encoding",
                                                            "connection",
                                                            "keep-alive",
                                                            "te",
                                                            "trailer",
                                                            "upgrade",
                                                            "expect",
                                                            "accept",
                                                            "accept-encoding",
                                                            "content-type",
                                                            "content-encoding",
                                                            "cookie",
                                                            "http2-settings",
                                                            "proxy-connection"};
    const std::string_view name(lowerName.constData(), static_cast<std::size_t>(lowerName.size()));
    return std::find(names.begin(), names.end(), name) != names.end() || lowerName.startsWith("webhook-") ||
           lowerName.startsWith("proxy-");
}

} // namespace

QList<FieldIssue> checkName(const QString &name)
{
    if (name.trimmed().isEmpty()) {
        return {error(DestinationField::Name, Text::tr("Enter a name, so that you can tell destinations apart."))};
    }
    if (name.size() > maxNameLength) {
        return {error(DestinationField::Name, Text::tr("Use a name of at most %1 characters.").arg(maxNameLength))};
    }
    if (std::any_of(name.begin(), name.end(), [](QChar c) { return c.category() == QChar::Other_Control; })) {
        return {error(DestinationField::Name, Text::tr("Use a name without line breaks and control characters."))};
    }
    return {};
}

QList<FieldIssue> checkUrl(const QString &text)
{
    constexpr auto field = DestinationField::Url;
    const QString startsWith = Text::tr("Enter a full address that starts with https:// or http://.");
    if (text.trimmed().isEmpty()) {
        return {error(field, startsWith)};
    }
    if (text.size() > maxUrlLength) {
        return {error(field, Text::tr("Use an address of at most %1 characters.").arg(maxUrlLength))};
    }
    if (std::any_of(text.begin(), text.end(), [](QChar c) { return c.isSpace() || c.unicode() < 0x20; })) {
        return {error(field, Text::tr("Remove the spaces and line breaks from the address."))};
    }
    const QUrl url(text, QUrl::StrictMode);
    const QString scheme = url.scheme().toLower();
    if (scheme != QLatin1String("https") && scheme != QLatin1String("http")) {
        return {error(field, startsWith)};
    }
    if (!url.isValid()) {
        return {
            error(field, Text::tr("This is not a valid address. Check it for characters that don't belong there."))};
    }
    if (url.host().isEmpty()) {
        return {error(field, Text::tr("The address has no host name, as in https://example.com/hook."))};
    }
    if (url.port() == 0) {
        return {error(field, Text::tr("Port 0 can't be connected to. Use a port from 1 to 65535."))};
    }
    if (!url.userInfo().isEmpty()) {
        return {
            error(field, Text::tr("Remove the user name and password from the address: they would show up in logs."))};
    }
    QList<FieldIssue> issues;
    if (scheme == QLatin1String("http") && !isLoopback(url.host())) {
        issues.append(
            {field, false, Text::tr("http:// sends alerts unencrypted. Fine for this computer, risky elsewhere."), -1});
    }
    return issues;
}

QList<FieldIssue> checkHeader(const Header &header, int row)
{
    constexpr auto field = DestinationField::Headers;
    const QString name = QString::fromUtf8(header.name);
    if (header.name.isEmpty()) {
        return {error(field, Text::tr("Enter the header's name, as in X-Tenant."), row)};
    }
    if (header.name.size() > 256 || header.value.size() > 8192) {
        return {error(field, Text::tr("A header's name has at most 256 bytes, its value at most 8192."), row)};
    }
    if (!std::all_of(header.name.begin(), header.name.end(), isTokenChar)) {
        return {error(field,
                      Text::tr("“%1” is not a header name: use letters, digits and hyphens.").arg(name.simplified()),
                      row)};
    }
    if (isReserved(header.name.toLower())) {
        return {error(field, Text::tr("%1 is set by Alert Courier itself and can't be changed.").arg(name), row)};
    }
    const auto isBad = [](char c) { return (static_cast<uchar>(c) < 0x20 && c != '\t') || c == 0x7f; };
    if (std::any_of(header.value.begin(), header.value.end(), isBad)) {
        return {error(field, Text::tr("The value of %1 has a line break or a control character.").arg(name), row)};
    }
    return {};
}

QList<FieldIssue> check(const Destination &destination)
{
    QList<FieldIssue> issues = checkName(destination.name) + checkUrl(destination.url);
    if (destination.severities.isEmpty()) {
        issues.append({DestinationField::Severities, false,
                       Text::tr("No severity chosen: this destination would get only alerts that name it."), -1});
    }
    if (destination.types.isEmpty()) {
        issues.append(error(DestinationField::Types, Text::tr("Choose at least one alert type.")));
    }
    if (destination.headers.size() > maxHeaders) {
        issues.append(error(DestinationField::Headers, Text::tr("Use at most %1 headers.").arg(maxHeaders)));
    }
    for (qsizetype row = 0; row < destination.headers.size(); ++row) {
        issues += checkHeader(destination.headers.at(row), static_cast<int>(row));
    }
    if (destination.timeoutSeconds < minTimeoutSeconds || destination.timeoutSeconds > maxTimeoutSeconds) {
        issues.append(
            error(DestinationField::Timeout,
                  Text::tr("Use a time-out of %1 to %2 seconds.").arg(minTimeoutSeconds).arg(maxTimeoutSeconds)));
    }
    if (destination.maxRetries < 0 || destination.maxRetries > maxRetriesLimit) {
        issues.append(error(DestinationField::Retries, Text::tr("Use 0 to %1 retries.").arg(maxRetriesLimit)));
    }
    const double rate = destination.ratePerSecond;
    if (rate != 0 && !(rate >= minRate && rate <= maxRate)) {
        issues.append(
            error(DestinationField::Rate,
                  Text::tr("Use a rate of %1 to %2 requests a second, or no limit.").arg(minRate).arg(maxRate)));
    }
    issues += checkSecurity(destination.security, destination.headers);
    std::stable_partition(issues.begin(), issues.end(), [](const FieldIssue &issue) { return issue.isError; });
    return issues;
}

double roundedRate(double ratePerSecond)
{
    return std::round(ratePerSecond * 100) / 100;
}

QString maskedUrl(const QString &text)
{
    const QUrl url(text);
    const QByteArray mark = QCryptographicHash::hash(text.toUtf8(), QCryptographicHash::Sha256).toHex().left(6);
    QString shown = url.scheme() + QLatin1String("://") + url.host();
    if (url.port() != -1) {
        shown += QLatin1Char(':') + QString::number(url.port());
    }
    return shown + QStringLiteral("/\u2026") + QString::fromLatin1(mark);
}

} // namespace courier
