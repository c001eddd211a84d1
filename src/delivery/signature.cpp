// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#include "delivery/signature.h"

#include <QCoreApplication>
#include <QCryptographicHash>
#include <QMessageAuthenticationCode>
#include <QRandomGenerator>

#include <algorithm>
#include <array>

namespace courier {
namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(Signature)
};

constexpr auto hmacPrefix = "whsec_";
constexpr auto privatePrefix = "whsk_";
constexpr auto publicPrefix = "whpk_";
constexpr qsizetype fewestBytes = 24;
constexpr qsizetype mostBytes = 64;
constexpr qsizetype longestText = 1024;

tl::unexpected<Error> invalid(const QString &message)
{
    return failure(Error::Kind::Invalid, message);
}

QByteArray randomBytes()
{
    std::array<quint32, 8> words{};
    QRandomGenerator::system()->fillRange(words.data(), words.size());
    return {reinterpret_cast<const char *>(words.data()), sizeof words};
}

// Without the prefix, decoded. Padding may be missing: it stands for nothing.
Result<QByteArray> decoded(const QByteArray &secret, const QByteArray &prefix)
{
    if (secret.startsWith(publicPrefix)) {
        return invalid(Words::tr("This is the public key, which goes to the receiver. The secret begins with whsk_."));
    }
    if (!secret.startsWith(prefix)) {
        return invalid(Words::tr("The secret has to begin with %1.").arg(QString::fromLatin1(prefix)));
    }
    QByteArray text = secret.mid(prefix.size());
    while (text.endsWith('=')) {
        text.chop(1);
    }
    const auto result =
        QByteArray::fromBase64Encoding(text, QByteArray::Base64Encoding | QByteArray::AbortOnBase64DecodingErrors);
    if (result.decodingStatus != QByteArray::Base64DecodingStatus::Ok || text.size() % 4 == 1) {
        return invalid(
            Words::tr("What follows %1 is not base64: use letters, digits, + and /.").arg(QString::fromLatin1(prefix)));
    }
    return result.decoded;
}

Result<QByteArray> hmacKey(const QByteArray &secret)
{
    Result<QByteArray> key = decoded(secret, hmacPrefix);
    if (key && (key->size() < fewestBytes || key->size() > mostBytes)) {
        return invalid(Words::tr("The secret stands for %1 bytes; it has to be %2 to %3.")
                           .arg(key->size())
                           .arg(fewestBytes)
                           .arg(mostBytes));
    }
    return key;
}

// The 32 bytes of the key alone, or followed by the 32 of its public key, as some libraries write it.
Result<Ed25519Key> ed25519Key(const QByteArray &secret)
{
    const Result<QByteArray> bytes = decoded(secret, privatePrefix);
    if (!bytes) {
        return tl::unexpected(bytes.error());
    }
    constexpr qsizetype pairSize = Ed25519Key::seedSize + Ed25519Key::publicSize;
    if (bytes->size() != Ed25519Key::seedSize && bytes->size() != pairSize) {
        return invalid(Words::tr("The key stands for %1 bytes; a private key of Ed25519 has 32, or 64 with its public "
                                 "key.")
                           .arg(bytes->size()));
    }
    const std::optional<Ed25519Key> key = Ed25519Key::fromSeed(bytes->left(Ed25519Key::seedSize));
    if (!key) {
        return invalid(Words::tr("The key can't be used."));
    }
    if (bytes->size() == pairSize && key->publicKey() != bytes->mid(Ed25519Key::seedSize)) {
        return invalid(Words::tr("The public key in the second half doesn't belong to the private one."));
    }
    return *key;
}

Result<void> checkFree(const QByteArray &secret)
{
    if (secret.isEmpty()) {
        return invalid(Words::tr("Enter the secret that the receiver knows too."));
    }
    const auto isBad = [](char c) { return static_cast<uchar>(c) < 0x20 || c == 0x7f; };
    if (secret.size() > longestText || std::any_of(secret.begin(), secret.end(), isBad)) {
        return invalid(
            Words::tr("Use a secret of at most %1 bytes without line breaks and control characters.").arg(longestText));
    }
    return {};
}

