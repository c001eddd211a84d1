// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#include "support/smallproxy.h"

#include <array>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

namespace courier::test {
namespace {

constexpr int tickMs = 50; ///< how soon a thread notices that it is to end

sockaddr_in loopback(quint16 port)
{
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    return address;
}

void sendAll(int fd, const QByteArray &bytes)
{
    for (qsizetype done = 0; done < bytes.size();) {
        const ssize_t count =
            ::send(fd, bytes.constData() + done, static_cast<size_t>(bytes.size() - done), MSG_NOSIGNAL);
        if (count <= 0) {
            return;
        }
        done += count;
    }
}

// Waits for something to read; false at its end.
bool waitFor(int fd, const std::atomic_bool &stop)
{
    while (!stop) {
        pollfd one{fd, POLLIN, 0};
        if (::poll(&one, 1, tickMs) > 0) {
            return true;
        }
    }
    return false;
}

QByteArray receive(int fd, qsizetype most, const std::atomic_bool &stop)
{
    if (!waitFor(fd, stop)) {
        return {};
    }
    QByteArray bytes(most, '\0');
    const ssize_t count = ::recv(fd, bytes.data(), static_cast<size_t>(most), 0);
    bytes.truncate(count > 0 ? count : 0);
    return bytes;
}

QByteArray receiveExactly(int fd, qsizetype size, const std::atomic_bool &stop)
{
    QByteArray bytes;
    while (bytes.size() < size) {
        const QByteArray more = receive(fd, size - bytes.size(), stop);
        if (more.isEmpty()) {
            return {};
        }
        bytes += more;
    }
    return bytes;
}

void pump(int left, int right, const std::atomic_bool &stop)
{
    while (!stop) {
        std::array<pollfd, 2> both{pollfd{left, POLLIN, 0}, pollfd{right, POLLIN, 0}};
        ::poll(both.data(), both.size(), tickMs);
        for (const auto &[from, to] : {std::pair(0, right), std::pair(1, left)}) {
            if (both[static_cast<size_t>(from)].revents == 0) {
                continue;
            }
            const QByteArray bytes = receive(both[static_cast<size_t>(from)].fd, 64 * 1024, stop);
            if (bytes.isEmpty()) {
                return;
            }
            sendAll(to, bytes);
        }
    }
}

} // namespace

SmallProxy::SmallProxy(Kind kind, Options options)
    : m_kind(kind)
    , m_options(std::move(options))
    , m_listener(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0))
{
    sockaddr_in address = loopback(0);
    socklen_t size = sizeof address;
    if (::bind(m_listener, reinterpret_cast<sockaddr *>(&address), size) != 0 || ::listen(m_listener, 64) != 0) {
        qFatal("No port to listen on");
    }
    ::getsockname(m_listener, reinterpret_cast<sockaddr *>(&address), &size);
    m_port = ntohs(address.sin_port);
    m_thread = std::thread([this] { run(); });
}

SmallProxy::SmallProxy(Kind kind)
    : SmallProxy(kind, Options())
{
}

SmallProxy::~SmallProxy()
{
    m_stop = true;
    m_thread.join();
    for (std::thread &connection : m_connections) {
        connection.join();
    }
    ::close(m_listener);
}

void SmallProxy::addName(const QByteArray &hostAndPort, quint16 port)
{
    const std::lock_guard lock(m_mutex);
    m_names.insert(hostAndPort, port);
}

QList<QByteArray> SmallProxy::asked() const
{
    const std::lock_guard lock(m_mutex);
    return m_asked;
}

int SmallProxy::connectionCount() const
{
    const std::lock_guard lock(m_mutex);
    return static_cast<int>(m_connections.size());
}

void SmallProxy::note(const QByteArray &asked)
{
    const std::lock_guard lock(m_mutex);
    m_asked.append(asked);
}

void SmallProxy::run()
{
    while (waitFor(m_listener, m_stop)) {
        const int client = ::accept4(m_listener, nullptr, nullptr, SOCK_CLOEXEC);
        const std::lock_guard lock(m_mutex);
        m_connections.emplace_back([this, client] { serve(client); });
    }
}

void SmallProxy::serve(int client)
{
    if (!m_options.hangsUp) {
        const int server = m_kind == Kind::Http ? serveHttp(client) : serveSocks(client);
        if (server >= 0) {
            pump(client, server, m_stop);
            ::close(server);
        }
    }
    ::shutdown(client, SHUT_RDWR);
    ::close(client);
}

