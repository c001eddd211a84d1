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
    virtual qint64 monotonic() const = 0; ///< microseconds since any fixed moment; never jumps back
};

/// The machine's own clocks.
class SystemClock final : public Clock
{
public:
    qint64 nowUtc() const override;
    qint64 monotonic() const override;
};

} // namespace courier
