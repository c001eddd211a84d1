// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

namespace courier {

/// Whether somebody waits for what is read, or it may take its time.
enum class ReadKind {
    Awaited,
    Long ///< reads much: one at a time, so that it never takes all threads, or all cores, from the others
};

} // namespace courier
