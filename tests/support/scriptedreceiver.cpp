// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#include "support/scriptedreceiver.h"

#include <algorithm>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <unistd.h>

namespace courier::test {
namespace {

int listenOn(quint16 port)
{
    const int fd = ::socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    const int on = 1;
    ::setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    if (::bind(fd, reinterpret_cast<sockaddr *>(&address), sizeof address) != 0 || ::listen(fd, 1024) != 0) {
        qFatal("Port %d can't be listened on", port);
    }
    return fd;
}

quint16 portOf(int fd)
{
    sockaddr_in address{};
    socklen_t size = sizeof address;
    ::getsockname(fd, reinterpret_cast<sockaddr *>(&address), &size);
    return ntohs(address.sin_port);
}

qint64 microsecondsNow()
{
    using namespace std::chrono;
    return duration_cast<microseconds>(steady_clock::now().time_since_epoch()).count();
}

ScriptedReceiver::Script always(const Answer &answer)
{
    return [answer](const Request &, int) { return answer; };
}

} // namespace

ScriptedReceiver::ScriptedReceiver(Script script, quint16 port)
    : m_listener(listenOn(port))
    , m_wake(::eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC))
    , m_port(portOf(m_listener))
    , m_script(script ? std::move(script) : always({}))
    , m_thread([this] { run(); })
{
}

ScriptedReceiver::ScriptedReceiver(const Answer &answer, quint16 port)
    : ScriptedReceiver(always(answer), port)
{
}

ScriptedReceiver::~ScriptedReceiver()
{
    {
        const std::lock_guard lock(m_mutex);
        m_stop = true;
    }
    wakeUp();
    m_thread.join();
    ::close(m_listener);
    ::close(m_wake);
}

QString ScriptedReceiver::url(const QString &path) const
{
    return QStringLiteral("http://127.0.0.1:%1%2").arg(m_port).arg(path);
}

void ScriptedReceiver::setScript(Script script)
{
    const std::lock_guard lock(m_mutex);
    m_script = std::move(script);
}

void ScriptedReceiver::setAnswer(const Answer &answer)
{
    setScript(always(answer));
}

QList<Request> ScriptedReceiver::requests() const
{
    const std::lock_guard lock(m_mutex);
    return {m_requests.cbegin(), m_requests.cend()}; // one of its own: the thread goes on adding to its list
}

int ScriptedReceiver::requestCount() const
{
    const std::lock_guard lock(m_mutex);
    return m_count;
}

void ScriptedReceiver::setRecording(bool on)
{
    const std::lock_guard lock(m_mutex);
    m_recording = on;
}

bool ScriptedReceiver::waitForRequests(int count, std::chrono::milliseconds timeout) const
{
    std::unique_lock lock(m_mutex);
    return m_changed.wait_for(lock, timeout, [&] { return m_count >= count; });
}

int ScriptedReceiver::connectionCount() const
{
    const std::lock_guard lock(m_mutex);
    return m_accepted;
}

int ScriptedReceiver::openConnections() const
{
    const std::lock_guard lock(m_mutex);
    return m_open;
}

void ScriptedReceiver::closeIdleConnections()
{
    std::unique_lock lock(m_mutex);
    m_closeIdle = true;
    wakeUp();
    m_changed.wait(lock, [this] { return !m_closeIdle; });
}

void ScriptedReceiver::endIdleConnections()
{
    std::unique_lock lock(m_mutex);
    m_endIdle = true;
    wakeUp();
    m_changed.wait(lock, [this] { return !m_endIdle; });
}

quint16 ScriptedReceiver::freePort()
{
    const int fd = listenOn(0);
    const quint16 port = portOf(fd);
    ::close(fd);
    return port;
}

void ScriptedReceiver::wakeUp() const
{
    const quint64 one = 1;
    [[maybe_unused]] const ssize_t written = ::write(m_wake, &one, sizeof one);
}

Answer ScriptedReceiver::record(Request &request)
{
    Script script;
    {
        const std::lock_guard lock(m_mutex);
        request.nth = ++m_count;
        request.at = microsecondsNow();
        if (m_recording) {
            m_requests.append(request);
        }
        script = m_script;
    }
    m_changed.notify_all();
    return script(request, request.nth);
}

void ScriptedReceiver::acceptAll()
{
    for (;;) {
        const int fd = ::accept4(m_listener, nullptr, nullptr, SOCK_NONBLOCK | SOCK_CLOEXEC);
        if (fd < 0) {
            return;
        }
        const int on = 1;
        ::setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
        int number = 0;
        {
            const std::lock_guard lock(m_mutex);
            number = ++m_accepted;
        }
        m_connections.push_back(std::make_unique<Connection>(fd, [this, number](Request &request) {
            request.connection = number;
            return record(request);
        }));
    }
}

int ScriptedReceiver::millisecondsToWait() const
{
    const auto now = std::chrono::steady_clock::now();
    int wait = -1;
    for (const auto &connection : m_connections) {
        if (const auto moment = connection->nextMoment(); moment && *moment > now) {
            const auto left = std::chrono::ceil<std::chrono::milliseconds>(*moment - now).count();
            wait = wait < 0 ? static_cast<int>(left) : std::min(wait, static_cast<int>(left));
        }
    }
    return wait;
}

void ScriptedReceiver::poll()
{
    std::vector<pollfd> fds{{m_listener, POLLIN, 0}, {m_wake, POLLIN, 0}};
    auto now = std::chrono::steady_clock::now();
    for (const auto &connection : m_connections) {
        const bool write = connection->wantsToWrite(now);
        fds.push_back({connection->fd(), static_cast<short>(write ? POLLIN | POLLOUT : POLLIN), 0});
    }
    ::poll(fds.data(), fds.size(), millisecondsToWait());
    now = std::chrono::steady_clock::now();
    for (std::size_t i = 0; i < m_connections.size(); ++i) {
        Connection &connection = *m_connections[i];
        if (fds[i + 2].revents & (POLLIN | POLLHUP | POLLERR)) {
            connection.onReadable();
        }
        if (connection.isOpen() && connection.wantsToWrite(now)) {
            connection.onWritable(now);
        }
    }
    if (fds[0].revents & POLLIN) {
        acceptAll();
    }
    if (fds[1].revents & POLLIN) {
        quint64 ignored = 0;
        [[maybe_unused]] const ssize_t got = ::read(m_wake, &ignored, sizeof ignored);
    }
}

// With the mutex held.
void ScriptedReceiver::closeSome()
{
    const auto isIdle = [](const auto &connection) { return connection->isIdle(); };
    const bool wasWaitedFor = m_closeIdle || m_endIdle;
    if (std::exchange(m_closeIdle, false)) {
        std::erase_if(m_connections, isIdle);
    }
    std::erase_if(m_connections, [](const auto &connection) { return !connection->isOpen(); });
    if (m_endIdle) {
        for (const auto &connection : m_connections) {
            if (connection->isIdle()) {
                connection->end();
            }
        }
        m_endIdle = std::any_of(m_connections.begin(), m_connections.end(), isIdle);
    }
    m_open = static_cast<int>(m_connections.size());
    if (wasWaitedFor) {
        m_changed.notify_all();
    }
}

void ScriptedReceiver::run()
{
    for (;;) {
        {
            const std::lock_guard lock(m_mutex);
            if (m_stop) {
                m_connections.clear();
                return;
            }
            closeSome();
        }
        poll();
    }
}

} // namespace courier::test
