// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#include "delivery/environmentproxy.h"

#include <QHostAddress>
#include <QRegularExpression>

#include <algorithm>

namespace courier {
namespace {

int portOf(const QUrl &url)
{
    return url.port(url.scheme() == QLatin1String("https") ? 443 : 80);
}

// The small letters go first. HTTP_PROXY in capitals is what a web server makes of a request's header "Proxy", where a
// program is started by one: REQUEST_METHOD tells.
QString valueOf(const QProcessEnvironment &environment, const QString &name)
{
    const QString small = environment.value(name);
    const bool isForged = name == QLatin1String("http_proxy") && environment.contains(QStringLiteral("REQUEST_METHOD"));
    return (small.isEmpty() && !isForged ? environment.value(name.toUpper()) : small).trimmed();
}

std::optional<QNetworkProxy> proxyFrom(const QString &text)
{
    const QUrl url(text.contains(QLatin1String("://")) ? text : QLatin1String("http://") + text);
    const QString scheme = url.scheme();
    if (url.host().isEmpty()) {
        return std::nullopt;
    }
    const bool isSocks = scheme.startsWith(QLatin1String("socks"));
    const int normally = isSocks ? 1080 : scheme == QLatin1String("https") ? 443 : 80;
    return QNetworkProxy(isSocks ? QNetworkProxy::Socks5Proxy : QNetworkProxy::HttpProxy, url.host(),
                         static_cast<quint16>(url.port(normally)), url.userName(QUrl::FullyDecoded),
                         url.password(QUrl::FullyDecoded));
}

bool matchesHost(const QString &host, const QString &pattern)
{
    const QString domain = pattern.startsWith(QLatin1String("*.")) ? pattern.mid(2)
                           : pattern.startsWith(QLatin1Char('.'))  ? pattern.mid(1)
                                                                   : pattern;
    if (domain.isEmpty()) {
        return false;
    }
    return host.compare(domain, Qt::CaseInsensitive) == 0 ||
           host.endsWith(QLatin1Char('.') + domain, Qt::CaseInsensitive);
}

bool matches(const QUrl &url, const QString &entry)
{
    static const QRegularExpression withPort(QStringLiteral("^(\\[[^\\]]*\\]|[^:]*):([0-9]+)$"));
    QString host = entry;
    if (const QRegularExpressionMatch match = withPort.match(entry); match.hasMatch()) {
        if (match.captured(2).toInt() != portOf(url)) {
            return false;
        }
        host = match.captured(1);
    }
    if (host.startsWith(QLatin1Char('[')) && host.endsWith(QLatin1Char(']'))) {
        host = host.mid(1, host.size() - 2);
    }
    const QHostAddress address(url.host());
    if (address.isNull()) {
        return matchesHost(url.host(), host);
    }
    if (host.contains(QLatin1Char('/'))) {
        const auto subnet = QHostAddress::parseSubnet(host);
        return subnet.second >= 0 && subnet.first.protocol() == address.protocol() && address.isInSubnet(subnet);
    }
    return address == QHostAddress(host);
}

} // namespace

bool isLeftOut(const QUrl &url, const QString &list)
{
    static const QRegularExpression separators(QStringLiteral("[,\\s]+"));
    const QStringList entries = list.split(separators, Qt::SkipEmptyParts);
    return std::any_of(entries.begin(), entries.end(),
                       [&](const QString &entry) { return entry == QLatin1String("*") || matches(url, entry); });
}

std::optional<QNetworkProxy> environmentProxy(const QUrl &url, const QProcessEnvironment &environment)
{
    QString named = valueOf(environment, url.scheme() + QLatin1String("_proxy"));
    if (named.isEmpty()) {
        named = valueOf(environment, QStringLiteral("all_proxy"));
    }
    std::optional<QNetworkProxy> proxy = named.isEmpty() ? std::nullopt : proxyFrom(named);
    if (proxy && isLeftOut(url, valueOf(environment, QStringLiteral("no_proxy")))) {
        return QNetworkProxy(QNetworkProxy::NoProxy);
    }
    return proxy;
}

} // namespace courier
