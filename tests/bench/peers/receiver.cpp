// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

// The receiver that all senders of the benches are measured against: one thread, epoll, HTTP/1.1 kept alive, answers
// each POST with 200 as soon as its body is there. Costs about 10 us a request, so that the sender is the limit.
//
//     receiver [--ports N] [--header-bytes N] [--dead-port N] [--slow-port N] [--limit-port N] [--second N]
//
// Prints the first of its ports (the others follow it) and serves until it is ended. The head of what it accepts with,
// from the status line to the empty line, is as many bytes long as asked, 64 at least. Of its ports, the dead-th (0 is
// the first) takes requests and never answers, the slow-th answers after 5 s, the limit-th answers 429 with Retry-After
// to what goes beyond ten a second; these seconds are as many of the clock's as asked. GET /stats tells as JSON how
// many requests came, how many different webhook-ids, when the first and the last came (CLOCK_MONOTONIC, microseconds),
// and of each port: requests, refusals, how many came while it was asked to be left in peace, the most there were in a
// second, and the most at once.

#include "port.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <strings.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <ctime>
#include <deque>
#include <map>
#include <memory>
#include <random>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

namespace {

long long nowUs()
{
    timespec now{};
    clock_gettime(CLOCK_MONOTONIC, &now);
    return now.tv_sec * 1'000'000LL + now.tv_nsec / 1000;
}

struct Stats
{
    long long requests = 0;
    long long firstUs = 0;
    long long lastUs = 0;
    std::unordered_set<std::string> ids;
};

struct Late
{
    long long atUs;
    int fd;
    Port *port;
};

struct Request
{
    std::size_t size = 0; ///< headers and body
    bool asksForStats = false;
    std::string_view id;
};

std::string_view valueOf(std::string_view line, std::string_view name)
{
    if (line.size() <= name.size() || line[name.size()] != ':' ||
        strncasecmp(line.data(), name.data(), name.size()) != 0) {
        return {};
    }
    line.remove_prefix(name.size() + 1);
    while (!line.empty() && line.front() == ' ') {
        line.remove_prefix(1);
    }
    return line;
}

// False while the request isn't there yet.
bool parse(std::string_view text, Request &request)
{
    const std::size_t head = text.find("\r\n\r\n");
    if (head == std::string_view::npos) {
        return false;
    }
    std::size_t body = 0;
    for (std::size_t at = 0; at < head;) {
        const std::size_t end = text.find("\r\n", at);
        const std::string_view line = text.substr(at, end - at);
        if (const std::string_view length = valueOf(line, "content-length"); !length.empty()) {
            body = std::strtoul(std::string(length).c_str(), nullptr, 10);
        } else if (const std::string_view id = valueOf(line, "webhook-id"); !id.empty()) {
            request.id = id;
        }
        at = end + 2;
    }
    request.asksForStats = text.substr(0, 11) == "GET /stats ";
    request.size = head + 4 + body;
    return text.size() >= request.size;
}

std::string answer(const std::string &headers, const std::string &body, const char *status = "200 OK")
{
    return std::string("HTTP/1.1 ") + status +
           "\r\nContent-Type: text/plain\r\nContent-Length: " + std::to_string(body.size()) + "\r\n" + headers +
           "\r\n" + body;
}

/// Header lines of so many bytes together, each about as long as those of real servers; none where there is no room.
std::string padding(std::size_t bytes)
{
    constexpr std::size_t usual = 56;
    constexpr std::size_t shortest = 24;
    std::string lines;
    while (bytes - lines.size() >= shortest) {
        const std::size_t left = bytes - lines.size();
        const std::size_t length = left < usual + shortest ? left : usual;
        const std::string start = "X-Padding-" + std::to_string(lines.size()) + ": ";
        lines += start;
        lines.append(length - start.size() - 2, 'x');
        lines += "\r\n";
    }
    return lines;
}

std::string refusal()
{
    const std::string wait = std::to_string(secondUs / clockSecondUs);
    return answer("Retry-After: " + wait + "\r\n", "too many", "429 Too Many Requests");
}

class Receiver
{
public:
    explicit Receiver(std::size_t headerBytes)
        : m_epoll(epoll_create1(EPOLL_CLOEXEC))
    {
        const std::string body = "success";
        const std::size_t least = answer({}, body).size() - body.size();
        m_accepted = answer(padding(std::max(headerBytes, least) - least), body);
    }

    void setManner(int port, Manner manner)
    {
        if (port >= 0) {
            m_manners[port] = manner;
        }
    }

    // Ports in a row; 0 where there is no such row. Tries until one is free, below those that are given to clients
    // (Linux has them from 32768 on): of these, thousands are in use for another minute after a bench has connected so
    // often.
    int listenOn(int count)
    {
        std::random_device random;
        std::uniform_int_distribution<int> any(10'000, 30'000);
        for (int tries = 0; tries < 100; ++tries) {
            const int first = any(random);
            int number = 0;
            while (number < count && listenOnOne(first + number, number)) {
                ++number;
            }
            if (number == count) {
                return first;
            }
            stopListening();
        }
        return 0;
    }

    [[noreturn]] void serve()
    {
        std::array<epoll_event, 256> events{};
        for (;;) {
            const int count = epoll_wait(m_epoll, events.data(), events.size(), msToWait());
            answerLate();
            for (int i = 0; i < count; ++i) {
                const int fd = events[static_cast<std::size_t>(i)].data.fd;
                m_listening.contains(fd) ? acceptAll(fd) : readFrom(fd);
            }
        }
    }

private:
    int msToWait() const
    {
        return m_late.empty() ? -1 : static_cast<int>(std::max(0LL, (m_late.front().atUs - nowUs() + 999) / 1000));
    }

