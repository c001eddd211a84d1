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

void ReaderPool::post(Task task, ReadKind kind)
{
    {
        const std::lock_guard lock(m_mutex);
        (kind == ReadKind::Long ? m_long : m_tasks).push_back(std::move(task));
    }
    m_wakeUp.notify_one();
}

// Where a thread may take its next task from; null where there is none. Under the lock.
std::deque<ReaderPool::Task> *ReaderPool::next()
{
    if (!m_tasks.empty()) {
        return &m_tasks;
    }
    return m_long.empty() || m_longRuns ? nullptr : &m_long;
}

void ReaderPool::run()
{
    const std::unique_ptr<Queries> queries = m_connect();
    std::unique_lock lock(m_mutex);
    for (;;) {
        std::deque<Task> *from = nullptr;
        m_wakeUp.wait(lock, [this, &from] { return (from = next()) || m_stopping; });
        if (!from) {
            return; // the thread that runs a long one takes those that follow it
        }
        const bool isLong = from == &m_long;
        Task task = std::move(from->front());
        from->pop_front();
        m_longRuns = m_longRuns || isLong;
        lock.unlock();
        task(*queries);
        task = nullptr; // what it holds goes before anybody else waits for the lock
        if (isLong) {
            queries->releasePages(); // of all that it went through, nothing is likely to be read again
        }
        lock.lock();
        if (isLong) {
            m_longRuns = false;
            m_wakeUp.notify_one(); // this thread may be about to take an awaited one
        }
    }
}

} // namespace courier
