// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#include "delivery/tokenrequest.h"

#include "delivery/httpstatus.h"
#include "delivery/requestpolicies.h"
#include "delivery/tlswords.h"

#include <QCoreApplication>
#include <QCryptographicHash>
#include <QJsonDocument>
#include <QJsonObject>

#include <algorithm>

namespace courier {
namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(TokenRequest)
};

constexpr qint64 longestAnswer = 256 * 1024;
constexpr qsizetype longestToken = 64 * 1024;
constexpr qsizetype longestExcerpt = 200;

// application/x-www-form-urlencoded (RFC 6749, appendix B).
QByteArray formEncoded(const QString &text)
{
    return QUrl::toPercentEncoding(text, {}, "~").replace("%20", "+");
}

QString excerpt(const QJsonObject &json, const char *key)
{
    return json.value(QLatin1String(key)).toString().simplified().left(longestExcerpt);
}

tl::unexpected<Verdict> refused(const QString &reason)
{
    return tl::unexpected(Verdict{Outcome::AuthFailed, Words::tr("No access token: %1").arg(reason)});
}

QString endpointSaid(int status, const QJsonObject &json)
{
    QString said = Words::tr("the token endpoint answered %1 %2").arg(status).arg(standardPhrase(status)).trimmed();
    for (const char *key : {"error", "error_description"}) {
        if (const QString more = excerpt(json, key); !more.isEmpty()) {
            said += QLatin1String(", ") + more;
        }
    }
    return said.endsWith(QLatin1Char('.')) ? said : said + QLatin1Char('.');
}

// What a header can hold (RFC 6750, 2.1): else it would end up as another header.
bool isSendable(const QByteArray &token)
{
    return !token.isEmpty() && token.size() <= longestToken &&
           std::all_of(token.begin(), token.end(), [](char c) { return c > 0x20 && c < 0x7f; });
}

// An endpoint may repeat what it was told.
QString secretOf(const TokenSource &source)
{
    const QByteArray login = QByteArray::fromBase64(source.authorization.mid(6));
    return QUrl::fromPercentEncoding(login.mid(login.indexOf(':') + 1).replace('+', ' '));
}

} // namespace

Verdict lateTokenVerdict()
{
    return refused(Words::tr("the token endpoint didn't answer in time.")).value();
}

TokenResult tokenFrom(int status, const QByteArray &answer)
{
    const QJsonObject json = QJsonDocument::fromJson(answer).object();
    if (!isSuccess(status)) {
        return refused(endpointSaid(status, json));
    }
    const QByteArray token = json.value(QLatin1String("access_token")).toString().toUtf8();
    if (!isSendable(token)) {
        return refused(json.contains(QLatin1String("error"))
                           ? endpointSaid(status, json)
                           : Words::tr("the token endpoint's answer holds no access_token that can be sent."));
    }
    const QString type = json.value(QLatin1String("token_type")).toString();
    if (!type.isEmpty() && type.compare(QLatin1String("bearer"), Qt::CaseInsensitive) != 0) {
        return refused(Words::tr("the token endpoint gave one of the type “%1”; only Bearer can be used.")
                           .arg(excerpt(json, "token_type")));
    }
    // Some write the number as a text.
    const QJsonValue life = json.value(QLatin1String("expires_in"));
    bool isNumber = life.isDouble();
    const qint64 seconds =
        isNumber ? static_cast<qint64>(qBound(0.0, life.toDouble(), 1e9)) : life.toString().toLongLong(&isNumber);
    return AccessToken{token, isNumber ? std::optional(seconds) : std::nullopt};
}

Result<std::shared_ptr<const TokenSource>> TokenSource::make(const Destination &destination,
                                                             const DestinationSecrets &secrets)
{
    const Authentication &login = destination.security.authentication;
    const QByteArray secret = secrets.value(SecretKind::ClientSecret);
    if (secret.isEmpty()) {
        return failure(Error::Kind::NotFound, Words::tr("Not sent: the client's secret isn't there."));
    }
    const QUrl url = QUrl::fromEncoded(login.tokenUrl.toUtf8(), QUrl::StrictMode);
    if (!url.isValid() || url.host().isEmpty() || !url.scheme().startsWith(QLatin1String("http"))) {
        return failure(Error::Kind::Invalid, Words::tr("Not sent: the token endpoint's address can't be used."));
    }
    Result<TargetRoute> route = TargetRoute::make(url, TargetRoute::End::TokenEndpoint, destination.security, secrets);
    if (!route) {
        return tl::unexpected(route.error());
    }
    QByteArray body = "grant_type=client_credentials";
    if (!login.scope.isEmpty()) {
        body += "&scope=" + formEncoded(login.scope);
    }
    const QByteArray client = formEncoded(login.clientId) + ':' + formEncoded(QString::fromUtf8(secret));
    const QByteArray whole = QByteArray::number(number(destination.id)) + '\n' + login.tokenUrl.toUtf8() + '\n' +
                             client + '\n' + body + '\n' + route->trustKey();
    const QByteArray key = QCryptographicHash::hash(whole, QCryptographicHash::Sha256);
    return std::make_shared<const TokenSource>(TokenSource{key, std::move(*route), "Basic " + client.toBase64(), body});
}

