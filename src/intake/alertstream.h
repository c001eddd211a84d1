// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "domain/clock.h"
#include "intake/alertreader.h"
#include "intake/documentsplitter.h"

#include <optional>
#include <variant>

namespace courier {

/// An alert that a stream or file held, and where.
struct TakenAlert
{
    Alert alert;
    qint64 line = 1; ///< where it begins
};

/// What a stream of alerts came to so far.
struct StreamSummary
{
    qint64 taken = 0;
    qint64 refused = 0;
    bool endedEarly = false; ///< after a fault that left unclear where the next alert begins
};

/// Turns bytes, in parts of any size, into alerts: one JSON object (or several, one after the other), an array of them,
/// or one a line. A bad alert is told with its place, and the others are taken; but what is not JSON ends all that is
/// not line by line. Keeps one alert at a time. For one thread.
class AlertStream
{
public:
    using Item = std::variant<TakenAlert, AlertFault>;

    /// \a clock says when an alert was raised that doesn't say so itself; it must outlive this.
    explicit AlertStream(const Clock &clock);

    void append(QByteArrayView bytes) { m_splitter.append(bytes); }
    /// No more bytes will come.
    void finish() { m_splitter.finish(); }
    /// The next alert or fault; nothing where more bytes are needed, or all is done.
    std::optional<Item> next();
    bool isDone() const { return m_splitter.isDone() && m_toldWhenEmpty; }
    const StreamSummary &summary() const { return m_summary; }

private:
    Item refuse(const AlertFault &fault);
    Item read(const DocumentSplitter::Piece &piece);

    const Clock &m_clock;
    DocumentSplitter m_splitter;
    StreamSummary m_summary;
    bool m_toldWhenEmpty = false;
};

} // namespace courier
