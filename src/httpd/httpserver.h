// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "domain/error.h"
#include "httpd/httpmessage.h"
#include "httpd/responder.h"

#include <QUrl>

#include <chrono>
#include <functional>
#include <memory>
#include <optional>

namespace courier {

class ServerLoop;

/// What a client may take of the server. Every time is wall-clock from its start to its end, not idle time, so that a
/// drip of bytes does not stretch it.
struct HttpLimits
{
    qsizetype bodyBytes = 10 * 1024 * 1024;     ///< more is answered with 413
    qsizetype headerBytes = 64 * 1024;          ///< request line and headers; more is answered with 431 (or 414)
    qsizetype pendingBytes = 64 * 1024 * 1024;  ///< bodies of all unanswered requests; past it the answer is 429
    int connections = 512;                      ///< past it, who is awaited longest makes room for a new one
    std::chrono::milliseconds headerTime{5000}; ///< then 408
    std::chrono::milliseconds bodyTime{30000};  ///< then 408
    std::chrono::milliseconds sendTime{30000};  ///< for the client to take the answer; then the connection is cut
    std::chrono::milliseconds idleTime{60000};  ///< between two requests; then the connection is closed
};

/// A small HTTP/1.1 server for one address and port, over libmicrohttpd. It has one thread of its own. listen(), stop()
/// and the destructor are called from one thread, which may be any but the server's.
class HttpServer
{
public:
    /// Gets each complete request, on the server's thread, so it must be quick and must not stop the server: it passes
    /// the work on and answers through the Responder, at once or later.
    using Handler = std::function<void(HttpRequest request, Responder responder)>;
    /// Looks at a request's line and headers before its body is taken, on the server's thread. A response refuses it
    /// (405, 411, 401, ...): the body is thrown away and the handler never sees the request.
    using Gate = std::function<std::optional<HttpResponse>(const HttpRequest &head)>;

    struct Options
    {
        QString address = QStringLiteral("127.0.0.1"); ///< numeric, IPv4 or IPv6
        quint16 port = 0;                              ///< 0 takes a free one
        HttpLimits limits;
        Gate gate; ///< may be empty
    };

    /// Listens and serves from now on. Errors: Invalid (address), Busy (port taken), ReadOnly (port not allowed), Io.
    static Result<std::unique_ptr<HttpServer>> listen(Options options, Handler handler);
    ~HttpServer(); ///< stops
    Q_DISABLE_COPY_MOVE(HttpServer)

    /// Closes every connection, answered or not, and ends the thread. Answers given before are still sent where the
    /// client takes them at once. After it, the handler is not called any more.
    void stop();

    quint16 port() const { return m_port; }
    QUrl url() const; ///< "http://127.0.0.1:9797/"

private:
    HttpServer(QString address, quint16 port, std::unique_ptr<ServerLoop> loop);

    const QString m_address;
    const quint16 m_port;
    std::unique_ptr<ServerLoop> m_loop;
};

} // namespace courier
