// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#include "app/commands/destinationcommon.h"

#include "app/commands/jsonvalues.h"
#include "models/certificatewords.h"
#include "models/destinationmarks.h"

namespace courier::commands {

OptionSpec secretsOption()
{
    return {QStringLiteral("with-secrets"), {}, Text::tr("Tell addresses and the values of headers.")};
}

ArgumentSpec destinationArgument()
{
    return {Text::tr("DESTINATION"), 1, 1, Completes::Destination};
}

ArgumentSpec destinationArguments()
{
    return {Text::tr("DESTINATION..."), 1, -1, Completes::Destination};
}

QHash<DestinationId, DestinationStats> statsByDestination(Run &run)
{
    QHash<DestinationId, DestinationStats> all;
    for (const DestinationStats &one : run.queries().destinationStats(run.clock().nowUtc())) {
        all.insert(one.id, one);
    }
    return all;
}

QString stateWords(const Destination &destination, const DestinationStats &stats, qint64 now, bool inFull)
{
    if (destination.paused) {
        return Text::tr("Paused");
    }
    if (stats.isStruggling()) {
        return inFull ? struggleWords(stats, now) : Text::tr("Struggling");
    }
    if (standing(destination.certificate, now) != CertificateStanding::Good) {
        return inFull ? certificateWarning(destination, now) : certificateNote(destination.certificate, now);
    }
    switch (destination.testState) {
    case TestState::NotTested:
        return Text::tr("Not tested");
    case TestState::Failed:
        return Text::tr("Last test failed");
    case TestState::Passed:
        break;
    }
    return Text::tr("Ready");
}

void tell(Run &run, const Destination &destination, const QString &sentence, const QList<ToldOnce> &once)
{
    if (run.out().isJson()) {
        JsonObject object = destinationJson(run, destination, statsByDestination(run).value(destination.id), false);
        for (const ToldOnce &one : once) {
            object.add(one.key, one.value);
        }
        run.out().print(object);
        return;
    }
    run.out().say(sentence);
    for (const ToldOnce &one : once) {
        run.out().say(one.sentence.arg(one.value));
    }
}

void warn(Run &run, const QStringList &warnings)
{
    for (const QString &warning : warnings) {
        run.out().complain(Text::tr("warning: %1").arg(warning));
    }
}

} // namespace courier::commands
