// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "app/commands/destinationcommon.h"
#include "app/commands/secretoptions.h"

// How a destination signs, logs in, trusts and is reached, from the command line. Nothing that is secret is among these
// options: see secretoptions.h.
namespace courier::commands {

/// --signing..., --generate-secret, --auth and what goes with it, --ca, --pin, --client-certificate, --proxy.
QList<OptionSpec> securityOptions();

/// Sets on \a destination what the call gives, after its secrets were taken into \a given: a client certificate's key
/// and a secret that is made come to them. \a told gets what has to be told once all is stored.
Ending readSecurity(Run &run, Destination &destination, GivenSecrets &given, QList<ToldOnce> &told);

} // namespace courier::commands
