// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "store/records.h"
#include "store/writejob.h"
#include "store/writesession.h"

#include <QThread>

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <vector>

namespace courier {

/// The one thread that writes. It takes the jobs that wait, in their order, into one transaction up to a limit,
/// commits, and tells each what became of it. Where nothing can be written it says so, fails what was asked for, keeps
/// what has happened, and tries each second until it can. post() and health() are for any thread.
class Writer final : public QThread
{
public:
    struct Listener
    {
        std::function<void()> committed; ///< both are called on the writer's thread
        std::function<void(const StoreHealth &)> healthChanged;
    };

    /// \a wordsAfter: of nothing else to do, the words of what came in are indexed.
    Writer(const QString &path, const Clock &clock, StoreKey key, Listener listener,
           std::chrono::milliseconds wordsAfter);
    ~Writer() override; ///< commits what waits, then ends

    void post(std::unique_ptr<WriteJob> job);
    StoreHealth health() const;
    quint64 transactions() const { return m_transactions.load(std::memory_order_relaxed); }

protected:
    void run() override;

private:
    using Batch = std::vector<std::unique_ptr<WriteJob>>;
    enum class Care { Together, OneByOne };

    Batch nextBatch();
    void waitForJobs(std::unique_lock<std::mutex> &lock);
    void lingerForMore(std::unique_lock<std::mutex> &lock);
    bool isWorthWaking() const;
    void count(const WriteJob &job, int sign);
    void write(Batch batch);
    bool writeAll(Batch &batch, Care care);
    bool writeOne(std::unique_ptr<WriteJob> &job, Care care);
    void giveUp(Batch &batch);
    void putBack(Batch jobs);
    void probe();
    bool indexWords();
    void setHealth(const StoreHealth &health);
    bool isStopping() const;

    WriteSession m_session;
    Listener m_listener;
    std::chrono::milliseconds m_wordsAfter;
    std::atomic<quint64> m_transactions = 0;

    mutable std::mutex m_mutex; ///< guards what follows
    std::condition_variable m_wakeUp;
    std::deque<std::unique_ptr<WriteJob>> m_jobs;
    int m_records = 0;     ///< in m_jobs
    qsizetype m_bytes = 0; ///< in m_jobs
    int m_urgent = 0;      ///< jobs in m_jobs that don't linger
    bool m_stopping = false;
    StoreHealth m_health;
};

} // namespace courier
