// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "httpd/answerbox.h"
#include "httpd/connectiontable.h"
#include "httpd/httpserver.h"
#include "httpd/listensocket.h"

#include <atomic>
#include <chrono>
#include <memory>
#include <thread>
#include <unordered_map>

struct MHD_Connection;
struct MHD_Daemon;
struct MHD_Response;

namespace courier {

/// The server's thread. libmicrohttpd reads, parses and writes; this decides how long each client may take, what is
/// refused, and when. Everything of libmicrohttpd's is touched by this one thread only: answers from other threads wait
/// in the AnswerBox, and requests without an answer are suspended meanwhile.
class ServerLoop
{
public:
    ServerLoop(HttpServer::Options options, HttpServer::Handler handler);
    ~ServerLoop(); ///< stops
    Q_DISABLE_COPY_MOVE(ServerLoop)

    /// Takes the socket over and starts the thread. False where the system is out of descriptors, memory or threads.
    bool start(ListenSocket socket);
    void stop();

private:
    using Clock = std::chrono::steady_clock;
    friend struct MicrohttpdCallbacks;

    // The thread's own steps.
    void run();
    void wait();
    void shutDown();
    void passOnAnswers();
    void checkDeadlines();
    void enforceDeadline(MHD_Connection *handle, ClientConnection &connection);
    void resume(MHD_Connection *handle, ClientConnection &connection);

    // What libmicrohttpd reports; all on the thread. False closes the connection.
    void connected(MHD_Connection *handle);
    void lineReceived(MHD_Connection *handle, const char *target);
    bool headReceived(MHD_Connection *handle, ClientConnection &connection, const char *method, const char *version);
    bool bodyReceived(ClientConnection &connection, const char *data, size_t size);
    bool requestReceived(MHD_Connection *handle, ClientConnection &connection);
    void exchangeEnded(MHD_Connection *handle);

    bool send(MHD_Connection *handle, ClientConnection &connection);
    void enter(ClientConnection &connection, ConnectionPhase phase, std::chrono::milliseconds time);

    const HttpServer::Options m_options;
    const HttpServer::Handler m_handler;
    const std::shared_ptr<AnswerBox> m_answers;
    MHD_Daemon *m_daemon = nullptr;
    ConnectionTable m_connections;
    std::unordered_map<quint64, MHD_Connection *> m_handed; ///< suspended, by the id of their request
    quint64 m_lastId = 0;
    qsizetype m_pendingBytes = 0;
    std::atomic_bool m_stopping = false;
    std::thread m_thread;
};

} // namespace courier
