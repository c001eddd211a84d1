// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "desk/retentionsettings.h"
#include "domain/clock.h"
#include "store/store.h"

#include <QElapsedTimer>
#include <QObject>
#include <QTimer>

namespace courier {

/// What one look of the retention came to.
struct RetentionResult
{
    qint64 tooOld = 0;    ///< alerts removed for their age
    qint64 tooMuch = 0;   ///< alerts removed for the size of the store
    qint64 bodies = 0;    ///< response bodies dropped
    qint64 givenBack = 0; ///< bytes
    qint64 used = 0;      ///< bytes that the database takes now

    qint64 removed() const { return tooOld + tooMuch; }
};

/// Keeps the store as small as its settings want it, while this process is the one that sends: looks every few minutes,
/// and removes what it finds in short transactions with pauses that are four times as long, so that neither sending nor
/// the window notices. Settings are read at each look, and the next one goes on where a stop cut one short. Lives on
/// the main thread.
class Retention : public QObject
{
    Q_OBJECT

public:
    static constexpr int lookEveryMs = 10 * 60 * 1000;
    static constexpr int firstLookMs = 60 * 1000;
    /// More than that is removed at once: else each new alert would have one removed.
    static constexpr double goalOfLimit = 0.95;

    /// \a store and \a clock outlive it.
    Retention(Store &store, const Clock &clock, QObject *parent = nullptr);

    void start();
    /// Looks at once; nothing before start() or while it is at work.
    void look();

Q_SIGNALS:
    void finished(const courier::RetentionResult &result);

private:
    enum class Stage { TooOld, Bodies, TooMuch, Shapes, Words, Space, Done };

    void begin(Stage stage);
    void goOn();
    void goOnAfterPause();
    void findTooOld();
    void findTooMuch();
    void findBodies();
    void findUnusedShapes();
    void mergeWords();
    void giveBack();
    void finish();
    void remove(const Expiring &found, const ExpiryRule &rule, qint64 RetentionResult::*count, Stage next);
    /// Takes a step; \a then is given its number, unless it failed: then this look is over.
    template<typename Then>
    void take(RetentionStep step, Then then);
    void say();
    qint64 age(int days) const { return m_clock.nowUtc() - days * Q_INT64_C(86'400'000); }

    Store &m_store;
    const Clock &m_clock;
    QTimer m_lookTimer;
    QTimer m_stepTimer;
    QElapsedTimer m_stepTime;
    RetentionSettings m_settings;
    RetentionResult m_result;
    Stage m_stage = Stage::Done;
    AlertId m_lookedTo{};
    bool m_mayBeUnused = true; ///< there may be shapes that nothing uses: a look, or a process, was cut short
    bool m_started = false;
    bool m_busy = false;
    bool m_complained = false; ///< that there is too much which can't be removed
};

} // namespace courier
