// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#include "app/commands/commandtable.h"
#include "app/commands/configdocument.h"
#include "app/commands/run.h"
#include "intake/jsonlayout.h"

namespace courier::commands {
namespace {

Ending write(Run &run)
{
    QList<Destination> destinations = run.destinations();
    destinations.removeIf([](const Destination &one) { return one.builtInReceiver; }); // it is of this machine only
    const QByteArray json =
        configDocument(destinations, run.queries().settings(), run.call().isSet(QStringLiteral("with-secrets"))).text();
    run.out().printRaw((run.out().isJson() ? json : prettyJson(json).value_or(json)) + '\n');
    return {};
}

} // namespace

CommandSpec configExportCommand()
{
    return {QStringLiteral("config export"),
            Text::tr("Print destinations and settings as one JSON document"),
            Text::tr("Addresses, the values of headers and the intake's token are secrets: without --with-secrets they "
                     "are null or left out. Alerts are not in it."),
            {},
            {{QStringLiteral("with-secrets"), {}, Text::tr("Write secrets too; keep the document to yourself then.")}},
            {QStringLiteral("alert-courier config export --with-secrets > desk.json")},
            write};
}

} // namespace courier::commands
