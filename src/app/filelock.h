// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QString>

namespace courier {

/// An advisory lock on a file (flock(2)), held by one process at a time and gone with it, however it ends.
class FileLock
{
public:
    explicit FileLock(const QString &path);
    ~FileLock(); ///< releases
    FileLock(const FileLock &) = delete;
    FileLock &operator=(const FileLock &) = delete;

    /// True where this process has the lock now. Never waits.
    bool tryLock();
    void release();
    bool isHeld() const { return m_descriptor >= 0; }

private:
    QString m_path;
    int m_descriptor = -1;
};

} // namespace courier
