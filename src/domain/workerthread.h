// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

namespace courier {

/// Tells the system that the calling thread, and those it starts, work through queues: when they wake they wait for
/// the end of a running thread's turn instead of breaking it off (SCHED_BATCH, sched(7)). More is done in each turn,
/// and the window goes first. Nothing happens where the system doesn't know it.
void becomeWorkerThread();

} // namespace courier
