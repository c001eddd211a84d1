// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#include "httpd/connectiontable.h"

#include <algorithm>
#include <tuple>

#include <sys/socket.h>

namespace courier {

ClientConnection &ConnectionTable::add(MHD_Connection *handle, int fd)
{
    ClientConnection &connection = m_connections[handle];
    connection.fd = fd;
    return connection;
}

void ConnectionTable::enter(ClientConnection &connection, ConnectionPhase phase, TimePoint deadline)
{
    connection.phase = phase;
    connection.since = std::chrono::steady_clock::now();
    connection.deadline = deadline;
    m_nextDeadline = std::min(m_nextDeadline, deadline);
}

void ConnectionTable::cut(ClientConnection &connection)
{
    ::shutdown(connection.fd, SHUT_RDWR);
    enter(connection, ConnectionPhase::Closing, TimePoint::max());
}

std::vector<MHD_Connection *> ConnectionTable::due(TimePoint now)
{
    std::vector<MHD_Connection *> result;
    if (now < m_nextDeadline) {
        return result;
    }
    m_nextDeadline = TimePoint::max();
    for (const auto &[handle, connection] : m_connections) {
        if (connection.deadline <= now) {
            result.push_back(handle);
        } else {
            m_nextDeadline = std::min(m_nextDeadline, connection.deadline);
        }
    }
    return result;
}

void ConnectionTable::makeRoom(int limit, ClientConnection &newcomer)
{
    for (int surplus = openCount() - limit; surplus > 0; --surplus) {
        ClientConnection *awaited = longestAwaited(newcomer);
        cut(awaited ? *awaited : newcomer);
    }
}

int ConnectionTable::openCount() const
{
    return static_cast<int>(std::count_if(m_connections.cbegin(), m_connections.cend(), [](const auto &entry) {
        return entry.second.phase != ConnectionPhase::Closing;
    }));
}

ClientConnection *ConnectionTable::longestAwaited(const ClientConnection &except)
{
    const auto rank = [](const ClientConnection &connection) {
        return std::tuple(connection.served, connection.served && connection.phase != ConnectionPhase::Idle,
                          connection.since);
    };
    ClientConnection *result = nullptr;
    for (auto &[handle, connection] : m_connections) {
        const bool isAwaited = connection.phase == ConnectionPhase::Idle ||
                               connection.phase == ConnectionPhase::Headers ||
                               connection.phase == ConnectionPhase::Body;
        if (isAwaited && &connection != &except && (!result || rank(connection) < rank(*result))) {
            result = &connection;
        }
    }
    return result;
}

} // namespace courier
