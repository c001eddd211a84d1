// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#include "store/dialect.h"

#include <QCoreApplication>
#include <QDir>
#include <QFileInfo>
#include <QStorageInfo>

#include <sqlite3.h>

namespace courier::dialect {
namespace {

constexpr qint64 hardlyAnyRoom = 64 * 1024;

bool hasNoRoom(const QString &path)
{
    const QStorageInfo storage(QFileInfo(path).absolutePath());
    return storage.isValid() && storage.bytesAvailable() < hardlyAnyRoom;
}

Error::Kind kindOf(int code, const QString &path)
{
    switch (code) {
    case SQLITE_FULL:
        return Error::Kind::DiskFull;
    case SQLITE_IOERR:
    case SQLITE_CANTOPEN:
        return hasNoRoom(path) ? Error::Kind::DiskFull : Error::Kind::Io;
    case SQLITE_READONLY:
    case SQLITE_PERM:
        return Error::Kind::ReadOnly;
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
        return Error::Kind::Busy;
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
        return Error::Kind::Damaged;
    case SQLITE_CONSTRAINT:
        return Error::Kind::Conflict;
    case SQLITE_TOOBIG:
        return Error::Kind::Invalid;
    default:
        return Error::Kind::Io;
    }
}

QString sentenceFor(Error::Kind kind, const QString &path)
{
    const QString file = QDir::toNativeSeparators(path);
    switch (kind) {
    case Error::Kind::DiskFull:
        return QCoreApplication::translate("Store", "The disk is full: nothing can be kept in %1 until there is room.")
            .arg(QDir::toNativeSeparators(QFileInfo(path).absolutePath()));
    case Error::Kind::ReadOnly:
        return QCoreApplication::translate("Store", "%1 can't be written to: check its permissions and its disk.")
            .arg(file);
    case Error::Kind::Busy:
        return QCoreApplication::translate("Store", "Another program keeps %1 busy.").arg(file);
    case Error::Kind::Damaged:
        return QCoreApplication::translate("Store", "%1 is damaged and was left as it is. Move it aside, or start with "
                                                    "another --data-dir.")
            .arg(file);
    case Error::Kind::Invalid:
        return QCoreApplication::translate("Store", "It is too large to be kept.");
    case Error::Kind::Conflict:
        return QCoreApplication::translate("Store", "It clashes with what is kept already.");
    default:
        return QCoreApplication::translate("Store", "%1 can't be read or written.").arg(file);
    }
}

} // namespace

// One thread uses a connection: it needs no lock of its own.
int openFlags(Access access)
{
    return SQLITE_OPEN_NOMUTEX | (access == Access::Inspect ? SQLITE_OPEN_READONLY : SQLITE_OPEN_READWRITE);
}

QStringList setUp(Access access)
{
    switch (access) {
    case Access::Inspect:
        return {};
    case Access::Read:
        return {QStringLiteral("PRAGMA query_only = ON"), QStringLiteral("PRAGMA temp_store = MEMORY")};
    case Access::Create:
        return {QStringLiteral("PRAGMA auto_vacuum = INCREMENTAL"), // takes effect before anything is written only
                QStringLiteral("PRAGMA synchronous = FULL"), QStringLiteral("PRAGMA foreign_keys = ON")};
    case Access::Write:
        break;
    }
    // The log is folded into the database each 16 MB: less often than the default of 4, for fewer syncs under load.
    return {QStringLiteral("PRAGMA journal_mode = WAL"),
            QStringLiteral("PRAGMA synchronous = FULL"),
            QStringLiteral("PRAGMA foreign_keys = ON"),
            QStringLiteral("PRAGMA wal_autocheckpoint = 4000"),
            QStringLiteral("PRAGMA journal_size_limit = 33554432"),
            QStringLiteral("PRAGMA cache_size = -4096"),
            QStringLiteral("PRAGMA temp_store = MEMORY"),
            QStringLiteral("PRAGMA busy_timeout = 2")}; // who writes asks again and again
}

QString beginWrite()
{
    return QStringLiteral("BEGIN IMMEDIATE");
}

QString beginRead()
{
    return QStringLiteral("BEGIN");
}

QString commit()
{
    return QStringLiteral("COMMIT");
}

QString rollback()
{
    return QStringLiteral("ROLLBACK");
}

QString changeCounter()
{
    return QStringLiteral("PRAGMA data_version");
}

QString selectList()
{
    return QStringLiteral("SELECT value FROM json_each(?)");
}

QString list(const QList<qint64> &numbers)
{
    QString text = QStringLiteral("[");
    text.reserve(numbers.size() * 20 + 2);
    for (const qint64 number : numbers) {
        if (text.size() > 1) {
            text += u',';
        }
        text += QString::number(number);
    }
    return text + u']';
}

Failure failureOf(int code, const QString &text, const QString &path)
{
    const int primary = code & 0xff; // the rest says where it happened
    Failure failure;
    failure.error.kind = kindOf(primary, path);
    failure.error.message = sentenceFor(failure.error.kind, path);
    failure.error.detail = QStringLiteral("%1 (%2)").arg(text).arg(code);
    failure.isWhole = primary != SQLITE_CONSTRAINT && primary != SQLITE_TOOBIG && primary != SQLITE_MISMATCH &&
                      primary != SQLITE_RANGE && primary != SQLITE_ERROR;
    return failure;
}

} // namespace courier::dialect
