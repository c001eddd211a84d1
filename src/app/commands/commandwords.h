// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QString>
#include <QStringList>

namespace courier::commands {

constexpr const char *completeWord = "__complete"; ///< followed by the words typed so far
constexpr const char *manualWord = "__manual";

/// The words of the command among \a arguments (without the program's name), wherever its options stand:
/// {"destination", "add"}, {"submit"}. A first word that is no command is given as it is; nothing where there is none.
QStringList commandWords(const QStringList &arguments);

/// True where the option takes a value, of whatever command it is. \a argument is "--name" or "-n".
bool takesValue(const QString &argument);

} // namespace courier::commands
