// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "domain/error.h"

#include <QList>
#include <QString>
#include <QStringList>

#include <optional>

// What is particular to SQLite. Everything else in this folder is SQL that other databases read, too, but for the full
// text search (words.h) and the way the file is found and checked (schema.h).
namespace courier::dialect {

/// What a connection is for.
enum class Access {
    Inspect, ///< only looks; nothing on the disk is changed, not even the write-ahead log
    Read,
    Write,
    Create ///< a file that nobody else knows yet
};

/// For sqlite3_open_v2(): a file that isn't there is never made.
int openFlags(Access access);
constexpr int busyTimeoutMsecs = 5000;
/// To be run once on each new connection, in this order.
QStringList setUp(Access access);

QString beginWrite();
QString beginRead();
QString commit();
QString rollback();

/// A query for a number that changes when another connection has committed.
QString changeCounter();

/// A query for the numbers of one bound list, to be filled with list().
QString selectList();
inline QString inList()
{
    return QStringLiteral("IN (%1)").arg(selectList());
}
QString list(const QList<qint64> &numbers);

/// How a statement failed.
struct Failure
{
    Error error;
    bool isWhole = true; ///< nothing can be written just now; false: only this statement is at fault
};
/// \a code is an (extended) result code, \a text SQLite's own words; \a path is the database's, for the message.
Failure failureOf(int code, const QString &text, const QString &path);

} // namespace courier::dialect
