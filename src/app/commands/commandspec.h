// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "domain/error.h"

#include <QCoreApplication>
#include <QList>
#include <QString>
#include <QStringList>

#include <tl/expected.hpp>

// What a command is: its words, what it takes, its help and what it does. Help, manual page, completion, parsing and
// the way to the code all come from these.
namespace courier::commands {

class Run;

/// For the translation of all that commands say.
struct Text
{
    Q_DECLARE_TR_FUNCTIONS(Commands)
};

/// What the shell may offer for a value.
enum class Completes {
    Nothing,
    File,
    Directory,
    Destination,
    Severity,
    Type,
    Schedule,
    State,
    Format,
    Level,
    OnOff,
    Signing,
    Auth,
    Search
};

struct OptionSpec
{
    QString name;  ///< without dashes
    QString value; ///< "NAME"; empty where the option takes none
    QString help;  ///< one sentence
    Completes completes = Completes::Nothing;
    // NOLINTNEXTLINE(readability-redundant-member-init): without it g++ warns where a table leaves it out
    QString letter = {}; ///< "h" for -h; may be empty
};

/// What stands after a command's words and isn't an option.
struct ArgumentSpec
{
    QString name; ///< as the usage shows it: "DESTINATION", "[FILE|-]"; empty where there is none
    int least = 0;
    int most = 0; ///< -1: any number
    Completes completes = Completes::Nothing;
};

/// How a command ended that didn't do what was asked: an exit code other than Done, and a sentence for stderr.
struct Failure
{
    int exitCode;
    QString sentence; ///< empty where all was said already
};
using Ending = tl::expected<void, Failure>;

/// Exit code 1: refused, or failed.
tl::unexpected<Failure> refused(const QString &sentence);
tl::unexpected<Failure> refused(const Error &error);
/// The same, where all was said already.
tl::unexpected<Failure> refused();
/// Exit code 2: what was typed can't be read.
tl::unexpected<Failure> misused(const QString &sentence);

struct CommandSpec
{
    QString name;    ///< "destination add"
    QString summary; ///< a line, without a full stop
    QString details; ///< some sentences; may be empty
    ArgumentSpec argument;
    QList<OptionSpec> options; ///< beside those of every command
    QStringList examples;      ///< command lines that work as they stand
    Ending (*run)(Run &);
    bool sends = false; ///< needs the senders, not only the store
};

} // namespace courier::commands
