// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#include "store/ownfile.h"

#include <QCoreApplication>
#include <QDir>
#include <QFile>
#include <QFileInfo>

#include <cerrno>
#include <cstdio>
#include <cstring>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace courier::ownfile {
namespace {

Error::Kind kindOf(int number)
{
    switch (number) {
    case ENOSPC:
    case EDQUOT:
        return Error::Kind::DiskFull;
    case EACCES:
    case EPERM:
    case EROFS:
        return Error::Kind::ReadOnly;
    case EEXIST:
        return Error::Kind::Conflict;
    default:
        return Error::Kind::Io;
    }
}

Error errorOf(int number, const QString &path)
{
    const QString file = QDir::toNativeSeparators(path);
    const Error::Kind kind = kindOf(number);
    QString message = QCoreApplication::translate("Store", "%1 can't be made.").arg(file);
    if (kind == Error::Kind::DiskFull) {
        message = QCoreApplication::translate("Store", "The disk is full: %1 can't be made.").arg(file);
    } else if (kind == Error::Kind::ReadOnly) {
        message = QCoreApplication::translate("Store", "%1 can't be written to: check its permissions and its disk.")
                      .arg(file);
    }
    return {kind, message, QString::fromLocal8Bit(std::strerror(number))};
}

bool sync(const QString &path)
{
    const int handle = ::open(QFile::encodeName(path).constData(), O_RDONLY | O_CLOEXEC);
    const bool isSynced = handle >= 0 && ::fsync(handle) == 0;
    const int number = errno;
    if (handle >= 0) {
        ::close(handle);
    }
    errno = number;
    return isSynced;
}

} // namespace

Result<void> create(const QString &path)
{
    const int handle = ::open(QFile::encodeName(path).constData(), O_CREAT | O_EXCL | O_RDWR | O_CLOEXEC, 0600);
    if (handle < 0) {
        return tl::unexpected(errorOf(errno, path));
    }
    ::close(handle);
    return {};
}

Result<void> putInPlace(const QString &draft, const QString &path)
{
    if (!sync(draft)) {
        return tl::unexpected(errorOf(errno, path));
    }
    const QByteArray from = QFile::encodeName(draft);
    const QByteArray to = QFile::encodeName(path);
    // A hard link never takes the place of a file. Where there are none (some network and USB disks), renaming has to
    // do.
    bool isDone = ::link(from.constData(), to.constData()) == 0 || errno == EEXIST;
    if (!isDone && (errno == EPERM || errno == EOPNOTSUPP || errno == ENOSYS)) {
        isDone = QFileInfo::exists(path) || ::rename(from.constData(), to.constData()) == 0;
    }
    if (!isDone) {
        return tl::unexpected(errorOf(errno, path));
    }
    sync(QFileInfo(path).absolutePath()); // not every file system can
    return {};
}

Result<void> checkWritable(const QString &path)
{
    const QString directory = QFileInfo(path).absolutePath();
    if (!QFileInfo(directory).isDir()) {
        return failure(
            Error::Kind::NotFound,
            QCoreApplication::translate("Store", "There is no directory %1.").arg(QDir::toNativeSeparators(directory)));
    }
    if (::access(QFile::encodeName(directory).constData(), W_OK | X_OK) != 0) {
        return tl::unexpected(errorOf(errno, directory));
    }
    if (::access(QFile::encodeName(path).constData(), R_OK | W_OK) != 0 && errno != ENOENT) {
        return tl::unexpected(errorOf(errno, path));
    }
    return {};
}

void keepPrivate(const QString &path)
{
    const QByteArray name = QFile::encodeName(path);
    struct stat facts = {};
    if (::stat(name.constData(), &facts) == 0 && (facts.st_mode & 0077) != 0) {
        ::chmod(name.constData(), facts.st_mode & 0700);
    }
}

} // namespace courier::ownfile
