// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "app/commandline.h"

namespace courier {

/// Runs the program as the command line says, and gives its exit code. Called once, from main.
int runProgram(int argc, char **argv);

} // namespace courier
