// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "domain/error.h"
#include "domain/ids.h"

#include <QList>
#include <QString>

// The database file: made, checked and brought up to date. A file that isn't ours, is damaged or is newer than this
// program is never changed.
namespace courier::schema {

/// One step of the schema's history.
struct Migration
{
    int version = 0; ///< that the database has after it
    QString sql;     ///< statements, each with a semicolon at the end of its line
};

/// All of them, from resources/sql, in order.
QList<Migration> migrations();

/// What is known of a database that can be used.
struct Opened
{
    StoreKey key{};
    QString copy; ///< where the copy made before an upgrade is; empty where there was none
};

/// Makes the database \a path where there is none, checks it, and upgrades it where it is older than the last of
/// \a steps. What it makes is readable for its owner only.
Result<Opened> open(const QString &path, const QList<Migration> &steps = migrations());

/// The newest of the copies that were made before upgrades of \a path; empty where there is none.
QString newestCopy(const QString &path);

} // namespace courier::schema
