// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#include "gui/teststep.h"

#include "delivery/notification.h"
#include "desk/desk.h"
#include "gui/dialogfit.h"
#include "gui/testwords.h"
#include "ui_teststep.h"

#include <QUrl>

namespace courier {

TestStep::TestStep(QWidget *parent)
    : QWidget(parent)
    , ui(std::make_unique<Ui::TestStep>())
{
    ui->setupUi(this);
    ui->body->setTimingShown(false);
    setSendPrimary(true);
    connect(ui->send, &QPushButton::clicked, this, &TestStep::sendTest);
    showUntested();
}

TestStep::~TestStep() = default;

void TestStep::begin(Desk &desk, const Destination &destination)
{
    if (m_desk == nullptr) {
        connect(&desk, &Desk::testStageReached, this, &TestStep::onStage);
        connect(&desk, &Desk::testFinished, this, &TestStep::onFinished);
    }
    m_desk = &desk;
    m_destination = destination;
    m_ticket = -1;
    showUntested();
    setState(State::NotTested);
}

void TestStep::sendTest()
{
    if (m_desk == nullptr || m_state == State::Running) {
        return;
    }
    m_stages = TestStages(QUrl(m_destination.url).scheme().compare(QLatin1String("https"), Qt::CaseInsensitive) == 0);
    ui->stages->setStages(m_stages.stages());
    ui->outcome->setNotice(Strip::Kind::Info, tr("The test alert is on its way…"));
    ui->bodyCard->hide();
    setState(State::Running);
    m_ticket = m_desk->sendTest(m_destination);
}

QPushButton *TestStep::sendButton() const
{
    return ui->send;
}

void TestStep::setSendPrimary(bool primary)
{
    setPrimary(ui->send, primary, QStringLiteral("test"));
}

void TestStep::onStage(qint64 ticket, SendStage stage, qint64 microseconds)
{
    if (ticket == m_ticket) {
        m_stages.reach(stage, microseconds);
        ui->stages->setStages(m_stages.stages());
    }
}

void TestStep::onFinished(qint64 ticket, const Attempt &attempt)
{
    if (ticket != m_ticket) {
        return;
    }
    m_ticket = -1;
    m_stages.finish(attempt);
    ui->stages->setStages(m_stages.stages());
    const bool isGood = attempt.outcome == Outcome::Acknowledged;
    const TestNotice notice = testNotice(attempt, m_destination.name);
    ui->outcome->setNotice(isGood ? Strip::Kind::Success : Strip::Kind::Failure, notice.what, notice.hint);
    ui->bodyCard->setVisible(attempt.status != 0);
    ui->body->showAttempt(attempt, notificationBody(testAlert(attempt.startedAt), false));
    setState(isGood ? State::Passed : State::Failed);
}

void TestStep::setState(State state)
{
    m_state = state;
    Q_EMIT stateChanged(state);
}

void TestStep::showUntested()
{
    m_stages = TestStages(!m_destination.url.startsWith(QLatin1String("http:"), Qt::CaseInsensitive));
    ui->address->setText(tr("POST %1").arg(m_destination.url));
    ui->stages->setStages(m_stages.stages());
    ui->outcome->setNotice(Strip::Kind::Info, tr("Nothing has been sent yet. This shows what the receiver answers, "
                                                 "before real alerts depend on it."));
    ui->bodyCard->hide();
}

} // namespace courier
