// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#include "store/dialect.h"

#include <QCoreApplication>
#include <QDir>
#include <QFileInfo>
#include <QSqlError>
#include <QStorageInfo>

namespace courier::dialect {
namespace {

// Primary result codes, as sqlite.org/rescode.html numbers them.
enum Code {
    CodeError = 1,
    CodePermission = 3,
    CodeBusy = 5,
    CodeLocked = 6,
    CodeReadOnly = 8,
    CodeIo = 10,
    CodeCorrupt = 11,
    CodeFull = 13,
    CodeCantOpen = 14,
    CodeTooBig = 18,
    CodeConstraint = 19,
    CodeMismatch = 20,
    CodeRange = 25,
    CodeNotADatabase = 26
};

constexpr qint64 hardlyAnyRoom = 64 * 1024;

bool hasNoRoom(const QString &path)
{
    const QStorageInfo storage(QFileInfo(path).absolutePath());
    return storage.isValid() && storage.bytesAvailable() < hardlyAnyRoom;
}

Error::Kind kindOf(int code, const QString &path)
{
    switch (code) {
    case CodeFull:
        return Error::Kind::DiskFull;
    case CodeIo:
    case CodeCantOpen:
        return hasNoRoom(path) ? Error::Kind::DiskFull : Error::Kind::Io;
    case CodeReadOnly:
    case CodePermission:
        return Error::Kind::ReadOnly;
    case CodeBusy:
    case CodeLocked:
        return Error::Kind::Busy;
    case CodeCorrupt:
    case CodeNotADatabase:
        return Error::Kind::Damaged;
    case CodeConstraint:
        return Error::Kind::Conflict;
    case CodeTooBig:
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

QString driver()
{
    return QStringLiteral("QSQLITE");
}

QString connectOptions(Access access)
{
    const QString timeout = QStringLiteral("QSQLITE_BUSY_TIMEOUT=5000");
    return access == Access::Inspect ? timeout + QStringLiteral(";QSQLITE_OPEN_READONLY") : timeout;
}

QStringList setUp(Access access)
{
    switch (access) {
    case Access::Inspect:
        return {};
    case Access::Read:
        return {QStringLiteral("PRAGMA query_only = ON"), QStringLiteral("PRAGMA temp_store = MEMORY")};
    case Access::Create:
        return {QStringLiteral("PRAGMA synchronous = FULL"), QStringLiteral("PRAGMA foreign_keys = ON")};
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

Failure failureOf(const QSqlError &error, const QString &path)
{
    const int code = error.nativeErrorCode().toInt() & 0xff; // the rest says where it happened
    Failure failure;
    failure.error.kind = kindOf(code, path);
    failure.error.message = sentenceFor(failure.error.kind, path);
    failure.error.detail =
        QStringLiteral("%1: %2 (%3)").arg(error.driverText(), error.databaseText(), error.nativeErrorCode());
    failure.isWhole =
        code != CodeConstraint && code != CodeTooBig && code != CodeMismatch && code != CodeRange && code != CodeError;
    return failure;
}

} // namespace courier::dialect
