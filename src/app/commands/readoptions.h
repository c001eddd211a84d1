// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "app/commands/commandcall.h"
#include "app/commands/commandspec.h"
#include "domain/clock.h"
#include "domain/destination.h"
#include "store/search.h"

#include <limits>

// What options and arguments mean. What can't be read is a Failure with exit code 2 that names the option.
namespace courier::commands {

/// --name, --url, --severity, --type, --schedule, --timeout, --retries, --resolutions, --header.
QList<OptionSpec> settingOptions();
/// Sets on \a destination what the call gives.
Ending readSettings(const Call &call, Destination &destination);
/// The first thing wrong with it, named by its option.
Ending checkSettings(const Destination &destination, QStringList &warnings);

/// Of all formats of alerts: "alerts", "alertmanager", ...
QStringList formatIds();

OptionSpec limitOption();
constexpr int everything = std::numeric_limits<int>::max();
/// --limit; `everything` where it is 0.
tl::expected<int, Failure> readLimit(const Call &call);

/// Arguments as the search field's language. The shell has taken the quotes off: dest:"Ops bridge" comes as one
/// argument with a blank in it, and is read as it was meant.
QString searchText(const QStringList &arguments);
tl::expected<AlertFilter, Failure> readFilter(const QString &search, const Clock &clock);

} // namespace courier::commands
