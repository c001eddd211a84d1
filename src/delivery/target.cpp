// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#include "delivery/target.h"

#include "delivery/requestpolicies.h"
#include "delivery/tokenrequest.h"

#include <QCoreApplication>
#include <QUrl>

#include <algorithm>

namespace courier {
namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(Target)
};

constexpr const char *idHeader = "webhook-id";
constexpr const char *authorization = "Authorization";

// A header given twice becomes one with both values (RFC 9110, 5.2).
void addHeader(QNetworkRequest &request, const Header &header, bool replace)
{
    QByteArray value = header.value.isNull() ? QByteArray("") : header.value;
    if (!replace && request.hasRawHeader(header.name)) {
        value = request.rawHeader(header.name) + ", " + value;
    }
    request.setRawHeader(header.name, value);
}

// Anything else would end up as another header.
bool isHeaderValue(const QByteArray &value)
{
    return std::none_of(value.begin(), value.end(),
                        [](char c) { return (static_cast<uchar>(c) < 0x20 && c != '\t') || c == 0x7f; });
}

tl::unexpected<Error> missing(const QString &what)
{
    return failure(Error::Kind::NotFound, what);
}

QByteArray line(const QByteArray &name, const QByteArray &value)
{
    return name + ": " + value + "\r\n";
}

} // namespace

Result<std::shared_ptr<const Target>> Target::make(std::shared_ptr<const Destination> destination, Secrets secrets)
{
    const QUrl url = QUrl::fromEncoded(destination->url.toUtf8(), QUrl::StrictMode);
    const QString scheme = url.scheme();
    const bool isWeb = scheme == QLatin1String("https") || scheme == QLatin1String("http");
    if (!url.isValid() || !isWeb || url.host().isEmpty() || url.port() == 0 || !url.userInfo().isEmpty()) {
        return failure(Error::Kind::Invalid, Words::tr("Not sent: the destination's address can't be used."));
    }
    Result<TargetRoute> route = TargetRoute::make(url, TargetRoute::End::Receiver, destination->security,
                                                  secrets ? *secrets : DestinationSecrets());
    if (!route) {
        return tl::unexpected(route.error());
    }
    std::shared_ptr<Target> target(new Target(std::move(destination), std::move(secrets), std::move(*route)));
    if (const Result<void> fine = target->setProofs(); !fine) {
        return tl::unexpected(fine.error());
    }
    return target;
}

Target::Target(std::shared_ptr<const Destination> destination, Secrets secrets, TargetRoute route)
    : m_destination(std::move(destination))
    , m_secrets(std::move(secrets))
    , m_route(std::move(route))
    , m_request(m_route.url())
    , m_maskedUrl(courier::maskedUrl(m_destination->url))
    , m_origin(originOf(url()))
{
    setPolicies(m_request);
    m_route.applyTo(m_request);
    setHeaders();
}

// Accept-Encoding keeps bodies as they are; Accept-Language keeps Qt from telling the operator's own.
void Target::setHeaders()
{
    const QList<Header> ours{{"Content-Type", "application/json"},
                             {"Accept", "application/json"},
                             {"Accept-Encoding", "identity"},
                             {"Accept-Language", "*"},
                             {"User-Agent", userAgent()}};
    for (const Header &header : ours) {
        addHeader(m_request, header, true);
    }
    QList<QByteArray> seen;
    QList<QByteArray> secret;
    for (const Header &header : m_destination->headers) {
        const QByteArray name = header.name.toLower();
        if (!header.secret) {
            addHeader(m_request, header, !seen.contains(name));
        }
        (header.secret ? secret : seen).append(name);
    }
    m_headers = line("Host", url().authority(QUrl::FullyEncoded).toLatin1());
    for (const QByteArray &name : m_request.rawHeaderList()) {
        if (!secret.contains(name.toLower())) {
            m_headers += line(name, m_request.rawHeader(name));
        }
    }
}

void Target::addSecretHeader(const QByteArray &name, const QByteArray &value, const QByteArray &shown)
{
    m_request.setRawHeader(name, value);
    m_headers += line(name, shown);
}

// What the receiver knows us by.
Result<void> Target::setProofs()
{
    const DestinationSecrets secrets = m_secrets ? *m_secrets : DestinationSecrets();
    for (const Header &header : m_destination->headers) {
        if (!header.secret) {
            continue;
        }
        const QByteArray value = secrets.headers.value(header.name.toLower());
        if (value.isNull() || !isHeaderValue(value)) {
            return missing(Words::tr("Not sent: the secret value of %1 isn't there, or is none that a header can hold.")
                               .arg(QString::fromUtf8(header.name)));
        }
        addSecretHeader(header.name, value, secretMark);
    }
    if (const Result<void> fine = setLogin(secrets); !fine) {
        return fine;
    }
    const Signing &signing = m_destination->security.signing;
    if (signing.scheme != SigningScheme::None) {
        auto signer = Signer::make(signing, secrets);
        if (!signer) {
            return tl::unexpected(signer.error());
        }
        m_signer = *signer;
    }
    m_isPlain = m_route.isDirect() && m_route.trustKey().isEmpty() && !m_tokenSource;
    return {};
}

Result<void> Target::setLogin(const DestinationSecrets &secrets)
{
    const Authentication &login = m_destination->security.authentication;
    switch (login.scheme) {
    case AuthScheme::None:
        break;
    case AuthScheme::Basic: {
        const QByteArray pair = login.user.toUtf8() + ':' + secrets.value(SecretKind::Password);
        addSecretHeader(authorization, "Basic " + pair.toBase64(), QByteArray("Basic ") + secretMark);
        break;
    }
    case AuthScheme::Bearer: {
        const QByteArray token = secrets.value(SecretKind::Token);
        if (token.isEmpty() || !isHeaderValue(token)) {
            return missing(Words::tr("Not sent: the token to log in with isn't there, or is none that a header can "
                                     "hold."));
        }
        addSecretHeader(authorization, "Bearer " + token, QByteArray("Bearer ") + secretMark);
        break;
    }
    case AuthScheme::OAuth2: {
        auto source = TokenSource::make(*m_destination, secrets);
        if (!source) {
            return tl::unexpected(source.error());
        }
        m_tokenSource = *source;
        m_headers += line(authorization, QByteArray("Bearer ") + secretMark);
        break;
    }
    }
    return {};
}

Target::Outgoing Target::outgoing(const Message &message) const
{
    Outgoing out{m_request, m_headers, 0};
    out.request.setRawHeader(idHeader, message.webhookId);
    out.headers += QByteArray(idHeader) + ": " + message.webhookId +
                   "\r\nContent-Length: " + QByteArray::number(message.body.size()) + "\r\nConnection: Keep-Alive\r\n";
    if (m_tokenSource) {
        out.request.setRawHeader(authorization, "Bearer " + message.token);
    }
    if (m_signer) {
        const qsizetype before = out.headers.size();
        for (const Header &header : m_signer->headers(message.webhookId, message.body, message.nowUtc)) {
            out.request.setRawHeader(header.name, header.value);
            out.headers += line(header.name, header.value);
        }
        out.signatureSize = out.headers.size() - before;
    }
    return out;
}

} // namespace courier
