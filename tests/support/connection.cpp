// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#include "support/connection.h"

#include <algorithm>
#include <cerrno>

#include <sys/socket.h>
#include <unistd.h>

namespace courier::test {
namespace {

using namespace std::chrono_literals;

constexpr qint64 blockSize = 64 * 1024;

// Small units are repeated into blocks, so that long bodies go out fast.
QByteArray block(const QByteArray &unit, qint64 size)
{
    return unit.size() < size && !unit.isEmpty() ? unit.repeated(std::max<qsizetype>(1, blockSize / unit.size()))
                                                 : unit;
}

} // namespace

Connection::Connection(int fd, Handler handler)
    : m_fd(fd)
    , m_handler(std::move(handler))
{
}

Connection::~Connection()
{
    close();
}

void Connection::close(bool reset)
{
    if (m_fd < 0) {
        return;
    }
    if (reset) {
        const linger at_once{1, 0};
        ::setsockopt(m_fd, SOL_SOCKET, SO_LINGER, &at_once, sizeof at_once);
    }
    ::close(m_fd);
    m_fd = -1;
    m_segments.clear();
}

void Connection::end()
{
    ::shutdown(m_fd, SHUT_WR);
}

std::optional<Connection::Moment> Connection::nextMoment() const
{
    return m_segments.empty() ? std::nullopt : std::optional(m_notBefore);
}

void Connection::onReadable()
{
    char buffer[blockSize];
    const ssize_t count = ::recv(m_fd, buffer, sizeof buffer, 0);
    if (count <= 0) {
        if (count == 0 || (errno != EAGAIN && errno != EINTR)) {
            close();
        }
        return;
    }
    const bool fromAnew = isIdle() && m_count > 0;
    if (fromAnew && (m_then == Answer::Then::CloseOnNextBytes || m_then == Answer::Then::ResetOnNextBytes)) {
        close(m_then == Answer::Then::ResetOnNextBytes);
        return;
    }
    m_in.append(buffer, count);
    takeNext();
}

void Connection::takeNext()
{
    while (isOpen() && isIdle()) {
        std::optional<Request> request = takeRequest(m_in);
        if (!request) {
            return;
        }
        request->nthOnConnection = ++m_count;
        const Answer answer = m_handler(*request);
        if (m_then == Answer::Then::CloseOnNextRequest) {
            close();
            return;
        }
        play(answer);
    }
}

void Connection::append(const QByteArray &unit, qint64 size, std::chrono::milliseconds drip)
{
    const qint64 whole = size < 0 ? unit.size() : size;
    if (whole > 0) {
        m_segments.push_back({block(unit, whole), whole, drip});
    }
}

void Connection::appendBody(const Answer &answer)
{
    if (answer.framing != Answer::Framing::Chunked) {
        append(answer.body, answer.bodySize, answer.bodyDrip);
        return;
    }
    if (!answer.body.isEmpty()) {
        const QByteArray chunk = QByteArray::number(answer.body.size(), 16) + "\r\n" + answer.body + "\r\n";
        const qint64 times = std::max<qint64>(1, answer.bodySize / answer.body.size());
        append(chunk, times >= Answer::endless / chunk.size() ? Answer::endless : times * chunk.size(),
               answer.bodyDrip);
    }
    append("0\r\n\r\n");
}

void Connection::play(const Answer &answer)
{
    m_then = answer.then;
    m_silent = answer.silent;
    m_segmentDone = 0;
    m_done = 0;
    m_notBefore = std::chrono::steady_clock::now() + answer.delay;
    m_cutByReset = answer.cutByReset;
    m_cutAfter = answer.cutAfter;
    if (m_silent) {
        return;
    }
    if (answer.raw) {
        append(*answer.raw);
    } else {
        const QByteArray pad = "X-Pad: " + QByteArray(1015, 'p') + "\r\n";
        append(answer.before);
        append(answer.head(), -1, answer.headDrip);
        m_segments.back().pause = answer.pauseAfterBefore;
        append(pad, answer.headerPadding / pad.size() * pad.size(), answer.headDrip);
        append("\r\n", -1, answer.headDrip);
        if (answer.cutAfterBody >= 0) {
            m_cutAfter = answer.cutAfterBody;
            for (const Segment &segment : m_segments) {
                m_cutAfter += segment.size;
            }
        }
        appendBody(answer);
        if (!answer.after.isEmpty()) {
            append(answer.after);
            m_segments.back().pause = answer.pauseBeforeAfter;
        }
    }
    if (answer.then == Answer::Then::KeepAlive && answer.framing == Answer::Framing::UntilClose) {
        m_then = Answer::Then::CloseUnannounced;
    }
    if (m_cutAfter == 0) {
        close(m_cutByReset);
    }
}

qint64 Connection::writeSome(const Segment &segment, qint64 room)
{
    const qint64 offset = m_segmentDone % segment.unit.size();
    qint64 length = std::min<qint64>(segment.unit.size() - offset, segment.size - m_segmentDone);
    length = std::min(length, segment.drip.count() > 0 ? 1 : room);
    const ssize_t count = ::send(m_fd, segment.unit.constData() + offset, static_cast<size_t>(length), MSG_NOSIGNAL);
    if (count < 0 && errno != EAGAIN && errno != EINTR) {
        close();
    }
    return count;
}

void Connection::onWritable(Moment now)
{
    while (!m_segments.empty() && m_notBefore <= now) {
        const Segment &segment = m_segments.front();
        const qint64 count = writeSome(segment, m_cutAfter < 0 ? segment.size : m_cutAfter - m_done);
        if (count <= 0) {
            return;
        }
        m_done += count;
        m_segmentDone += count;
        m_notBefore = now + segment.drip;
        if (m_done == m_cutAfter) {
            close(m_cutByReset);
            return;
        }
        if (m_segmentDone == segment.size) {
            m_segments.erase(m_segments.begin());
            m_segmentDone = 0;
        }
        if (m_segments.empty()) {
            endOfAnswer();
            return;
        }
        m_notBefore += m_segmentDone == 0 ? m_segments.front().pause : 0ms;
    }
}

void Connection::endOfAnswer()
{
    if (m_then == Answer::Then::Close || m_then == Answer::Then::CloseUnannounced) {
        close();
        return;
    }
    takeNext();
}

} // namespace courier::test
