// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#include "app/commands/commandtable.h"
#include "app/commands/configdocument.h"
#include "app/commands/run.h"
#include "intake/jsonlayout.h"

namespace courier::commands {
namespace {

tl::expected<AllSecrets, Failure> readSecrets(Run &run, const QList<Destination> &destinations)
{
    AllSecrets all;
    for (const Destination &one : destinations) {
        if (one.secrets.exist()) {
            const auto secrets = run.wait(run.vault().read(one.secrets.id));
            if (!secrets) {
                return refused(Text::tr("%1: %2").arg(printable(one.name), secrets.error().sentence));
            }
            all.insert(one.id, *secrets);
        }
    }
    return all;
}

Ending write(Run &run)
{
    QList<Destination> destinations = run.destinations();
    destinations.removeIf([](const Destination &one) { return one.builtInReceiver; }); // it is of this machine only
    std::optional<AllSecrets> secrets;
    if (run.call().isSet(QStringLiteral("with-secrets"))) {
        const auto all = readSecrets(run, destinations);
        if (!all) {
            return tl::unexpected(all.error());
        }
        secrets = *all;
        run.out().remark(Text::tr("The document holds passwords, keys and addresses: keep it to yourself."));
    }
    const QByteArray json = configDocument(destinations, run.queries().settings(), secrets).text();
    run.out().printRaw((run.out().isJson() ? json : prettyJson(json).value_or(json)) + '\n');
    return {};
}

} // namespace

CommandSpec configExportCommand()
{
    return {QStringLiteral("config export"),
            Text::tr("Print destinations and settings as one JSON document"),
            Text::tr("Passwords, keys, addresses, the values of headers and the intake's token are secrets: without "
                     "--with-secrets they are null or left out. Alerts are not in it."),
            {},
            {{QStringLiteral("with-secrets"), {}, Text::tr("Write secrets too; keep the document to yourself then.")}},
            {QStringLiteral("alert-courier config export --with-secrets > desk.json")},
            write};
}

} // namespace courier::commands
