// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#include "delivery/ed25519.h"

#include <openssl/evp.h>

namespace courier {
namespace {

constexpr std::size_t signatureSize = 64;

const unsigned char *bytesOf(const QByteArray &bytes)
{
    return reinterpret_cast<const unsigned char *>(bytes.constData());
}

unsigned char *bytesOf(QByteArray &bytes)
{
    return reinterpret_cast<unsigned char *>(bytes.data());
}

EVP_PKEY *keyOf(const std::shared_ptr<void> &key)
{
    return static_cast<EVP_PKEY *>(key.get());
}

} // namespace

Ed25519Key::Ed25519Key(std::shared_ptr<void> key)
    : m_key(std::move(key))
{
}

std::optional<Ed25519Key> Ed25519Key::fromSeed(const QByteArray &seed)
{
    if (seed.size() != seedSize) {
        return std::nullopt;
    }
    EVP_PKEY *key = EVP_PKEY_new_raw_private_key(EVP_PKEY_ED25519, nullptr, bytesOf(seed), seedSize);
    if (!key) {
        return std::nullopt;
    }
    return Ed25519Key(std::shared_ptr<void>(key, [](void *one) { EVP_PKEY_free(static_cast<EVP_PKEY *>(one)); }));
}

QByteArray Ed25519Key::publicKey() const
{
    QByteArray key(publicSize, '\0');
    std::size_t size = publicSize;
    const bool done = EVP_PKEY_get_raw_public_key(keyOf(m_key), bytesOf(key), &size) == 1;
    return done ? key : QByteArray();
}

QByteArray Ed25519Key::sign(const QByteArray &message) const
{
    const std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)> context(EVP_MD_CTX_new(), &EVP_MD_CTX_free);
    QByteArray signature(static_cast<qsizetype>(signatureSize), '\0');
    std::size_t size = signatureSize;
    const bool done = context && EVP_DigestSignInit(context.get(), nullptr, nullptr, nullptr, keyOf(m_key)) == 1 &&
                      EVP_DigestSign(context.get(), bytesOf(signature), &size, bytesOf(message),
                                     static_cast<std::size_t>(message.size())) == 1;
    return done ? signature : QByteArray();
}

} // namespace courier
