// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#include "desk/struggle.h"

#include <algorithm>

namespace courier {
namespace {

constexpr qint64 second = 1'000'000;
constexpr qint64 firstBackOff = second;
constexpr qint64 longestBackOff = 30 * second;
constexpr qint64 toldFrom = 2 * second; ///< a wait that a receiver asks for is told from here on
constexpr int wellFrom = 20;            ///< good answers in a row: less may be a gap between two refusals

} // namespace

Struggle::Sign Struggle::signOf(const Attempt &attempt)
{
    switch (attempt.outcome) {
    case Outcome::Acknowledged:
        return Sign::Well;
    case Outcome::Interrupted:
    case Outcome::NotSent:
        return Sign::Indecisive;
    case Outcome::Rejected:
        break;
    default:
        return Sign::Away;
    }
    switch (attempt.status) {
    case 408:
    case 429:
    case 502:
    case 503:
    case 504:
        return Sign::Away;
    default:
        return attempt.status >= 500 ? Sign::Ill : Sign::Well;
    }
}

void Struggle::note(const News &news, qint64 now)
{
    if (news.sign == Sign::Well) {
        noteWell(news);
    } else if (news.sign != Sign::Indecisive) {
        noteFailure(news, now);
    }
}

void Struggle::noteWell(const News &news)
{
    m_failedInRow = 0;
    ++m_wellInRow;
    m_atOnce = std::min(m_full, m_atOnce * 2);
    m_backOff = 0;
    // What was under way before the receiver asked for a wait says nothing of it.
    if (!m_isAsked || news.wasProbe) {
        m_heldUntil = 0;
    }
    if (m_wellInRow >= wellFrom || news.isLast) {
        m_atOnce = m_full;
        m_isStruggling = false;
    }
}

void Struggle::noteFailure(const News &news, qint64 now)
{
    m_wellInRow = 0;
    m_reason = news.reason;
    if (++m_failedInRow >= m_atOnce) {
        m_failedInRow = 0;
        m_atOnce = std::max(1, m_atOnce / 2);
        m_isStruggling = true;
    }
    if (!isHeld(now)) {
        m_isAsked = false;
        if (m_atOnce == 1 && news.sign == Sign::Away && news.isOneOfMany) {
            m_backOff = m_backOff == 0 ? firstBackOff : std::min(2 * m_backOff, longestBackOff);
            hold(now + m_backOff);
        }
    }
    if (news.retryAfter && news.retryAfter->count() > 0) {
        const std::chrono::microseconds asked =
            std::min<std::chrono::milliseconds>(*news.retryAfter, std::chrono::milliseconds(retryAfterLimit));
        m_isAsked = true;
        m_isStruggling = m_isStruggling || asked.count() >= toldFrom;
        hold(now + asked.count());
    }
}

void Struggle::hold(qint64 until)
{
    m_heldUntil = std::max(m_heldUntil, until);
}

} // namespace courier
