// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QString>
#include <QStringList>

#include <functional>

namespace courier::commands {

constexpr const char *filesMark = ":files"; ///< the shell's own completion of file names
constexpr const char *directoriesMark = ":directories";

/// Gives the names of the destinations, for a data directory that the words name (empty: the default).
using DestinationNamesIn = std::function<QStringList(const QString &dataDirectory)>;

/// What the shell may offer for the last of \a words, which is unfinished: whole words, or one of the marks.
QStringList completions(const QStringList &words, const DestinationNamesIn &names);

} // namespace courier::commands
