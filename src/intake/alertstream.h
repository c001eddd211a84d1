// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "domain/clock.h"
#include "intake/alertreader.h"
#include "intake/documentsplitter.h"
#include "intake/format.h"

#include <QHash>

#include <optional>
#include <variant>

namespace courier {

/// An alert that a stream or file held, and where.
struct TakenAlert : IncomingAlert
{
    qint64 line = 1; ///< where it begins
};

/// What a stream of alerts came to so far.
struct StreamSummary
{
    qint64 taken = 0;
    qint64 refused = 0;
    qint64 skipped = 0;      ///< records that are no alerts, and nothing is wrong with them
    bool endedEarly = false; ///< after a fault that left unclear where the next alert begins
};

/// Turns bytes, in parts of any size, into alerts: one JSON object (or several, one after the other), an array of them,
/// or one a line, in a format that is set or guessed by the first of them. A bad alert is told with its place, and the
/// others are taken; but what is not JSON ends all that is not line by line. Keeps one record at a time. For one
/// thread.
class AlertStream
{
public:
    using Item = std::variant<TakenAlert, AlertFault>;

    /// \a clock says when an alert was raised that doesn't say so itself; it must outlive this.
    explicit AlertStream(const Clock &clock);

    /// Null: to be guessed. Lives as long as the program. Before the first next(), as all that is set.
    void setFormat(const Format *format) { m_format = format; }
    /// The tables the operator edited, by the format's id; for others, the format's own is used.
    void setSeverities(const QHash<QString, SeverityMap> &tables) { m_tables = tables; }
    /// What the alerts bear as their source.
    void setSource(const QString &source) { m_context.source = source; }
    /// The format that was set or found; null as long as nothing was there to guess it by.
    const Format *format() const { return m_format; }

    void append(QByteArrayView bytes) { m_splitter.append(bytes); }
    /// No more bytes will come.
    void finish() { m_splitter.finish(); }
    /// The next alert or fault; nothing where more bytes are needed, or all is done.
    std::optional<Item> next();
    bool isDone() const { return m_splitter.isDone() && m_toldWhenEmpty; }
    const StreamSummary &summary() const { return m_summary; }

private:
    std::optional<Item> nextOfRecord();
    Item refuse(const AlertFault &fault);
    void read(const DocumentSplitter::Piece &piece);
    const Format &formatFor(QByteArrayView record);

    const Clock &m_clock;
    DocumentSplitter m_splitter;
    StreamSummary m_summary;
    const Format *m_format = nullptr;
    bool m_isSettled = false; ///< the format is known, and its table taken
    QHash<QString, SeverityMap> m_tables;
    ReadContext m_context;
    RecordResult m_record; ///< the last one read, what was told of it, and where it was
    qsizetype m_alertsTold = 0;
    qsizetype m_faultsTold = 0;
    TextPlace m_recordPlace;
    int m_recordIndex = 0; ///< of its first alert
    int m_indexAfter = 0;
    bool m_toldWhenEmpty = false;
};

} // namespace courier
