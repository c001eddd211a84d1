// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#include "app/commands/attemptlines.h"
#include "app/commands/commandtable.h"
#include "app/commands/jsonvalues.h"
#include "gui/bodytext.h"
#include "models/deliverysummary.h"
#include "models/occurrencefacts.h"
#include "models/words.h"

namespace courier::commands {
namespace {

constexpr int step = 2;

/// An alert with all that became of it.
struct Story
{
    Alert alert;
    QList<Delivery> deliveries;
    QList<Attempt> attempts;
    std::optional<Occurrence> occurrence;

    QList<Attempt> attemptsOf(DeliveryId id) const
    {
        QList<Attempt> found;
        std::copy_if(attempts.begin(), attempts.end(), std::back_inserter(found),
                     [id](const Attempt &one) { return one.deliveryId == id; });
        return found;
    }
};

void printJson(Run &run, const Story &story)
{
    QList<JsonObject> deliveries;
    for (const Delivery &delivery : story.deliveries) {
        QList<JsonObject> attempts;
        for (const Attempt &attempt : story.attemptsOf(delivery.id)) {
            attempts.append(attemptJson(attempt, false));
        }
        deliveries.append(deliveryJson(run, delivery).add("attempted", attempts));
    }
    JsonObject object = alertJson(run, story.alert, statusOf(story.deliveries));
    story.occurrence ? object.add("occurrence", occurrenceJson(*story.occurrence)) : object.addNull("occurrence");
    run.out().print(object.add("deliveries", deliveries));
}

QString block(const QString &title, const QString &text)
{
    return text.isEmpty() ? QString() : title + u'\n' + printableLines(text, step);
}

void printWords(Run &run, const Story &story)
{
    const Alert &alert = story.alert;
    const qint64 now = run.clock().nowUtc();
    const DestinationNames names = [&run](DestinationId id) { return run.destinationName(id); };
    run.out().sayLines(
        factLines({{Text::tr("Alert"), alert.headline()},
                   {Text::tr("Id"), run.idText(alert.id)},
                   {Text::tr("Severity"), displayName(alert.severity)},
                   {Text::tr("Type"), displayName(alert.type)},
                   {Text::tr("Received"), words::relativeTime(msecsOf(number(alert.id)), now)},
                   {Text::tr("Created"), alert.createdAt},
                   {Text::tr("Repeats"),
                    story.occurrence ? occurrenceWords(*story.occurrence, now).join(QLatin1String(", ")) : QString()},
                   {Text::tr("Source"), alert.source},
                   {Text::tr("Rule"), alert.ruleId},
                   {Text::tr("Name"), alert.name.value_or(QString())},
                   {Text::tr("Alert id"), alert.alertId.value_or(QString())},
                   {Text::tr("Link"), alert.link},
                   {Text::tr("Tags"), alert.tags.join(QLatin1String(", "))}}));
    run.out().sayLines(
        block(Text::tr("Description"), alert.description) + block(Text::tr("Runbook"), alert.runbook) +
        block(Text::tr("Context"), alert.context == "{}" ? QString() : bodyText(alert.context, BodyFormat::Pretty)));
    run.out().sayLines(Text::tr("Delivery Status") + u'\n' +
                       printableLines(deliverySummary(story.deliveries, names, now), step));
    for (const Delivery &delivery : story.deliveries) {
        run.out().sayLines(QString(step, u' ') +
                           QStringLiteral("%1: %2, %3\n")
                               .arg(printable(deliveryName(delivery.destinationId, delivery.kind, names)),
                                    deliveryResult(delivery, now), run.idText(delivery.id)));
        for (const Attempt &attempt : story.attemptsOf(delivery.id)) {
            run.out().sayLines(QString(2 * step, u' ') + attemptLines(attempt, now, false));
        }
    }
}

Ending show(Run &run)
{
    const auto id = run.alert(run.call().arguments.first());
    if (!id) {
        return tl::unexpected(id.error());
    }
    const std::optional<Alert> alert = run.queries().alert(*id);
    if (!alert) {
        return refused(Text::tr("This alert can't be read."));
    }
    const Story story{*alert, run.queries().deliveriesOf(*id), run.queries().attemptsOf(*id),
                      run.queries().occurrence(*id)};
    if (run.out().isJson()) {
        printJson(run, story);
    } else {
        printWords(run, story);
    }
    return {};
}

} // namespace

CommandSpec alertShowCommand()
{
    return {QStringLiteral("alert show"),
            Text::tr("Show one alert, its deliveries and their attempts"),
            Text::tr("ALERT is an id as the list shows it, or latest."),
            {Text::tr("ALERT"), 1, 1},
            {},
            {QStringLiteral("alert-courier alert show latest")},
            show};
}

} // namespace courier::commands
