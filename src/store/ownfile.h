// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "domain/error.h"

#include <QString>

// Files that only their owner may read, from their first byte on, whatever the umask.
namespace courier::ownfile {

/// Makes an empty file; Conflict where one is there.
Result<void> create(const QString &path);
/// Gives the finished file \a draft the name \a path, unless one of that name is there by now: then that one stays,
/// and all is well.
Result<void> putInPlace(const QString &draft, const QString &path);
/// ReadOnly where \a path, or its directory, can't be written to; NotFound where there is no such directory. Doesn't
/// open the file: closing it would drop the locks that this process holds on it.
Result<void> checkWritable(const QString &path);
/// Takes reading and writing from group and others.
void keepPrivate(const QString &path);

} // namespace courier::ownfile
