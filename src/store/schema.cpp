// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#include "store/schema.h"

#include "store/connection.h"
#include "store/ownfile.h"
#include "store/schemasteps.h"

#include <QCoreApplication>
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QRandomGenerator>

#include <algorithm>

// Has to stand outside of every namespace.
static void initSqlResource()
{
    Q_INIT_RESOURCE(sql);
}

namespace courier::schema {
namespace {

constexpr qint64 applicationId = 0x434f5552; // "COUR"
constexpr quint64 keyMask = (quint64(1) << 53) - 1;

Error damaged(const QString &path, const QString &detail)
{
    return {Error::Kind::Damaged,
            QCoreApplication::translate("Store",
                                        "%1 is not an Alert Courier database, or it is damaged. It was left as it "
                                        "is. Move it aside, or start with another --data-dir.")
                .arg(QDir::toNativeSeparators(path)),
            detail};
}

Error tooNew(const QString &path, qint64 version)
{
    return {Error::Kind::TooNew,
            QCoreApplication::translate("Store",
                                        "%1 was written by a newer Alert Courier and was left as it is. Install "
                                        "that version, or start with another --data-dir.")
                .arg(QDir::toNativeSeparators(path)),
            QStringLiteral("schema version %1").arg(version)};
}

// What can't be read for what it holds is damage; what can't be read just now isn't.
Error unreadable(Connection &connection)
{
    const dialect::Failure failure = connection.takeFailure();
    const bool isPassing = failure.error.kind == Error::Kind::Busy || failure.error.kind == Error::Kind::DiskFull ||
                           (failure.isWhole && failure.error.kind == Error::Kind::Io);
    return isPassing ? failure.error : damaged(connection.path(), failure.error.detail);
}

struct Found
{
    qint64 version = 0;
    StoreKey key{};
};

// SQLite sees for itself that pages are gone, but not that the last one isn't whole. While there is a log, that may be
// a fold that was cut short: the log makes it whole.
bool isCutInAPage(Connection &connection)
{
    const qint64 pageSize = connection.number(QStringLiteral("PRAGMA page_size"));
    const bool hasLog = QFileInfo(connection.path() + QStringLiteral("-wal")).size() > 0;
    return !hasLog && pageSize > 0 && QFileInfo(connection.path()).size() % pageSize != 0;
}

// Looks at every table's last row: a file that was cut shows there.
Result<Found> inspect(const QString &path, qint64 newest)
{
    auto opened = Connection::open(path, dialect::Access::Inspect);
    if (!opened) {
        return tl::unexpected(opened.error());
    }
    Connection &connection = **opened;
    const qint64 application = connection.number(QStringLiteral("PRAGMA application_id"));
    Found found;
    found.version = connection.number(QStringLiteral("PRAGMA user_version"));
    if (connection.hasFailed()) {
        return tl::unexpected(unreadable(connection));
    }
    if (application != applicationId || found.version < 1 || isCutInAPage(connection)) {
        return tl::unexpected(damaged(path, QStringLiteral("application_id %1").arg(application)));
    }
    if (found.version > newest) {
        return tl::unexpected(tooNew(path, found.version));
    }
    for (const char *table :
         {"alert", "alert_status", "delivery", "destination", "attempt", "test_attempt", "request_shape", "change"}) {
        connection.number(QStringLiteral("SELECT max(rowid) FROM ") + QLatin1String(table));
    }
    if (found.version > 1) {
        connection.number(QStringLiteral("SELECT max(rowid) FROM occurrence"));
    }
    if (found.version > 3) {
        connection.number(QStringLiteral("SELECT max(rowid) FROM response_shape"));
    }
    const qint64 key = connection.number(QStringLiteral("SELECT value FROM meta WHERE key = 'store_key'"));
    if (connection.hasFailed()) {
        return tl::unexpected(unreadable(connection));
    }
    if (key <= 0) {
        return tl::unexpected(damaged(path, QStringLiteral("no store key")));
    }
    found.key = StoreKey{static_cast<quint64>(key)};
    return found;
}

Result<void> fill(const QString &path, const QList<Migration> &steps)
{
    auto opened = Connection::open(path, dialect::Access::Create);
    if (!opened) {
        return tl::unexpected(opened.error());
    }
    Connection &connection = **opened;
    if (const Result<void> applied = applyAll(connection, steps); !applied) {
        return applied;
    }
    const quint64 key = QRandomGenerator::system()->generate64() & keyMask;
    connection.execute(QStringLiteral("PRAGMA application_id = %1").arg(applicationId));
    connection.prepared(QStringLiteral("INSERT INTO meta(key, value) VALUES('store_key', ?)"))
        .run(QString::number(std::max<quint64>(key, 1)));
    connection.execute(QStringLiteral("PRAGMA journal_mode = WAL"));
    if (connection.hasFailed()) {
        return tl::unexpected(connection.takeFailure().error);
    }
    return {};
}

// Made under another name and put in its place whole, so that a kill never leaves half a database.
Result<void> make(const QString &path, const QList<Migration> &steps)
{
    if (QFileInfo::exists(path + QStringLiteral("-wal"))) {
        return tl::unexpected(damaged(path + QStringLiteral("-wal"), QStringLiteral("a log without its database")));
    }
    const QString draft = QStringLiteral("%1.new-%2-%3")
                              .arg(path)
                              .arg(QCoreApplication::applicationPid())
                              .arg(QRandomGenerator::global()->generate());
    Result<void> made = ownfile::create(draft);
    if (made) {
        made = fill(draft, steps);
    }
    if (made) {
        made = ownfile::putInPlace(draft, path);
    }
    QFile::remove(draft);
    return made;
}

} // namespace

QList<Migration> migrations()
{
    initSqlResource();
    QList<Migration> steps;
    const QDir folder(QStringLiteral(":/sql"));
    const QStringList names = folder.entryList({QStringLiteral("*.sql")}, QDir::Files, QDir::Name);
    for (const QString &name : names) {
        QFile file(folder.filePath(name));
        if (file.open(QIODevice::ReadOnly)) {
            steps.append({QFileInfo(name).baseName().toInt(), QString::fromUtf8(file.readAll())});
        }
    }
    return steps;
}

Result<Opened> open(const QString &path, const QList<Migration> &steps)
{
    if (const Result<void> writable = ownfile::checkWritable(path); !writable) {
        return tl::unexpected(writable.error());
    }
    if (!QFileInfo::exists(path)) {
        if (const Result<void> made = make(path, steps); !made) {
            return tl::unexpected(made.error());
        }
    }
    if (QFileInfo(path).size() == 0) { // never left so by us
        return tl::unexpected(damaged(path, QStringLiteral("empty")));
    }
    const qint64 newest = steps.isEmpty() ? 0 : steps.last().version;
    const Result<Found> found = inspect(path, newest);
    if (!found) {
        return tl::unexpected(found.error());
    }
    ownfile::keepPrivate(path);
    Opened opened{found->key, {}};
    if (found->version < newest) {
        const Result<QString> copy = upgrade(path, steps, found->version);
        if (!copy) {
            return tl::unexpected(copy.error());
        }
        opened.copy = *copy;
    }
    return opened;
}

QString newestCopy(const QString &path)
{
    const QFileInfo file(path);
    const QStringList names{file.fileName() + QStringLiteral(".version*[0-9]")}; // and no draft
    const QFileInfoList found = file.dir().entryInfoList(names, QDir::Files, QDir::Time);
    return found.isEmpty() ? QString() : found.first().absoluteFilePath();
}

} // namespace courier::schema
