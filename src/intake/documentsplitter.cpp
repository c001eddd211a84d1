// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#include "intake/documentsplitter.h"

#include "intake/jsonslice.h"

#include <QCoreApplication>

#include <algorithm>

namespace courier {

namespace {

QString say(const char *sentence)
{
    return QCoreApplication::translate("DocumentSplitter", sentence);
}

/// How many bytes of white space there are from \a from on.
qsizetype whiteSize(QByteArrayView bytes, qsizetype from = 0)
{
    const auto begin = bytes.begin() + from;
    return std::find_if_not(begin, bytes.end(),
                            [](char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }) -
           begin;
}

} // namespace

DocumentSplitter::DocumentSplitter(qsizetype maxDocumentBytes)
    : m_maxBytes(maxDocumentBytes)
{
}

void DocumentSplitter::append(QByteArrayView bytes)
{
    m_buffer.remove(0, m_at);
    m_at = 0;
    if (m_state != State::Done) {
        m_buffer.append(bytes);
    }
}

std::optional<DocumentSplitter::Piece> DocumentSplitter::next()
{
    switch (m_state) {
    case State::Beginning:
        return begin();
    case State::Lines:
        return nextLine();
    case State::Documents:
        return nextDocument();
    case State::Done:
        return std::nullopt;
    default:
        return nextInArray();
    }
}

void DocumentSplitter::distrust()
{
    if (m_state != State::Lines) {
        m_state = State::Done;
        m_endedEarly = true;
    }
}

void DocumentSplitter::consume(qsizetype size)
{
    m_place.advance(rest().first(size));
    m_at += size;
    m_scanned = 0;
}

void DocumentSplitter::skipWhite()
{
    consume(whiteSize(rest()));
}

DocumentSplitter::Piece DocumentSplitter::take(qsizetype size)
{
    const Piece piece{rest().first(size), m_place, {}};
    consume(size);
    return piece;
}

DocumentSplitter::Piece DocumentSplitter::fail(const QString &fault)
{
    m_state = State::Done;
    m_endedEarly = true;
    return {{}, m_place, fault};
}

DocumentSplitter::Piece DocumentSplitter::tooLong() const
{
    return {{},
            m_place,
            say(QT_TRANSLATE_NOOP("DocumentSplitter", "this alert is over %1 MiB, and is left out."))
                .arg(m_maxBytes / 1024 / 1024)};
}

std::optional<DocumentSplitter::Piece> DocumentSplitter::endOfBytes()
{
    if (!m_finished) {
        return std::nullopt;
    }
    if (m_state == State::ElementOrEnd || m_state == State::Element || m_state == State::CommaOrEnd) {
        return fail(
            say(QT_TRANSLATE_NOOP("DocumentSplitter", "the text ends inside the array: a closing ] is missing.")));
    }
    m_state = State::Done;
    return std::nullopt;
}

std::optional<DocumentSplitter::Piece> DocumentSplitter::begin()
{
    if (m_place == TextPlace{}) {
        constexpr qsizetype markSize = 3;
        if (rest().size() < markSize && !m_finished) {
            return std::nullopt;
        }
        if (const auto fault = checkEncoding(rest())) {
            return fail(fault->message);
        }
    }
    skipWhite();
    if (rest().isEmpty()) {
        return endOfBytes();
    }
    m_state = guess();
    if (m_state == State::Beginning) {
        return std::nullopt;
    }
    m_scanned = 0;
    return next();
}

/// Looks at the first line, and if that doesn't tell, at what follows it. Beginning: it takes more bytes to know.
DocumentSplitter::State DocumentSplitter::guess()
{
    if (rest().front() == '[') {
        consume(1);
        return State::ElementOrEnd;
    }
    if (m_firstLineSize < 0) {
        m_firstLineSize = rest().indexOf('\n', m_scanned);
        if (m_firstLineSize >= 0 && m_firstLineSize <= m_maxBytes && !checkJson(rest().first(m_firstLineSize))) {
            return State::Lines;
        }
    }
    // What lies beyond a document's limit doesn't count, whether it is here already or not.
    const qsizetype seen = std::min(rest().size(), m_maxBytes + 1);
    const bool longer = m_finished || seen > m_maxBytes;
    if (m_firstLineSize < 0) {
        m_scanned = rest().size();
        return longer ? State::Documents : State::Beginning;
    }
    const qsizetype second = m_firstLineSize + whiteSize(rest(), m_firstLineSize);
    if (second >= seen) {
        return longer ? State::Documents : State::Beginning;
    }
    return rest()[second] == '{' && isBroken(rest().first(second + 1)) ? State::Lines : State::Documents;
}

/// No JSON begins like this.
bool DocumentSplitter::isBroken(QByteArrayView beginning) const
{
    const auto fault = checkJson(beginning);
    return fault && !fault->cut;
}

std::optional<DocumentSplitter::Piece> DocumentSplitter::nextLine()
{
    for (;;) {
        const qsizetype lineBreak = rest().indexOf('\n', m_scanned);
        const qsizetype size = lineBreak < 0 ? rest().size() : lineBreak + 1;
        const bool whole = lineBreak >= 0 || m_finished;
        if (!m_skipping && size > m_maxBytes + 1) {
            m_skipping = true;
            return tooLong();
        }
        if (!whole && !m_skipping) {
            m_scanned = size;
            return std::nullopt;
        }
        if (size == 0) {
            return endOfBytes();
        }
        if (m_skipping || whiteSize(rest().first(size)) == size) {
            consume(size);
            m_skipping = m_skipping && !whole;
            continue;
        }
        return take(size);
    }
}

std::optional<DocumentSplitter::Piece> DocumentSplitter::nextDocument()
{
    if (!m_inValue) {
        skipWhite();
        if (rest().isEmpty()) {
            return endOfBytes();
        }
    }
    return nextValue();
}

/// Takes the value that begins here, or whose beginning was seen before.
std::optional<DocumentSplitter::Piece> DocumentSplitter::nextValue()
{
    if (!m_inValue) {
        m_inValue = true;
        m_valueEnd = {};
    }
    const qsizetype end = m_valueEnd.find(rest(), m_scanned);
    const qsizetype size = end < 0 ? rest().size() : end;
    const bool whole = end >= 0 || m_finished;
    if (!m_skipping && size > m_maxBytes) {
        if (isBroken(rest().first(m_maxBytes))) {
            return take(m_maxBytes); // its reader says what is wrong, and nothing after it is read
        }
        Piece piece = tooLong();
        skipValue(size, whole);
        return piece;
    }
    if (m_skipping) {
        skipValue(size, whole);
        return whole ? next() : std::nullopt;
    }
    if (!whole) {
        m_scanned = size;
        return std::nullopt;
    }
    endValue();
    return take(size);
}

void DocumentSplitter::skipValue(qsizetype size, bool whole)
{
    consume(size);
    m_skipping = !whole;
    if (whole) {
        endValue();
    }
}

void DocumentSplitter::endValue()
{
    m_inValue = false;
    if (m_state != State::Documents) {
        m_state = State::CommaOrEnd;
    }
}

std::optional<DocumentSplitter::Piece> DocumentSplitter::nextInArray()
{
    if (m_inValue) {
        return nextValue();
    }
    skipWhite();
    if (rest().isEmpty()) {
        return endOfBytes();
    }
    const char c = rest().front();
    if (m_state == State::AfterArray) {
        return fail(say(QT_TRANSLATE_NOOP("DocumentSplitter", "there is more after the end of the array.")));
    }
    if (c == ']' && m_state == State::Element) {
        return fail(say(QT_TRANSLATE_NOOP("DocumentSplitter", "the comma before ] is one too many.")));
    }
    if (c == ']' || (c == ',' && m_state == State::CommaOrEnd)) {
        consume(1);
        m_state = c == ']' ? State::AfterArray : State::Element;
        return next();
    }
    if (m_state == State::CommaOrEnd) {
        return fail(say(QT_TRANSLATE_NOOP("DocumentSplitter", "a comma or ] is missing here.")));
    }
    return nextValue();
}

} // namespace courier
