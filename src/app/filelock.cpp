// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#include "app/filelock.h"

#include <QFile>
#include <QLoggingCategory>

#include <cerrno>
#include <cstring>
#include <utility>

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

namespace courier {
namespace {

Q_LOGGING_CATEGORY(lcLock, "courier.lock")

bool isAt(const QByteArray &path, int descriptor)
{
    struct stat atPath = {};
    struct stat opened = {};
    return ::stat(path.constData(), &atPath) == 0 && ::fstat(descriptor, &opened) == 0 &&
           atPath.st_ino == opened.st_ino && atPath.st_dev == opened.st_dev;
}

} // namespace

FileLock::FileLock(const QString &path)
    : m_path(QFile::encodeName(path))
{
}

FileLock::~FileLock()
{
    release();
}

bool FileLock::tryLock()
{
    if (isHeld()) {
        return true;
    }
    const int descriptor = ::open(m_path.constData(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (descriptor < 0) {
        warn(errno);
        return false;
    }
    if (::flock(descriptor, LOCK_EX | LOCK_NB) != 0) {
        if (errno != EWOULDBLOCK) {
            warn(errno);
        }
        ::close(descriptor);
        return false;
    }
    if (!isAt(m_path, descriptor)) { // removed meanwhile: others may lock a file of that name, too
        ::close(descriptor);
        return false;
    }
    m_descriptor = descriptor;
    return true;
}

void FileLock::warn(int error)
{
    if (std::exchange(m_lastError, error) != error) {
        qCWarning(lcLock, "Could not lock %s: %s", m_path.constData(), std::strerror(error));
    }
}

void FileLock::release()
{
    if (isHeld()) {
        ::close(m_descriptor);
        m_descriptor = -1;
    }
}

} // namespace courier
