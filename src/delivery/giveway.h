// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "domain/clock.h"

#include <functional>

namespace courier {

/// Lets the threads that are ready run before a busy one goes to sleep: what they bring meanwhile is then taken all at
/// once, and most of the sleeps and wake-ups, which cost more than what they are for, don't happen. Where it is another
/// program that takes the processor, giving way only loses it: then it rests, longer each time. On one thread.
class GiveWay
{
public:
    /// \a clock must outlive it. \a yield lets others run (sched_yield(2)); tests give their own.
    explicit GiveWay(const Clock &clock, std::function<void()> yield = {});

    void beforeSleep();

private:
    const Clock &m_clock;
    std::function<void()> m_yield;
    int m_rest = 0;   ///< so many sleeps without giving way
    int m_nextRest;   ///< how long it rests when it loses the processor again
    int m_unlost = 0; ///< how often in a row it came back in time
};

} // namespace courier
