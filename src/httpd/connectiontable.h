// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "httpd/exchange.h"

#include <chrono>
#include <memory>
#include <unordered_map>
#include <vector>

struct MHD_Connection;

namespace courier {

/// What a connection is waiting for.
enum class ConnectionPhase {
    Idle,    ///< the first line of a request
    Headers, ///< the rest of the head
    Body,
    Answer, ///< of the handler
    Sending,
    Closing ///< shut down; libmicrohttpd has yet to notice
};

/// One connected client. Server's thread only.
struct ClientConnection
{
    using TimePoint = std::chrono::steady_clock::time_point;

    int fd = -1;
    ConnectionPhase phase = ConnectionPhase::Idle;
    TimePoint since;                       ///< when the phase began
    TimePoint deadline = TimePoint::max(); ///< of the phase
    bool served = false;                   ///< it had a request answered before
    std::unique_ptr<Exchange> exchange;    ///< from the first line of a request to the end of its answer
};

/// The connected clients and their deadlines. Server's thread only.
class ConnectionTable
{
public:
    using TimePoint = ClientConnection::TimePoint;

    ClientConnection &add(MHD_Connection *handle, int fd);
    ClientConnection &of(MHD_Connection *handle) { return m_connections.at(handle); }
    void remove(MHD_Connection *handle) { m_connections.erase(handle); }

    void enter(ClientConnection &connection, ConnectionPhase phase, TimePoint deadline);
    /// Shuts the socket down, which makes libmicrohttpd close it.
    void cut(ClientConnection &connection);

    /// Those whose deadline has passed. Each needs a new phase or deadline then.
    std::vector<MHD_Connection *> due(TimePoint now);
    /// When to call due() again; may be early, never late.
    TimePoint nextDeadline() const { return m_nextDeadline; }

    /// Cuts connections whose client is awaited, the one that keeps waiting longest first, until there are at most
    /// \a limit: those that never had a request answered, then those between two requests, then those that are sending
    /// one. Where none is awaited, \a newcomer itself.
    void makeRoom(int limit, ClientConnection &newcomer);

private:
    int openCount() const;
    ClientConnection *longestAwaited(const ClientConnection &except);

    std::unordered_map<MHD_Connection *, ClientConnection> m_connections;
    TimePoint m_nextDeadline = TimePoint::max();
};

} // namespace courier
