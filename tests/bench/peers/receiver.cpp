// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

// The receiver that all senders of the benches are measured against: one thread, epoll, HTTP/1.1 kept alive, answers
// each POST with 200 as soon as its body is there. Costs about 10 us a request, so that the sender is the limit.
//
//     receiver [--ports N] [--header-bytes N]
//
// Prints the first of its ports (the others follow it) and serves until it is ended. GET /stats tells as JSON how many
// requests came, how many different webhook-ids, and when the first and the last came (CLOCK_MONOTONIC, microseconds).

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <strings.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <ctime>
#include <memory>
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

std::string answer(const std::string &headers, const std::string &body)
{
    return "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: " + std::to_string(body.size()) + "\r\n" +
           headers + "\r\n" + body;
}

class Receiver
{
public:
    explicit Receiver(std::size_t headerBytes)
        : m_epoll(epoll_create1(EPOLL_CLOEXEC))
    {
        std::string headers;
        while (headers.size() < headerBytes) {
            headers += "X-Padding-" + std::to_string(headers.size()) + ": " + std::string(40, 'x') + "\r\n";
        }
        m_accepted = answer(headers, "success");
    }

    // Ports in a row; 0 where there is no such row. Tries until one is free.
    int listenOn(int count)
    {
        for (int tries = 0; tries < 100; ++tries) {
            int first = 0;
            int number = 0;
            for (; number < count; ++number) {
                const int port = listenOnOne(number == 0 ? 0 : first + number);
                if (port == 0) {
                    break;
                }
                first = number == 0 ? port : first;
            }
            if (number == count) {
                return first;
            }
        }
        return 0;
    }

    [[noreturn]] void serve()
    {
        std::array<epoll_event, 256> events{};
        for (;;) {
            const int count = epoll_wait(m_epoll, events.data(), events.size(), -1);
            for (int i = 0; i < count; ++i) {
                const int fd = events[static_cast<std::size_t>(i)].data.fd;
                m_listening.contains(fd) ? acceptAll(fd) : readFrom(fd);
            }
        }
    }

private:
    int listenOnOne(int port)
    {
        const int fd = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_port = htons(static_cast<uint16_t>(port));
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        socklen_t size = sizeof address;
        if (bind(fd, reinterpret_cast<sockaddr *>(&address), size) != 0 || listen(fd, 4096) != 0 ||
            getsockname(fd, reinterpret_cast<sockaddr *>(&address), &size) != 0) {
            close(fd);
            return 0;
        }
        m_listening.insert(fd);
        watch(fd);
        return ntohs(address.sin_port);
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
            out += handle(request);
            buffer.erase(0, request.size);
        }
        if (!out.empty() && write(fd, out.data(), out.size()) < 0) {
            drop(fd);
        }
    }

    std::string handle(const Request &request)
    {
        if (request.asksForStats) {
            return answer({}, "{\"requests\":" + std::to_string(m_stats.requests) + ",\"ids\":" +
                                  std::to_string(m_stats.ids.size()) + ",\"first\":" + std::to_string(m_stats.firstUs) +
                                  ",\"last\":" + std::to_string(m_stats.lastUs) + "}\n");
        }
        m_stats.lastUs = nowUs();
        m_stats.firstUs = m_stats.requests++ == 0 ? m_stats.lastUs : m_stats.firstUs;
        if (!request.id.empty()) {
            m_stats.ids.emplace(request.id);
        }
        return m_accepted;
    }

    void drop(int fd)
    {
        close(fd);
        m_buffers.erase(fd);
    }

    int m_epoll;
    std::string m_accepted;
    std::unordered_set<int> m_listening;
    std::unordered_map<int, std::string> m_buffers; ///< by connection: what isn't a whole request yet
    Stats m_stats;
};

} // namespace

int main(int argc, char **argv)
{
    std::signal(SIGPIPE, SIG_IGN);
    int ports = 1;
    std::size_t headerBytes = 0;
    for (int i = 1; i + 1 < argc; i += 2) {
        if (std::strcmp(argv[i], "--ports") == 0) {
            ports = std::atoi(argv[i + 1]);
        } else if (std::strcmp(argv[i], "--header-bytes") == 0) {
            headerBytes = std::strtoul(argv[i + 1], nullptr, 10);
        }
    }
    Receiver receiver(headerBytes);
    const int port = receiver.listenOn(ports);
    if (port == 0) {
        std::perror("receiver: no free ports");
        return 1;
    }
    std::printf("%d\n", port);
    std::fflush(stdout);
    receiver.serve();
}
