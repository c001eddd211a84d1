// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#include "app/senderrole.h"

#include <QLoggingCategory>

namespace courier {
namespace {

Q_LOGGING_CATEGORY(lcSender, "courier.sender")

constexpr int tryIntervalMs = 1000;

} // namespace

SenderRole::SenderRole(Desk &desk, QObject *parent)
    : QObject(parent)
    , m_desk(desk)
    , m_lock(desk.directory() + QLatin1String("/sender.lock"))
{
    m_timer.setInterval(tryIntervalMs);
    connect(&m_timer, &QTimer::timeout, this, &SenderRole::tryNow);
    m_timer.start();
    tryNow();
}

void SenderRole::tryNow()
{
    if (m_lock.tryLock()) {
        m_timer.stop();
        m_desk.startSending();
    } else if (!std::exchange(m_toldWaiting, true)) {
        qCInfo(lcSender, "Another process sends for this data directory; this one takes over when that one ends.");
    }
}

} // namespace courier
