// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#include "app/commands/commandtable.h"
#include "app/commands/jsonvalues.h"
#include "app/commands/readoptions.h"
#include "models/deliverysummary.h"
#include "models/words.h"

namespace courier::commands {
namespace {

constexpr int pageRows = 500;

tl::expected<DeliveryState, Failure> stateFrom(const QString &word)
{
    const std::optional<AlertStatus> status = alertStatusFromKeyword(word);
    if (!status || *status == AlertStatus::NoDestination ||
        static_cast<int>(*status) > static_cast<int>(AlertStatus::Cancelled)) {
        return misused(
            Text::tr("--state takes queued, sending, retrying, delivered, failed, held or cancelled, not “%1”.")
                .arg(word));
    }
    return static_cast<DeliveryState>(*status);
}

tl::expected<DeliveryFilter, Failure> readDeliveryFilter(Run &run)
{
    DeliveryFilter filter;
    const auto alerts = readFilter(searchText(run.call().arguments), run.clock());
    if (!alerts) {
        return tl::unexpected(alerts.error());
    }
    filter.alerts = *alerts;
    for (const QString &word : run.call().values(QStringLiteral("state")).join(u',').split(u',', Qt::SkipEmptyParts)) {
        const auto state = stateFrom(word.trimmed());
        if (!state) {
            return tl::unexpected(state.error());
        }
        filter.states.append(*state);
    }
    if (run.call().isSet(QStringLiteral("destination"))) {
        const auto destination = run.destination(run.call().value(QStringLiteral("destination")));
        if (!destination) {
            return tl::unexpected(destination.error());
        }
        filter.destination = destination->id;
    }
    return filter;
}

using Take = std::function<void(const Delivery &, const AlertRow &)>;

void takePage(Run &run, const QList<Delivery> &page, const Take &take)
{
    QList<AlertId> ids;
    for (const Delivery &delivery : page) {
        ids.append(delivery.alertId);
    }
    QHash<AlertId, AlertRow> alerts;
    for (const AlertRow &row : run.queries().alertRows(ids)) {
        alerts.insert(row.summary.id, row);
    }
    for (const Delivery &delivery : page) {
        take(delivery, alerts.value(delivery.alertId));
    }
}

/// True where there are more.
bool eachDelivery(Run &run, const DeliveryFilter &filter, int limit, const Take &take)
{
    DeliveryId before{};
    for (int left = limit; left > 0;) {
        const QList<Delivery> page = run.queries().newestDeliveries(filter, before, std::min(left, pageRows));
        if (page.isEmpty()) {
            return false;
        }
        takePage(run, page, take);
        before = page.last().id;
        left -= static_cast<int>(page.size());
    }
    return !run.queries().newestDeliveries(filter, before, 1).isEmpty();
}

void printTable(Run &run, const DeliveryFilter &filter, int limit)
{
    TextTable table({{Text::tr("Id")},
                     {Text::tr("Received")},
                     {Text::tr("Destination"), false, true},
                     {Text::tr("State")},
                     {Text::tr("Attempts"), true},
                     {Text::tr("Last result"), false, true},
                     {Text::tr("Alert"), false, true}});
    const qint64 now = run.clock().nowUtc();
    const DestinationNames names = [&run](DestinationId id) { return run.destinationName(id); };
    const bool more = eachDelivery(run, filter, limit, [&](const Delivery &delivery, const AlertRow &alert) {
        table.add({run.idText(delivery.id), words::clockTime(alert.receivedAt, now),
                   deliveryName(delivery.destinationId, delivery.kind, names), displayName(delivery.state),
                   words::count(delivery.attempts), delivery.attempts > 0 ? delivery.lastReason : QString(),
                   alert.headline});
    });
    if (table.isEmpty()) {
        run.out().say(Text::tr("No delivery matches."));
        return;
    }
    run.out().say(table);
    if (more) {
        run.out().remark(Text::tr("There are more: --limit 0 lists all."));
    }
}

Ending list(Run &run)
{
    const auto limit = readLimit(run.call());
    if (!limit) {
        return tl::unexpected(limit.error());
    }
    const auto filter = readDeliveryFilter(run);
    if (!filter) {
        return tl::unexpected(filter.error());
    }
    if (!run.out().isJson()) {
        printTable(run, *filter, *limit);
        return {};
    }
    eachDelivery(run, *filter, *limit, [&](const Delivery &delivery, const AlertRow &alert) {
        run.out().print(deliveryJson(run, delivery)
                            .add("severity", wireName(alert.summary.severity))
                            .add("title", alert.headline)
                            .addTime("receivedAt", alert.receivedAt));
    });
    return {};
}

} // namespace

CommandSpec deliveryListCommand()
{
    return {QStringLiteral("delivery list"),
            Text::tr("List deliveries, the newest first"),
            Text::tr("A delivery is one alert to one destination. The filter is about the alerts, as for alert list."),
            {Text::tr("[FILTER...]"), 0, -1, Completes::Search},
            {{QStringLiteral("state"), QStringLiteral("LIST"),
              Text::tr("Only in these states: queued, sending, retrying, delivered, failed, held, cancelled."),
              Completes::State},
             {QStringLiteral("destination"), QStringLiteral("DESTINATION"), Text::tr("Only to this one."),
              Completes::Destination},
             limitOption()},
            {QStringLiteral("alert-courier delivery list --state failed,retrying --destination 'Ops bridge' since:1d")},
            list};
}

} // namespace courier::commands
