// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#include "delivery/senderpool.h"

#include "domain/workerthread.h"

#include <QThread>

namespace courier {

SenderPool::SenderPool(DeliverySource &source, const Clock &clock, const Options &options, QObject *parent)
    : QObject(parent)
    , m_shared(std::make_shared<SharedState>(clock))
{
    for (int i = 0; i < options.threads; ++i) {
        Lane lane{std::make_unique<QThread>(),
                  std::make_unique<WebhookSender>(source, clock, options.sender, m_shared)};
        lane.thread->setObjectName(QStringLiteral("sender %1").arg(i + 1));
        lane.sender->moveToThread(lane.thread.get());
        connect(lane.sender.get(), &WebhookSender::stageReached, this, &SenderPool::stageReached);
        connect(lane.sender.get(), &WebhookSender::stopped, lane.thread.get(), &QThread::quit, Qt::DirectConnection);
        lane.thread->start();
        QMetaObject::invokeMethod(lane.sender.get(), &becomeWorkerThread);
        m_lanes.push_back(std::move(lane));
    }
}

SenderPool::SenderPool(DeliverySource &source, const Clock &clock, QObject *parent)
    : SenderPool(source, clock, Options(), parent)
{
}

SenderPool::~SenderPool()
{
    stop(std::chrono::milliseconds(0));
}

void SenderPool::wake()
{
    for (const Lane &lane : m_lanes) {
        lane.sender->wake();
    }
}

void SenderPool::stop(std::chrono::milliseconds grace)
{
    for (const Lane &lane : m_lanes) {
        WebhookSender *const sender = lane.sender.get();
        QMetaObject::invokeMethod(sender, [sender, grace] { sender->stop(grace); });
    }
    for (const Lane &lane : m_lanes) {
        lane.thread->wait();
    }
}

} // namespace courier
