// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#include "httpd/serverloop.h"

#include "httpd/microhttpdcallbacks.h"

#include <QLoggingCategory>

#include <algorithm>
#include <system_error>
#include <utility>

#include <microhttpd.h>
#include <poll.h>
#include <pthread.h>
#include <sys/socket.h>

namespace courier {

namespace {

/// How often a client that waits for its answer is looked after.
constexpr std::chrono::milliseconds hangUpCheck{1000};

/// The client has closed its side: nobody waits for the answer (libmicrohttpd could not give it any more, either).
bool hasHungUp(int fd)
{
    char byte = 0;
    return ::recv(fd, &byte, 1, MSG_PEEK | MSG_DONTWAIT) == 0;
}

} // namespace

ServerLoop::ServerLoop(HttpServer::Options options, HttpServer::Handler handler)
    : m_options(std::move(options))
    , m_handler(std::move(handler))
    , m_answers(std::make_shared<AnswerBox>())
{
}

ServerLoop::~ServerLoop()
{
    stop();
}

bool ServerLoop::start(ListenSocket socket)
{
    if (!m_answers->isValid()) {
        return false;
    }
    m_daemon = MicrohttpdCallbacks::startDaemon(*this, m_options.limits, socket.fd());
    if (!m_daemon) {
        return false;
    }
    socket.release(); // libmicrohttpd closes it
    try {
        m_thread = std::thread([this] { run(); });
    } catch (const std::system_error &) {
        MHD_stop_daemon(std::exchange(m_daemon, nullptr));
        return false;
    }
    return true;
}

void ServerLoop::stop()
{
    m_stopping = true;
    m_answers->wake();
    if (m_thread.joinable()) {
        m_thread.join();
    }
}

void ServerLoop::run()
{
    pthread_setname_np(pthread_self(), "httpd");
    while (!m_stopping) {
        passOnAnswers();
        MHD_run(m_daemon);
        checkDeadlines();
        wait();
    }
    shutDown();
}

void ServerLoop::wait()
{
    using std::chrono::milliseconds;
    constexpr milliseconds longest{60000};
    const auto toDeadline = m_connections.nextDeadline() - Clock::now();
    milliseconds time = std::clamp(std::chrono::ceil<milliseconds>(toDeadline), milliseconds(0), longest);
    MHD_UNSIGNED_LONG_LONG wanted = 0;
    if (MHD_get_timeout(m_daemon, &wanted) == MHD_YES && wanted < static_cast<quint64>(time.count())) {
        time = milliseconds(wanted);
    }
    const int epoll = MHD_get_daemon_info(m_daemon, MHD_DAEMON_INFO_EPOLL_FD)->epoll_fd;
    pollfd watched[] = {{epoll, POLLIN, 0}, {m_answers->wakeFd(), POLLIN, 0}};
    ::poll(watched, std::size(watched), static_cast<int>(time.count()));
}

void ServerLoop::shutDown()
{
    passOnAnswers();
    MHD_run(m_daemon); // resumes and prepares what was answered,
    MHD_run(m_daemon); // and sends it
    m_answers->close();
    for (const auto &[id, handle] : std::exchange(m_handed, {})) {
        MHD_resume_connection(handle); // it may not stop while one is suspended
    }
    MHD_stop_daemon(std::exchange(m_daemon, nullptr));
}

void ServerLoop::passOnAnswers()
{
    for (Answer &answer : m_answers->takeAll()) {
        const auto found = m_handed.find(answer.requestId);
        if (found == m_handed.end()) {
            continue; // its client has gone
        }
        MHD_Connection *handle = found->second;
        ClientConnection &connection = m_connections.of(handle);
        connection.exchange->response = std::move(answer.response);
        resume(handle, connection);
    }
}

/// Lets libmicrohttpd go on with a suspended connection, which sends the answer or, where there is none, closes it.
void ServerLoop::resume(MHD_Connection *handle, ClientConnection &connection)
{
    m_handed.erase(connection.exchange->id);
    enter(connection, ConnectionPhase::Sending, m_options.limits.sendTime);
    MHD_resume_connection(handle);
}

void ServerLoop::checkDeadlines()
{
    for (MHD_Connection *handle : m_connections.due(Clock::now())) {
        enforceDeadline(handle, m_connections.of(handle));
    }
}

void ServerLoop::enforceDeadline(MHD_Connection *handle, ClientConnection &connection)
{
    switch (connection.phase) {
    case ConnectionPhase::Headers:
    case ConnectionPhase::Body: {
        // Nothing is being sent in these phases, so this can't land inside an answer.
        const QByteArray body = errorResponse(408, "The request did not come to its end in time.").body;
        const QByteArray tooSlow = QByteArray("HTTP/1.1 408 Request Timeout\r\nConnection: close\r\n"
                                              "Content-Type: application/json\r\nContent-Length: ")
                                       .append(QByteArray::number(body.size()))
                                       .append("\r\n\r\n")
                                       .append(body);
        ::send(connection.fd, tooSlow.data(), static_cast<size_t>(tooSlow.size()), MSG_NOSIGNAL | MSG_DONTWAIT);
        m_connections.cut(connection);
        break;
    }
    case ConnectionPhase::Answer:
        if (hasHungUp(connection.fd)) {
            resume(handle, connection);
        } else {
            enter(connection, ConnectionPhase::Answer, hangUpCheck);
        }
        break;
    case ConnectionPhase::Idle:
    case ConnectionPhase::Sending:
    case ConnectionPhase::Closing:
        m_connections.cut(connection);
        break;
    }
}

void ServerLoop::connected(MHD_Connection *handle)
{
    const int fd = MHD_get_connection_info(handle, MHD_CONNECTION_INFO_CONNECTION_FD)->connect_fd;
    ClientConnection &connection = m_connections.add(handle, fd);
    enter(connection, ConnectionPhase::Idle, m_options.limits.headerTime);
    m_connections.makeRoom(m_options.limits.connections, connection);
}

void ServerLoop::lineReceived(MHD_Connection *handle, const char *target)
{
    ClientConnection &connection = m_connections.of(handle);
    connection.exchange = std::make_unique<Exchange>(target);
    // The time for a connection's first head runs from its start.
    const auto deadline = connection.served ? Clock::now() + m_options.limits.headerTime : connection.deadline;
    m_connections.enter(connection, ConnectionPhase::Headers, deadline);
}

bool ServerLoop::headReceived(MHD_Connection *handle, ClientConnection &connection, const char *method,
                              const char *version)
{
    Exchange &exchange = *connection.exchange;
    exchange.readHead(handle, method, version, m_options.limits);
    if (!exchange.response && m_options.gate) {
        if (auto refusal = m_options.gate(exchange.request)) {
            exchange.refuse(std::move(*refusal));
        }
    }
    enter(connection, ConnectionPhase::Body, m_options.limits.bodyTime);
    return !exchange.mustRefuseAtOnce() || send(handle, connection);
}

bool ServerLoop::bodyReceived(ClientConnection &connection, const char *data, size_t size)
{
    Exchange &exchange = *connection.exchange;
    m_pendingBytes -= exchange.heldBytes();
    const bool goOn = exchange.takeBody(data, size, m_options.limits);
    if (m_pendingBytes + exchange.heldBytes() > m_options.limits.pendingBytes) {
        HttpResponse tooMany = errorResponse(429, "Too much is waiting here already.");
        tooMany.headers.append({QByteArrayLiteral("Retry-After"), QByteArrayLiteral("1")});
        exchange.refuse(std::move(tooMany));
    }
    m_pendingBytes += exchange.heldBytes();
    return goOn;
}

bool ServerLoop::requestReceived(MHD_Connection *handle, ClientConnection &connection)
{
    Exchange &exchange = *connection.exchange;
    if (exchange.response) {
        return send(handle, connection);
    }
    exchange.stage = Exchange::Stage::Handed;
    exchange.id = ++m_lastId;
    m_handler(std::move(exchange.request), Responder(std::make_shared<AnswerTicket>(m_answers, exchange.id)));
    if (auto answer = m_answers->take(exchange.id)) {
        exchange.response = std::move(answer->response);
        return send(handle, connection);
    }
    m_handed.emplace(exchange.id, handle);
    MHD_suspend_connection(handle);
    enter(connection, ConnectionPhase::Answer, hangUpCheck);
    return true;
}

void ServerLoop::exchangeEnded(MHD_Connection *handle)
{
    ClientConnection &connection = m_connections.of(handle);
    m_handed.erase(connection.exchange->id);
    m_pendingBytes -= connection.exchange->heldBytes();
    connection.exchange.reset();
    connection.served = true;
    if (connection.phase != ConnectionPhase::Closing) {
        enter(connection, ConnectionPhase::Idle, m_options.limits.idleTime);
    }
}

/// Hands the exchange's response, where it has one, to libmicrohttpd. The exchange, and so the body, outlives the
/// sending.
bool ServerLoop::send(MHD_Connection *handle, ClientConnection &connection)
{
    Exchange &exchange = *connection.exchange;
    if (!exchange.response) {
        return false;
    }
    HttpResponse &response = *exchange.response;
    MHD_Response *prepared = MHD_create_response_from_buffer(static_cast<size_t>(response.body.size()),
                                                             response.body.data(), MHD_RESPMEM_PERSISTENT);
    if (!prepared) {
        return false;
    }
    for (const HttpHeader &header : std::as_const(response.headers)) {
        if (MHD_add_response_header(prepared, header.name.constData(), header.value.constData()) != MHD_YES) {
            qCWarning(httpdLog) << "Left out a header that can't be sent:" << header.name;
        }
    }
    const bool queued = MHD_queue_response(handle, static_cast<unsigned>(response.status), prepared) == MHD_YES;
    MHD_destroy_response(prepared); // it counts references
    exchange.stage = Exchange::Stage::Answered;
    enter(connection, ConnectionPhase::Sending, m_options.limits.sendTime);
    return queued;
}

void ServerLoop::enter(ClientConnection &connection, ConnectionPhase phase, std::chrono::milliseconds time)
{
    m_connections.enter(connection, phase, Clock::now() + time);
}

} // namespace courier
