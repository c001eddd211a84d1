// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#include "app/commands/commandtable.h"
#include "app/commands/destinationcommon.h"
#include "app/commands/readoptions.h"
#include "app/commands/secretoptions.h"
#include "app/commands/securityoptions.h"

namespace courier::commands {
namespace {

Ending add(Run &run)
{
    Destination destination;
    QStringList warnings;
    GivenSecrets secrets;
    QList<ToldOnce> once;
    const Ending read = readSettings(run.call(), destination)
                            .and_then([&] { return takeSecrets(run, destination, secrets); })
                            .and_then([&] { return readSecurity(run, destination, secrets, once); })
                            .and_then([&] { return checkSettings(destination, warnings); });
    if (!read) {
        return read;
    }
    destination.paused = run.call().isSet(QStringLiteral("paused"));
    const auto added = storeDestination(run, std::nullopt, destination, secrets.changes);
    if (!added) {
        return tl::unexpected(added.error());
    }
    warn(run, warnings);
    tell(run, *added, Text::tr("%1 is added: %2").arg(printable(added->name), run.idText(added->id)), once);
    return {};
}

} // namespace

CommandSpec destinationAddCommand()
{
    return {QStringLiteral("destination add"),
            Text::tr("Add a destination"),
            Text::tr("--name and --url are required. Without --severity it takes critical, high and medium, without "
                     "--type every type."),
            {},
            settingOptions() << securityOptions() << secretFromOption()
                             << OptionSpec{QStringLiteral("paused"),
                                           {},
                                           Text::tr("Hold what comes for it until it is resumed.")},
            {QStringLiteral("alert-courier destination add --name 'Night SIEM' --url https://siem.example.com/hook "
                            "--severity critical,high --type rule,policy --schedule quick --header 'X-Env: prod'")},
            add};
}

} // namespace courier::commands
