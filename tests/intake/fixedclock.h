// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "domain/clock.h"

namespace courier {

/// A clock that stands still. For any thread.
class FixedClock final : public Clock
{
public:
    qint64 nowUtc() const override { return 1'700'000'000'123; } // 2023-11-14T22:13:20.123Z
    qint64 monotonic() const override { return 0; }
};

} // namespace courier
