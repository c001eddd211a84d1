// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#include "app/commands/commandtable.h"
#include "app/commands/destinationcommon.h"
#include "app/commands/jsonvalues.h"
#include "gui/destinationwords.h"
#include "models/words.h"

namespace courier::commands {
namespace {

void printJson(Run &run)
{
    const auto stats = statsByDestination(run);
    for (const Destination &one : run.destinations()) {
        run.out().print(
            destinationJson(run, one, stats.value(one.id), run.call().isSet(QStringLiteral("with-secrets"))));
    }
}

Ending list(Run &run)
{
    if (run.out().isJson()) {
        printJson(run);
        return {};
    }
    TextTable table({{Text::tr("Name"), false, true},
                     {Text::tr("State")},
                     {Text::tr("Severities"), false, true},
                     {Text::tr("Types"), false, true},
                     {Text::tr("Waiting"), true},
                     {Text::tr("Failed"), true},
                     {Text::tr("Address"), false, true}});
    const auto stats = statsByDestination(run);
    for (const Destination &one : run.destinations()) {
        const DestinationStats its = stats.value(one.id);
        table.add({one.name, stateWords(one, its, run.clock().nowUtc(), false), severityWords(one.severities),
                   typeWords(one.types), words::count(its.waiting + its.held), words::count(its.attention),
                   maskedUrl(one.url)});
    }
    if (table.isEmpty()) {
        run.out().say(Text::tr("There is no destination yet: alerts have nowhere to go."));
    } else {
        run.out().say(table);
    }
    return {};
}

} // namespace

CommandSpec destinationListCommand()
{
    return {QStringLiteral("destination list"),
            Text::tr("List the destinations"),
            Text::tr("Addresses and the values of headers are as good as passwords: they are shown masked, but with "
                     "--json --with-secrets."),
            {},
            {secretsOption()},
            {QStringLiteral("alert-courier destination list")},
            list};
}

} // namespace courier::commands
