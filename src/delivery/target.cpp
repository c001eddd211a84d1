// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#include "delivery/target.h"

#include <QCoreApplication>
#include <QUrl>

namespace courier {
namespace {

constexpr const char *idHeader = "webhook-id";

// Plain HTTP/1.1 and nothing that one request could leave behind for another.
void setPolicies(QNetworkRequest &request)
{
    request.setAttribute(QNetworkRequest::Http2AllowedAttribute, false);
    request.setAttribute(QNetworkRequest::RedirectPolicyAttribute, QNetworkRequest::ManualRedirectPolicy);
    request.setAttribute(QNetworkRequest::CookieLoadControlAttribute, QNetworkRequest::Manual);
    request.setAttribute(QNetworkRequest::CookieSaveControlAttribute, QNetworkRequest::Manual);
    request.setAttribute(QNetworkRequest::AuthenticationReuseAttribute, QNetworkRequest::Manual);
    request.setAttribute(QNetworkRequest::CacheLoadControlAttribute, QNetworkRequest::AlwaysNetwork);
    request.setAttribute(QNetworkRequest::CacheSaveControlAttribute, false);
}

// A header given twice becomes one with both values (RFC 9110, 5.2).
void addHeader(QNetworkRequest &request, const Header &header, bool replace)
{
    QByteArray value = header.value.isNull() ? QByteArray("") : header.value;
    if (!replace && request.hasRawHeader(header.name)) {
        value = request.rawHeader(header.name) + ", " + value;
    }
    request.setRawHeader(header.name, value);
}

// Accept-Encoding keeps bodies as they are; Accept-Language keeps Qt from telling the operator's own.
void setHeaders(QNetworkRequest &request, const Destination &destination)
{
    const QList<Header> ours{{"Content-Type", "application/json"},
                             {"Accept", "application/json"},
                             {"Accept-Encoding", "identity"},
                             {"Accept-Language", "*"},
                             {"User-Agent", "Alert-Courier/" COURIER_VERSION}};
    for (const Header &header : ours) {
        addHeader(request, header, true);
    }
    QList<QByteArray> seen;
    for (const Header &header : destination.headers) {
        const QByteArray name = header.name.toLower();
        addHeader(request, header, !seen.contains(name));
        seen.append(name);
    }
}

} // namespace

Result<std::shared_ptr<const Target>> Target::make(std::shared_ptr<const Destination> destination)
{
    const QUrl url = QUrl::fromEncoded(destination->url.toUtf8(), QUrl::StrictMode);
    const QString scheme = url.scheme();
    const bool isWeb = scheme == QLatin1String("https") || scheme == QLatin1String("http");
    if (!url.isValid() || !isWeb || url.host().isEmpty() || url.port() == 0 || !url.userInfo().isEmpty()) {
        return failure(Error::Kind::Invalid,
                       QCoreApplication::translate("Target", "Not sent: the destination's address can't be used."));
    }
    return std::shared_ptr<const Target>(new Target(std::move(destination), url));
}

Target::Target(std::shared_ptr<const Destination> destination, const QUrl &url)
    : m_destination(std::move(destination))
    , m_request(url)
    , m_maskedUrl(courier::maskedUrl(m_destination->url))
    , m_origin(url.toString(QUrl::RemovePath | QUrl::RemoveQuery | QUrl::RemoveFragment | QUrl::FullyEncoded))
{
    setPolicies(m_request);
    setHeaders(m_request, *m_destination);
    m_headers = "Host: " + url.authority(QUrl::FullyEncoded).toLatin1() + "\r\n";
    for (const QByteArray &name : m_request.rawHeaderList()) {
        m_headers += name + ": " + m_request.rawHeader(name) + "\r\n";
    }
}

QNetworkRequest Target::request(const QByteArray &webhookId) const
{
    QNetworkRequest request = m_request;
    request.setRawHeader(idHeader, webhookId);
    return request;
}

QByteArray Target::headers(const QByteArray &webhookId, qsizetype bodySize) const
{
    return m_headers + QByteArray(idHeader) + ": " + webhookId + "\r\nContent-Length: " + QByteArray::number(bodySize) +
           "\r\nConnection: Keep-Alive\r\n";
}

} // namespace courier
