// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "bench/benchedwindow.h"
#include "bench/frames.h"

// What bench_window does with the window. Each prints its findings.
namespace courier::bench {

/// Filters, sorts, searches, jumps about and opens details, so many rounds; all the time nothing changes.
void lookAround(BenchedWindow &window, Probe &probe, int rounds);

/// While others hand in alerts: looks at one place, then scrolls about it, so many seconds each. \a own: this process
/// takes them in and sends them.
void scrollMeanwhile(BenchedWindow &window, FrameApplication &application, int seconds, bool own);

/// Resends all that failed: how soon it begins, whether it moves, how soon it is cancelled.
void resendMany(BenchedWindow &window, Probe &probe);

} // namespace courier::bench
