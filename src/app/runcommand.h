// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "app/commandline.h"

namespace courier {

/// Runs the command of \a line on the store in \a directory, and gives the exit code.
int runCommand(const CommandLine &line, const QString &directory);

/// Prints what the shell may offer. Looks into a store, but makes none.
int runCompletion(const CommandLine &line);

} // namespace courier
