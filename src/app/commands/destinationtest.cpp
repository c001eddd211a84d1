// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#include "app/commands/attemptlines.h"
#include "app/commands/commandtable.h"
#include "app/commands/destinationcommon.h"
#include "app/commands/jsonvalues.h"
#include "models/words.h"

namespace courier::commands {
namespace {

void print(Run &run, const Destination &destination, const Attempt &attempt)
{
    if (run.out().isJson()) {
        JsonObject object;
        object.add("destination", destination.name).add("destinationId", run.idText(destination.id));
        run.out().print(object.add("attempt", attemptJson(attempt, true)));
        return;
    }
    run.out().say(QStringLiteral("%1  %2").arg(printable(attempt.reason), words::duration(attempt.durationUs)));
    run.out().sayLines(bodyLines(attempt, 0));
}

Ending test(Run &run)
{
    const auto destination = run.destination(run.call().arguments.first());
    if (!destination) {
        return tl::unexpected(destination.error());
    }
    Attempt result;
    QObject::connect(&run.desk(), &Desk::testFinished, QCoreApplication::instance(),
                     [&result](qint64, const Attempt &attempt) {
                         result = attempt;
                         QCoreApplication::quit();
                     });
    run.desk().sendTest(*destination);
    QCoreApplication::exec();
    print(run, *destination, result);
    return result.outcome == Outcome::Acknowledged ? Ending() : refused();
}

} // namespace

CommandSpec destinationTestCommand()
{
    return {QStringLiteral("destination test"),
            Text::tr("Send the test alert to a destination, and print what it answers"),
            Text::tr("Sends one attempt itself, also to a paused destination, and keeps it with the destination. Ends "
                     "with 0 only where the answer is a status of 200 to 299."),
            destinationArgument(),
            {},
            {QStringLiteral("alert-courier destination test 'Ops bridge'")},
            test,
            true};
}

} // namespace courier::commands
