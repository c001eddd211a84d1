// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

// Tables of severities: what can be read is written and read again as the same.

#include "fuzz/fuzz.h"
#include "intake/severitymap.h"

using namespace courier;
using fuzz::must;

int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    const QByteArray json = fuzz::bytesOf(data, size);
    const Result<SeverityMap> map = SeverityMap::fromJson(json);
    if (!map) {
        must(!map.error().message.isEmpty(), "a fault has words");
        return 0;
    }
    const Result<SeverityMap> again = SeverityMap::fromJson(map->toJson());
    must(again && *again == *map, "a table is written as it is");
    SeverityMap emptied = *map;
    for (const SeverityMap::Entry &entry : map->entries()) {
        const QString level = entry.key.section(u'-', 0, 0);
        must(map->find(entry.key) == entry.severity || map->find(level) == entry.severity, "an entry is found");
        emptied.remove(entry.key);
    }
    must(emptied.isEmpty(), "each entry can be removed by its key");
    return 0;
}
