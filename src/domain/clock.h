// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QtGlobal>

namespace courier {

/// Where the time comes from, so that tests can set it. Thread-safe.
class Clock
{
public:
    Clock() = default;
    Clock(const Clock &) = delete;
    Clock &operator=(const Clock &) = delete;
    virtual ~Clock() = default;

    virtual qint64 nowUtc() const = 0;    ///< wall clock, ms since 1970 UTC; may jump
    virtual qint64 monotonic() const = 0; ///< microseconds since any fixed moment; goes on in suspend, never jumps
};

/// The machine's own clocks.
class SystemClock final : public Clock
{
public:
    qint64 nowUtc() const override;
    qint64 monotonic() const override;
};

/// A wall clock that doesn't jump while the program runs: it starts from the wall clock's time and goes on by the
/// monotonic one, so that no retry comes early or waits an hour because somebody set the clock. It follows the wall
/// clock where that differs by less than two seconds (a clock that is being disciplined). For one thread at a time.
class SteadyUtc
{
public:
    explicit SteadyUtc(const Clock &clock);
    qint64 now(); ///< ms since 1970 UTC

private:
    const Clock &m_clock;
    qint64 m_offset; ///< ms from monotonic to UTC
};

} // namespace courier
