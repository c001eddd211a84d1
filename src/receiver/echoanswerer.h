// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "httpd/httpmessage.h"
#include "httpd/responder.h"
#include "receiver/receivedrequest.h"

#include <QObject>

#include <deque>
#include <functional>
#include <mutex>
#include <vector>

namespace courier {

/// What the built-in receiver does with a request.
enum class EchoAnswer { Ok200, Unauthorized401, ServerError500, Slow, Silent };

/// Answers at once on the server's own thread, so that a busy window doesn't slow down what is being tried, and notes
/// what came for the main thread to fetch in one go. Thread-safe.
class EchoAnswerer
{
public:
    /// \a notify is called, on the server's thread, when there is something to fetch after there was nothing.
    explicit EchoAnswerer(std::function<void()> notify);

    EchoAnswer answer() const;
    void setAnswer(EchoAnswer answer);

    void handle(const HttpRequest &request, const Responder &responder);

    struct Fresh
    {
        QList<ReceivedRequest> requests; ///< the oldest first
        std::vector<Responder> slow;     ///< to be answered with okResponse(), later
    };
    Fresh fetch();
    /// Gives up those that were to stay without an answer.
    void forgetSilent();

    static HttpResponse okResponse();

private:
    mutable std::mutex m_mutex; ///< guards all below
    EchoAnswer m_answer = EchoAnswer::Ok200;
    ReceivedList m_requests;
    std::vector<Responder> m_slow;
    std::deque<Responder> m_silent;
    bool m_notified = false;
    const std::function<void()> m_notify;
};

} // namespace courier
