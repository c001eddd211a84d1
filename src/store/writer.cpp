// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#include "store/writer.h"

#include "domain/workerthread.h"

#include <algorithm>

namespace courier {
namespace {

using namespace std::chrono_literals;

constexpr int transactionRecords = 512;
constexpr qsizetype transactionBytes = 4 * 1024 * 1024;
constexpr auto lingerLimit = 10ms; ///< from the first on
constexpr auto quietLimit = 3ms;   ///< from the last on
constexpr auto retryInterval = 1s;

} // namespace

Writer::Writer(const QString &path, const Clock &clock, StoreKey key, Listener listener,
               std::chrono::milliseconds wordsAfter)
    : m_session(path, clock, key)
    , m_listener(std::move(listener))
    , m_wordsAfter(wordsAfter)
{
    setObjectName(QStringLiteral("store writer"));
}

Writer::~Writer()
{
    {
        const std::lock_guard lock(m_mutex);
        m_stopping = true;
    }
    m_wakeUp.notify_all();
    wait();
}

void Writer::post(std::unique_ptr<WriteJob> job)
{
    job->since = std::chrono::steady_clock::now();
    {
        const std::lock_guard lock(m_mutex);
        count(*job, 1);
        m_jobs.push_back(std::move(job));
        if (!isWorthWaking()) {
            return;
        }
    }
    m_wakeUp.notify_one();
}

// The first one begins the wait for others, and what fills a transaction or is urgent ends it; the mutex is held.
bool Writer::isWorthWaking() const
{
    return m_jobs.size() == 1 || m_urgent > 0 || m_records >= transactionRecords || m_bytes >= transactionBytes;
}

StoreHealth Writer::health() const
{
    const std::lock_guard lock(m_mutex);
    return m_health;
}

bool Writer::isStopping() const
{
    const std::lock_guard lock(m_mutex);
    return m_stopping;
}

// Keeps the sums over m_jobs; the mutex is held.
void Writer::count(const WriteJob &job, int sign)
{
    m_records += sign * job.cost.records;
    m_bytes += sign * job.cost.bytes;
    m_urgent += job.mayLinger() ? 0 : sign;
}

void Writer::run()
{
    becomeWorkerThread();
    for (;;) {
        Batch batch = nextBatch();
        if (!batch.empty()) {
            write(std::move(batch));
        } else if (isStopping()) {
            break;
        } else if (health().healthy) {
            indexWords();
        } else {
            probe();
        }
    }
    while (health().healthy && m_session.words().isBehind() && indexWords()) {
    }
    m_session.disconnect();
}

// Empty where the writer stops, has nothing else to do than what could wait, or where it is time to see whether things
// can be written again.
Writer::Batch Writer::nextBatch()
{
    std::unique_lock lock(m_mutex);
    if (m_health.healthy) {
        waitForJobs(lock);
        lingerForMore(lock);
    } else {
        m_wakeUp.wait_for(lock, retryInterval, [this] { return m_stopping || m_urgent > 0; });
    }
    Batch batch;
    int records = 0;
    qsizetype bytes = 0;
    while (!m_jobs.empty()) {
        const WriteJob::Cost &cost = m_jobs.front()->cost;
        records += cost.records;
        bytes += cost.bytes;
        if (!batch.empty() && (records > transactionRecords || bytes > transactionBytes)) {
            break;
        }
        count(*m_jobs.front(), -1);
        batch.push_back(std::move(m_jobs.front()));
        m_jobs.pop_front();
    }
    return batch;
}

void Writer::waitForJobs(std::unique_lock<std::mutex> &lock)
{
    const auto hasWork = [this] { return m_stopping || !m_jobs.empty(); };
    if (m_session.words().isBehind()) {
        m_wakeUp.wait_for(lock, m_wordsAfter, hasWork);
    } else {
        m_wakeUp.wait(lock, hasWork);
    }
}

// For as long as others follow closely, up to a limit.
void Writer::lingerForMore(std::unique_lock<std::mutex> &lock)
{
    const auto isFull = [this] {
        return m_stopping || m_urgent > 0 || m_records >= transactionRecords || m_bytes >= transactionBytes;
    };
    while (!m_jobs.empty()) {
        const auto now = std::chrono::steady_clock::now();
        const auto until = std::min(m_jobs.front()->since + lingerLimit, m_jobs.back()->since + quietLimit);
        if (now >= until || m_wakeUp.wait_until(lock, until, isFull)) {
            return;
        }
    }
}

void Writer::write(Batch batch)
{
    bool isWritten = writeAll(batch, Care::Together);
    if (!isWritten && !m_session.hasFailed()) {
        isWritten = writeAll(batch, Care::OneByOne); // one of them is at fault: find it, and keep the others
    }
    if (!isWritten) {
        giveUp(batch);
        return;
    }
    m_transactions.fetch_add(1, std::memory_order_relaxed);
    setHealth({});
    Batch further;
    for (std::unique_ptr<WriteJob> &job : batch) {
        if (job && job->committed()) {
            further.push_back(std::move(job));
        }
    }
    for (std::unique_ptr<WriteJob> &job : further) {
        post(std::move(job));
    }
    m_listener.committed();
}

// True where it was committed; jobs that failed by themselves are gone from the batch then. False with a failure left
// in the session: nothing can be written now. False without one: a job failed that has to be written with care.
bool Writer::writeAll(Batch &batch, Care care)
{
    bool isGood = m_session.begin();
    for (auto job = batch.begin(); isGood && job != batch.end(); ++job) {
        isGood = !*job || writeOne(*job, care);
    }
    if (isGood && m_session.commit()) {
        return true;
    }
    m_session.rollback();
    return false;
}

bool Writer::writeOne(std::unique_ptr<WriteJob> &job, Care care)
{
    const bool isGuarded = care == Care::OneByOne || !job->isKept();
    if (isGuarded) {
        m_session.mark();
    }
    Result<void> result = job->run(m_session);
    if (m_session.hasFailedWhole()) {
        return false;
    }
    if (m_session.hasFailed()) {
        const dialect::Failure failure = m_session.takeFailure();
        if (!isGuarded) {
            return false;
        }
        qCCritical(lcStore).noquote() << "Could not be written:" << failure.error.detail;
        result = tl::unexpected(failure.error);
    }
    if (!isGuarded) {
        return true;
    }
    if (result) {
        m_session.keep();
    } else {
        m_session.undo();
        job->failed(result.error());
        job.reset();
    }
    return !m_session.hasFailed();
}

// Some of what came in since. False where it can't be written.
bool Writer::indexWords()
{
    const bool isBegun = m_session.begin();
    if (isBegun) {
        m_session.words().step(m_session.connection());
    }
    if (isBegun && m_session.commit()) {
        return true;
    }
    m_session.rollback();
    Batch nothing;
    giveUp(nothing);
    return false;
}

} // namespace courier
