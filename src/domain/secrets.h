// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QByteArray>
#include <QHash>
#include <QJsonObject>
#include <QList>
#include <QString>

#include <optional>

namespace courier {

/// What is secret of a destination. The words are what the key ring, exports and the command line call it; the numbers
/// are those of the bits that the store keeps.
enum class SecretKind : quint8 {
    SigningSecret = 0,         ///< "signing": of Signing; as the operator sees it ("whsec_..." for Standard Webhooks)
    PreviousSigningSecret = 1, ///< "signing-before": signs beside the new one until the overlap is over
    Password = 2,              ///< "password": of AuthScheme::Basic
    Token = 3,                 ///< "token": of AuthScheme::Bearer
    ClientSecret = 4,          ///< "client-secret": of AuthScheme::OAuth2
    PrivateKey = 5,            ///< "private-key": PEM, of TlsSettings::certificatePem
    ProxyPassword = 6          ///< "proxy-password"
};

const QList<SecretKind> &allSecretKinds();
QString keyword(SecretKind kind);
std::optional<SecretKind> secretKindFromKeyword(QStringView word);
/// "the signing secret", ... as in a sentence (translated).
QString inWords(SecretKind kind);

/// A set of kinds; the bit of a kind is 1 << its number.
class SecretKinds
{
public:
    SecretKinds() = default;
    SecretKinds(std::initializer_list<SecretKind> list)
    {
        for (const SecretKind kind : list) {
            set(kind);
        }
    }
    static SecretKinds fromBits(quint8 bits);
    quint8 bits() const { return m_bits; }
    bool contains(SecretKind kind) const { return (m_bits >> static_cast<int>(kind)) & 1; }
    void set(SecretKind kind) { m_bits = static_cast<quint8>(m_bits | (1 << static_cast<int>(kind))); }
    bool isEmpty() const { return m_bits == 0; }
    bool operator==(const SecretKinds &) const = default;

private:
    quint8 m_bits = 0;
};

/// Names one set of secrets where secrets are kept. What it names is never changed: an edit makes a new one, so that a
/// destination's settings and its secrets change in the same commit.
enum class SecretsId : qint64 {};

/// What the store knows of a destination's secrets: where they are, and what is among them, but nothing of them.
struct StoredSecrets
{
    SecretsId id{};    ///< 0: the destination has none
    SecretKinds kinds; ///< beside the values of headers, which have a mark of their own
    bool exist() const { return id != SecretsId{}; }
    bool operator==(const StoredSecrets &) const = default;
};

/// The secrets of one destination, in memory. A value; never logged, never written to the database, an export (unless
/// asked) or a command line.
struct DestinationSecrets
{
    QHash<SecretKind, QByteArray> values;
    QHash<QByteArray, QByteArray> headers; ///< by lower-case name: the values of headers that are secret

    QByteArray value(SecretKind kind) const { return values.value(kind); }
    bool isEmpty() const { return values.isEmpty() && headers.isEmpty(); }
    SecretKinds kinds() const;
    bool operator==(const DestinationSecrets &) const = default;
};

/// What an edit does to a destination's secrets; what it doesn't name stays as it is.
struct SecretChanges
{
    QHash<SecretKind, QByteArray> values;  ///< an empty one clears it
    QHash<QByteArray, QByteArray> headers; ///< by lower-case name: new values of headers that are secret
    bool isEmpty() const { return values.isEmpty() && headers.isEmpty(); }
};

constexpr int maxSecretSize = 64 * 1024;
/// What is wrong with a secret that somebody entered, in words; empty where nothing is.
QString secretFault(SecretKind kind, const QByteArray &value);

/// Each a string by its word, and "headers" as an object. For the place where secrets are kept, and for exports that
/// are asked to hold them.
QJsonObject toJson(const DestinationSecrets &secrets);
/// The reverse; what is not understood is left out.
DestinationSecrets secretsFromJson(const QJsonObject &json);

} // namespace courier
