// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#include "httpd/httpserver.h"

#include <QCoreApplication>
#include <QSet>

#include <microhttpd.h>

#include <arpa/inet.h>
#include <mutex>
#include <netinet/in.h>
#include <optional>

namespace courier {

/// One request on its way: filled on the server's thread, answered from any. The mutex is its own, so that an answer
/// needs the server only while that lives.
class HttpResponder::Exchange
{
public:
    void respond(const HttpResponse &answer)
    {
        const std::lock_guard lock(mutex);
        if (!response && !ended) {
            response = answer;
            resume();
        }
    }

    void giveUp()
    {
        const std::lock_guard lock(mutex);
        if (!response && !ended) {
            ended = true;
            resume();
        }
    }

    // Under the mutex.
    void resume()
    {
        if (connection && suspended) {
            suspended = false;
            MHD_resume_connection(connection);
        }
    }

    std::mutex mutex;
    MHD_Connection *connection = nullptr; ///< null once the request is over
    bool suspended = false;
    bool ended = false; ///< to be closed without an answer
    bool tooLarge = false;
    bool handed = false;
    std::optional<HttpResponse> response;
    HttpRequest request;
};

namespace {

/// Gives up when the last copy of a responder goes.
template<typename Exchange>
std::shared_ptr<Exchange> givingUp(const std::shared_ptr<Exchange> &exchange)
{
    return std::shared_ptr<Exchange>(exchange.get(), [exchange](Exchange *one) { one->giveUp(); });
}

MHD_Result addHeader(void *list, MHD_ValueKind, const char *key, size_t keySize, const char *value, size_t valueSize)
{
    static_cast<HttpHeaders *>(list)->append(
        {QByteArray(key, static_cast<qsizetype>(keySize)), QByteArray(value, static_cast<qsizetype>(valueSize))});
    return MHD_YES;
}

MHD_Result queue(MHD_Connection *connection, const HttpResponse &response)
{
    MHD_Response *made =
        MHD_create_response_from_buffer(static_cast<size_t>(response.body.size()),
                                        const_cast<char *>(response.body.constData()), MHD_RESPMEM_MUST_COPY);
    for (const auto &[name, value] : response.headers) {
        MHD_add_response_header(made, name.constData(), value.constData());
    }
    const MHD_Result result = MHD_queue_response(connection, static_cast<unsigned>(response.status), made);
    MHD_destroy_response(made);
    return result;
}

} // namespace

HttpResponder::HttpResponder(std::shared_ptr<Exchange> exchange)
    : m_exchange(std::move(exchange))
{
}

void HttpResponder::respond(const HttpResponse &response) const
{
    m_exchange->respond(response);
}

class HttpServer::Private
{
public:
    using Exchange = HttpResponder::Exchange;

    Private(Options options, Handler handler)
        : m_options(std::move(options))
        , m_handler(std::move(handler))
    {
    }

    bool start()
    {
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_port = htons(m_options.port);
        if (inet_pton(AF_INET, m_options.address.constData(), &address.sin_addr) != 1) {
            return false;
        }
        m_daemon = MHD_start_daemon(
            MHD_USE_EPOLL_INTERNAL_THREAD | MHD_ALLOW_SUSPEND_RESUME, m_options.port, nullptr, nullptr, &onAccess, this,
            MHD_OPTION_SOCK_ADDR, &address, MHD_OPTION_NOTIFY_COMPLETED, &onCompleted, this,
            MHD_OPTION_CONNECTION_LIMIT, static_cast<unsigned>(m_options.connectionLimit),
            MHD_OPTION_CONNECTION_MEMORY_LIMIT, static_cast<size_t>(m_options.headerLimit) + 32768,
            MHD_OPTION_CONNECTION_TIMEOUT, static_cast<unsigned>(m_options.idleLimit.count()), MHD_OPTION_END);
        return m_daemon != nullptr;
    }

    // Whatever waits for an answer is let go first: the library can't stop while a connection is suspended.
    void stop()
    {
        {
            const std::lock_guard lock(m_mutex);
            m_stopping = true;
            for (const auto &exchange : std::as_const(m_exchanges)) {
                exchange->giveUp();
            }
        }
        if (m_daemon) {
            MHD_stop_daemon(m_daemon);
        }
    }

