// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "app/commands/run.h"

// Secrets on the command line: what is typed there others can read, so an option names where a secret comes from.
namespace courier::commands {

/// --secret-from; may be given more than once.
OptionSpec secretFromOption();
/// --clear-secret; may be given more than once.
OptionSpec clearSecretOption();

/// What the options gave.
struct GivenSecrets
{
    SecretChanges changes;
    QByteArray passphrase; ///< opens a client certificate or its key; not kept
};

/// Reads into \a given what the options name. A header whose value is secret gets its mark on \a destination, and is
/// added where it isn't there.
Ending takeSecrets(Run &run, Destination &destination, GivenSecrets &given);

/// Adds a destination, or updates \a before where it is given. Where there is no key ring it asks whether to keep
/// secrets in the private file, or says how to where nobody can be asked.
tl::expected<Destination, Failure> storeDestination(Run &run, const std::optional<Destination> &before,
                                                    const Destination &destination, const SecretChanges &changes);

/// "the token, the value of X-Api-Key": those that are set; "None".
QString secretWords(const Destination &destination);
/// The same by their keywords: "token", "header:X-Api-Key".
QStringList secretKeywords(const Destination &destination);

} // namespace courier::commands
