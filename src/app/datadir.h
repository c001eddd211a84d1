// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "domain/error.h"

#include <QString>

namespace courier {

/// Every file this process makes from now on is for its user alone (umask 077). Call first in main.
void restrictFileModes();

/// Where the data directory is, or would be: \a given, or the user's own place for application data where it is empty.
QString dataDirectoryPath(const QString &given);

/// The data directory, canonical: \a given, or the user's own place for application data where it is empty. It is made,
/// for its user alone (0700), where it isn't there. An Error says in words why it can't be used.
Result<QString> openDataDirectory(const QString &given);

} // namespace courier
