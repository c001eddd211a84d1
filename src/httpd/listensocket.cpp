// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#include "httpd/listensocket.h"

#include <QCoreApplication>

#include <cerrno>
#include <cstring>
#include <utility>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

namespace courier {

namespace {

/// An address as the socket calls want it.
struct SocketAddress
{
    sockaddr_storage storage{};
    socklen_t size = 0;
    sockaddr *get() { return reinterpret_cast<sockaddr *>(&storage); }
};

bool parseAddress(const QString &text, quint16 port, SocketAddress &result)
{
    const QByteArray address = text.toLatin1();
    sockaddr_in v4{};
    if (inet_pton(AF_INET, address.constData(), &v4.sin_addr) == 1) {
        v4.sin_family = AF_INET;
        v4.sin_port = htons(port);
        std::memcpy(&result.storage, &v4, sizeof v4);
        result.size = sizeof v4;
        return true;
    }
    sockaddr_in6 v6{};
    if (inet_pton(AF_INET6, address.constData(), &v6.sin6_addr) == 1) {
        v6.sin6_family = AF_INET6;
        v6.sin6_port = htons(port);
        std::memcpy(&result.storage, &v6, sizeof v6);
        result.size = sizeof v6;
        return true;
    }
    return false;
}

tl::unexpected<Error> socketFailure(int error, const QString &address, quint16 port)
{
    const QString detail = QStringLiteral("%1:%2: %3").arg(address).arg(port).arg(qt_error_string(error));
    if (error == EADDRINUSE) {
        return failure(Error::Kind::Busy,
                       QCoreApplication::translate("HttpServer", "Port %1 is in use by another program.").arg(port),
                       detail);
    }
    if (error == EACCES) {
        return failure(Error::Kind::ReadOnly,
                       QCoreApplication::translate("HttpServer", "This user may not listen on port %1.").arg(port),
                       detail);
    }
    if (error == EADDRNOTAVAIL) {
        return failure(Error::Kind::Invalid,
                       QCoreApplication::translate("HttpServer", "%1 is not an address of this computer.").arg(address),
                       detail);
    }
    return failure(
        Error::Kind::Io,
        QCoreApplication::translate("HttpServer", "Could not listen on %1: %2.").arg(address, qt_error_string(error)),
        detail);
}

/// The port that the system chose.
quint16 boundPort(int fd)
{
    SocketAddress bound;
    bound.size = sizeof bound.storage;
    if (getsockname(fd, bound.get(), &bound.size) != 0) {
        return 0;
    }
    // The port stands at the same place in both kinds of address.
    return ntohs(reinterpret_cast<const sockaddr_in *>(&bound.storage)->sin_port);
}

} // namespace

Result<ListenSocket> ListenSocket::open(const QString &address, quint16 port)
{
    SocketAddress wanted;
    if (!parseAddress(address, port, wanted)) {
        return failure(Error::Kind::Invalid,
                       QCoreApplication::translate("HttpServer", "%1 is not a numeric address.").arg(address));
    }
    const int fd = ::socket(wanted.storage.ss_family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    if (fd < 0) {
        return socketFailure(errno, address, port);
    }
    ListenSocket socket(fd, port);
    const int on = 1;
    setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
    if (::bind(fd, wanted.get(), wanted.size) != 0 || ::listen(fd, SOMAXCONN) != 0) {
        return socketFailure(errno, address, port);
    }
    socket.m_port = boundPort(fd);
    return socket;
}

ListenSocket::ListenSocket(int fd, quint16 port)
    : m_fd(fd)
    , m_port(port)
{
}

ListenSocket::ListenSocket(ListenSocket &&other) noexcept
    : m_fd(std::exchange(other.m_fd, -1))
    , m_port(other.m_port)
{
}

ListenSocket::~ListenSocket()
{
    if (m_fd >= 0) {
        ::close(m_fd);
    }
}

int ListenSocket::release()
{
    return std::exchange(m_fd, -1);
}

} // namespace courier
