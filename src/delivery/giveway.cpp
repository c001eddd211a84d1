// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#include "delivery/giveway.h"

#include <algorithm>
#include <chrono>
#include <sched.h>
#include <utility>

namespace courier {
namespace {

using namespace std::chrono_literals;

// Our own threads give the processor back sooner; a program that computes keeps it for a whole slice.
constexpr std::chrono::microseconds lostAfter = 3ms;
constexpr int shortestRest = 64; // sleeps
constexpr int longestRest = 4096;
constexpr int forgivenAfter = 128; // sleeps with nothing lost

} // namespace

GiveWay::GiveWay(const Clock &clock, std::function<void()> yield)
    : m_clock(clock)
    , m_yield(yield ? std::move(yield) : [] { ::sched_yield(); })
    , m_nextRest(shortestRest)
{
}

void GiveWay::beforeSleep()
{
    if (m_rest > 0) {
        --m_rest;
        return;
    }
    const qint64 before = m_clock.monotonic();
    m_yield();
    if (m_clock.monotonic() - before < lostAfter.count()) {
        if (++m_unlost == forgivenAfter) {
            m_nextRest = shortestRest;
        }
        return;
    }
    m_rest = m_nextRest;
    m_nextRest = std::min(m_nextRest * 2, longestRest);
    m_unlost = 0;
}

} // namespace courier
