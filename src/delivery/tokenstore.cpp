// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#include "delivery/tokenstore.h"

#include <algorithm>

namespace courier {
namespace {

constexpr qsizetype keptEntries = 4096;
constexpr qint64 longestLifeSeconds = 7 * 24 * 3600;
constexpr qint64 unsaidLifeSeconds = 3600;
constexpr qint64 longestMarginSeconds = 60;

// A token is left alone a while before it ends: a request under way with it has to arrive.
qint64 usefulMicroseconds(const AccessToken &token)
{
    const qint64 life = std::clamp<qint64>(token.seconds.value_or(unsaidLifeSeconds), 0, longestLifeSeconds);
    return (life - std::min(longestMarginSeconds, life / 10)) * 1'000'000;
}

} // namespace

TokenStore::TokenStore(const Clock &clock)
    : m_clock(clock)
{
}

TokenStore::Claim TokenStore::claim(const QByteArray &key, const QByteArray &refused)
{
    const std::lock_guard lock(m_mutex);
    if (m_entries.size() >= keptEntries && !m_entries.contains(key)) {
        m_entries.removeIf([](const auto &entry) { return !entry->pending; });
    }
    Entry &entry = m_entries[key];
    if (!entry.token.isEmpty() && entry.token != refused && m_clock.monotonic() < entry.until) {
        return {entry.token, {}, false};
    }
    if (entry.pending) {
        return {std::nullopt, entry.pending->future(), false};
    }
    entry.token.clear();
    entry.pending = std::make_shared<QPromise<TokenResult>>();
    entry.pending->start();
    return {std::nullopt, entry.pending->future(), true};
}

void TokenStore::settle(const QByteArray &key, const TokenResult &result)
{
    std::shared_ptr<QPromise<TokenResult>> pending;
    {
        const std::lock_guard lock(m_mutex);
        Entry &entry = m_entries[key];
        pending = std::move(entry.pending);
        if (result) {
            entry.token = result->value;
            entry.until = m_clock.monotonic() + usefulMicroseconds(*result);
        }
    }
    if (pending) {
        pending->addResult(result);
        pending->finish();
    }
}

} // namespace courier
