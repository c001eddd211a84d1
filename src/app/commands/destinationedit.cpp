// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#include "app/commands/commandtable.h"
#include "app/commands/destinationcommon.h"
#include "app/commands/readoptions.h"
#include "app/commands/secretoptions.h"
#include "app/commands/securityoptions.h"

namespace courier::commands {
namespace {

Ending removeHeaders(const Call &call, Destination &destination)
{
    for (const QString &name : call.values(QStringLiteral("remove-header"))) {
        const qsizetype removed = destination.headers.removeIf(
            [&](const Header &header) { return header.name.compare(name.toUtf8(), Qt::CaseInsensitive) == 0; });
        if (removed == 0) {
            return refused(Text::tr("%1 has no header “%2”.").arg(printable(destination.name), printable(name)));
        }
    }
    return {};
}

Ending edit(Run &run)
{
    const auto found = run.destination(run.call().arguments.first());
    if (!found) {
        return tl::unexpected(found.error());
    }
    if (run.call().options.isEmpty()) {
        return misused(Text::tr("destination edit takes at least one option that says what to change."));
    }
    Destination destination = *found;
    QStringList warnings;
    GivenSecrets secrets;
    QList<ToldOnce> once;
    const Ending read = removeHeaders(run.call(), destination)
                            .and_then([&] { return readSettings(run.call(), destination); })
                            .and_then([&] { return takeSecrets(run, destination, secrets); })
                            .and_then([&] { return readSecurity(run, destination, secrets, once); })
                            .and_then([&] { return checkSettings(destination, warnings); });
    if (!read) {
        return read;
    }
    const auto updated = storeDestination(run, *found, destination, secrets.changes);
    if (!updated) {
        return tl::unexpected(updated.error());
    }
    warn(run, warnings);
    tell(run, *updated, Text::tr("%1 is updated.").arg(printable(updated->name)), once);
    return {};
}

} // namespace

CommandSpec destinationEditCommand()
{
    return {QStringLiteral("destination edit"),
            Text::tr("Change a destination's settings"),
            Text::tr("What is given is changed, all else stays. --severity and --type replace the whole set; --header "
                     "replaces the header of that name, or adds it."),
            destinationArgument(),
            settingOptions() << securityOptions() << secretFromOption() << clearSecretOption()
                             << OptionSpec{QStringLiteral("remove-header"), QStringLiteral("NAME"),
                                           Text::tr("Send this header no more; may be given more than once.")},
            {QStringLiteral("alert-courier destination edit 'Ops bridge' --severity all --timeout 20")},
            edit};
}

} // namespace courier::commands
