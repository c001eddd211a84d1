// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#include "delivery/processmemory.h"

#include <QFile>

#include <unistd.h>

namespace courier {

// proc(5): the second number of statm is the resident set, in pages.
qint64 processMemory()
{
    QFile file(QStringLiteral("/proc/self/statm"));
    if (!file.open(QIODevice::ReadOnly | QIODevice::Unbuffered)) {
        return 0;
    }
    static const qint64 pageSize = sysconf(_SC_PAGESIZE);
    return file.read(256).split(' ').value(1).toLongLong() * pageSize;
}

} // namespace courier
