// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "domain/error.h"
#include "receiver/echoanswerer.h"
#include "receiver/receivedrequest.h"

#include <QObject>
#include <QUrl>

#include <chrono>
#include <memory>

namespace courier {

class HttpServer;

/// The built-in receiver, to try a destination with: listens on this computer only, keeps the latest of what it gets
/// (200 requests, 8 MiB), and answers as it is told to. Lives on the main thread.
class EchoReceiver : public QObject
{
    Q_OBJECT

public:
    using Answer = EchoAnswer;

    explicit EchoReceiver(QObject *parent = nullptr);
    ~EchoReceiver() override;

    /// Listens on \a preferredPort where that is free, else on any; gives its address. Does nothing where it listens.
    Result<QUrl> start(int preferredPort = 0);
    /// Closes every connection, answered or not.
    void stop();
    bool isRunning() const { return m_server != nullptr; }
    QUrl url() const { return m_url; } ///< also after it was stopped

    Answer answer() const { return m_answerer.answer(); }
    /// For requests from now on.
    void setAnswer(Answer answer);
    /// How long Slow takes; 5 s at first.
    void setSlowness(std::chrono::milliseconds slowness) { m_slowness = slowness; }

    const QList<ReceivedRequest> &requests() const { return m_requests.all(); } ///< the oldest first
    void clear();

Q_SIGNALS:
    void started(const QUrl &url);
    void stopped();
    void answerChanged(courier::EchoAnswer answer);
    /// Soon after it came. Of a flood that this thread can't follow, only the latest are told.
    void received(const courier::ReceivedRequest &request);
    void cleared();

private:
    void takeNew();

    EchoAnswerer m_answerer;
    std::unique_ptr<HttpServer> m_server; ///< whose thread uses m_answerer
    QUrl m_url;
    std::chrono::milliseconds m_slowness{5000};
    ReceivedList m_requests;
};

} // namespace courier
