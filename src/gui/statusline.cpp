// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#include "gui/statusline.h"

#include "desk/intakeservice.h"
#include "gui/fonts.h"
#include "gui/glyphs.h"
#include "models/words.h"

#include <QStatusBar>
#include <QToolButton>

namespace courier {

StatusLine::StatusLine(Desk &desk, QStatusBar &bar, QObject *parent)
    : QObject(parent)
    , m_desk(desk)
    , m_bar(bar)
    , m_queue(addButton(QStringLiteral("st-sending"), tr("Sending"), false))
    , m_intake(addButton(QStringLiteral("inbox"), tr("Intake"), true))
    , m_store(addButton(QStringLiteral("database"), tr("Store"), true))
{
    m_bar.setContentsMargins(4, 2, 4, 2);
    connect(m_queue, &QToolButton::clicked, this, &StatusLine::queueClicked);
    connect(m_intake, &QToolButton::clicked, this, &StatusLine::intakeClicked);
    connect(m_store, &QToolButton::clicked, this, &StatusLine::storeClicked);
    connect(&desk.intake(), &IntakeService::statusChanged, this, &StatusLine::showIntake);
    connect(&desk, &Desk::queueChanged, this, &StatusLine::showQueue);
    connect(&desk, &Desk::sendingChanged, this, &StatusLine::showQueue);
    connect(&desk, &Desk::destinationsChanged, this, &StatusLine::showQueue);
    connect(&desk, &Desk::healthChanged, this, &StatusLine::showStore);
    m_countdown.setInterval(1000);
    connect(&m_countdown, &QTimer::timeout, this, &StatusLine::showQueue);
    showQueue();
    showIntake();
    showStore();
}

QToolButton *StatusLine::addButton(const QString &glyph, const QString &name, bool permanent)
{
    auto *button = new QToolButton;
    button->setIcon(glyphIcon(glyph, QStringLiteral("muted")));
    button->setIconSize({14, 14});
    button->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    button->setAutoRaise(true);
    button->setFixedHeight(24);
    button->setFocusPolicy(Qt::TabFocus);
    button->setAccessibleDescription(name);
    setTextRole(button, TextRole::Small);
    permanent ? m_bar.addPermanentWidget(button) : m_bar.addWidget(button);
    return button;
}

void StatusLine::setAlertCount(qint64 count)
{
    m_alertCount = count;
    showStore();
}

void StatusLine::showQueue()
{
    const QueueState &queue = m_desk.queueState();
    const qint64 waiting = queue.queued + queue.sending + queue.retrying;
    QString words;
    QString color = QStringLiteral("muted");
    if (m_desk.destinations().isEmpty()) {
        words = tr("Nothing to send yet");
    } else if (!m_desk.isSending()) {
        words = waiting > 0 ? tr("Another process sends. %1 queued").arg(words::count(waiting))
                            : tr("Another process sends. Nothing queued");
    } else if (waiting == 0) {
        words = tr("Sending. Nothing queued");
    } else {
        words = tr("Sending. %1 queued").arg(words::count(waiting));
        color = QStringLiteral("sending");
    }
    if (queue.nextRetryAt && waiting > 0) {
        words = tr("%1, next retry in %2").arg(words, words::countdown(*queue.nextRetryAt - m_desk.clock().nowUtc()));
        m_countdown.start();
    } else {
        m_countdown.stop();
    }
    if (queue.held > 0) {
        words = tr("%1, %2 held").arg(words, words::count(queue.held));
    }
    m_queue->setText(words);
    m_queue->setIcon(glyphIcon(QStringLiteral("st-sending"), color));
}

void StatusLine::showIntake()
{
    using State = IntakeStatus::State;
    const IntakeStatus &status = m_desk.intake().status();
    const bool isFaulty = status.state == State::PortTaken || status.state == State::Failed;
    m_intake->setText(status.words);
    m_intake->setToolTip(status.reason);
    m_intake->setIcon(isFaulty ? glyphIcon(QStringLiteral("error"), QStringLiteral("failed"))
                               : glyphIcon(QStringLiteral("inbox"), QStringLiteral("muted")));
}

void StatusLine::showStore()
{
    const StoreHealth health = m_desk.health();
    if (health.healthy) {
        m_store->setText(m_alertCount == 0   ? tr("Store healthy")
                         : m_alertCount == 1 ? tr("Store healthy, 1 alert")
                                             : tr("Store healthy, %1 alerts").arg(words::count(m_alertCount)));
        m_store->setIcon(glyphIcon(QStringLiteral("database"), QStringLiteral("muted")));
        m_store->setToolTip(m_desk.store().databasePath());
    } else {
        m_store->setText(health.error.message);
        m_store->setIcon(glyphIcon(QStringLiteral("error"), QStringLiteral("failed")));
    }
}

} // namespace courier
