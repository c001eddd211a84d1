// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "store/schema.h"

namespace courier {
class Connection;
}

// How a database comes from one version of the schema to the next.
namespace courier::schema {

/// Takes those of \a steps that it doesn't have yet, each in a transaction with its version: what fails leaves it at
/// the version before.
Result<void> applyAll(Connection &connection, const QList<Migration> &steps);

/// The same for the database \a path, which is at the version \a from, once a copy of it is made, whose place is
/// returned. Waits some seconds for another process that writes; no copy stays where nothing became of the upgrade.
Result<QString> upgrade(const QString &path, const QList<Migration> &steps, qint64 from);

} // namespace courier::schema