QByteArray hmac(const QByteArray &key, const QByteArray &content)
{
    return QMessageAuthenticationCode::hash(content, key, QCryptographicHash::Sha256);
}

} // namespace

QByteArray newSigningSecret(SigningScheme scheme)
{
    switch (scheme) {
    case SigningScheme::StandardHmac:
        return hmacPrefix + randomBytes().toBase64();
    case SigningScheme::StandardEd25519:
        return privatePrefix + randomBytes().toBase64();
    default:
        return randomBytes().toHex();
    }
}

Result<void> checkSigningSecret(SigningScheme scheme, const QByteArray &secret)
{
    switch (scheme) {
    case SigningScheme::None:
        return {};
    case SigningScheme::StandardHmac:
        return hmacKey(secret).map([](const QByteArray &) {});
    case SigningScheme::StandardEd25519:
        return ed25519Key(secret).map([](const Ed25519Key &) {});
    default:
        return checkFree(secret);
    }
}

Result<QByteArray> signingPublicKey(const QByteArray &secret)
{
    return ed25519Key(secret).map(
        [](const Ed25519Key &key) -> QByteArray { return publicPrefix + key.publicKey().toBase64(); });
}

// The secret's own prefix says what it is for: the one before may have been of the other kind.
Result<Signer::Key> Signer::keyFrom(const QByteArray &secret)
{
    if (secret.startsWith(privatePrefix)) {
        return ed25519Key(secret).map([](const Ed25519Key &key) { return Key{{}, key}; });
    }
    return hmacKey(secret).map([](const QByteArray &key) { return Key{key, std::nullopt}; });
}

Result<std::shared_ptr<const Signer>> Signer::make(const Signing &signing, const DestinationSecrets &secrets)
{
    const QByteArray secret = secrets.value(SecretKind::SigningSecret);
    if (secret.isEmpty()) {
        return failure(Error::Kind::NotFound, Words::tr("Not sent: the secret to sign with isn't there."));
    }
    if (const Result<void> fine = checkSigningSecret(signing.scheme, secret); !fine) {
        return failure(Error::Kind::NotFound,
                       Words::tr("Not sent: the secret can't be signed with. %1").arg(fine.error().message));
    }
    std::shared_ptr<Signer> signer(new Signer);
    signer->m_signing = signing;
    if (!isStandardWebhooks(signing.scheme)) {
        signer->m_key.hmac = secret;
        return signer;
    }
    signer->m_key = *keyFrom(secret);
    const QByteArray before = secrets.value(SecretKind::PreviousSigningSecret);
    if (signing.rotatedAt > 0 && !before.isEmpty()) {
        if (const Result<Key> key = keyFrom(before)) {
            signer->m_before = *key;
            signer->m_beforeUntil = previousSecretSignsUntil(signing);
        }
    }
    return signer;
}

QByteArray Signer::sign(const Key &key, const QByteArray &content)
{
    if (key.ed25519) {
        return "v1a," + key.ed25519->sign(content).toBase64();
    }
    return "v1," + hmac(key.hmac, content).toBase64();
}

QList<Header> Signer::standardHeaders(const QByteArray &webhookId, const QByteArray &body, qint64 nowUtc) const
{
    const QByteArray timestamp = QByteArray::number(nowUtc / 1000);
    const QByteArray content = webhookId + '.' + timestamp + '.' + body;
    QByteArray signatures = sign(m_key, content);
    if (m_before && nowUtc < m_beforeUntil) {
        signatures += ' ' + sign(*m_before, content);
    }
    return {{"webhook-timestamp", timestamp}, {"webhook-signature", signatures}};
}

QList<Header> Signer::headers(const QByteArray &webhookId, const QByteArray &body, qint64 nowUtc) const
{
    switch (m_signing.scheme) {
    case SigningScheme::None:
        return {};
    case SigningScheme::StandardHmac:
    case SigningScheme::StandardEd25519:
        return standardHeaders(webhookId, body, nowUtc);
    case SigningScheme::GitHub:
        return {{"X-Hub-Signature-256", "sha256=" + hmac(m_key.hmac, body).toHex()}};
    case SigningScheme::Custom:
        return {{m_signing.header, m_signing.prefix + hmac(m_key.hmac, body).toHex()}};
    }
    return {};
}

} // namespace courier
