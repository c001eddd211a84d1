// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "app/commands/commandspec.h"

namespace courier::commands {

/// Every command, in the order of the help.
const QList<CommandSpec> &allCommands();
/// The options of the program itself.
QList<OptionSpec> programOptions();
/// What every command takes beside its own options.
QList<OptionSpec> commonOptions();
/// By its words: {"destination", "add"}; null where there is none.
const CommandSpec *findCommand(const QString &name);
/// The commands that begin with this word: "destination" -> add, list, ...
QList<const CommandSpec *> commandsOf(const QString &group);
/// True where \a word begins commands of two words.
bool isGroup(const QString &word);
/// First words, each once, in the order of the table.
QStringList firstWords();

// Each command, in a file of its own.
CommandSpec destinationListCommand();
CommandSpec destinationShowCommand();
CommandSpec destinationAddCommand();
CommandSpec destinationEditCommand();
CommandSpec destinationRemoveCommand();
CommandSpec destinationPauseCommand();
CommandSpec destinationResumeCommand();
CommandSpec destinationTestCommand();
CommandSpec submitCommand();
CommandSpec alertListCommand();
CommandSpec alertShowCommand();
CommandSpec deliveryListCommand();
CommandSpec deliveryShowCommand();
CommandSpec resendCommand();
CommandSpec configExportCommand();
CommandSpec configImportCommand();
CommandSpec configSecretsCommand();

} // namespace courier::commands
