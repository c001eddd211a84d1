// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

namespace courier {

/// Gives the process jemalloc in place of the C library's allocator, where it is installed: several threads allocate
/// all the time while alerts are delivered, and a delivery takes an eighth less processor time. It can only be had from
/// the start, so the process becomes the same program anew (execve(2): the same process id, arguments and files), with
/// jemalloc put before the C library (ld.so(8), LD_PRELOAD). Does nothing in that one, nor where another library is
/// put before already: not all of them go together. For what delivers without a window: a window would begin later and
/// take more memory. Call while there is one thread.
void takeFastAllocator(char **argv);

/// Which allocator it is, for the log: "jemalloc" or "the C library's".
const char *allocatorName();

} // namespace courier
