// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "desk/desk.h"

#include <QWidget>

#include <memory>

class QPushButton;

namespace courier {

class ReceivedModel;

namespace Ui {
class ReceiverPage;
}

/// The built-in receiver: its address, how it answers, and what it got. GUI thread.
class ReceiverPage : public QWidget
{
    Q_OBJECT

public:
    /// \a desk outlives the page.
    explicit ReceiverPage(Desk &desk, QWidget *parent = nullptr);
    ~ReceiverPage() override;

    /// The destination that sends to it.
    void setDestination(DestinationId id);
    /// Sends the test alert as soon as the destination is known here.
    void sendFirstTest();

Q_SIGNALS:
    void addDestinationRequested();
    void startRequested();
    void deleteRequested(courier::DestinationId id);

private:
    void prepareButtons();
    void prepareReceived();
    void showState();
    void showRequest();
    void showPlace();
    void showOutcome(qint64 ticket, const Attempt &attempt);
    void sendTest();
    void toggle();

    Desk &m_desk;
    std::unique_ptr<Ui::ReceiverPage> ui;
    ReceivedModel *m_received;     ///< child
    QPushButton *m_addDestination; ///< in the notice
    DestinationId m_id{};
    qint64 m_ticket = -1;
    bool m_testWanted = false;
};

} // namespace courier