    // In the order they came: all wait equally long.
    void answerLate()
    {
        while (!m_late.empty() && m_late.front().atUs <= nowUs()) {
            const Late late = m_late.front();
            m_late.pop_front();
            --late.port->open;
            if (late.fd >= 0 && write(late.fd, m_accepted.data(), m_accepted.size()) < 0) {
                drop(late.fd);
            }
        }
    }

    void stopListening()
    {
        for (const int fd : m_listening) {
            m_portOf.erase(fd);
            close(fd);
        }
        m_listening.clear();
    }

    bool listenOnOne(int port, int number)
    {
        const int fd = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_port = htons(static_cast<uint16_t>(port));
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        if (bind(fd, reinterpret_cast<sockaddr *>(&address), sizeof address) != 0 || listen(fd, 4096) != 0) {
            close(fd);
            return false;
        }
        m_listening.insert(fd);
        Port &one = m_ports[number];
        one = {};
        one.manner = m_manners.contains(number) ? m_manners[number] : Manner::Well;
        m_portOf[fd] = &one;
        watch(fd);
        return true;
    }

    void watch(int fd) const
    {
        epoll_event event{};
        event.events = EPOLLIN;
        event.data.fd = fd;
        epoll_ctl(m_epoll, EPOLL_CTL_ADD, fd, &event);
    }

    void acceptAll(int listening)
    {
        for (;;) {
            const int fd = accept4(listening, nullptr, nullptr, SOCK_NONBLOCK | SOCK_CLOEXEC);
            if (fd < 0) {
                return;
            }
            const int yes = 1;
            setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes);
            m_buffers[fd];
            m_portOf[fd] = m_portOf[listening];
            watch(fd);
        }
    }

    void readFrom(int fd)
    {
        static std::array<char, 65536> chunk;
        const ssize_t size = read(fd, chunk.data(), chunk.size());
        if (size < 0 && errno == EAGAIN) {
            return;
        }
        if (size <= 0) {
            drop(fd);
            return;
        }
        std::string &buffer = m_buffers[fd];
        buffer.append(chunk.data(), static_cast<std::size_t>(size));
        std::string out;
        for (Request request; parse(buffer, request); request = {}) {
            out += handle(request, fd);
            buffer.erase(0, request.size);
        }
        if (!out.empty() && write(fd, out.data(), out.size()) < 0) {
            drop(fd);
        }
    }

    std::string handle(const Request &request, int fd)
    {
        if (request.asksForStats) {
            return answer({}, stats());
        }
        m_stats.lastUs = nowUs();
        m_stats.firstUs = m_stats.requests++ == 0 ? m_stats.lastUs : m_stats.firstUs;
        if (!request.id.empty()) {
            m_stats.ids.emplace(request.id);
        }
        Port &port = *m_portOf[fd];
        port.note(m_stats.lastUs);
        return port.manner == Manner::Well ? m_accepted : answerOf(port, fd, m_stats.lastUs);
    }

    // Nothing where the answer comes later or never.
    std::string answerOf(Port &port, int fd, long long now)
    {
        if (port.manner == Manner::Limiting) {
            return port.takes(now) ? m_accepted : refusal();
        }
        port.mostOpen = std::max(port.mostOpen, ++port.open);
        if (port.manner == Manner::Slow) {
            m_late.push_back({now + slowSeconds * secondUs, fd, &port});
        }
        return {};
    }

    std::string stats() const
    {
        std::string text = "{\"requests\":" + std::to_string(m_stats.requests) +
                           ",\"ids\":" + std::to_string(m_stats.ids.size()) +
                           ",\"first\":" + std::to_string(m_stats.firstUs) +
                           ",\"last\":" + std::to_string(m_stats.lastUs) + ",\"ports\":[";
        for (const auto &[number, port] : m_ports) {
            text += number == 0 ? "" : ",";
            text += port.asJson();
        }
        return text + "]}\n";
    }

    void drop(int fd)
    {
        for (Late &late : m_late) {
            late.fd = late.fd == fd ? -1 : late.fd;
        }
        if (Port *port = m_portOf[fd]; port != nullptr && port->manner == Manner::Dead && port->open > 0) {
            --port->open; // given up
        }
        close(fd);
        m_buffers.erase(fd);
        m_portOf.erase(fd);
    }

    int m_epoll;
    std::string m_accepted;
    std::unordered_set<int> m_listening;
    std::unordered_map<int, std::string> m_buffers; ///< by connection: what isn't a whole request yet
    std::map<int, Manner> m_manners;
    std::map<int, Port> m_ports;              ///< by their place in the row
    std::unordered_map<int, Port *> m_portOf; ///< by socket, of those that listen and of those that were accepted
    std::deque<Late> m_late;
    Stats m_stats;
};

} // namespace

int main(int argc, char **argv)
{
    std::signal(SIGPIPE, SIG_IGN);
    std::map<std::string_view, int> options{{"--ports", 1},      {"--header-bytes", 0}, {"--dead-port", -1},
                                            {"--slow-port", -1}, {"--limit-port", -1},  {"--second", 1}};
    for (int i = 1; i + 1 < argc; i += 2) {
        options[argv[i]] = std::atoi(argv[i + 1]);
    }
    secondUs = options["--second"] * clockSecondUs;
    Receiver receiver(static_cast<std::size_t>(options["--header-bytes"]));
    receiver.setManner(options["--dead-port"], Manner::Dead);
    receiver.setManner(options["--slow-port"], Manner::Slow);
    receiver.setManner(options["--limit-port"], Manner::Limiting);
    const int port = receiver.listenOn(options["--ports"]);
    if (port == 0) {
        std::perror("receiver: no free ports");
        return 1;
    }
    std::printf("%d\n", port);
    std::fflush(stdout);
    receiver.serve();
}
