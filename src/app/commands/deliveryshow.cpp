// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#include "app/commands/attemptlines.h"
#include "app/commands/commandtable.h"
#include "app/commands/jsonvalues.h"
#include "delivery/notification.h"
#include "models/deliverysummary.h"
#include "models/words.h"

namespace courier::commands {
namespace {

QList<Attempt> wholeAttempts(Run &run, const Delivery &delivery)
{
    QList<Attempt> attempts;
    for (const Attempt &brief : run.queries().attemptsOf(delivery.alertId)) {
        if (brief.deliveryId == delivery.id) {
            attempts.append(run.queries().attempt(brief.id).value_or(brief));
        }
    }
    return attempts;
}

void printJson(Run &run, const Delivery &delivery, const Alert &alert, const QList<Attempt> &attempts)
{
    QList<JsonObject> list;
    for (const Attempt &attempt : attempts) {
        list.append(attemptJson(attempt, true)
                        .add("requestBody", QString::fromUtf8(notificationBody(alert, attempt.resent, delivery.kind))));
    }
    run.out().print(deliveryJson(run, delivery)
                        .add("severity", wireName(alert.severity))
                        .add("title", alert.headline())
                        .add("attempted", list));
}

Ending show(Run &run)
{
    const auto delivery = run.delivery(run.call().arguments.first());
    if (!delivery) {
        return tl::unexpected(delivery.error());
    }
    const Alert alert = run.queries().alert(delivery->alertId).value_or(Alert());
    const QList<Attempt> attempts = wholeAttempts(run, *delivery);
    if (run.out().isJson()) {
        printJson(run, *delivery, alert, attempts);
        return {};
    }
    const qint64 now = run.clock().nowUtc();
    run.out().sayLines(
        factLines({{Text::tr("Delivery"), run.idText(delivery->id)},
                   {Text::tr("Alert"), alert.headline()},
                   {Text::tr("Alert's id"), run.idText(delivery->alertId)},
                   {Text::tr("Severity"), displayName(alert.severity)},
                   {Text::tr("Tells"),
                    delivery->kind == DeliveryKind::Resolution ? Text::tr("that the alert is over") : QString()},
                   {Text::tr("Destination"), run.destinationName(delivery->destinationId)},
                   {Text::tr("Status"), deliveryResult(*delivery, now)}}));
    for (const Attempt &attempt : attempts) {
        run.out().sayLines(u'\n' + attemptLines(attempt, now, true));
    }
    return {};
}

} // namespace

CommandSpec deliveryShowCommand()
{
    return {QStringLiteral("delivery show"),
            Text::tr("Show one delivery: every attempt with its status, headers and body"),
            Text::tr("DELIVERY is an id as the list shows it, or latest. Bodies are kept up to 64 KiB. With --json the "
                     "request's body is there too."),
            {Text::tr("DELIVERY"), 1, 1},
            {},
            {QStringLiteral("alert-courier delivery show latest")},
            show};
}

} // namespace courier::commands
