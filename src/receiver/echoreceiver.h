// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "domain/destination.h"
#include "domain/error.h"

#include <QList>
#include <QObject>
#include <QUrl>

#include <chrono>
#include <memory>

namespace courier {

class HttpServer;
class HttpResponder;
struct HttpRequest;

/// One request that the built-in receiver got, and what it answered.
struct ReceivedRequest
{
    qint64 at = 0; ///< ms since 1970 UTC
    QByteArray method;
    QByteArray target;
    QList<Header> headers;
    QByteArray body;
    int status = 0; ///< what was (or will be) answered; 0: nothing
};

/// The built-in receiver, to try a destination with: listens on this computer only, keeps what it gets (the last 200
/// requests), and answers as it is told to. Lives on the main thread.
class EchoReceiver : public QObject
{
    Q_OBJECT

public:
    enum class Answer { Ok200, Unauthorized401, ServerError500, Slow, Silent };
    Q_ENUM(Answer)

    explicit EchoReceiver(QObject *parent = nullptr);
    ~EchoReceiver() override;

    /// Listens on \a preferredPort where that is free, else on any; gives its address. Does nothing where it listens.
    Result<QUrl> start(int preferredPort = 0);
    void stop();
    bool isRunning() const { return m_server != nullptr; }
    QUrl url() const { return m_url; } ///< also after it was stopped

    Answer answer() const { return m_answer; }
    /// For requests from now on.
    void setAnswer(Answer answer);
    /// How long Slow takes; 5 s at first.
    void setSlowness(std::chrono::milliseconds slowness) { m_slowness = slowness; }

    const QList<ReceivedRequest> &requests() const { return m_requests; } ///< the oldest first
    void clear();

Q_SIGNALS:
    void started(const QUrl &url);
    void stopped();
    void answerChanged(courier::EchoReceiver::Answer answer);
    void received(const courier::ReceivedRequest &request);
    void cleared();

private:
    void take(const HttpRequest &request, const HttpResponder &responder);
    void keep(const ReceivedRequest &request);

    std::unique_ptr<HttpServer> m_server;
    QUrl m_url;
    Answer m_answer = Answer::Ok200;
    std::chrono::milliseconds m_slowness{5000};
    QList<ReceivedRequest> m_requests;
    qsizetype m_keptBytes = 0;
};

} // namespace courier