int SmallProxy::connectTo(const QByteArray &hostAndPort)
{
    quint16 port = 0;
    {
        const std::lock_guard lock(m_mutex);
        const qsizetype colon = hostAndPort.lastIndexOf(':');
        port = m_names.value(hostAndPort, hostAndPort.left(colon) == "127.0.0.1" ? hostAndPort.mid(colon + 1).toUShort()
                                                                                 : quint16(0));
    }
    const int fd = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    const sockaddr_in address = loopback(port);
    if (port == 0 || ::connect(fd, reinterpret_cast<const sockaddr *>(&address), sizeof address) != 0) {
        ::close(fd);
        return -1;
    }
    return fd;
}

// Each connection is for one receiver: enough for what asks here.
int SmallProxy::serveHttp(int client)
{
    QByteArray head;
    while (!head.contains("\r\n\r\n")) {
        const QByteArray more = receive(client, 4096, m_stop);
        if (more.isEmpty()) {
            return -1;
        }
        head += more;
    }
    const QList<QByteArray> words = head.left(head.indexOf("\r\n")).split(' ');
    note(words.value(0) + ' ' + words.value(1));
    const QByteArray user = m_options.user + ':' + m_options.password;
    const QByteArray login = "Proxy-Authorization: Basic " + user.toBase64() + "\r\n";
    if (!m_options.refusal.isEmpty()) {
        sendAll(client, "HTTP/1.1 " + m_options.refusal + "\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
        return -1;
    }
    if (!m_options.user.isEmpty() && !head.contains(login)) {
        sendAll(client, "HTTP/1.1 407 Proxy Authentication Required\r\nProxy-Authenticate: Basic realm=\"small\"\r\n"
                        "Content-Length: 0\r\nConnection: close\r\n\r\n");
        return -1;
    }
    const bool tunnels = words.value(0) == "CONNECT";
    QByteArray host = tunnels ? words.value(1) : words.value(1).mid(7);
    if (!tunnels) {
        host = host.left(host.indexOf('/'));
        host += host.contains(':') ? "" : ":80";
    }
    const int server = connectTo(host);
    if (server < 0) {
        sendAll(client, "HTTP/1.1 503 Service Unavailable\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
    } else if (tunnels) {
        sendAll(client, "HTTP/1.1 200 Connection established\r\n\r\n");
    } else {
        sendAll(server, head);
    }
    return server;
}

// RFC 1929.
bool SmallProxy::loginSocks(int client)
{
    sendAll(client, QByteArray("\x05\x02", 2));
    const QByteArray start = receiveExactly(client, 2, m_stop);
    const QByteArray user = receiveExactly(client, start.size() == 2 ? start.at(1) : 0, m_stop);
    const QByteArray length = receiveExactly(client, 1, m_stop);
    const QByteArray password = receiveExactly(client, length.isEmpty() ? 0 : length.at(0), m_stop);
    const bool good = user == m_options.user && password == m_options.password;
    sendAll(client, QByteArray(good ? "\x01\x00" : "\x01\x01", 2));
    return good;
}

// RFC 1928.
int SmallProxy::serveSocks(int client)
{
    const QByteArray greeting = receiveExactly(client, 2, m_stop);
    const QByteArray methods = receiveExactly(client, greeting.size() == 2 ? greeting.at(1) : 0, m_stop);
    if (!m_options.user.isEmpty()) {
        if (!methods.contains('\x02')) {
            sendAll(client, "\x05\xff");
            return -1;
        }
        if (!loginSocks(client)) {
            return -1;
        }
    } else {
        sendAll(client, QByteArray("\x05\x00", 2));
    }
    const QByteArray request = receiveExactly(client, 4, m_stop);
    QByteArray host;
    if (request.endsWith('\x03')) {
        const QByteArray length = receiveExactly(client, 1, m_stop);
        host = receiveExactly(client, length.isEmpty() ? 0 : length.at(0), m_stop);
    } else if (request.endsWith('\x01')) {
        const QByteArray bytes = receiveExactly(client, 4, m_stop);
        for (const char byte : bytes) {
            host += (host.isEmpty() ? "" : ".") + QByteArray::number(static_cast<uchar>(byte));
        }
    }
    const QByteArray port = receiveExactly(client, 2, m_stop);
    if (host.isEmpty() || port.size() != 2) {
        return -1;
    }
    host += ':' + QByteArray::number(static_cast<uchar>(port.at(0)) * 256 + static_cast<uchar>(port.at(1)));
    note("SOCKS " + host);
    const int server = connectTo(host);
    const char reply = server < 0 ? '\x05' : '\x00';
    sendAll(client, QByteArray("\x05", 1) + reply + QByteArray("\x00\x01\x00\x00\x00\x00\x00\x00", 8));
    return server;
}

} // namespace courier::test
