// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "desk/watchedfile.h"
#include "store/store.h"

#include <QMutex>
#include <QObject>
#include <QThread>

#include <atomic>
#include <memory>

namespace courier {

class FolderNotifier;

/// How a watched file does, since its process began to follow it. A value.
struct WatchState
{
    enum class Kind : quint8 {
        Off,       ///< not enabled
        Waiting,   ///< there is no such file yet
        Following, ///< all is well
        Failing    ///< see problem; it is tried again
    };
    qint64 id = 0;
    Kind kind = Kind::Waiting;
    QString problem; ///< why it fails, for the operator (translated)
    int files = 0;   ///< that are followed
    qint64 taken = 0;
    qint64 known = 0;     ///< there already, or repeats of what lasts
    qint64 resolved = 0;  ///< said to be over
    qint64 skipped = 0;   ///< records that are no alerts
    qint64 refused = 0;   ///< bad lines
    double perSecond = 0; ///< alerts, over the last ten seconds
    qint64 unread = 0;    ///< bytes that are still to be read
    QString lastBadLine;  ///< "eve.json:12: severity: ..."; without its number where that isn't known
    qint64 lastBadAt = 0; ///< ms since 1970 UTC
    bool operator==(const WatchState &) const = default;
};

/// Follows the watched files that the store's settings list, with the operator's tables of severities, and puts their
/// alerts into the store: the place is committed with the alerts, so that nothing is lost or taken twice whatever
/// happens. A change of the settings, by whichever process, is noticed within a second. A bad line is told and left
/// behind; what can't be kept (a full disk) is tried again until it can. Works on a thread of its own; lives on the
/// main thread. Only the process that sends may start it.
class WatchedFiles : public QObject
{
    Q_OBJECT

public:
    /// Both outlive it.
    WatchedFiles(Store &store, const Clock &clock);
    ~WatchedFiles() override; ///< stops

    void start();
    void stop();
    /// The settings were changed: looks at once.
    void lookAgain();

    /// How each of them does, in the order of the settings. Empty where it isn't started. For any thread.
    QList<WatchState> states() const;

Q_SIGNALS:
    /// At most every second for each of them; from the job's thread: connect with a context.
    void stateChanged(const courier::WatchState &state);
    void statesReplaced(); ///< the list of watched files is another one

private:
    class Job;
    Store &m_store;
    const Clock &m_clock;
    std::unique_ptr<FolderNotifier> m_notifier;
    std::unique_ptr<QThread> m_thread;
    std::atomic<bool> m_isStopping = false;
    std::atomic<bool> m_mustLook = false;
    mutable QMutex m_mutex;
    QList<WatchState> m_states; ///< guarded by the mutex
};

} // namespace courier
