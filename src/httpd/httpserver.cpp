// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#include "httpd/httpserver.h"

#include "httpd/listensocket.h"
#include "httpd/serverloop.h"

#include <QCoreApplication>

#include <utility>

namespace courier {

Result<std::unique_ptr<HttpServer>> HttpServer::listen(Options options, Handler handler)
{
    auto socket = ListenSocket::open(options.address, options.port);
    if (!socket) {
        return tl::unexpected(socket.error());
    }
    const quint16 port = socket->port();
    const QString address = options.address;
    auto loop = std::make_unique<ServerLoop>(std::move(options), std::move(handler));
    if (!loop->start(std::move(*socket))) {
        return failure(Error::Kind::Io,
                       QCoreApplication::translate("HttpServer", "Could not start listening: the system is out of "
                                                                 "resources."),
                       QStringLiteral("libmicrohttpd, eventfd or the thread did not start"));
    }
    return std::unique_ptr<HttpServer>(new HttpServer(address, port, std::move(loop)));
}

HttpServer::HttpServer(QString address, quint16 port, std::unique_ptr<ServerLoop> loop)
    : m_address(std::move(address))
    , m_port(port)
    , m_loop(std::move(loop))
{
}

HttpServer::~HttpServer() = default;

void HttpServer::stop()
{
    m_loop->stop();
}

QUrl HttpServer::url() const
{
    QUrl url;
    url.setScheme(QStringLiteral("http"));
    url.setHost(m_address);
    url.setPort(m_port);
    url.setPath(QStringLiteral("/"));
    return url;
}

} // namespace courier
