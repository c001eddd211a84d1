// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "domain/clock.h"
#include "store/store.h"

#include <QObject>
#include <QTimer>

namespace courier {

/// Sees to it that alerts whose end comes without a repeat are resolved, while this process is the one that sends.
/// While nobody listened, silence meant nothing: what was seen last before the start gets some time to be seen again;
/// and so it does where the machine slept, or somebody set its date. Lives on the main thread; costs one short query
/// where nothing ends.
class Endings : public QObject
{
    Q_OBJECT

public:
    static constexpr qint64 graceMs = Q_INT64_C(2) * 60 * 1000; ///< senders repeat every minute

    /// \a store and \a clock outlive it.
    Endings(Store &store, const Clock &clock, QObject *parent = nullptr);

    void start();
    /// Looks at once; nothing before start().
    void look();

private:
    bool hasGrace() const { return m_clock.nowUtc() - m_startedAt < graceMs; }
    qint64 seenSince() const { return hasGrace() ? m_startedAt : 0; }
    void onStoreChanged();
    bool noteGap();
    void resolve();
    void wait(std::optional<qint64> until);
    void lookIn(qint64 milliseconds);

    Store &m_store;
    const Clock &m_clock;
    QTimer m_timer;
    qint64 m_startedAt = 0;         ///< ms since 1970 UTC, of the start or the last gap; 0: not yet
    qint64 m_offset = 0;            ///< ms from the monotonic clock to the wall clock
    std::optional<qint64> m_lookAt; ///< when it was to look again, ms of the monotonic clock
    bool m_busy = false;
};

} // namespace courier
