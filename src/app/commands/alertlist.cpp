// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#include "app/commands/commandtable.h"
#include "app/commands/jsonvalues.h"
#include "app/commands/readoptions.h"
#include "models/alertcells.h"
#include "models/words.h"

namespace courier::commands {
namespace {

constexpr int pageRows = 500;

/// Gives the rows that match, the newest first, page by page; true where there are more.
template<typename Take>
bool eachRow(Run &run, const AlertFilter &filter, int limit, Take take)
{
    AlertId before{};
    for (int left = limit; left > 0;) {
        const QList<AlertId> ids = run.queries().newestMatching(filter, before, std::min(left, pageRows));
        if (ids.isEmpty()) {
            return false;
        }
        for (const AlertRow &row : run.queries().alertRows(ids)) {
            take(row);
        }
        before = ids.last();
        left -= static_cast<int>(ids.size());
    }
    return !run.queries().newestMatching(filter, before, 1).isEmpty();
}

void printTable(Run &run, const AlertFilter &filter, int limit)
{
    TextTable table({{Text::tr("Id")},
                     {Text::tr("Received")},
                     {Text::tr("Severity")},
                     {Text::tr("Alert"), false, true},
                     {Text::tr("Source"), false, true},
                     {Text::tr("Delivery")},
                     {Text::tr("Destinations"), false, true}});
    const qint64 now = run.clock().nowUtc();
    const DestinationNames names = [&run](DestinationId id) { return run.destinationName(id); };
    const bool more = eachRow(run, filter, limit, [&](const AlertRow &row) {
        table.add({run.idText(row.summary.id), words::clockTime(row.receivedAt, now), displayName(row.summary.severity),
                   row.summary.life == AlertLife::Resolved ? withResolved(row.headline) : row.headline, row.source,
                   deliveryWords(row, now), destinationWords(row, names)});
    });
    if (table.isEmpty()) {
        run.out().say(Text::tr("No alert matches."));
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
    const auto filter = readFilter(searchText(run.call().arguments), run.clock());
    if (!filter) {
        return tl::unexpected(filter.error());
    }
    if (run.out().isJson()) {
        eachRow(run, *filter, *limit, [&](const AlertRow &row) { run.out().print(alertRowJson(run, row)); });
    } else {
        printTable(run, *filter, *limit);
    }
    return {};
}

} // namespace

CommandSpec alertListCommand()
{
    return {QStringLiteral("alert list"),
            Text::tr("List alerts, the newest first"),
            Text::tr("The filter is what the window's search field takes: severity:, status:, type:, dest:, source:, "
                     "is:, since:, until: and words. All must hold."),
            {Text::tr("[FILTER...]"), 0, -1, Completes::Search},
            {limitOption()},
            {QStringLiteral(
                 "alert-courier alert list severity:critical,high status:failed dest:'Ops bridge' since:2h disk"),
             QStringLiteral("alert-courier alert list --json --limit 5")},
            list};
}

} // namespace courier::commands
