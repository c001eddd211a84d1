// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#include "app/commands/commandtable.h"
#include "app/commands/destinationcommon.h"
#include "models/words.h"

namespace courier::commands {
namespace {

Ending setPaused(Run &run, bool paused)
{
    const auto destinations = run.destinationArguments();
    if (!destinations) {
        return tl::unexpected(destinations.error());
    }
    for (Destination one : *destinations) {
        const auto moved = run.wait(run.store().setPaused(one.id, paused));
        if (!moved) {
            return tl::unexpected(moved.error());
        }
        one.paused = paused;
        const QString sentence = paused ? Text::tr("%1 is paused; deliveries that waited and are held now: %2.")
                                        : Text::tr("%1 is resumed; deliveries let go: %2.");
        tell(run, one, sentence.arg(printable(one.name), words::count(*moved)));
    }
    return {};
}

Ending pause(Run &run)
{
    return setPaused(run, true);
}

Ending resume(Run &run)
{
    return setPaused(run, false);
}

} // namespace

CommandSpec destinationPauseCommand()
{
    return {QStringLiteral("destination pause"),
            Text::tr("Hold all that comes for destinations"),
            Text::tr("What is under way is not held up; whatever waits, and comes from now on, is held until the "
                     "destination is resumed."),
            destinationArguments(),
            {},
            {QStringLiteral("alert-courier destination pause 'Ops bridge'")},
            pause};
}

CommandSpec destinationResumeCommand()
{
    return {QStringLiteral("destination resume"),
            Text::tr("Let go what was held for destinations"),
            {},
            destinationArguments(),
            {},
            {QStringLiteral("alert-courier destination resume 'Ops bridge'")},
            resume};
}

} // namespace courier::commands
