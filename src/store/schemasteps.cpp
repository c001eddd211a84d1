// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#include "store/schemasteps.h"

#include "store/connection.h"
#include "store/ownfile.h"

#include <QDateTime>
#include <QFile>
#include <QFileInfo>

namespace courier::schema {
namespace {

constexpr qint64 soonRewritten = 256'000'000; // bytes
constexpr int upgradePatienceMsecs = 5000;

// One migration in one transaction with its version; nothing where another process has made it meanwhile.
bool apply(Connection &connection, const Migration &step)
{
    if (!connection.begin()) {
        return false;
    }
    if (connection.number(QStringLiteral("PRAGMA user_version")) < step.version) {
        for (const QString &statement : step.sql.split(QStringLiteral(";\n"), Qt::SkipEmptyParts)) {
            if (!statement.trimmed().isEmpty()) {
                connection.execute(statement);
            }
        }
        connection.execute(QStringLiteral("PRAGMA user_version = %1").arg(step.version));
    }
    if (!connection.hasFailed() && connection.commit()) {
        return true;
    }
    connection.rollback();
    return false;
}

// A database from before gives free space back only once it is written anew. A small one is, at its upgrade: that takes
// no longer than the copy did. In a large one the space is used again.
void letItGiveBack(Connection &connection)
{
    if (QFileInfo(connection.path()).size() > soonRewritten ||
        connection.number(QStringLiteral("PRAGMA auto_vacuum")) != 0) {
        return;
    }
    connection.execute(QStringLiteral("PRAGMA auto_vacuum = INCREMENTAL"));
    connection.execute(QStringLiteral("VACUUM"));
    if (connection.hasFailed()) {
        qCWarning(lcStore).noquote() << "Not written anew:" << connection.takeFailure().error.detail;
    }
}

// Made under another name, so that what bears the name of a copy is one, whole, whenever this process ends.
Result<QString> copyAside(Connection &connection, qint64 version)
{
    const QString stamp = QDateTime::currentDateTimeUtc().toString(QStringLiteral("yyyyMMdd-HHmmss-zzz"));
    const QString copy = QStringLiteral("%1.version%2-%3").arg(connection.path()).arg(version).arg(stamp);
    const QString draft = copy + QStringLiteral(".draft");
    Result<void> made = ownfile::create(draft);
    if (made && !connection.prepared(QStringLiteral("VACUUM INTO ?")).run(draft)) {
        made = tl::unexpected(connection.takeFailure().error);
    }
    if (made) {
        made = ownfile::putInPlace(draft, copy);
    }
    QFile::remove(draft);
    if (!made) {
        return tl::unexpected(made.error());
    }
    return copy;
}

} // namespace

Result<void> applyAll(Connection &connection, const QList<Migration> &steps)
{
    for (const Migration &step : steps) {
        if (!apply(connection, step)) {
            Error error = connection.takeFailure().error;
            error.detail.prepend(QStringLiteral("migration %1: ").arg(step.version));
            return tl::unexpected(error);
        }
    }
    return {};
}

Result<QString> upgrade(const QString &path, const QList<Migration> &steps, qint64 from)
{
    auto opened = Connection::open(path, dialect::Access::Write);
    if (!opened) {
        return tl::unexpected(opened.error());
    }
    Connection &connection = **opened;
    const Result<QString> copy = copyAside(connection, from);
    if (!copy) {
        return copy;
    }
    qCWarning(lcStore).noquote() << "Before the upgrade of" << path << "a copy was made:" << *copy;
    // What sorts a large table for a new index does so beside it, and waits for whoever writes.
    connection.execute(QStringLiteral("PRAGMA temp_store = FILE"));
    connection.execute(QStringLiteral("PRAGMA busy_timeout = %1").arg(upgradePatienceMsecs));
    if (const Result<void> applied = applyAll(connection, steps); !applied) {
        if (connection.number(QStringLiteral("PRAGMA user_version")) == from) {
            QFile::remove(*copy); // nothing became of it, and the next try makes one, too
        }
        return tl::unexpected(applied.error());
    }
    letItGiveBack(connection);
    return copy;
}

} // namespace courier::schema
