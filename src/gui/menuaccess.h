// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

namespace courier {

/// Gives assistive programs the items of menus by their words alone: "Settings" where "&Settings..." is shown. Qt 6.4's
/// own items take the mnemonic out and leave the dots in. Call it once, before the first window. GUI thread.
void installMenuAccess();

} // namespace courier
