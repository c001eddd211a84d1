// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "delivery/ed25519.h"
#include "domain/destination.h"
#include "domain/error.h"
#include "domain/secrets.h"

#include <QByteArray>
#include <QList>

#include <memory>
#include <optional>

namespace courier {

/// A new secret to sign with, from the system's random numbers: "whsec_" and 32 bytes, "whsk_" and the 32 bytes of an
/// Ed25519 key, each in base64, or, where the scheme has no form of its own, 64 hexadecimal digits.
QByteArray newSigningSecret(SigningScheme scheme);
/// Whether \a secret can be signed with; the message is for the operator and doesn't repeat it.
Result<void> checkSigningSecret(SigningScheme scheme, const QByteArray &secret);
/// What a receiver of StandardEd25519 checks with: "whpk_" and the public key in base64.
Result<QByteArray> signingPublicKey(const QByteArray &secret);

/// Signs the requests to one destination. Immutable, for any thread.
class Signer
{
public:
    /// Error::Kind::NotFound where the secret isn't there, Invalid where it can't be signed with.
    static Result<std::shared_ptr<const Signer>> make(const Signing &signing, const DestinationSecrets &secrets);

    /// The headers that prove one request, made anew for each attempt: \a nowUtc is its moment, ms since 1970 UTC.
    QList<Header> headers(const QByteArray &webhookId, const QByteArray &body, qint64 nowUtc) const;

private:
    struct Key
    {
        QByteArray hmac;
        std::optional<Ed25519Key> ed25519; ///< in its place
    };

    Signer() = default;
    static Result<Key> keyFrom(const QByteArray &secret);
    static QByteArray sign(const Key &key, const QByteArray &content);
    QList<Header> standardHeaders(const QByteArray &webhookId, const QByteArray &body, qint64 nowUtc) const;

    Signing m_signing;
    Key m_key;
    std::optional<Key> m_before; ///< signs beside the other until m_beforeUntil
    qint64 m_beforeUntil = 0;    ///< ms since 1970 UTC
};

} // namespace courier
