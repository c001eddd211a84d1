// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QByteArray>

#include <memory>
#include <optional>

namespace courier {

/// A private key of Ed25519 (RFC 8032). A value, cheap to copy; immutable, for any thread.
class Ed25519Key
{
public:
    static constexpr qsizetype seedSize = 32;
    static constexpr qsizetype publicSize = 32;

    /// From the 32 bytes that RFC 8032 calls the private key; nothing where there are more or fewer.
    static std::optional<Ed25519Key> fromSeed(const QByteArray &seed);

    QByteArray publicKey() const;
    /// The 64 bytes of a signature; empty where the library failed.
    QByteArray sign(const QByteArray &message) const;

private:
    explicit Ed25519Key(std::shared_ptr<void> key);

    std::shared_ptr<void> m_key; ///< the library's own
};

} // namespace courier
