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

QString lastReason()
{
    return QString::fromLocal8Bit(std::strerror(errno));
}

// As mkpath(), but for the user alone from the first moment.
bool makePath(const QString &path)
{
    const QFileInfo info(path);
    if (info.isDir()) {
        return true;
    }
    const QString parent = info.path();
    if (parent != path && !makePath(parent)) {
        return false;
    }
    return ::mkdir(QFile::encodeName(path).constData(), 0700) == 0 || errno == EEXIST;
}

} // namespace

void restrictFileModes()
{
    ::umask(077);
}

Result<QString> openDataDirectory(const QString &given)
{
    const QString wanted = given.isEmpty() ? QStandardPaths::writableLocation(QStandardPaths::AppDataLocation) : given;
    const QString path = QDir::cleanPath(QDir::current().absoluteFilePath(wanted));
    const QFileInfo info(path);
    if (info.exists() && !info.isDir()) {
        return failure(Error::Kind::Invalid, Text::tr("%1 is a file. Give a directory with --data-dir.").arg(path));
    }
    const bool isNew = !info.exists();
    if (!makePath(path)) {
        return failure(Error::Kind::Io, Text::tr("The data directory %1 can't be made: %2.").arg(path, lastReason()));
    }
    const QByteArray name = QFile::encodeName(path);
    if (::access(name.constData(), R_OK | W_OK | X_OK) != 0) {
        return failure(Error::Kind::ReadOnly,
                       Text::tr("The data directory %1 can't be written to: %2.").arg(path, lastReason()));
    }
    if (isNew) {
        ::chmod(name.constData(), 0700);
    }
    return QFileInfo(path).canonicalFilePath();
}

} // namespace courier
