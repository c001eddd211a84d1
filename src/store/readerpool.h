// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "store/queries.h"
#include "store/readkind.h"

#include <QThread>

#include <condition_variable>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <vector>

namespace courier {

/// The threads that read for others, each with its own connection. Tasks of a kind begin in the order they came. post()
/// is for any thread.
class ReaderPool
{
public:
    using Task = std::function<void(Queries &)>;
    using Connect = std::function<std::unique_ptr<Queries>()>; ///< never gives null

    /// \a connect is called once on each thread.
    ReaderPool(int threads, Connect connect);
    ~ReaderPool(); ///< runs what waits, then ends
    ReaderPool(const ReaderPool &) = delete;
    ReaderPool &operator=(const ReaderPool &) = delete;

    void post(Task task, ReadKind kind = ReadKind::Awaited);

private:
    void run();
    std::deque<Task> *next();

    Connect m_connect;
    std::mutex m_mutex; ///< guards what follows
    std::condition_variable m_wakeUp;
    std::deque<Task> m_tasks;
    std::deque<Task> m_long;
    bool m_longRuns = false; ///< one of those is under way
    bool m_stopping = false;
    std::vector<std::unique_ptr<QThread>> m_threads;
};

} // namespace courier
