// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#include "intake/openfile.h"

#include <QFile>

#include <cerrno>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace courier {

namespace {

OpenFile::About toAbout(const struct stat &status)
{
    constexpr qint64 nanoseconds = 1'000'000'000;
    return {{static_cast<quint64>(status.st_dev), static_cast<quint64>(status.st_ino)},
            status.st_size,
            status.st_mtim.tv_sec * nanoseconds + status.st_mtim.tv_nsec};
}

} // namespace

std::unique_ptr<OpenFile> OpenFile::open(const QString &path, int *errorNumber)
{
    const int descriptor = ::open(QFile::encodeName(path).constData(), O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    struct stat status = {};
    int problem = descriptor < 0 || ::fstat(descriptor, &status) != 0 ? errno : 0;
    if (problem == 0 && !S_ISREG(status.st_mode)) {
        problem = EISDIR;
    }
    if (errorNumber) {
        *errorNumber = problem;
    }
    if (problem == 0) {
        return std::unique_ptr<OpenFile>(new OpenFile(descriptor));
    }
    if (descriptor >= 0) {
        ::close(descriptor);
    }
    return nullptr;
}

OpenFile::OpenFile(int descriptor)
    : m_descriptor(descriptor)
{
    m_identity = about().identity;
}

OpenFile::~OpenFile()
{
    ::close(m_descriptor);
}

OpenFile::About OpenFile::about() const
{
    struct stat status = {};
    ::fstat(m_descriptor, &status);
    return toAbout(status);
}

std::optional<QByteArray> OpenFile::readAt(qint64 offset, qint64 size) const
{
    QByteArray bytes(size, Qt::Uninitialized);
    qint64 filled = 0;
    while (filled < size) {
        const ssize_t got =
            ::pread(m_descriptor, bytes.data() + filled, static_cast<size_t>(size - filled), offset + filled);
        if (got < 0 && errno == EINTR) {
            continue;
        }
        if (got < 0) {
            return std::nullopt;
        }
        if (got == 0) {
            break;
        }
        filled += got;
    }
    bytes.truncate(filled);
    return bytes;
}

std::optional<OpenFile::About> aboutFile(const QString &path)
{
    struct stat status = {};
    if (::stat(QFile::encodeName(path).constData(), &status) != 0 || !S_ISREG(status.st_mode)) {
        return std::nullopt;
    }
    return toAbout(status);
}

} // namespace courier
