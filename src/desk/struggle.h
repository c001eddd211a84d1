// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "delivery/deliverysource.h"

#include <QString>

#include <chrono>
#include <optional>

namespace courier {

/// How much a destination gets at once while it keeps failing: fewer and fewer requests, at last one at a time with
/// longer and longer waits in between, and soon all of them again once it answers. Moments are monotonic, microseconds.
/// Not thread-safe.
class Struggle
{
public:
    /// What an attempt says of its destination as a whole.
    enum class Sign {
        Well,      ///< it answered, even if it refused this one alert
        Ill,       ///< it answered that it is broken
        Away,      ///< it can't be reached, doesn't answer, or has no capacity: more requests make it worse
        Indecisive ///< cut short by us, or never sent
    };
    static Sign signOf(const Attempt &attempt);

    struct News
    {
        Sign sign = Sign::Indecisive;
        QString reason;
        std::optional<std::chrono::milliseconds> retryAfter;
        bool isOneOfMany = false; ///< others are due, which a wait would spare
        bool wasProbe = false;    ///< it was sent in spite of a wait
        bool isLast = false;      ///< nothing else is due or under way
    };

    explicit Struggle(int full)
        : m_full(full)
        , m_atOnce(full)
    {
    }

    void note(const News &news, qint64 now);
    /// Somebody says it is worth a try: the wait is over.
    void tryNow() { m_heldUntil = 0; }
    /// It is another one now: its settings have changed.
    void reset() { *this = Struggle(m_full); }

    int atOnce() const { return m_atOnce; } ///< requests, at most
    bool isHeld(qint64 now) const { return now < m_heldUntil; }
    qint64 heldUntil() const { return m_heldUntil; }
    /// It is worth telling; ends with enough good answers, or when nothing is left to be sent.
    bool isStruggling() const { return m_isStruggling; }
    const QString &reason() const { return m_reason; } ///< of the last attempt that failed

private:
    void noteWell(const News &news);
    void noteFailure(const News &news, qint64 now);
    void hold(qint64 until);

    int m_full;
    int m_atOnce;
    int m_wellInRow = 0;
    int m_failedInRow = 0;
    qint64 m_backOff = 0; ///< the last wait of our own
    qint64 m_heldUntil = 0;
    bool m_isAsked = false; ///< the wait is the receiver's wish
    bool m_isStruggling = false;
    QString m_reason;
};

} // namespace courier
