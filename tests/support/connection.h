// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "support/httpmessages.h"

#include <chrono>
#include <functional>
#include <vector>

namespace courier::test {

/// One accepted socket of a ScriptedReceiver: takes requests off it and plays their answers. Lives on its thread.
class Connection
{
public:
    using Moment = std::chrono::steady_clock::time_point;
    /// Records the request and says what to answer.
    using Handler = std::function<Answer(Request &)>;

    Connection(int fd, Handler handler);
    Connection(const Connection &) = delete;
    Connection &operator=(const Connection &) = delete;
    ~Connection();

    int fd() const { return m_fd; }
    bool isOpen() const { return m_fd >= 0; }
    bool isIdle() const { return m_segments.empty() && !m_silent; }
    bool wantsToWrite(Moment now) const { return !m_segments.empty() && m_notBefore <= now; }
    std::optional<Moment> nextMoment() const; ///< when there is something to do, come what may
    void onReadable();
    void onWritable(Moment now);
    void close(bool reset = false);
    void end(); ///< says that nothing more will come; the other side closes then

private:
    /// A part of an answer: \a unit repeated up to \a size bytes, all at once or a byte each \a drip.
    struct Segment
    {
        QByteArray unit;
        qint64 size;
        std::chrono::milliseconds drip{0};
        std::chrono::milliseconds pause{0}; ///< before its first byte
    };

    void takeNext();
    void play(const Answer &answer);
    void append(const QByteArray &unit, qint64 size = -1, std::chrono::milliseconds drip = {});
    void appendBody(const Answer &answer);
    void endOfAnswer();
    qint64 writeSome(const Segment &segment, qint64 room);

    int m_fd;
    Handler m_handler;
    QByteArray m_in;
    std::vector<Segment> m_segments; ///< of the answer under way; the first is being sent
    qint64 m_segmentDone = 0;        ///< of the first segment
    qint64 m_done = 0;               ///< of the whole answer
    qint64 m_cutAfter = -1;
    bool m_cutByReset = true;
    Answer::Then m_then = Answer::Then::KeepAlive;
    bool m_silent = false;
    Moment m_notBefore{};
    int m_count = 0;
};

} // namespace courier::test
