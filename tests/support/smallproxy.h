// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QByteArray>
#include <QHash>
#include <QList>

#include <atomic>
#include <mutex>
#include <thread>
#include <vector>

namespace courier::test {

/// A small proxy that really passes on: HTTP (forwarding, and CONNECT) or SOCKS5, with or without a login, over bare
/// sockets. It knows names that nobody else does. On 127.0.0.1, with a thread for each connection; all its functions
/// are thread-safe.
class SmallProxy
{
public:
    enum class Kind { Http, Socks5 };
    struct Options
    {
        QByteArray user; ///< empty: anybody may use it
        QByteArray password;
        QByteArray refusal;   ///< of HTTP: this status line in answer to everything
        bool hangsUp = false; ///< closes each connection at once
    };

    explicit SmallProxy(Kind kind, Options options);
    explicit SmallProxy(Kind kind);
    SmallProxy(const SmallProxy &) = delete;
    SmallProxy &operator=(const SmallProxy &) = delete;
    ~SmallProxy();

    quint16 port() const { return m_port; }
    /// Leads "host:port" to a port of 127.0.0.1.
    void addName(const QByteArray &hostAndPort, quint16 port);

    QList<QByteArray>
    asked() const; ///< "CONNECT host:port", "POST http://host/path", "SOCKS host:port", in their order
    int connectionCount() const;

private:
    void run();
    void serve(int client);
    int serveHttp(int client);
    int serveSocks(int client);
    bool loginSocks(int client);
    int connectTo(const QByteArray &hostAndPort);
    void note(const QByteArray &asked);

    Kind m_kind;
    Options m_options;
    int m_listener = -1;
    quint16 m_port = 0;
    std::atomic_bool m_stop{false};

    mutable std::mutex m_mutex; ///< guards all below
    QHash<QByteArray, quint16> m_names;
    QList<QByteArray> m_asked;
    std::vector<std::thread> m_connections;

    std::thread m_thread; ///< the last, so that all else is there when it starts
};

} // namespace courier::test
