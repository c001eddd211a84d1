// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#include "app/logfile.h"

#include <QFile>

#include <cerrno>
#include <cstdio>

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

namespace courier {
namespace {

constexpr mode_t ownerOnly = 0600;

void writeAll(int descriptor, const QByteArray &bytes)
{
    qsizetype done = 0;
    while (done < bytes.size()) {
        const ssize_t now =
            ::write(descriptor, bytes.constData() + done, static_cast<std::size_t>(bytes.size() - done));
        if (now < 0 && errno == EINTR) {
            continue;
        }
        if (now <= 0) {
            return;
        }
        done += now;
    }
}

} // namespace

LogFile::LogFile(const QString &path, Limits limits)
    : m_path(QFile::encodeName(path))
    , m_limits(limits)
{
    open();
}

LogFile::~LogFile()
{
    close();
}

void LogFile::append(const QByteArray &line)
{
    if (wasReplaced()) {
        open();
    }
    const qint64 before = size();
    if (before > 0 && before + line.size() > m_limits.fileBytes) {
        rotate();
    }
    writeAll(m_descriptor, line);
}

void LogFile::open()
{
    close();
    m_descriptor = ::open(m_path.constData(), O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC | O_NOFOLLOW, ownerOnly);
    if (m_descriptor >= 0) {
        ::fchmod(m_descriptor, ownerOnly); // where it was there before
    }
}

void LogFile::close()
{
    if (m_descriptor >= 0) {
        ::close(m_descriptor);
        m_descriptor = -1;
    }
}

/// Another process has put it aside, or somebody has removed it; or it never could be opened.
bool LogFile::wasReplaced() const
{
    struct stat atPath = {};
    struct stat ours = {};
    return m_descriptor < 0 || ::stat(m_path.constData(), &atPath) != 0 || ::fstat(m_descriptor, &ours) != 0 ||
           atPath.st_ino != ours.st_ino || atPath.st_dev != ours.st_dev;
}

qint64 LogFile::size() const
{
    struct stat ours = {};
    return ::fstat(m_descriptor, &ours) == 0 ? ours.st_size : 0;
}

void LogFile::rotate()
{
    // The lock is on the very file that is put aside: who gets it and finds the file still in place is the only one.
    if (::flock(m_descriptor, LOCK_EX | LOCK_NB) != 0) {
        return; // another process is at it; the next line goes into the new file
    }
    if (!wasReplaced()) {
        for (int number = m_limits.oldFiles; number > 0; --number) {
            const QByteArray younger = number > 1 ? oldPath(number - 1) : m_path;
            std::rename(younger.constData(), oldPath(number).constData());
        }
        if (m_limits.oldFiles == 0) {
            ::unlink(m_path.constData());
        }
    }
    open();
}

QByteArray LogFile::oldPath(int number) const
{
    return m_path + '.' + QByteArray::number(number);
}

} // namespace courier
