// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#include "domain/secrets.h"

#include <QCoreApplication>
#include <QLatin1String>
#include <QStringDecoder>

#include <algorithm>

namespace courier {
namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(Secrets)
};

constexpr QLatin1String headersKey("headers");

} // namespace

const QList<SecretKind> &allSecretKinds()
{
    static const QList<SecretKind> all{SecretKind::SigningSecret, SecretKind::PreviousSigningSecret,
                                       SecretKind::Password,      SecretKind::Token,
                                       SecretKind::ClientSecret,  SecretKind::PrivateKey,
                                       SecretKind::ProxyPassword};
    return all;
}

QString keyword(SecretKind kind)
{
    switch (kind) {
    case SecretKind::SigningSecret:
        return QStringLiteral("signing");
    case SecretKind::PreviousSigningSecret:
        return QStringLiteral("signing-before");
    case SecretKind::Password:
        return QStringLiteral("password");
    case SecretKind::Token:
        return QStringLiteral("token");
    case SecretKind::ClientSecret:
        return QStringLiteral("client-secret");
    case SecretKind::PrivateKey:
        return QStringLiteral("private-key");
    case SecretKind::ProxyPassword:
        break;
    }
    return QStringLiteral("proxy-password");
}

std::optional<SecretKind> secretKindFromKeyword(QStringView word)
{
    const QList<SecretKind> &all = allSecretKinds();
    const auto found = std::find_if(all.begin(), all.end(), [&](SecretKind kind) { return keyword(kind) == word; });
    return found == all.end() ? std::nullopt : std::optional(*found);
}

QString inWords(SecretKind kind)
{
    switch (kind) {
    case SecretKind::SigningSecret:
        return Text::tr("the signing secret");
    case SecretKind::PreviousSigningSecret:
        return Text::tr("the signing secret before");
    case SecretKind::Password:
        return Text::tr("the password");
    case SecretKind::Token:
        return Text::tr("the token");
    case SecretKind::ClientSecret:
        return Text::tr("the client secret");
    case SecretKind::PrivateKey:
        return Text::tr("the private key");
    case SecretKind::ProxyPassword:
        break;
    }
    return Text::tr("the proxy's password");
}

SecretKinds SecretKinds::fromBits(quint8 bits)
{
    SecretKinds kinds;
    kinds.m_bits = bits & 0x7f;
    return kinds;
}

SecretKinds DestinationSecrets::kinds() const
{
    SecretKinds kinds;
    for (auto one = values.begin(); one != values.end(); ++one) {
        kinds.set(one.key());
    }
    return kinds;
}

// A line break in a token would begin another header; a secret that isn't text could not be written down again.
QString secretFault(SecretKind kind, const QByteArray &value)
{
    const QString what = inWords(kind);
    if (value.size() > maxSecretSize) {
        return Text::tr("Use at most %1 KiB for %2.").arg(maxSecretSize / 1024).arg(what);
    }
    QStringDecoder decoder(QStringDecoder::Utf8);
    const QString text = decoder(value);
    if (decoder.hasError()) {
        return Text::tr("Use text in UTF-8 for %1.").arg(what);
    }
    const bool isKey = kind == SecretKind::PrivateKey;
    const auto isBad = [isKey](QChar c) {
        return c.category() == QChar::Other_Control && !(isKey && (c == u'\n' || c == u'\r' || c == u'\t'));
    };
    if (std::any_of(text.begin(), text.end(), isBad)) {
        return Text::tr("Use no line breaks and control characters in %1.").arg(what);
    }
    return {};
}

QJsonObject toJson(const DestinationSecrets &secrets)
{
    QJsonObject object;
    for (auto one = secrets.values.begin(); one != secrets.values.end(); ++one) {
        object.insert(keyword(one.key()), QString::fromUtf8(one.value()));
    }
    QJsonObject headers;
    for (auto one = secrets.headers.begin(); one != secrets.headers.end(); ++one) {
        headers.insert(QString::fromUtf8(one.key()), QString::fromUtf8(one.value()));
    }
    if (!headers.isEmpty()) {
        object.insert(headersKey, headers);
    }
    return object;
}

DestinationSecrets secretsFromJson(const QJsonObject &json)
{
    DestinationSecrets secrets;
    for (auto one = json.begin(); one != json.end(); ++one) {
        const auto kind = secretKindFromKeyword(one.key());
        if (kind && one->isString()) {
            secrets.values.insert(*kind, one->toString().toUtf8());
        }
    }
    const QJsonObject headers = json.value(headersKey).toObject();
    for (auto one = headers.begin(); one != headers.end(); ++one) {
        if (one->isString()) {
            secrets.headers.insert(one.key().toLower().toUtf8(), one->toString().toUtf8());
        }
    }
    return secrets;
}

} // namespace courier
