// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "httpd/httpmessage.h"

#include <atomic>
#include <memory>
#include <mutex>
#include <optional>
#include <vector>

namespace courier {

/// What became of a request that was handed to the handler: its answer, or nothing where it will never get one.
struct Answer
{
    quint64 requestId = 0;
    std::optional<HttpResponse> response;
};

/// Where answers wait for the server's thread, which sleeps on wakeFd(). Thread-safe; shared by the server and every
/// Responder, so that it outlives both.
class AnswerBox
{
public:
    AnswerBox();
    ~AnswerBox();
    Q_DISABLE_COPY_MOVE(AnswerBox)

    bool isValid() const { return m_wakeFd >= 0; } ///< false when the process has no descriptor left
    int wakeFd() const { return m_wakeFd; }        ///< readable while there is something to look at
    void wake() const;                             ///< makes it readable
    void post(Answer answer);                      ///< does nothing once closed
    std::vector<Answer> takeAll();                 ///< and makes wakeFd() quiet again
    std::optional<Answer> take(quint64 requestId); ///< only that one, where it is there
    void close();                                  ///< forgets what waits, and takes nothing more

private:
    std::mutex m_mutex;
    std::vector<Answer> m_answers; ///< guarded by m_mutex
    bool m_closed = false;         ///< guarded by m_mutex
    const int m_wakeFd;
};

/// The right to answer one request once; gone unused, it says that no answer will come. Thread-safe.
class AnswerTicket
{
public:
    AnswerTicket(std::shared_ptr<AnswerBox> box, quint64 requestId);
    ~AnswerTicket();
    Q_DISABLE_COPY_MOVE(AnswerTicket)

    void answer(HttpResponse response);

private:
    const std::shared_ptr<AnswerBox> m_box;
    const quint64 m_requestId;
    std::atomic_flag m_used;
};

} // namespace courier
