// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "app/commands/commandspec.h"

// All help, made from the table of commands.
namespace courier::commands {

/// Of the program: options and commands.
QString programHelp();
/// Of the commands that begin with a word: "destination".
QString groupHelp(const QString &group);
QString commandHelp(const CommandSpec &command);
/// The part of the manual page about commands, for man(7).
QString manualText();

} // namespace courier::commands
