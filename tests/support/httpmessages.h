// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QByteArray>
#include <QList>

#include <chrono>
#include <optional>
#include <utility>

namespace courier::test {

using HeaderList = QList<std::pair<QByteArray, QByteArray>>;

/// A request as the receiver got it.
struct Request
{
    int nth = 0;             ///< 1 is the first of this receiver
    int connection = 0;      ///< 1 is the first connection of this receiver
    int nthOnConnection = 0; ///< 1 is the connection's first
    qint64 at = 0;           ///< when its last byte was there, in microseconds of the steady clock
    QByteArray method;
    QByteArray target;  ///< path and query
    QByteArray head;    ///< request line and headers as they came, up to and with the empty line
    HeaderList headers; ///< names as they came
    QByteArray body;

    QByteArray header(const QByteArray &name) const; ///< the first of this name, whatever its case; null if none
};

/// The request at the start of \a bytes, which is taken off them; nothing while it isn't complete.
std::optional<Request> takeRequest(QByteArray &bytes);

/// What a scripted receiver answers. As it stands: "200 OK", Content-Length, body "ok", kept alive.
struct Answer
{
    enum class Framing { ContentLength, Chunked, UntilClose };
    enum class Then {
        KeepAlive,         ///< as HTTP/1.1 does
        Close,             ///< says "Connection: close" and closes
        CloseUnannounced,  ///< closes without having said so
        CloseOnNextBytes,  ///< keeps the connection until the next request begins to arrive, then closes it unread
        ResetOnNextBytes,  ///< the same with a reset
        CloseOnNextRequest ///< takes the next request in whole (it is recorded), then closes without an answer
    };

    int status = 200;
    QByteArray reason{"OK"};
    HeaderList headers;
    QByteArray body{"ok"};

    Framing framing = Framing::ContentLength;
    Then then = Then::KeepAlive;
    qint64 bodySize = -1;        ///< the body is repeated up to this size; -1: it is sent once
    qint64 announcedLength = -1; ///< a Content-Length that lies; -1: the true one
    qint64 headerPadding = 0;    ///< about so many bytes of X-Pad headers more
    QByteArray before;           ///< raw bytes before the status line: interim answers
    std::chrono::milliseconds pauseAfterBefore{0};
    QByteArray after; ///< raw bytes after the body
    std::chrono::milliseconds pauseBeforeAfter{0};
    std::optional<QByteArray> raw; ///< these bytes instead of all the above

    std::chrono::milliseconds delay{0};    ///< before the first byte
    std::chrono::milliseconds headDrip{0}; ///< one byte each so many, in status line and headers
    std::chrono::milliseconds bodyDrip{0}; ///< one byte each so many, in the body
    bool silent = false;                   ///< never answers, keeps the connection
    qint64 cutAfter = -1;                  ///< the connection breaks after so many bytes in all; -1: it doesn't
    qint64 cutAfterBody = -1;              ///< the same, counted from the body's first byte
    bool cutByReset = true;                ///< breaks by a reset, not by a close

    static constexpr qint64 endless = INT64_MAX / 2; ///< for bodySize and headerPadding

    static Answer ok(const QByteArray &body = "ok");
    static Answer withStatus(int status, const QByteArray &reason, const QByteArray &body = {});
    static Answer never();               ///< takes the request and says nothing
    static Answer reset();               ///< takes the request and resets the connection
    static Answer bytes(QByteArray raw); ///< these bytes, then closes

    QByteArray head() const; ///< status line and headers, without the padding
};

} // namespace courier::test
