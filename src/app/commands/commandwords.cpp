// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#include "app/commands/commandwords.h"

#include "app/commands/commandtable.h"

#include <algorithm>

namespace courier::commands {
namespace {

bool isAmong(const QList<OptionSpec> &options, const QString &argument)
{
    return std::any_of(options.begin(), options.end(), [&](const OptionSpec &option) {
        return !option.value.isEmpty() && argument == QLatin1String("--") + option.name;
    });
}

} // namespace

bool takesValue(const QString &argument)
{
    const QList<CommandSpec> &all = allCommands();
    return isAmong(programOptions(), argument) || isAmong(commonOptions(), argument) ||
           std::any_of(all.begin(), all.end(), [&](const CommandSpec &one) { return isAmong(one.options, argument); });
}

QStringList commandWords(const QStringList &arguments)
{
    QStringList words;
    bool isAllWords = false;
    for (qsizetype i = 0; i < arguments.size(); ++i) {
        const QString &argument = arguments.at(i);
        if (!isAllWords && argument == QLatin1String("--")) {
            isAllWords = true;
        } else if (!isAllWords && argument.size() > 1 && argument.startsWith(u'-')) {
            i += takesValue(argument) ? 1 : 0;
        } else {
            words.append(argument);
        }
        if (words.size() == 2 || (words.size() == 1 && !isGroup(words.first()))) {
            break;
        }
    }
    return words;
}

} // namespace courier::commands
