// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#include "httpd/microhttpdcallbacks.h"

#include "httpd/serverloop.h"

#include <cstdarg>

#include <microhttpd.h>

namespace courier {

// What libmicrohttpd says of every bad client is for debugging, and not shown unless asked for.
Q_LOGGING_CATEGORY(httpdLog, "courier.httpd", QtInfoMsg)

namespace {

/// libmicrohttpd's own limit lies above ours, so that a new client gets in and makeRoom() can choose who goes.
constexpr int connectionSlack = 32;
/// What a connection's memory needs besides the headers: a list of them, and the answer's own.
constexpr qsizetype memorySlack = 32 * 1024;

} // namespace

struct MicrohttpdCallbacks::Functions
{
    static ServerLoop &loop(void *context) { return *static_cast<ServerLoop *>(context); }

    static void log(void * /*context*/, const char *format, va_list arguments)
    {
        qCDebug(httpdLog).noquote() << QString::vasprintf(format, arguments).trimmed();
    }

    static void connection(void *context, MHD_Connection *handle, void ** /*unused*/,
                           MHD_ConnectionNotificationCode code)
    {
        if (code == MHD_CONNECTION_NOTIFY_STARTED) {
            loop(context).connected(handle);
        } else {
            loop(context).m_connections.remove(handle);
        }
    }

    static void *line(void *context, const char *target, MHD_Connection *handle)
    {
        loop(context).lineReceived(handle, target ? target : "");
        return nullptr;
    }

    static MHD_Result request(void *context, MHD_Connection *handle, const char * /*url*/, const char *method,
                              const char *version, const char *data, size_t *size, void ** /*unused*/)
    {
        ServerLoop &self = loop(context);
        ClientConnection &connection = self.m_connections.of(handle);
        bool goOn = false;
        switch (connection.exchange->stage) {
        case Exchange::Stage::Line:
            goOn = self.headReceived(handle, connection, method, version);
            break;
        case Exchange::Stage::Body:
            goOn = *size > 0 ? self.bodyReceived(connection, data, *size) : self.requestReceived(handle, connection);
            *size = 0;
            break;
        case Exchange::Stage::Handed: // resumed: there is an answer, or there will never be one
            goOn = self.send(handle, connection);
            break;
        case Exchange::Stage::Answered:
            break;
        }
        return goOn ? MHD_YES : MHD_NO;
    }

    static void completed(void *context, MHD_Connection *handle, void ** /*unused*/,
                          MHD_RequestTerminationCode /*code*/)
    {
        loop(context).exchangeEnded(handle);
    }

    /// Paths stay as they came.
    static size_t unescape(void * /*context*/, MHD_Connection * /*handle*/, char *text) { return qstrlen(text); }
};

MHD_Daemon *MicrohttpdCallbacks::startDaemon(ServerLoop &loop, const HttpLimits &limits, int listenFd)
{
    return MHD_start_daemon(MHD_USE_EPOLL | MHD_ALLOW_SUSPEND_RESUME | MHD_USE_ERROR_LOG, 0, nullptr, nullptr,
                            &Functions::request, &loop, MHD_OPTION_EXTERNAL_LOGGER, &Functions::log, &loop,
                            MHD_OPTION_LISTEN_SOCKET, listenFd, MHD_OPTION_CONNECTION_LIMIT,
                            static_cast<unsigned>(limits.connections + connectionSlack),
                            MHD_OPTION_CONNECTION_MEMORY_LIMIT, static_cast<size_t>(limits.headerBytes + memorySlack),
                            MHD_OPTION_NOTIFY_CONNECTION, &Functions::connection, &loop, MHD_OPTION_URI_LOG_CALLBACK,
                            &Functions::line, &loop, MHD_OPTION_NOTIFY_COMPLETED, &Functions::completed, &loop,
                            MHD_OPTION_UNESCAPE_CALLBACK, &Functions::unescape, &loop, MHD_OPTION_END);
}

} // namespace courier
