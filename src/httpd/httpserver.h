// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "domain/error.h"

#include <QByteArray>
#include <QList>

#include <chrono>
#include <functional>
#include <memory>
#include <utility>

namespace courier {

using HttpHeaders = QList<std::pair<QByteArray, QByteArray>>; ///< in the order of the message, names as they came

/// A request that has come in whole.
struct HttpRequest
{
    QByteArray method;
    QByteArray target; ///< the path as it came, without the query
    HttpHeaders headers;
    QByteArray body;
};

struct HttpResponse
{
    int status = 200;
    HttpHeaders headers;
    QByteArray body;
};

/// The way back to one request's sender, from any thread, at any time, once: later calls do nothing. The connection is
/// closed without an answer when the last copy goes, and when the server ends first.
class HttpResponder
{
public:
    void respond(const HttpResponse &response) const;

private:
    friend class HttpServer;
    class Exchange;
    explicit HttpResponder(std::shared_ptr<Exchange> exchange);
    std::shared_ptr<Exchange> m_exchange;
};

/// One small HTTP/1.1 server (libmicrohttpd) on a thread of its own.
class HttpServer
{
public:
    struct Options
    {
        QByteArray address = QByteArrayLiteral("127.0.0.1"); ///< IPv4
        quint16 port = 0;                                    ///< 0: a free one
        qint64 bodyLimit = 10 * 1024 * 1024;                 ///< bytes; more gets 413
        int headerLimit = 64 * 1024;                         ///< bytes; more gets 431
        int connectionLimit = 512;
        std::chrono::seconds idleLimit{30}; ///< a connection on which nothing moves is closed
    };
    /// Called on the server's thread for each whole request; answers at once or later.
    using Handler = std::function<void(HttpRequest request, HttpResponder responder)>;

    static Result<std::unique_ptr<HttpServer>> listen(const Options &options, Handler handler);
    /// Closes what is open, answered or not. Must not be called by the handler.
    ~HttpServer();
    HttpServer(const HttpServer &) = delete;
    HttpServer &operator=(const HttpServer &) = delete;

    quint16 port() const;

private:
    class Private;
    explicit HttpServer(std::unique_ptr<Private> made);
    std::unique_ptr<Private> d;
};

} // namespace courier
