// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "app/commands/destinationcommon.h"
#include "app/commands/secretoptions.h"

// Whom a destination trusts over TLS and who it says it is, from the command line.
namespace courier::commands {

/// --ca, --pin, --client-certificate.
QList<OptionSpec> tlsOptions();
/// Sets on \a destination what the call gives; a client certificate's key comes to \a given, in the form it is kept in.
Ending readTls(const Call &call, Destination &destination, GivenSecrets &given, QList<ToldOnce> &told);

} // namespace courier::commands
