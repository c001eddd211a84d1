// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#include "httpd/responder.h"

#include "httpd/answerbox.h"

#include <utility>

namespace courier {

Responder::Responder(std::shared_ptr<AnswerTicket> ticket)
    : m_ticket(std::move(ticket))
{
}

void Responder::answer(HttpResponse response) const
{
    m_ticket->answer(std::move(response));
}

} // namespace courier
