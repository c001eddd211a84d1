// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "domain/error.h"
#include "intake/alertstream.h"

#include <QByteArray>
#include <QList>
#include <QString>

#include <memory>
#include <optional>

namespace courier {

/// Reads a file, a pipe or standard input, batch by batch, in memory that doesn't grow with it. It reads only when it
/// is asked to, so whoever asks can store a batch before the next, show how far it is, and stop. For one thread, which
/// next() blocks while it reads.
class AlertFileReader
{
public:
    struct Batch
    {
        QList<TakenAlert> alerts;
        QList<AlertFault> faults;
        bool atEnd = false; ///< nothing more will come; else ask again, even where this batch is empty
        qint64 bytesRead = 0;
        qint64 bytesTotal = -1;     ///< of a file, as large as it is now; -1 where it isn't known (a pipe)
        StreamSummary summary;      ///< of all batches so far
        std::optional<Error> error; ///< the file can't be read any further
    };

    /// \a path: "-" is standard input. A missing, unreadable or empty file and a directory are errors. \a clock must
    /// outlive the reader.
    static Result<std::unique_ptr<AlertFileReader>> open(const QString &path, const Clock &clock);
    ~AlertFileReader();
    AlertFileReader(const AlertFileReader &) = delete;
    AlertFileReader &operator=(const AlertFileReader &) = delete;

    // As with AlertStream; before the first next().
    void setFormat(const Format *format) { m_stream.setFormat(format); }
    void setSeverities(const QHash<QString, SeverityMap> &tables) { m_stream.setSeverities(tables); }
    void setSource(const QString &source) { m_stream.setSource(source); }
    const Format *format() const { return m_stream.format(); }

    /// The next alerts and faults: at most \a maxItems together, from about \a maxBytes read. A pipe that is silent
    /// gives what came so far, after at most a fifth of a second.
    Batch next(int maxItems, qint64 maxBytes);

private:
    enum class Fill { Got, Nothing, End, Failed };

    AlertFileReader(QString name, int descriptor, const Clock &clock);
    Result<void> begin();
    Fill fill(int waitMsecs);
    void measure();

    QString m_name; ///< as sentences call it
    int m_descriptor;
    AlertStream m_stream;
    QByteArray m_chunk;
    bool m_isFile = false;
    qint64 m_bytesRead = 0;
    qint64 m_bytesTotal = -1;
    std::optional<Error> m_error;
};

} // namespace courier
