// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "domain/clock.h"

#include <atomic>
#include <chrono>

namespace courier::test {

/// A clock that stands still until a test moves it. Starts at 2024-05-01T12:00:00Z. Thread-safe.
class FakeClock final : public Clock
{
public:
    static constexpr qint64 start = 1'714'564'800'000;

    qint64 nowUtc() const override { return m_nowUtc.load(); }
    qint64 monotonic() const override { return m_monotonic.load(); }

    /// Time goes by: both clocks move, as on a machine that is left alone.
    void advance(std::chrono::microseconds by)
    {
        const qint64 micros = m_monotonic.fetch_add(by.count()) + by.count();
        m_nowUtc.fetch_add(micros / 1000 - (micros - by.count()) / 1000);
    }
    /// Somebody sets the machine's date: only the wall clock jumps.
    void setNowUtc(qint64 msecsUtc) { m_nowUtc.store(msecsUtc); }
    void setMonotonic(qint64 micros) { m_monotonic.store(micros); }

private:
    std::atomic<qint64> m_nowUtc{start};
    std::atomic<qint64> m_monotonic{0};
};

/// The machine's own clock, ahead or behind by as much as a test says: for what needs time to go by of itself.
/// Thread-safe.
class ShiftedClock final : public Clock
{
public:
    qint64 nowUtc() const override { return m_clock.nowUtc() + m_shift.load(); }
    qint64 monotonic() const override { return m_clock.monotonic(); }

    void setNowUtc(qint64 msecsUtc) { m_shift.store(msecsUtc - m_clock.nowUtc()); }

private:
    SystemClock m_clock;
    std::atomic<qint64> m_shift{0}; ///< ms
};

} // namespace courier::test
