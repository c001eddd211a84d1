// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "httpd/httpmessage.h"

#include <memory>

namespace courier {

class AnswerTicket;

/// Answers one request, now or later, from any thread. A handle: copies stand for the same request, and the first
/// answer counts. When the last copy goes unanswered, the connection is closed. It may outlive the server; answering
/// then does nothing.
class Responder
{
public:
    explicit Responder(std::shared_ptr<AnswerTicket> ticket);

    void answer(HttpResponse response) const;

private:
    std::shared_ptr<AnswerTicket> m_ticket;
};

} // namespace courier
