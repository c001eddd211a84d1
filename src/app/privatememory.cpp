// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#include "app/privatememory.h"

#include <sys/prctl.h>

namespace courier {

void keepMemoryPrivate()
{
    ::prctl(PR_SET_DUMPABLE, 0, 0, 0, 0);
}

} // namespace courier
