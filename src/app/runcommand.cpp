// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#include "app/runcommand.h"

#include "app/commands/completion.h"
#include "app/commands/run.h"
#include "app/datadir.h"

#include <QFileInfo>
#include <QIODevice>
#include <QLoggingCategory>
#include <QTextStream>

#include <cstdio>

namespace courier {
namespace {

Q_LOGGING_CATEGORY(lcCommand, "courier.command")

QStringList destinationNames(const QString &dataDirectory)
{
    const QString directory = dataDirectoryPath(dataDirectory);
    if (!QFileInfo::exists(directory + QLatin1String("/courier.db"))) {
        return {};
    }
    const SystemClock clock;
    const auto store = Store::open(directory, clock);
    const auto queries = store ? (*store)->connectQueries() : tl::unexpected(store.error());
    QStringList names;
    if (queries) {
        for (const Destination &one : (*queries)->destinations()) {
            names.append(one.name);
        }
    }
    return names;
}

int end(commands::Output &out, const commands::Failure &failure, const QString &command)
{
    if (failure.exitCode == Usage) {
        out.flush();
        QTextStream(stderr, QIODevice::WriteOnly) << usageText(failure.sentence, command);
    } else if (!failure.sentence.isEmpty()) {
        out.complain(failure.sentence);
    }
    return failure.exitCode;
}

} // namespace

int runCommand(const CommandLine &line, const QString &directory)
{
    const SystemClock clock;
    const auto run = commands::Run::open(*line.command, line.call, directory, clock);
    if (!run) {
        if (!run.error().detail.isEmpty()) {
            qCCritical(lcCommand, "%s", qUtf8Printable(run.error().detail));
        }
        commands::Output(false).complain(run.error().message);
        return Refused;
    }
    commands::Output &out = (*run)->out();
    const commands::Ending ending = line.command->run(**run);
    const int code = ending ? Done : end(out, ending.error(), line.command->name);
    if (!out.flush()) {
        out.complain(QCoreApplication::translate("Commands", "The output could not be written."));
        return Refused;
    }
    return code;
}

int runCompletion(const CommandLine &line)
{
    QTextStream out(stdout, QIODevice::WriteOnly);
    for (const QString &word : commands::completions(line.words, destinationNames)) {
        out << word << '\n';
    }
    return Done;
}

} // namespace courier
