// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QtGlobal>

namespace courier {

/// What this process occupies of the machine's memory now, in bytes; 0 where the system doesn't tell. Thread-safe.
qint64 processMemory();

} // namespace courier
