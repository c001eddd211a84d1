// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "delivery/outcome.h"
#include "domain/clock.h"

#include <QByteArray>
#include <QFuture>
#include <QHash>
#include <QPromise>

#include <memory>
#include <mutex>
#include <optional>

namespace courier {

/// A token of OAuth 2, as its endpoint gave it.
struct AccessToken
{
    QByteArray value;
    std::optional<qint64> seconds; ///< how long it lasts; nothing where the endpoint didn't say
};

/// A token, or why there is none.
using TokenResult = tl::expected<AccessToken, Verdict>;

/// The tokens of all destinations, kept in memory until shortly before they expire. One request at a time for each:
/// whoever asks meanwhile waits for the same answer. Thread-safe.
class TokenStore
{
public:
    explicit TokenStore(const Clock &clock);

    /// What claim() says: the token, or the one answer to wait for. Who \c mustFetch owes an answer by settle().
    struct Claim
    {
        std::optional<QByteArray> token;
        QFuture<TokenResult> answer;
        bool mustFetch = false;
    };

    /// The token of \a key other than \a refused, which its receiver didn't take.
    Claim claim(const QByteArray &key, const QByteArray &refused = {});
    void settle(const QByteArray &key, const TokenResult &result);

private:
    struct Entry
    {
        QByteArray token;
        qint64 until = 0;                               ///< monotonic, microseconds
        std::shared_ptr<QPromise<TokenResult>> pending; ///< while it is being asked for
    };

    const Clock &m_clock;
    std::mutex m_mutex;
    QHash<QByteArray, Entry> m_entries;
};

} // namespace courier
