// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#include "desk/endings.h"

#include "store/whendone.h"

#include <algorithm>

namespace courier {
namespace {

constexpr int soonMs = 1000;        ///< after changes, of which there may be many
constexpr qint64 longestMs = 60000; ///< the wall clock is looked at again at least so often

} // namespace

Endings::Endings(Store &store, const Clock &clock, QObject *parent)
    : QObject(parent)
    , m_store(store)
    , m_clock(clock)
{
    m_timer.setSingleShot(true);
    connect(&m_timer, &QTimer::timeout, this, &Endings::look);
    connect(&store, &Store::changed, this, &Endings::onStoreChanged);
}

// What is merely seen again only ends later.
void Endings::onStoreChanged()
{
    if (m_startedAt != 0 && (!m_timer.isActive() || m_timer.remainingTime() > soonMs)) {
        m_timer.start(soonMs);
    }
}

void Endings::start()
{
    m_startedAt = m_clock.nowUtc();
    look();
}

void Endings::look()
{
    if (m_startedAt == 0 || m_busy) {
        return;
    }
    m_busy = true;
    const auto next = [since = seenSince()](Queries &queries) { return queries.nextEndAt(since); };
    whenDone(this, m_store.read(next), [this](const std::optional<qint64> &endAt) {
        m_busy = false;
        if (endAt && *endAt <= m_clock.nowUtc()) {
            resolve();
        } else {
            wait(endAt);
        }
    });
}

void Endings::resolve()
{
    m_busy = true;
    whenDone(this, m_store.resolveEnded(seenSince()), [this](const Result<qint64> &resolved) {
        m_busy = false;
        if (resolved && *resolved > 0) {
            look();
        } else {
            wait(m_clock.nowUtc() + longestMs); // where it failed, the store says to all why
        }
    });
}

void Endings::wait(std::optional<qint64> until)
{
    if (hasGrace()) {
        until = std::min(until.value_or(m_startedAt + graceMs), m_startedAt + graceMs);
    }
    if (until) {
        m_timer.start(static_cast<int>(std::clamp<qint64>(*until - m_clock.nowUtc(), 1, longestMs)));
    } else {
        m_timer.stop();
    }
}

} // namespace courier
