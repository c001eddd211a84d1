// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "support/connection.h"
#include "support/httpmessages.h"

#include <QList>
#include <QString>

#include <chrono>
#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <thread>
#include <vector>

namespace courier::test {

/// A receiver that answers by script, well or badly, over bare sockets: no HTTP library of ours or Qt's has a say in
/// what goes over the wire. Listens on 127.0.0.1 from its constructor to its destructor, on a thread of its own. All
/// its functions are thread-safe.
class ScriptedReceiver
{
public:
    /// Called on the receiver's thread for each request, with its number over all connections (1 is the first).
    using Script = std::function<Answer(const Request &request, int nth)>;

    /// On \a port, or on a free one. Aborts the test program where the port is taken.
    explicit ScriptedReceiver(Script script = {}, quint16 port = 0);
    /// The same answer to all.
    explicit ScriptedReceiver(const Answer &answer, quint16 port = 0);
    ScriptedReceiver(const ScriptedReceiver &) = delete;
    ScriptedReceiver &operator=(const ScriptedReceiver &) = delete;
    ~ScriptedReceiver();

    quint16 port() const { return m_port; }
    /// "http://127.0.0.1:PORT" and the path.
    QString url(const QString &path = QStringLiteral("/hook")) const;
    void setScript(Script script);
    void setAnswer(const Answer &answer);

    QList<Request> requests() const;
    int requestCount() const;
    /// Keeps no more than the number of requests, for long runs.
    void setRecording(bool on);
    /// Blocks the caller until \a count requests came in all; false when they didn't in time.
    bool waitForRequests(int count, std::chrono::milliseconds timeout = std::chrono::seconds(5)) const;

    int connectionCount() const; ///< accepted in all
    int openConnections() const; ///< open now
    /// Closes the connections that wait for a next request at once, and returns when it is done: a request may be on
    /// its way over them.
    void closeIdleConnections();
    /// Ends them as a tidy server does, and returns when the other side has noticed and closed too.
    void endIdleConnections();

    /// A port of 127.0.0.1 that nothing listens on.
    static quint16 freePort();

private:
    void run();
    void closeSome();
    void acceptAll();
    void poll();
    Answer record(Request &request);
    void wakeUp() const;
    int millisecondsToWait() const;

    int m_listener = -1;
    int m_wake = -1;
    quint16 m_port = 0;
    std::vector<std::unique_ptr<Connection>> m_connections; ///< of the thread alone

    mutable std::mutex m_mutex; ///< guards all below
    mutable std::condition_variable m_changed;
    Script m_script;
    QList<Request> m_requests;
    int m_count = 0;
    bool m_recording = true;
    int m_accepted = 0;
    int m_open = 0;
    bool m_closeIdle = false;
    bool m_endIdle = false;
    bool m_stop = false;

    std::thread m_thread; ///< the last, so that all else is there when it starts
};

} // namespace courier::test
