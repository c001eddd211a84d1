// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "app/commands/commandcall.h"
#include "app/commands/commandspec.h"

#include <QString>
#include <QStringList>

#include <QtGlobal>

#include <optional>

namespace courier {

/// Exit codes, the same for every command.
enum ExitCode { Done = 0, Refused = 1, Usage = 2 };

/// What the program was asked to do.
struct CommandLine
{
    enum class Mode {
        Window,     ///< the default
        Background, ///< no window
        Command,    ///< one of the commands
        Journey,    ///< the whole journey off-screen, with pictures
        Complete,   ///< what the shell may offer for `words`
        Print       ///< nothing but `output`, then end with `exitCode`
    };
    Mode mode = Mode::Window;
    QString dataDirectory;                          ///< empty: the default
    QtMsgType logLevel = QtWarningMsg;              ///< what goes to stderr, this and worse
    const commands::CommandSpec *command = nullptr; ///< for Command
    commands::Call call;                            ///< for Command
    QStringList words;                              ///< for Complete: what is typed so far, the last one unfinished
    QString journeyDirectory;
    std::optional<QString> intake; ///< --intake HOST:PORT as given (it has a host and a port); for Window, Background
    bool noIntake = false;         ///< --no-intake: no endpoint, whatever the settings say
    QString output;                ///< for Print
    int exitCode = Done;
    bool isError = false; ///< for Print: output goes to stderr
};

/// Reads the arguments, the program's own name first. Faults become a Print with a sentence and exit code 2.
CommandLine parseCommandLine(const QStringList &arguments);

/// "alert-courier: SENTENCE", and where to read more: the help of \a command, or of the program where it is empty.
QString usageText(const QString &sentence, const QString &command);

} // namespace courier
