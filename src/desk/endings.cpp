// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#include "desk/endings.h"

#include "store/whendone.h"

#include <algorithm>
#include <cstdlib>

namespace courier {
namespace {

constexpr int soonMs = 1000;           ///< after changes, of which there may be many
constexpr qint64 longestMs = 60000;    ///< the wall clock is looked at again at least so often
constexpr qint64 disciplinedMs = 2000; ///< a clock that is off by more was set

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
        lookIn(soonMs);
    }
}

// True where nobody listened for a while: the machine slept, or its date was set.
bool Endings::noteGap()
{
    const qint64 monotonic = m_clock.monotonic() / 1000;
    const qint64 offset = m_clock.nowUtc() - monotonic;
    const bool wasSet = std::abs(offset - m_offset) > disciplinedMs;
    const bool wasAsleep = m_lookAt && monotonic > *m_lookAt + graceMs;
    if (wasSet || wasAsleep) {
        m_startedAt = m_clock.nowUtc();
    }
    m_offset = offset;
    m_lookAt = monotonic; // what is asked now is answered at once, unless the machine sleeps
    return wasSet || wasAsleep;
}

void Endings::start()
{
    m_startedAt = m_clock.nowUtc();
    m_offset = m_startedAt - m_clock.monotonic() / 1000;
    look();
}

void Endings::look()
{
    if (m_startedAt == 0 || m_busy) {
        return;
    }
    m_busy = true;
    noteGap();
    const auto next = [since = seenSince()](Queries &queries) { return queries.nextEndAt(since); };
    whenDone(this, m_store.read(next), [this](const std::optional<qint64> &endAt) {
        m_busy = false;
        if (noteGap()) {
            look();
        } else if (endAt && *endAt <= m_clock.nowUtc()) {
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
        lookIn(std::clamp<qint64>(*until - m_clock.nowUtc(), 1, longestMs));
    } else {
        m_timer.stop();
        m_lookAt.reset(); // until something changes there is nothing to wake for
    }
}

void Endings::lookIn(qint64 milliseconds)
{
    m_lookAt = m_clock.monotonic() / 1000 + milliseconds;
    m_timer.start(static_cast<int>(milliseconds));
}

} // namespace courier
