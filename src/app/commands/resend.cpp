// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#include "app/commands/commandtable.h"
#include "app/commands/jsonvalues.h"
#include "app/commands/readoptions.h"
#include "models/words.h"

namespace courier::commands {
namespace {

constexpr int pageRows = 500;

bool canBeResent(DeliveryState state)
{
    return state == DeliveryState::Failed || state == DeliveryState::Delivered || state == DeliveryState::Retrying;
}

/// What is resent, and how many couldn't be.
struct Tally
{
    qint64 started = 0;
    qint64 left = 0;
};

void tell(Run &run, const Delivery &delivery, bool taken, bool isDry)
{
    if (run.out().isJson()) {
        run.out().print(JsonObject()
                            .add("id", run.idText(delivery.id))
                            .add("alert", run.idText(delivery.alertId))
                            .add("destination", run.destinationName(delivery.destinationId))
                            .add("stateBefore", courier::keyword(delivery.state))
                            .add("resent", taken && !isDry));
    } else if (taken) {
        run.out().say(run.idText(delivery.id) + QLatin1String("  ") +
                      printable(run.destinationName(delivery.destinationId)));
    }
}

Ending resendThese(Run &run, const QList<Delivery> &deliveries, bool isDry, Tally &tally)
{
    QList<DeliveryId> ids;
    for (const Delivery &one : deliveries) {
        ids.append(one.id);
    }
    if (!isDry && !ids.isEmpty()) {
        const auto started = run.wait(run.store().resend(ids));
        if (!started) {
            return tl::unexpected(started.error());
        }
        tally.left += ids.size() - *started;
        tally.started += *started;
    } else {
        tally.started += ids.size();
    }
    for (const Delivery &one : deliveries) {
        tell(run, one, true, isDry);
    }
    return {};
}

Ending resendNamed(Run &run, bool isDry, Tally &tally)
{
    const QList<Destination> existing = run.destinations();
    QList<Delivery> taken;
    for (const QString &argument : run.call().arguments) {
        const auto delivery = run.delivery(argument);
        if (!delivery) {
            run.out().complain(delivery.error().sentence);
            ++tally.left;
            continue;
        }
        const bool exists = std::any_of(existing.begin(), existing.end(),
                                        [&](const Destination &one) { return one.id == delivery->destinationId; });
        if (!canBeResent(delivery->state) || !exists) {
            run.out().complain(
                exists ? Text::tr("Delivery %1 is %2: only what is delivered, retrying or failed is resent.")
                             .arg(run.idText(delivery->id), displayName(delivery->state))
                       : Text::tr("Delivery %1 can't be resent: its destination is removed.")
                             .arg(run.idText(delivery->id)));
            tell(run, *delivery, false, isDry);
            ++tally.left;
            continue;
        }
        taken.append(*delivery);
    }
    return resendThese(run, taken, isDry, tally);
}

/// Page by page, the oldest first.
Ending resendFailed(Run &run, bool isDry, Tally &tally)
{
    const QString since = run.call().value(QStringLiteral("since"));
    const auto filter = readFilter(since.isNull() ? QString() : QStringLiteral("since:\"%1\"").arg(since), run.clock());
    if (!filter) {
        return tl::unexpected(filter.error());
    }
    std::optional<DestinationId> only;
    if (run.call().isSet(QStringLiteral("destination"))) {
        const auto destination = run.destination(run.call().value(QStringLiteral("destination")));
        if (!destination) {
            return tl::unexpected(destination.error());
        }
        only = destination->id;
    }
    for (DeliveryId after{};;) {
        const QList<DeliveryId> ids = run.queries().failedDeliveries(*filter, after, pageRows);
        if (ids.isEmpty()) {
            return {};
        }
        after = ids.last();
        QList<Delivery> page = run.queries().deliveries(ids);
        page.removeIf([&](const Delivery &one) { return only && one.destinationId != *only; });
        if (const Ending done = resendThese(run, page, isDry, tally); !done) {
            return done;
        }
    }
}

Ending checkCall(const Call &call)
{
    const bool byFilter = call.isSet(QStringLiteral("failed"));
    if (byFilter == !call.arguments.isEmpty()) {
        return misused(Text::tr("resend takes either deliveries or --failed."));
    }
    if (!byFilter && (call.isSet(QStringLiteral("destination")) || call.isSet(QStringLiteral("since")))) {
        return misused(Text::tr("--destination and --since go with --failed."));
    }
    return {};
}

Ending resend(Run &run)
{
    if (const Ending fine = checkCall(run.call()); !fine) {
        return fine;
    }
    const bool isDry = run.call().isSet(QStringLiteral("dry-run"));
    Tally tally;
    const Ending done =
        run.call().isSet(QStringLiteral("failed")) ? resendFailed(run, isDry, tally) : resendNamed(run, isDry, tally);
    if (!done) {
        return done;
    }
    const QString sentence = isDry ? Text::tr("Would be resent: %1.") : Text::tr("Resent: %1.");
    run.out().say(sentence.arg(words::count(tally.started)));
    return tally.left == 0 ? Ending() : refused();
}

} // namespace

CommandSpec resendCommand()
{
    return {QStringLiteral("resend"),
            Text::tr("Send deliveries again, or all that failed"),
            Text::tr("Each starts a new round with all its retries. DELIVERY is an id, or latest. With --failed, all "
                     "that failed for good are taken, the oldest first; --since is about when their alerts came in. "
                     "The process that sends notices by itself."),
            {Text::tr("[DELIVERY...]"), 0, -1},
            {{QStringLiteral("failed"), {}, Text::tr("All that failed for good.")},
             {QStringLiteral("destination"), QStringLiteral("DESTINATION"), Text::tr("Of these, only to this one."),
              Completes::Destination},
             {QStringLiteral("since"), QStringLiteral("TIME"),
              Text::tr("Of these, only of alerts since then: 30m, 2h, 3d, or a date.")},
             {QStringLiteral("dry-run"), {}, Text::tr("Only say what would be resent.")}},
            {QStringLiteral("alert-courier resend --failed --destination 'Ops bridge' --since 2h --dry-run"),
             QStringLiteral("alert-courier resend latest")},
            resend};
}

} // namespace courier::commands
