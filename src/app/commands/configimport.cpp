// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#include "app/commands/commandtable.h"
#include "app/commands/configdocument.h"
#include "app/commands/readoptions.h"
#include "app/commands/secretoptions.h"

#include <QFile>
#include <QJsonArray>

#include <algorithm>
#include <cstdio>

namespace courier::commands {
namespace {

tl::expected<QByteArray, Failure> readAll(const QString &path)
{
    QFile file(path);
    const bool isOpen =
        path == QLatin1String("-") ? file.open(stdin, QIODevice::ReadOnly) : file.open(QIODevice::ReadOnly);
    if (!isOpen) {
        return refused(Text::tr("%1 can't be read: %2").arg(printable(path), file.errorString()));
    }
    return file.readAll();
}

/// What keeps it from being taken over; empty where nothing does.
QString faultOf(const ImportedDestination &one)
{
    if (!one.fault.isEmpty()) {
        return one.fault;
    }
    if (!one.missing.isEmpty()) {
        return Text::tr("its secrets are missing: %1. Export with --with-secrets, or use destination add.")
            .arg(one.missing.join(Text::tr(", ")));
    }
    QStringList warnings;
    const Ending fine = checkSettings(one.destination, warnings);
    return fine ? QString() : fine.error().sentence;
}

Ending store(Run &run, const ImportedDestination &one)
{
    const Destination &destination = one.destination;
    const QList<Destination> all = run.destinations();
    const auto same =
        std::find_if(all.begin(), all.end(), [&](const Destination &other) { return other.id == destination.id; });
    const auto before = same == all.end() ? std::nullopt : std::optional(*same);
    const auto stored = storeDestination(run, before, destination, one.secrets);
    if (!stored) {
        return tl::unexpected(stored.error());
    }
    if (stored->paused != destination.paused) {
        const auto paused = run.wait(run.store().setPaused(stored->id, destination.paused));
        return paused ? Ending() : tl::unexpected(paused.error());
    }
    return {};
}

bool take(Run &run, const ImportedDestination &one)
{
    const bool isNew = one.destination.id == DestinationId{};
    QString fault = faultOf(one);
    if (fault.isEmpty()) {
        const Ending stored = store(run, one);
        fault = stored ? QString() : stored.error().sentence;
    }
    const QString name = printable(one.destination.name);
    if (!fault.isEmpty()) {
        run.out().complain(Text::tr("%1: %2").arg(name, fault));
    } else {
        run.out().say((isNew ? Text::tr("%1 is added.") : Text::tr("%1 is updated.")).arg(name));
    }
    if (run.out().isJson()) {
        const QString done = isNew ? QStringLiteral("added") : QStringLiteral("updated");
        run.out().print(JsonObject()
                            .add("destination", one.destination.name)
                            .add("done", fault.isEmpty() ? done : QStringLiteral("refused"))
                            .add("missing", QJsonArray::fromStringList(one.missing)));
    }
    return fault.isEmpty();
}

bool take(Run &run, const std::pair<QString, QString> &setting)
{
    const auto stored = run.wait(run.store().setSetting(setting.first, setting.second));
    if (!stored) {
        run.out().complain(Text::tr("%1: %2").arg(setting.first, stored.error().sentence));
        return false;
    }
    run.out().say(Text::tr("The setting %1 is taken over.").arg(setting.first));
    if (run.out().isJson()) {
        run.out().print(JsonObject().add("setting", setting.first).add("done", QStringLiteral("updated")));
    }
    return true;
}

Ending read(Run &run)
{
    const auto json = readAll(run.call().arguments.isEmpty() ? QStringLiteral("-") : run.call().arguments.first());
    if (!json) {
        return tl::unexpected(json.error());
    }
    const Result<ConfigDocument> document = readConfig(*json, run.destinations());
    if (!document) {
        return refused(document.error());
    }
    bool isWhole = document->faults.isEmpty();
    for (const QString &fault : document->faults) {
        run.out().complain(fault);
    }
    for (const ImportedDestination &one : document->destinations) {
        isWhole = take(run, one) && isWhole;
    }
    for (const auto &setting : document->settings) {
        isWhole = take(run, setting) && isWhole;
    }
    return isWhole ? Ending() : refused();
}

} // namespace

CommandSpec configImportCommand()
{
    return {QStringLiteral("config import"),
            Text::tr("Take over destinations and settings from such a document"),
            Text::tr("A destination of the same name is updated, any other is added; none is removed. Secrets that the "
                     "document leaves out are kept where they are known; else it says which are missing, and leaves "
                     "that destination out."),
            {Text::tr("[FILE|-]"), 0, 1, Completes::File},
            {},
            {QStringLiteral("alert-courier config import desk.json")},
            read};
}

} // namespace courier::commands
