// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#include "app/commands/commandtable.h"

#include <algorithm>

namespace courier::commands {

const QList<CommandSpec> &allCommands()
{
    static const QList<CommandSpec> all{destinationListCommand(),
                                        destinationShowCommand(),
                                        destinationAddCommand(),
                                        destinationEditCommand(),
                                        destinationRemoveCommand(),
                                        destinationPauseCommand(),
                                        destinationResumeCommand(),
                                        destinationTestCommand(),
                                        submitCommand(),
                                        alertListCommand(),
                                        alertShowCommand(),
                                        deliveryListCommand(),
                                        deliveryShowCommand(),
                                        resendCommand(),
                                        configExportCommand(),
                                        configImportCommand(),
                                        configSecretsCommand()};
    return all;
}

QList<OptionSpec> programOptions()
{
    return {{QStringLiteral("background"), {}, Text::tr("Run without a window.")},
            {QStringLiteral("intake"), QStringLiteral("HOST:PORT"),
             Text::tr("Take alerts in over HTTP at HOST:PORT, whatever the settings say.")},
            {QStringLiteral("no-intake"), {}, Text::tr("Take no alerts in over HTTP.")},
            {QStringLiteral("journey"), QStringLiteral("DIR"),
             Text::tr("Make the whole journey in a real window, leave pictures and a summary in DIR, and end."),
             Completes::Directory},
            {QStringLiteral("version"), {}, Text::tr("Show the version."), Completes::Nothing, QStringLiteral("v")}};
}

QList<OptionSpec> commonOptions()
{
    return {{QStringLiteral("data-dir"), QStringLiteral("DIR"), Text::tr("Keep everything of this desk in DIR."),
             Completes::Directory},
            {QStringLiteral("json"), {}, Text::tr("Print one JSON object a line, for scripts.")},
            {QStringLiteral("log"), QStringLiteral("LEVEL"),
             Text::tr("Write the log to stderr, from LEVEL on: debug, info, warning, error."), Completes::Level},
            {QStringLiteral("help"), {}, Text::tr("Show this help."), Completes::Nothing, QStringLiteral("h")}};
}

const CommandSpec *findCommand(const QString &name)
{
    const QList<CommandSpec> &all = allCommands();
    const auto found = std::find_if(all.begin(), all.end(), [&](const CommandSpec &one) { return one.name == name; });
    return found == all.end() ? nullptr : &*found;
}

QList<const CommandSpec *> commandsOf(const QString &group)
{
    QList<const CommandSpec *> found;
    for (const CommandSpec &one : allCommands()) {
        if (one.name.startsWith(group + u' ')) {
            found.append(&one);
        }
    }
    return found;
}

bool isGroup(const QString &word)
{
    return !commandsOf(word).isEmpty();
}

QStringList firstWords()
{
    QStringList words;
    for (const CommandSpec &one : allCommands()) {
        const QString word = one.name.section(u' ', 0, 0);
        if (!words.contains(word)) {
            words.append(word);
        }
    }
    return words;
}

} // namespace courier::commands
