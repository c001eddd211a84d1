// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QString>

#include <QtGlobal>

#include <memory>

namespace courier {

/// Writes what the program logs to "alert-courier.log" in the data directory (0600), and what is bad enough to stderr,
/// one line a message: time in UTC, level, category, text with its control characters escaped. A file that has grown to
/// its limit becomes "alert-courier.log.1", that one ".2", and the oldest goes. Thread-safe; one object a process,
/// which gives Qt its own handler back when it ends.
class Logging
{
public:
    struct Limits
    {
        qint64 fileBytes = 5 * 1024 * 1024;
        int oldFiles = 2;
    };

    /// \a stderrLevel and worse go to stderr as well. The file gets info and worse, and debug where \a stderrLevel is.
    Logging(const QString &directory, QtMsgType stderrLevel, Limits limits);
    Logging(const QString &directory, QtMsgType stderrLevel)
        : Logging(directory, stderrLevel, Limits())
    {
    }
    ~Logging();
    Logging(const Logging &) = delete;
    Logging &operator=(const Logging &) = delete;

    class Private;

private:
    std::unique_ptr<Private> d;
};

} // namespace courier
