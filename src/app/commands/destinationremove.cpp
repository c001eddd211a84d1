// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#include "app/commands/commandtable.h"
#include "app/commands/destinationcommon.h"
#include "models/words.h"

namespace courier::commands {
namespace {

/// What waits for them is cancelled: that wants a yes.
Ending confirm(Run &run, const QList<Destination> &destinations)
{
    const auto stats = statsByDestination(run);
    qint64 waiting = 0;
    QStringList names;
    for (const Destination &one : destinations) {
        waiting += stats.value(one.id).waiting + stats.value(one.id).held;
        names.append(printable(one.name));
    }
    if (waiting == 0 || run.call().isSet(QStringLiteral("yes"))) {
        return {};
    }
    const QString all = names.join(Text::tr(", "));
    const QString what =
        waiting == 1 ? Text::tr("1 delivery waits for %1 and would be cancelled").arg(all)
                     : Text::tr("%1 deliveries wait for %2 and would be cancelled").arg(words::count(waiting), all);
    if (!run.out().canAsk()) {
        return refused(Text::tr("%1; --yes removes it all the same.").arg(what));
    }
    return run.out().ask(Text::tr("%1. Remove?").arg(what)) ? Ending() : refused(Text::tr("Nothing was removed."));
}

Ending remove(Run &run)
{
    const auto destinations = run.destinationArguments();
    if (!destinations) {
        return tl::unexpected(destinations.error());
    }
    if (const Ending sure = confirm(run, *destinations); !sure) {
        return sure;
    }
    for (const Destination &one : *destinations) {
        const auto cancelled = run.wait(run.writer().remove(one));
        if (!cancelled) {
            return tl::unexpected(cancelled.error());
        }
        run.out().say(*cancelled == 1
                          ? Text::tr("%1 is removed; 1 delivery that waited is cancelled.").arg(printable(one.name))
                          : Text::tr("%1 is removed; %2 deliveries that waited are cancelled.")
                                .arg(printable(one.name), words::count(*cancelled)));
        if (run.out().isJson()) {
            run.out().print(
                JsonObject().add("id", run.idText(one.id)).add("name", one.name).add("cancelled", *cancelled));
        }
    }
    return {};
}

} // namespace

CommandSpec destinationRemoveCommand()
{
    return {QStringLiteral("destination remove"),
            Text::tr("Remove destinations"),
            Text::tr("The history stays. Deliveries that wait are cancelled: where there are any, it asks first, or "
                     "wants --yes where nobody can be asked."),
            destinationArguments(),
            {{QStringLiteral("yes"), {}, Text::tr("Remove even where deliveries wait.")}},
            {QStringLiteral("alert-courier destination remove 'Old SIEM' --yes")},
            remove};
}

} // namespace courier::commands
