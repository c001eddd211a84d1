// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "app/commands/run.h"

// An attempt in words, for a terminal.
namespace courier::commands {

/// The body as it came, each line moved in; says what was cut off, and shows bytes that are no text as hexadecimals.
QString bodyLines(const Attempt &attempt, int indent);
/// Number, when, trigger, result, duration; \a whole: headers and body too.
QString attemptLines(const Attempt &attempt, qint64 now, bool whole);

} // namespace courier::commands
