// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "domain/error.h"

#include <QFuture>
#include <QPromise>

#include <chrono>
#include <functional>
#include <optional>
#include <utility>

namespace courier {

class WriteSession;

/// Something to be written, as the writer sees it. All calls but construction come from the writer's thread.
class WriteJob
{
public:
    /// How much of a transaction it takes.
    struct Cost
    {
        int records = 1;
        qsizetype bytes = 0;
    };

    WriteJob() = default;
    explicit WriteJob(Cost jobCost)
        : cost(jobCost)
    {
    }
    WriteJob(const WriteJob &) = delete;
    WriteJob &operator=(const WriteJob &) = delete;
    virtual ~WriteJob() = default;

    /// May wait some milliseconds for others to share its transaction.
    virtual bool mayLinger() const { return false; }
    /// Is tried again until it is kept, whatever fails: what it holds has happened.
    virtual bool isKept() const { return false; }

    /// Writes (a step of) it into the open transaction. An Error takes back what it wrote, and only that. Where the
    /// transaction is rolled back it is called again, so nothing of its own may change here for good.
    virtual Result<void> run(WriteSession &session) = 0;
    /// After the commit. True where there is a further step, for a later transaction.
    virtual bool committed() = 0;
    /// Instead of committed(), where it can't be written.
    virtual void failed(const Error &error) = 0;

    Cost cost;
    std::chrono::steady_clock::time_point since; ///< when it was handed in
};

/// A job of one step whose value goes into a future.
template<typename Value>
class PromiseJob final : public WriteJob
{
public:
    using Work = std::function<Result<Value>(WriteSession &)>;

    PromiseJob(Cost jobCost, Work work)
        : WriteJob(jobCost)
        , m_work(std::move(work))
    {
        m_promise.start();
    }
    QFuture<Result<Value>> future() { return m_promise.future(); }

    Result<void> run(WriteSession &session) override
    {
        m_result = m_work(session);
        return m_result ? Result<void>() : tl::unexpected(m_result.error());
    }
    bool committed() override
    {
        finish(std::move(m_result));
        return false;
    }
    void failed(const Error &error) override { finish(tl::unexpected(error)); }

private:
    void finish(Result<Value> result)
    {
        m_promise.addResult(std::move(result));
        m_promise.finish();
    }

    Work m_work;
    Result<Value> m_result = tl::unexpected(Error());
    QPromise<Result<Value>> m_promise;
};

/// A job that goes in steps, each in a transaction, so that others get in between. Its future is a count over all.
class SteppedJob final : public WriteJob
{
public:
    struct Step
    {
        qint64 count = 0;
        bool isLast = true;
    };
    /// Is given the number of the step, from 0.
    using Work = std::function<Result<Step>(WriteSession &, qint64)>;

    explicit SteppedJob(Work work)
        : m_work(std::move(work))
    {
        m_promise.start();
    }
    QFuture<Result<qint64>> future() { return m_promise.future(); }

    Result<void> run(WriteSession &session) override
    {
        const Result<Step> step = m_work(session, m_number);
        if (!step) {
            return tl::unexpected(step.error());
        }
        m_step = *step;
        return {};
    }
    bool committed() override
    {
        m_count += m_step.count;
        ++m_number;
        if (m_step.isLast) {
            finish(m_count);
        }
        return !m_step.isLast;
    }
    void failed(const Error &error) override { finish(tl::unexpected(error)); }

private:
    void finish(Result<qint64> result)
    {
        m_promise.addResult(std::move(result));
        m_promise.finish();
    }

    Work m_work;
    Step m_step;
    qint64 m_number = 0;
    qint64 m_count = 0;
    QPromise<Result<qint64>> m_promise;
};

} // namespace courier
