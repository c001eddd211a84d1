// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#include "httpd/answerbox.h"

#include <algorithm>
#include <utility>

#include <sys/eventfd.h>
#include <unistd.h>

namespace courier {

AnswerBox::AnswerBox()
    : m_wakeFd(eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK))
{
}

AnswerBox::~AnswerBox()
{
    if (m_wakeFd >= 0) {
        ::close(m_wakeFd);
    }
}

void AnswerBox::wake() const
{
    // It can only fail when the counter is about to overflow, and then it is readable anyway.
    [[maybe_unused]] const int ignored = eventfd_write(m_wakeFd, 1);
}

void AnswerBox::post(Answer answer)
{
    {
        const std::lock_guard lock(m_mutex);
        if (m_closed) {
            return;
        }
        m_answers.push_back(std::move(answer));
        if (m_answers.size() > 1) {
            return; // whoever posted the first one has woken the server
        }
    }
    wake();
}

std::vector<Answer> AnswerBox::takeAll()
{
    eventfd_t counter = 0;
    [[maybe_unused]] const int ignored = eventfd_read(m_wakeFd, &counter);
    const std::lock_guard lock(m_mutex);
    return std::exchange(m_answers, {});
}

std::optional<Answer> AnswerBox::take(quint64 requestId)
{
    const std::lock_guard lock(m_mutex);
    // From the back: who asks, asks for one just posted.
    const auto found = std::find_if(m_answers.rbegin(), m_answers.rend(),
                                    [requestId](const Answer &answer) { return answer.requestId == requestId; });
    if (found == m_answers.rend()) {
        return std::nullopt;
    }
    std::optional<Answer> answer(std::in_place);
    std::swap(*answer, *found);
    m_answers.erase(std::next(found).base());
    return answer;
}

void AnswerBox::close()
{
    std::vector<Answer> forgotten;
    const std::lock_guard lock(m_mutex);
    m_closed = true;
    forgotten.swap(m_answers);
}

AnswerTicket::AnswerTicket(std::shared_ptr<AnswerBox> box, quint64 requestId)
    : m_box(std::move(box))
    , m_requestId(requestId)
{
}

AnswerTicket::~AnswerTicket()
{
    if (!m_used.test_and_set()) {
        m_box->post({m_requestId, std::nullopt});
    }
}

void AnswerTicket::answer(HttpResponse response)
{
    if (!m_used.test_and_set()) {
        m_box->post({m_requestId, std::move(response)});
    }
}

} // namespace courier
