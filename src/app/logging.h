// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "app/logfile.h"

#include <QString>
#include <QtGlobal>

#include <memory>

namespace courier {

/// Writes what the program logs to "alert-courier.log" in the data directory, and what is bad enough to stderr, one
/// line a message: time in UTC, level, category, text. Whatever a message brings along, line breaks, terminal codes,
/// marks that turn the direction of text, it stays one line and can be read as it stands: such characters are escaped.
/// Thread-safe; one object a process, which gives Qt its own handler back when it ends.
class Logging
{
public:
    using Limits = LogFile::Limits;

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
    QtMessageHandler m_before = nullptr;
};

/// \a message as one line of UTF-8.
QByteArray escapedForLog(QStringView message);

} // namespace courier
