// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QString>

namespace courier {

/// Where the socket of a data directory stands: in the user's runtime directory where there is one, else in the data
/// directory itself. Its path always fits the 107 bytes a socket's path may have: a longer directory is reached through
/// an open descriptor, so the path holds only in this process, and only as long as this object lives.
class SocketPath
{
public:
    /// \a dataDirectory is canonical: it names the socket.
    explicit SocketPath(const QString &dataDirectory);
    ~SocketPath();
    SocketPath(const SocketPath &) = delete;
    SocketPath &operator=(const SocketPath &) = delete;

    const QString &path() const { return m_path; }

private:
    void shorten(const QString &directory, const QString &name);

    QString m_path;
    int m_directory = -1;
};

} // namespace courier
