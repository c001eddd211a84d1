// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

namespace courier {

/// No core of this process is ever written, and no other process of its user looks into it: its memory holds secrets,
/// and what a crash leaves behind is read by reporting tools and kept for weeks. Call first in main. (A limit of 0 on
/// the size of cores wouldn't do: a crash handler that the kernel pipes them to needs not heed it.)
void keepMemoryPrivate();

} // namespace courier
