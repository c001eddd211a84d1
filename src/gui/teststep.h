// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "domain/destination.h"
#include "gui/teststages.h"

#include <QWidget>

#include <memory>

class QPushButton;

namespace courier {

class Desk;

namespace Ui {
class TestStep;
}

/// Sends the test alert to one destination and shows how it goes: its stages as they happen, the outcome in words with
/// what to try, and what the receiver answered. GUI thread.
class TestStep : public QWidget
{
    Q_OBJECT

public:
    enum class State { NotTested, Running, Passed, Failed };
    Q_ENUM(State)

    explicit TestStep(QWidget *parent = nullptr);
    ~TestStep() override;

    /// Turns to \a destination (stored); what was shown before is gone. \a desk outlives this.
    void begin(Desk &desk, const Destination &destination);
    /// Does nothing while a test is under way.
    void sendTest();
    State state() const { return m_state; }
    QPushButton *sendButton() const;
    /// Send Test Alert is (no longer) the primary button of its dialog.
    void setSendPrimary(bool primary);

Q_SIGNALS:
    void stateChanged(courier::TestStep::State state);

private:
    void onStage(qint64 ticket, SendStage stage, qint64 microseconds);
    void onFinished(qint64 ticket, const Attempt &attempt);
    void setState(State state);
    void showUntested();

    std::unique_ptr<Ui::TestStep> ui;
    Desk *m_desk = nullptr;
    Destination m_destination;
    TestStages m_stages;
    State m_state = State::NotTested;
    qint64 m_ticket = -1;
};

} // namespace courier
