// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#include "app/commands/commandtable.h"
#include "app/commands/jsonvalues.h"
#include "app/commands/readoptions.h"
#include "app/commands/submission.h"
#include "desk/severitytables.h"
#include "intake/fileimport.h"

namespace courier::commands {
namespace {

constexpr int batchAlerts = 500;
constexpr qint64 batchBytes = 1024 * 1024;

QString fileOf(const Run &run)
{
    return run.call().arguments.isEmpty() ? QStringLiteral("-") : run.call().arguments.first();
}

void printPreview(Run &run, const Alert &alert, const QList<Destination> &destinations)
{
    const QList<Route> routes = route(alert, destinations, run.store().key());
    if (run.out().isJson()) {
        QList<JsonObject> list;
        for (const Route &one : routes) {
            list.append(routeJson(run, one));
        }
        run.out().print(JsonObject()
                            .add("ruleId", alert.ruleId)
                            .add("title", alert.headline())
                            .add("severity", wireName(alert.severity))
                            .add("type", wireName(alert.type))
                            .add("destinations", list));
        return;
    }
    QString lines = QStringLiteral("%1  %2\n").arg(displayName(alert.severity), printable(alert.headline()));
    for (const Route &one : routes) {
        const QString name = printable(run.destinationName(one.destinationId));
        lines +=
            (one.taken ? Text::tr("  goes to  %1: %2") : Text::tr("  not to   %1: %2")).arg(name, one.words) + u'\n';
    }
    run.out().sayLines(routes.isEmpty() ? lines + Text::tr("  There is no destination yet.\n") : lines);
}

/// --format; null where it is to be guessed.
tl::expected<const Format *, Failure> readFormat(const Call &call)
{
    if (!call.isSet(QStringLiteral("format"))) {
        return nullptr;
    }
    const Format *format = formatById(call.value(QStringLiteral("format")));
    if (!format) {
        return misused(Text::tr("--format takes one of %1.").arg(formatIds().join(Text::tr(", "))));
    }
    return format;
}

/// The same reading and the same router as when it is meant; nothing is stored.
Ending preview(Run &run, const Format *format)
{
    auto reader = AlertFileReader::open(fileOf(run), run.clock());
    if (!reader) {
        return refused(reader.error());
    }
    (*reader)->setFormat(format);
    (*reader)->setSeverities(severityTables(run.queries()));
    const QList<Destination> destinations = run.destinations();
    bool anyRefused = false;
    for (bool atEnd = false; !atEnd;) {
        const AlertFileReader::Batch batch = (*reader)->next(batchAlerts, batchBytes);
        atEnd = batch.atEnd;
        for (const AlertFault &fault : batch.faults) {
            anyRefused = true;
            complainOf(run, fileOf(run), fault.place.line, fault.place.column, sentence(fault));
        }
        for (const TakenAlert &one : batch.alerts) {
            printPreview(run, one.alert, destinations);
        }
        if (batch.error) {
            return refused(*batch.error);
        }
    }
    return anyRefused ? refused() : Ending();
}

Ending submit(Run &run)
{
    const auto format = readFormat(run.call());
    if (!format) {
        return tl::unexpected(format.error());
    }
    if (run.call().isSet(QStringLiteral("dry-run"))) {
        return preview(run, *format);
    }
    Submission submission(run, fileOf(run), *format);
    submission.start();
    return QCoreApplication::exec() == 0 ? Ending() : refused();
}

} // namespace

CommandSpec submitCommand()
{
    return {
        QStringLiteral("submit"),
        Text::tr("Hand in the alerts of a file, or of standard input"),
        Text::tr("Prints a line for each alert: its id and the destinations that get it. What is refused is told "
                 "on stderr as FILE:LINE:COLUMN: reason; the others are taken. It works with the window open and "
                 "without: the process that sends notices by itself."),
        {Text::tr("[FILE|-]"), 0, 1, Completes::File},
        {{QStringLiteral("format"), QStringLiteral("FORMAT"),
          Text::tr("What the file holds, where it isn't to be guessed: %1.").arg(formatIds().join(Text::tr(", "))),
          Completes::Format},
         {QStringLiteral("dry-run"),
          {},
          Text::tr("Store nothing; say for each alert which rule takes or leaves it, destination by destination.")}},
        {QStringLiteral("alert-courier submit alerts.ndjson"),
         QStringLiteral("echo '{\"id\":\"Disk.Full\",\"severity\":\"HIGH\",\"title\":\"Disk 95 % full\"}' | "
                        "alert-courier submit --dry-run")},
        submit};
}

} // namespace courier::commands
