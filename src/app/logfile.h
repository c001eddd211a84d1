// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QByteArray>
#include <QString>

namespace courier {

/// A file of lines that only grows, up to a limit: then it becomes "PATH.1", what was that "PATH.2", and the oldest
/// goes. Several processes may write to one path; none loses a line to another's turn. For its user alone (0600). It
/// speaks to the system without Qt's files, whose own warnings would come back here. Not thread-safe; never waits.
class LogFile
{
public:
    struct Limits
    {
        qint64 fileBytes = 5 * 1024 * 1024; ///< of one file
        int oldFiles = 2;                   ///< besides the one being written
    };

    LogFile(const QString &path, Limits limits);
    ~LogFile();
    LogFile(const LogFile &) = delete;
    LogFile &operator=(const LogFile &) = delete;

    /// \a line with its line break. Where the file can't be written the line is lost, and the next one tries again.
    void append(const QByteArray &line);

private:
    void open();
    void close();
    bool wasReplaced() const;
    qint64 size() const;
    void rotate();
    QByteArray oldPath(int number) const;

    QByteArray m_path; ///< as the system wants it
    Limits m_limits;
    int m_descriptor = -1;
};

} // namespace courier
