// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#include "desk/attemptcounts.h"

#include <algorithm>

namespace courier {

void DurationHistogram::note(qint64 microseconds)
{
    const double seconds = static_cast<double>(microseconds) / 1e6;
    const auto *const bucket = std::lower_bound(bounds.begin(), bounds.end(), seconds);
    m_counts[static_cast<size_t>(bucket - bounds.begin())].fetch_add(1, std::memory_order_relaxed);
    m_microseconds.fetch_add(microseconds, std::memory_order_relaxed);
}

DurationHistogram::Reading DurationHistogram::read() const
{
    Reading reading;
    for (size_t i = 0; i < m_counts.size(); ++i) {
        reading.counts[i] = m_counts[i].load(std::memory_order_relaxed);
    }
    reading.sum = static_cast<double>(m_microseconds.load(std::memory_order_relaxed)) / 1e6;
    return reading;
}

void AttemptCounts::note(const Attempt &attempt, qint64 sinceArrivalUs)
{
    m_outcomes[static_cast<size_t>(attempt.outcome)].fetch_add(1, std::memory_order_relaxed);
    m_attempts.note(attempt.durationUs);
    if (attempt.outcome == Outcome::Acknowledged && !attempt.resent) {
        m_deliveries.note(std::max<qint64>(0, sinceArrivalUs));
    }
}

} // namespace courier