TokenRequest::TokenRequest(std::shared_ptr<const TokenSource> source, SenderKit &kit, QObject *parent)
    : QObject(parent)
    , m_source(std::move(source))
    , m_kit(kit)
    , m_limit(this)
{
    m_limit.setSingleShot(true);
    connect(&m_limit, &QTimer::timeout, this, [this] { settle(tl::unexpected(lateTokenVerdict())); });
}

TokenRequest::~TokenRequest()
{
    if (m_reply) {
        m_reply->disconnect(this);
        m_reply->deleteLater();
    }
    m_use.end(true, m_kit.clock.monotonic());
    if (!m_isSettled) {
        m_kit.shared->tokens.settle(m_source->key, tl::unexpected(interruptedVerdict()));
    }
}

void TokenRequest::start(int turn, std::chrono::microseconds limit)
{
    m_limit.start(std::chrono::ceil<std::chrono::milliseconds>(limit));
    m_kit.ways.find(m_source->route, turn, this, [this](const FoundWay &way) {
        if (way) {
            post(*way);
        } else {
            fail(way.error().reason, way.error().outcome);
        }
    });
}

void TokenRequest::post(const Way &way)
{
    QNetworkRequest request(m_source->route.url());
    setPolicies(request);
    m_source->route.applyTo(request);
    request.setRawHeader("Content-Type", "application/x-www-form-urlencoded");
    request.setRawHeader("Accept", "application/json");
    request.setRawHeader("Accept-Encoding", "identity");
    request.setRawHeader("Accept-Language", "*");
    request.setRawHeader("User-Agent", userAgent());
    request.setRawHeader("Authorization", m_source->authorization);
    direct(request, m_source->route, way);
    m_way = way;
    m_use = m_kit.connections.begin(m_source->route.trustKey(), way.proxy,
                                    connectionKey(originOf(m_source->route.url()), way), m_kit.clock.monotonic());
    m_reply = m_use->post(request, m_source->body);
    connect(m_reply, &QNetworkReply::readyRead, this, &TokenRequest::onReadyRead);
    connect(m_reply, &QNetworkReply::finished, this, &TokenRequest::onFinished);
    connect(m_reply, &QNetworkReply::sslErrors, this, &TokenRequest::onSslErrors);
}

void TokenRequest::onSslErrors(const QList<QSslError> &errors)
{
    const QList<QSslError> grave = gravestOf(errors);
    if (grave.isEmpty()) {
        m_reply->ignoreSslErrors(errors);
        return;
    }
    m_tlsReasons = tlsReasons(grave, m_reply->sslConfiguration().peerCertificate(), m_source->route.url().host());
}

void TokenRequest::onReadyRead()
{
    m_answer += m_reply->read(longestAnswer - m_answer.size());
    if (m_answer.size() >= longestAnswer) {
        fail(Words::tr("the token endpoint's answer is too large."));
    }
}

Verdict TokenRequest::breakdownVerdict() const
{
    Breakdown breakdown;
    breakdown.error = m_reply->error();
    breakdown.tlsReasons = m_tlsReasons;
    breakdown.tlsDetail = m_reply->errorString();
    breakdown.proxy = shownProxy(m_way.proxy);
    breakdown.isForwarded = isForwarded(m_source->route, m_way);
    return verdictOn(breakdown, m_source->route.url());
}

void TokenRequest::onFinished()
{
    const int status = m_reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt();
    const bool isProxys =
        isForwarded(m_source->route, m_way) && m_reply->error() == QNetworkReply::ProxyAuthenticationRequiredError;
    if (status == 0 || isProxys) {
        const Verdict verdict = breakdownVerdict();
        if (verdict.outcome == Outcome::ProxyFailed) {
            settle(tl::unexpected(verdict));
        } else {
            fail(verdict.outcome == Outcome::Unknown ? Words::tr("the connection to the token endpoint was lost.")
                                                     : verdict.reason);
        }
        return;
    }
    onReadyRead();
    if (!m_isSettled) {
        settle(tokenFrom(status, m_answer));
    }
}

void TokenRequest::fail(const QString &reason, Outcome outcome)
{
    const bool isOurs = outcome == Outcome::ProxyFailed || outcome == Outcome::GuardRefused;
    settle(isOurs ? TokenResult(tl::unexpected(Verdict{outcome, reason})) : TokenResult(refused(reason)));
}

void TokenRequest::settle(const TokenResult &result)
{
    m_isSettled = true;
    TokenResult told = result;
    if (!told) {
        told.error().reason.replace(secretOf(*m_source), QLatin1String(secretMark));
    }
    m_limit.stop();
    if (m_reply) {
        m_reply->disconnect(this);
        m_reply->deleteLater();
        m_reply = nullptr;
    }
    m_use.end(true, m_kit.clock.monotonic());
    m_kit.shared->tokens.settle(m_source->key, told);
    deleteLater();
}

} // namespace courier
