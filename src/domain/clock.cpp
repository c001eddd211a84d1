// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#include "domain/clock.h"

#include <chrono>

#include <cstdlib>
#include <ctime>

namespace courier {

qint64 SystemClock::nowUtc() const
{
    using namespace std::chrono;
    return duration_cast<milliseconds>(system_clock::now().time_since_epoch()).count();
}

// CLOCK_BOOTTIME goes on while the machine is suspended, which CLOCK_MONOTONIC (std::chrono::steady_clock) does not.
qint64 SystemClock::monotonic() const
{
    timespec now{};
    clock_gettime(CLOCK_BOOTTIME, &now);
    return static_cast<qint64>(now.tv_sec) * 1'000'000 + now.tv_nsec / 1000;
}

SteadyUtc::SteadyUtc(const Clock &clock)
    : m_clock(clock)
    , m_offset(clock.nowUtc() - clock.monotonic() / 1000)
{
}

qint64 SteadyUtc::now()
{
    constexpr qint64 followed = 2000;
    const qint64 monotonic = m_clock.monotonic() / 1000;
    const qint64 drift = m_clock.nowUtc() - (monotonic + m_offset);
    if (drift != 0 && std::abs(drift) < followed) {
        m_offset += drift;
    }
    return monotonic + m_offset;
}

} // namespace courier
