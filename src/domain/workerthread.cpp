// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#include "domain/workerthread.h"

#include <sched.h>

namespace courier {

void becomeWorkerThread()
{
#ifdef SCHED_BATCH
    const sched_param none{};
    sched_setscheduler(0, SCHED_BATCH, &none);
#endif
}

} // namespace courier
