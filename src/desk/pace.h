// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QtGlobal>

#include <limits>

namespace courier {

/// A rate limit: when the next request may go so that there are never more a second than allowed. Evenly spread; what
/// came a little late may be followed a little sooner, so that the rate is also reached. Moments are monotonic,
/// microseconds. Not thread-safe.
class Pace
{
public:
    /// The rate from now on; 0: no limit. What went before still counts.
    void setRate(double perSecond);

    bool mayGo(qint64 now) const { return now >= nextAt(); }
    /// When the next one may go; in the past where it may go now.
    qint64 nextAt() const { return m_interval == 0 ? 0 : m_last + m_interval - mostLateness; }
    /// One goes now.
    void note(qint64 now);

private:
    static constexpr qint64 mostLateness = 5'000; ///< what a timer and a busy machine may be late by
    static constexpr qint64 never = std::numeric_limits<qint64>::min() / 4;

    qint64 m_interval = 0;
    qint64 m_last = never; ///< when the last one went, or should have gone by even steps: the later of both
};

} // namespace courier
