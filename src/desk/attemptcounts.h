// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "domain/delivery.h"

#include <array>
#include <atomic>

namespace courier {

/// How often something took how long. note() and read() are for any thread.
class DurationHistogram
{
public:
    /// Upper ends of the buckets, in seconds; what is above falls into one more.
    static constexpr std::array bounds{0.005, 0.01, 0.025, 0.05, 0.1,  0.25, 0.5,
                                       1.0,   2.5,  5.0,   10.0, 30.0, 60.0, 300.0};
    struct Reading
    {
        std::array<quint64, bounds.size() + 1> counts{};
        double sum = 0; ///< seconds
    };

    void note(qint64 microseconds);
    Reading read() const;

private:
    std::array<std::atomic<quint64>, bounds.size() + 1> m_counts{};
    std::atomic<qint64> m_microseconds = 0;
};

/// What this process has sent since it started, tests left out. For any thread.
class AttemptCounts
{
public:
    static constexpr int outcomes = outcomeCount;

    /// \a sinceArrivalUs: from the delivery's beginning to now; counts where it was acknowledged and not resent by
    /// hand.
    void note(const Attempt &attempt, qint64 sinceArrivalUs);
    quint64 count(Outcome outcome) const { return m_outcomes[static_cast<size_t>(outcome)].load(); }
    const DurationHistogram &attempts() const { return m_attempts; }     ///< how long each attempt took
    const DurationHistogram &deliveries() const { return m_deliveries; } ///< from arrival to acknowledgement

private:
    std::array<std::atomic<quint64>, outcomes> m_outcomes{};
    DurationHistogram m_attempts;
    DurationHistogram m_deliveries;
};

} // namespace courier
