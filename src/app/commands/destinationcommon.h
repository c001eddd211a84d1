// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "app/commands/run.h"

// What the commands on destinations share.
namespace courier::commands {

OptionSpec secretsOption();
ArgumentSpec destinationArgument();  ///< one
ArgumentSpec destinationArguments(); ///< one or more

QHash<DestinationId, DestinationStats> statsByDestination(Run &run);
/// "Paused", "Struggling", "Certificate: 9 days", "Not tested", "Last test failed", "Ready"; in full with why it
/// struggles, and until when.
QString stateWords(const Destination &destination, const DestinationStats &stats, qint64 now, bool inFull = true);

/// What a change brought forth and nobody can look up later.
struct ToldOnce
{
    const char *key;  ///< in JSON
    QString sentence; ///< with a place for the value
    QString value;
};

/// With --json the destination as it is now, else \a sentence; with all of \a once.
void tell(Run &run, const Destination &destination, const QString &sentence, const QList<ToldOnce> &once = {});
/// One line each on stderr.
void warn(Run &run, const QStringList &warnings);

} // namespace courier::commands
