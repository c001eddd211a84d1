// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#include "domain/security.h"

#include <QLatin1String>

#include <algorithm>
#include <array>
#include <limits>

namespace courier {
namespace {

constexpr std::array signingWords{QLatin1String("none"), QLatin1String("standard"), QLatin1String("standard-ed25519"),
                                  QLatin1String("github"), QLatin1String("custom")};
constexpr std::array authWords{QLatin1String("none"), QLatin1String("basic"), QLatin1String("bearer"),
                               QLatin1String("oauth2")};
constexpr std::array proxyWords{QLatin1String("system"), QLatin1String("none"), QLatin1String("http"),
                                QLatin1String("socks5")};

template<typename Scheme, typename Words>
Scheme fromWord(const Words &words, const QString &word)
{
    const auto found = std::find(words.begin(), words.end(), word);
    return static_cast<Scheme>(found == words.end() ? 0 : found - words.begin());
}

// Leaves out what is at its default: an object is as long as what was chosen.
class Fields
{
public:
    void add(const char *key, const QString &value)
    {
        if (!value.isEmpty()) {
            m_object.insert(QLatin1String(key), value);
        }
    }
    void add(const char *key, const QByteArray &value) { add(key, QString::fromUtf8(value)); }
    void add(const char *key, qint64 value, qint64 normally)
    {
        if (value != normally) {
            m_object.insert(QLatin1String(key), value);
        }
    }
    void add(const char *key, const QJsonObject &value)
    {
        if (!value.isEmpty()) {
            m_object.insert(QLatin1String(key), value);
        }
    }
    template<typename Scheme>
    void addScheme(const char *key, Scheme scheme)
    {
        if (scheme != Scheme{}) {
            m_object.insert(QLatin1String(key), keyword(scheme));
        }
    }
    QJsonObject object() const { return m_object; }

private:
    QJsonObject m_object;
};

QJsonObject signingJson(const Signing &signing)
{
    Fields fields;
    fields.addScheme("scheme", signing.scheme);
    fields.add("header", signing.header);
    fields.add("prefix", signing.prefix);
    fields.add("overlapHours", signing.overlapHours, Signing().overlapHours);
    fields.add("rotatedAt", signing.rotatedAt, 0);
    return fields.object();
}

QJsonObject authenticationJson(const Authentication &authentication)
{
    Fields fields;
    fields.addScheme("scheme", authentication.scheme);
    fields.add("user", authentication.user);
    fields.add("tokenUrl", authentication.tokenUrl);
    fields.add("clientId", authentication.clientId);
    fields.add("scope", authentication.scope);
    return fields.object();
}

QJsonObject tlsJson(const TlsSettings &tls)
{
    Fields fields;
    fields.add("authority", tls.authorityPem);
    fields.add("pinnedSha256", tls.pinnedSha256.toHex());
    fields.add("certificate", tls.certificatePem);
    return fields.object();
}

QJsonObject proxyJson(const ProxySettings &proxy)
{
    Fields fields;
    fields.addScheme("kind", proxy.kind);
    fields.add("host", proxy.host);
    fields.add("port", proxy.port, 0);
    fields.add("user", proxy.user);
    return fields.object();
}

QString text(const QJsonObject &json, const char *key)
{
    return json.value(QLatin1String(key)).toString();
}

QByteArray bytes(const QJsonObject &json, const char *key)
{
    return text(json, key).toUtf8();
}

Signing signingFrom(const QJsonObject &json)
{
    Signing signing;
    signing.scheme = fromWord<SigningScheme>(signingWords, text(json, "scheme"));
    signing.header = bytes(json, "header");
    signing.prefix = bytes(json, "prefix");
    signing.overlapHours =
        std::clamp(json.value(QLatin1String("overlapHours")).toInt(signing.overlapHours), 0, maxOverlapHours);
    signing.rotatedAt = json.value(QLatin1String("rotatedAt")).toInteger();
    return signing;
}

Authentication authenticationFrom(const QJsonObject &json)
{
    return {fromWord<AuthScheme>(authWords, text(json, "scheme")), text(json, "user"), text(json, "tokenUrl"),
            text(json, "clientId"), text(json, "scope")};
}

TlsSettings tlsFrom(const QJsonObject &json)
{
    return {bytes(json, "authority"), QByteArray::fromHex(bytes(json, "pinnedSha256")), bytes(json, "certificate")};
}

ProxySettings proxyFrom(const QJsonObject &json)
{
    return {fromWord<ProxyKind>(proxyWords, text(json, "kind")), text(json, "host"),
            json.value(QLatin1String("port")).toInt(), text(json, "user")};
}

} // namespace

bool isStandardWebhooks(SigningScheme scheme)
{
    return scheme == SigningScheme::StandardHmac || scheme == SigningScheme::StandardEd25519;
}

// What was imported may say any time.
qint64 previousSecretSignsUntil(const Signing &signing)
{
    constexpr qint64 msPerHour = 3'600'000;
    const qint64 overlap = signing.overlapHours * msPerHour;
    return signing.rotatedAt > 0 ? std::min(signing.rotatedAt, std::numeric_limits<qint64>::max() - overlap) + overlap
                                 : 0;
}

QJsonObject toJson(const DestinationSecurity &security)
{
    Fields fields;
    fields.add("signing", signingJson(security.signing));
    fields.add("authentication", authenticationJson(security.authentication));
    fields.add("tls", tlsJson(security.tls));
    fields.add("proxy", proxyJson(security.proxy));
    return fields.object();
}

DestinationSecurity securityFromJson(const QJsonObject &json)
{
    return {signingFrom(json.value(QLatin1String("signing")).toObject()),
            authenticationFrom(json.value(QLatin1String("authentication")).toObject()),
            tlsFrom(json.value(QLatin1String("tls")).toObject()),
            proxyFrom(json.value(QLatin1String("proxy")).toObject())};
}

QString keyword(SigningScheme scheme)
{
    return signingWords.at(static_cast<std::size_t>(scheme));
}

QString keyword(AuthScheme scheme)
{
    return authWords.at(static_cast<std::size_t>(scheme));
}

QString keyword(ProxyKind kind)
{
    return proxyWords.at(static_cast<std::size_t>(kind));
}

} // namespace courier
