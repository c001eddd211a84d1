// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "store/store.h"

#include <QElapsedTimer>
#include <QObject>
#include <QTimer>

namespace courier {

/// Resends every failed delivery that a filter finds, oldest first, a few at a time, so that it can be paused and
/// cancelled at any moment. Lives on the main thread.
class BulkResend : public QObject
{
    Q_OBJECT

public:
    enum class State { Running, Paused, Finished, Cancelled };
    Q_ENUM(State)

    struct Progress
    {
        State state = State::Running;
        qint64 total = 0;        ///< as counted when it began
        qint64 started = 0;      ///< given to the senders
        qint64 delivered = 0;    ///< of those, acknowledged
        qint64 failedAgain = 0;  ///< of those, not acknowledged by their first attempt
        qint64 secondsLeft = -1; ///< a guess from the pace so far; -1 where there is none
        QString error;           ///< why it stopped early, for the operator
    };

    BulkResend(Store &store, const AlertFilter &filter, QObject *parent = nullptr);
    const Progress &progress() const { return m_progress; }
    const AlertFilter &filter() const { return m_filter; }

    void start();
    void pause();
    void resume();
    void cancel(); ///< nothing more is started; what was started goes its way
    bool isOver() const;

Q_SIGNALS:
    void progressChanged(const courier::BulkResend::Progress &progress);
    void finished(const courier::BulkResend::Progress &progress); ///< done or cancelled

private:
    void step();
    void note(const QList<Delivery> &deliveries);
    void guessTimeLeft();
    void startMore();
    void startThese(const QList<DeliveryId> &ids);
    void setState(State state);
    void end(State state);

    Store &m_store;
    AlertFilter m_filter;
    Progress m_progress;
    QTimer m_timer;
    QList<DeliveryId> m_open; ///< started, their first attempt is not recorded yet
    DeliveryId m_last{};
    bool m_busy = false; ///< a step is under way
    bool m_allStarted = false;
    QElapsedTimer m_began;
};

} // namespace courier
