// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "intake/jsonfault.h"
#include "intake/valueend.h"

#include <QByteArray>
#include <QByteArrayView>
#include <QString>

#include <optional>

namespace courier {

/// Parts a stream of bytes of any length into JSON documents: one of them, several one after the other, one a line
/// (NDJSON, https://github.com/ndjson/ndjson-spec), or the elements of one array. Which it is shows at the beginning.
/// It finds where documents end and leaves it to others to check them. Keeps one document at a time. For one thread.
class DocumentSplitter
{
public:
    /// One document, or why there is none at this place.
    struct Piece
    {
        QByteArrayView bytes; ///< valid until the next append()
        TextPlace place;      ///< where it begins, in the stream
        QString fault;        ///< for the operator (translated); not empty: there are no bytes
    };

    explicit DocumentSplitter(qsizetype maxDocumentBytes);

    void append(QByteArrayView bytes);
    /// No more bytes will come.
    void finish() { m_finished = true; }
    /// Nothing where more bytes are needed, or all is done.
    std::optional<Piece> next();
    bool isDone() const { return m_state == State::Done; }

    /// The last piece is not JSON: ends the stream there, unless its lines tell where the next document begins.
    void distrust();
    bool endedEarly() const { return m_endedEarly; }

private:
    enum class State { Beginning, Lines, Documents, ElementOrEnd, Element, CommaOrEnd, AfterArray, Done };

    QByteArrayView rest() const { return QByteArrayView(m_buffer).sliced(m_at); }
    void consume(qsizetype size);
    void skipWhite();
    Piece take(qsizetype size);
    Piece fail(const QString &fault);
    Piece tooLong() const;
    std::optional<Piece> endOfBytes();

    std::optional<Piece> begin();
    State guess();
    bool isBroken(QByteArrayView beginning) const;
    std::optional<Piece> nextLine();
    std::optional<Piece> nextDocument();
    std::optional<Piece> nextInArray();
    std::optional<Piece> nextValue();
    void skipValue(qsizetype size, bool whole);
    void endValue();

    const qsizetype m_maxBytes;
    QByteArray m_buffer;
    qsizetype m_at = 0;      ///< what is before is done with
    qsizetype m_scanned = 0; ///< of rest(): searched before, without finding an end
    TextPlace m_place;       ///< of m_at
    State m_state = State::Beginning;
    qsizetype m_firstLineSize = -1; ///< in rest(), while it is the Beginning
    ValueEnd m_valueEnd;
    bool m_inValue = false;
    bool m_skipping = false; ///< in a document that is too long
    bool m_finished = false;
    bool m_endedEarly = false;
};

} // namespace courier
