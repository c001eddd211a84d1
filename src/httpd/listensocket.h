// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "domain/error.h"

#include <QtGlobal>

namespace courier {

/// A listening TCP socket, closed on destruction unless it was released. Movable; no thread of its own.
class ListenSocket
{
public:
    /// \a address is a numeric IPv4 or IPv6 address; \a port 0 takes a free one. Invalid where the address is none,
    /// Busy where the port is taken, ReadOnly where this user may not have it, else Io.
    static Result<ListenSocket> open(const QString &address, quint16 port);

    ListenSocket(ListenSocket &&other) noexcept;
    ListenSocket &operator=(ListenSocket &&other) = delete;
    ListenSocket(const ListenSocket &) = delete;
    ListenSocket &operator=(const ListenSocket &) = delete;
    ~ListenSocket();

    quint16 port() const { return m_port; }
    int fd() const { return m_fd; }
    int release(); ///< the caller closes it from now on

private:
    ListenSocket(int fd, quint16 port);

    int m_fd;
    quint16 m_port;
};

} // namespace courier
