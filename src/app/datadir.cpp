// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#include "app/datadir.h"

#include <QCoreApplication>
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QStandardPaths>

#include <cerrno>
#include <cstring>

#include <sys/stat.h>
#include <unistd.h>

namespace courier {
namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(DataDirectory)
};

/// As mkpath(), but for the user alone from the first moment. 0, or the system's number for what went wrong.
int makePath(const QString &path)
{
    const QFileInfo info(path);
    if (info.isDir()) {
        return 0;
    }
    const QString parent = info.path();
    if (parent != path) {
        if (const int error = makePath(parent); error != 0) {
            return error;
        }
    }
    const int error = ::mkdir(QFile::encodeName(path).constData(), 0700) == 0 ? 0 : errno;
    if (error != EEXIST) {
        return error;
    }
    return QFileInfo(path).isDir() ? 0 : ENOTDIR; // another start may have made it
}

/// A directory that is there and used for nothing else becomes the user's alone, too. One with other things in it is
/// left as it is: what this program puts there is closed by itself.
void keepPrivate(const QString &path)
{
    const QByteArray place = QFile::encodeName(path);
    struct stat found = {};
    const QDir directory(path);
    const bool isOurs = directory.isEmpty(QDir::AllEntries | QDir::Hidden | QDir::System | QDir::NoDotAndDotDot) ||
                        directory.exists(QStringLiteral("courier.db"));
    if (isOurs && ::stat(place.constData(), &found) == 0 && found.st_uid == ::geteuid() && (found.st_mode & 077) != 0) {
        ::chmod(place.constData(), 0700);
    }
}

Result<QString> refuse(Error::Kind kind, const QString &message, const QString &path, int error)
{
    return failure(kind, message.arg(path, QString::fromLocal8Bit(std::strerror(error))));
}

/// What the operator reads where the directory could not be made.
Result<QString> refuseMaking(const QString &path, int error)
{
    switch (error) {
    case ENAMETOOLONG:
        return failure(Error::Kind::Invalid, Text::tr("The path of the data directory is too long: %1").arg(path));
    case EACCES:
    case EPERM:
    case EROFS:
        return refuse(Error::Kind::ReadOnly, Text::tr("The data directory %1 can't be made: %2."), path, error);
    case ENOSPC:
    case EDQUOT:
        return refuse(Error::Kind::DiskFull, Text::tr("The data directory %1 can't be made: %2."), path, error);
    default:
        return refuse(Error::Kind::Io, Text::tr("The data directory %1 can't be made: %2."), path, error);
    }
}

} // namespace

void restrictFileModes()
{
    ::umask(077);
}

QString dataDirectoryPath(const QString &given)
{
    const QString wanted = given.isEmpty() ? QStandardPaths::writableLocation(QStandardPaths::AppDataLocation) : given;
    return QDir::cleanPath(QDir::current().absoluteFilePath(wanted));
}

Result<QString> openDataDirectory(const QString &given)
{
    const QString path = dataDirectoryPath(given);
    const QFileInfo info(path);
    if (info.exists() && !info.isDir()) {
        return failure(Error::Kind::Invalid, Text::tr("%1 is a file. Give a directory with --data-dir.").arg(path));
    }
    if (const int failed = makePath(path); failed != 0) {
        return refuseMaking(path, failed);
    }
    const int error = ::access(QFile::encodeName(path).constData(), R_OK | W_OK | X_OK) == 0 ? 0 : errno;
    if (error != 0) {
        return refuse(Error::Kind::ReadOnly, Text::tr("The data directory %1 can't be written to: %2."), path, error);
    }
    keepPrivate(path);
    return QFileInfo(path).canonicalFilePath();
}

} // namespace courier
