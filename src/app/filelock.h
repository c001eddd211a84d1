// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QByteArray>
#include <QString>

namespace courier {

/// An advisory lock on a file (flock(2)), held by one object of one process at a time and gone with the process,
/// however it ends. The file stays: it is the name of the lock, not its state.
class FileLock
{
public:
    explicit FileLock(const QString &path);
    ~FileLock(); ///< releases
    FileLock(const FileLock &) = delete;
    FileLock &operator=(const FileLock &) = delete;

    /// True where this object has the lock now. Never waits. Where the file can't be had at all it is false as well,
    /// and the log says why, once.
    bool tryLock();
    void release();
    bool isHeld() const { return m_descriptor >= 0; }

private:
    void warn(int error);

    QByteArray m_path; ///< as the system wants it
    int m_descriptor = -1;
    int m_lastError = 0;
};

} // namespace courier
