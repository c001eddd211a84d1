// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#include "app/commands/certificatelines.h"
#include "app/commands/commandtable.h"
#include "app/commands/destinationcommon.h"
#include "app/commands/jsonvalues.h"
#include "app/commands/secretoptions.h"
#include "app/commands/securitywords.h"
#include "gui/destinationwords.h"
#include "models/words.h"

namespace courier::commands {
namespace {

QString headerText(const Destination &destination, bool withSecrets)
{
    if (!withSecrets) {
        return headerWords(destination.headers);
    }
    QStringList headers;
    for (const Header &header : destination.headers) {
        headers.append(QString::fromUtf8(header.name + ": ") +
                       (header.secret ? Text::tr("(secret)") : QString::fromUtf8(header.value)));
    }
    return headers.isEmpty() ? Text::tr("None") : headers.join(QLatin1String("; "));
}

QString testText(const Destination &destination, qint64 now)
{
    if (destination.testState == TestState::NotTested) {
        return Text::tr("Not tested");
    }
    return QStringLiteral("%1, %2").arg(destination.testResult, words::relativeTime(destination.testedAt, now));
}

Ending show(Run &run)
{
    const auto found = run.destination(run.call().arguments.first());
    if (!found) {
        return tl::unexpected(found.error());
    }
    const bool withSecrets = run.call().isSet(QStringLiteral("with-secrets"));
    const DestinationStats stats = statsByDestination(run).value(found->id);
    if (run.out().isJson()) {
        QList<JsonObject> tests;
        for (const Attempt &attempt : run.queries().testAttempts(found->id)) {
            tests.append(attemptJson(attempt, true));
        }
        run.out().print(destinationJson(run, *found, stats, withSecrets).add("tests", tests));
        return {};
    }
    run.out().sayLines(factLines(
        {{Text::tr("Name"), found->name},
         {Text::tr("Id"), run.idText(found->id)},
         {Text::tr("State"), stateWords(*found, stats, run.clock().nowUtc())},
         {Text::tr("Address"), withSecrets ? found->url : maskedUrl(found->url)},
         {Text::tr("Severities"), severityWords(found->severities)},
         {Text::tr("Types"), typeWords(found->types)},
         {Text::tr("Headers"), headerText(*found, withSecrets)},
         {Text::tr("Signing"), signingWords(found->security.signing, run.clock().nowUtc())},
         {Text::tr("Login"), loginWords(found->security.authentication, withSecrets)},
         {Text::tr("Trust"), trustWords(found->security.tls)},
         {Text::tr("Proxy"), proxyWords(found->security.proxy)},
         {Text::tr("Secrets set"), secretWords(*found)},
         {Text::tr("Time-out"), Text::tr("%1 s").arg(found->timeoutSeconds)},
         {Text::tr("Retries"), retryWords(*found)},
         {Text::tr("Rate limit"), rateWords(found->ratePerSecond)},
         {Text::tr("Certificate"), certificateText(found->certificate, run.clock().nowUtc())},
         {Text::tr("Last test"), testText(*found, run.clock().nowUtc())},
         {Text::tr("Waiting"),
          Text::tr("%1, of them %2 held").arg(words::count(stats.waiting + stats.held), words::count(stats.held))},
         {Text::tr("Last 24 h"),
          Text::tr("%1 delivered, %2 failed").arg(words::count(stats.delivered24h), words::count(stats.failed24h))}}));
    return {};
}

} // namespace

CommandSpec destinationShowCommand()
{
    return {QStringLiteral("destination show"),
            Text::tr("Show one destination's settings and how it does"),
            {},
            destinationArgument(),
            {secretsOption()},
            {QStringLiteral("alert-courier destination show 'Ops bridge'")},
            show};
}

} // namespace courier::commands
