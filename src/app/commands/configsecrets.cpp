// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#include "app/commands/commandtable.h"
#include "app/commands/run.h"

namespace courier::commands {
namespace {

constexpr const char *fileWord = "file";
constexpr const char *keyRingWord = "keyring";

Ending tell(Run &run, int moved)
{
    const bool isFile = run.vault().isPrivateFileAllowed();
    if (run.out().isJson()) {
        run.out().print(JsonObject()
                            .add("secrets", QString(QLatin1String(isFile ? fileWord : keyRingWord)))
                            .add("file", isFile ? QJsonValue(run.vault().privateFilePath()) : QJsonValue())
                            .add("moved", moved));
        return {};
    }
    run.out().say(isFile ? Text::tr("Secrets are kept in a file that only you can read: %1")
                               .arg(printable(run.vault().privateFilePath()))
                         : Text::tr("Secrets are kept in the desktop's key ring."));
    return {};
}

/// Each destination's secrets are read from where they are and written to the place that is in force now.
Ending moveAll(Run &run, int &moved)
{
    bool isWhole = true;
    for (const Destination &one : run.destinations()) {
        if (!one.secrets.exist()) {
            continue;
        }
        const auto done = run.wait(run.writer().moveSecrets(one));
        if (done) {
            ++moved;
        } else {
            run.out().complain(Text::tr("%1: %2").arg(printable(one.name), done.error().sentence));
            isWhole = false;
        }
    }
    return isWhole ? Ending() : refused();
}

Ending choose(Run &run)
{
    const QString word = run.call().arguments.value(0).toLower();
    const bool toFile = word == QLatin1String(fileWord);
    if (word.isEmpty()) {
        return tell(run, 0);
    }
    if (!toFile && word != QLatin1String(keyRingWord)) {
        return misused(Text::tr("config secrets takes keyring or file."));
    }
    const auto chosen = run.wait(toFile ? run.vault().allowPrivateFile() : run.vault().useKeyRing());
    if (!chosen) {
        return tl::unexpected(chosen.error());
    }
    int moved = 0;
    const Ending whole = moveAll(run, moved);
    if (!whole && !toFile && moved == 0) { // there is no key ring to keep them: all stays as it was
        run.wait(run.vault().allowPrivateFile());
    }
    const Ending told = tell(run, moved);
    return whole ? told : whole;
}

} // namespace

CommandSpec configSecretsCommand()
{
    return {QStringLiteral("config secrets"),
            Text::tr("Show or choose where passwords and keys are kept"),
            Text::tr("keyring is the desktop's secret service, which is used unless you choose otherwise; file is a "
                     "file in the data directory that only you can read, for machines without one. What is kept "
                     "already moves over."),
            {Text::tr("[keyring|file]"), 0, 1, Completes::Nothing},
            {},
            {QStringLiteral("alert-courier config secrets file")},
            choose};
}

} // namespace courier::commands