    quint16 port() const
    {
        const MHD_DaemonInfo *info = MHD_get_daemon_info(m_daemon, MHD_DAEMON_INFO_BIND_PORT);
        return info ? info->port : 0;
    }

private:
    static MHD_Result onAccess(void *self, MHD_Connection *connection, const char *url, const char *method,
                               const char *, const char *data, size_t *size, void **state)
    {
        auto *server = static_cast<Private *>(self);
        if (!*state) {
            return server->begin(connection, url, method, state);
        }
        auto &exchange = *static_cast<std::shared_ptr<Exchange> *>(*state);
        if (*size > 0) {
            server->append(*exchange, data, *size);
            *size = 0;
            return MHD_YES;
        }
        return server->answerOrWait(connection, exchange);
    }

    static void onCompleted(void *self, MHD_Connection *, void **state, MHD_RequestTerminationCode)
    {
        if (auto *holder = static_cast<std::shared_ptr<Exchange> *>(*state)) {
            static_cast<Private *>(self)->end(*holder);
            delete holder;
            *state = nullptr;
        }
    }

    MHD_Result begin(MHD_Connection *connection, const char *url, const char *method, void **state)
    {
        auto exchange = std::make_shared<Exchange>();
        exchange->connection = connection;
        exchange->request.method = method;
        exchange->request.target = url;
        MHD_get_connection_values_n(connection, MHD_HEADER_KIND, &addHeader, &exchange->request.headers);
        const std::lock_guard lock(m_mutex);
        if (m_stopping) {
            return MHD_NO;
        }
        m_exchanges.insert(exchange);
        *state = new std::shared_ptr<Exchange>(exchange);
        return MHD_YES;
    }

    void append(Exchange &exchange, const char *data, size_t size) const
    {
        if (exchange.request.body.size() + static_cast<qsizetype>(size) > m_options.bodyLimit) {
            exchange.tooLarge = true;
            exchange.request.body.clear();
        } else if (!exchange.tooLarge) {
            exchange.request.body.append(data, static_cast<qsizetype>(size));
        }
    }

    MHD_Result answerOrWait(MHD_Connection *connection, const std::shared_ptr<Exchange> &exchange)
    {
        if (exchange->tooLarge) {
            return queue(connection, {413, {}, QByteArrayLiteral("The body is too large.\n")});
        }
        {
            const std::lock_guard lock(exchange->mutex);
            if (exchange->response) {
                return queue(connection, *exchange->response);
            }
            if (exchange->ended) {
                return MHD_NO;
            }
            if (exchange->handed) {
                return MHD_YES;
            }
            exchange->handed = true;
            exchange->suspended = true;
            MHD_suspend_connection(connection);
        }
        m_handler(std::move(exchange->request), HttpResponder(givingUp(exchange)));
        return MHD_YES;
    }

    void end(const std::shared_ptr<Exchange> &exchange)
    {
        {
            const std::lock_guard lock(exchange->mutex);
            exchange->connection = nullptr;
            exchange->ended = true;
        }
        const std::lock_guard lock(m_mutex);
        m_exchanges.remove(exchange);
    }

    Options m_options;
    Handler m_handler;
    MHD_Daemon *m_daemon = nullptr;
    std::mutex m_mutex; ///< guards all below; taken before an exchange's own, never after
    QSet<std::shared_ptr<Exchange>> m_exchanges;
    bool m_stopping = false;
};

Result<std::unique_ptr<HttpServer>> HttpServer::listen(const Options &options, Handler handler)
{
    auto made = std::make_unique<Private>(options, std::move(handler));
    if (!made->start()) {
        return failure(Error::Kind::Busy,
                       QCoreApplication::translate("HttpServer", "Nothing can listen on %1:%2: the port may be taken.")
                           .arg(QString::fromLatin1(options.address))
                           .arg(options.port));
    }
    return std::unique_ptr<HttpServer>(new HttpServer(std::move(made)));
}

HttpServer::HttpServer(std::unique_ptr<Private> made)
    : d(std::move(made))
{
}

HttpServer::~HttpServer()
{
    d->stop();
}

quint16 HttpServer::port() const
{
    return d->port();
}

} // namespace courier
