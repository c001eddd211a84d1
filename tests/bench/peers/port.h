// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <algorithm>
#include <cstddef>
#include <deque>
#include <string>

// How one of the receiver's ports answers, and what came in by it. Moments are CLOCK_MONOTONIC, microseconds.

constexpr long long clockSecondUs = 1'000'000;
/// How long its seconds are: longer than the clock's where those whom it answers stand still for part of the time.
inline long long secondUs = clockSecondUs;
constexpr int slowSeconds = 5;
constexpr std::size_t limitPerSecond = 10;

enum class Manner { Well, Dead, Slow, Limiting };

struct Port
{
    Manner manner = Manner::Well;
    long long requests = 0;
    long long refusals = 0;
    long long early = 0;        ///< came before the time that a refusal asked for
    long long peaceUntilUs = 0; ///< the last refusal's
    int open = 0;               ///< requests without an answer yet
    int mostOpen = 0;
    std::size_t mostInASecond = 0;
    std::deque<long long> lastSecond; ///< of all requests
    std::deque<long long> taken;      ///< of a limiting one: answered well

    static void forgetBefore(std::deque<long long> &times, long long us)
    {
        while (!times.empty() && times.front() <= us) {
            times.pop_front();
        }
    }

    void note(long long now)
    {
        ++requests;
        if (manner == Manner::Well) {
            return;
        }
        early += now < peaceUntilUs ? 1 : 0;
        forgetBefore(lastSecond, now - secondUs);
        lastSecond.push_back(now);
        mostInASecond = std::max(mostInASecond, lastSecond.size());
    }

    /// Of a limiting one: whether this is still within its limit.
    bool takes(long long now)
    {
        forgetBefore(taken, now - secondUs);
        if (taken.size() < limitPerSecond) {
            taken.push_back(now);
            return true;
        }
        ++refusals;
        peaceUntilUs = now + secondUs;
        return false;
    }

    std::string asJson() const
    {
        return "{\"requests\":" + std::to_string(requests) + ",\"refusals\":" + std::to_string(refusals) +
               ",\"early\":" + std::to_string(early) + ",\"mostInASecond\":" + std::to_string(mostInASecond) +
               ",\"mostAtOnce\":" + std::to_string(mostOpen) + "}";
    }
};
