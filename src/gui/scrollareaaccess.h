// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

namespace courier {

/// Gives assistive programs a scroll area that can be asked for a child it no longer has. Qt 6.4's own reads past the
/// end of its list then, which ends the program: it happens when a scroll bar goes between a screen reader's question
/// for the number of children and its question for the last one. Call it once, before the first window. GUI thread.
void installScrollAreaAccess();

} // namespace courier
