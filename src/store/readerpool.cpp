// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#include "store/readerpool.h"

#include <algorithm>

namespace courier {

ReaderPool::ReaderPool(int threads, Connect connect)
    : m_connect(std::move(connect))
{
    for (int i = 0; i < std::max(threads, 1); ++i) {
        m_threads.emplace_back(QThread::create([this] { run(); }));
        m_threads.back()->setObjectName(QStringLiteral("store reader %1").arg(i + 1));
        m_threads.back()->start();
    }
}

ReaderPool::~ReaderPool()
{
    {
        const std::lock_guard lock(m_mutex);
        m_stopping = true;
    }
    m_wakeUp.notify_all();
    for (const auto &thread : m_threads) {
        thread->wait();
    }
}

void ReaderPool::post(Task task)
{
    {
        const std::lock_guard lock(m_mutex);
        m_tasks.push_back(std::move(task));
    }
    m_wakeUp.notify_one();
}

void ReaderPool::run()
{
    const std::unique_ptr<Queries> queries = m_connect();
    for (;;) {
        std::unique_lock lock(m_mutex);
        m_wakeUp.wait(lock, [this] { return m_stopping || !m_tasks.empty(); });
        if (m_tasks.empty()) {
            return;
        }
        const Task task = std::move(m_tasks.front());
        m_tasks.pop_front();
        lock.unlock();
        task(*queries);
    }
}

} // namespace courier
