// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

// What becomes of jobs where nothing can be written. How they are written is in writer.cpp.

#include "store/writer.h"

namespace courier {

void Writer::giveUp(Batch &batch)
{
    const dialect::Failure failure = m_session.takeFailure();
    // A new connection finds its way out of states that an old one is stuck in. Another one's lock and a full disk are
    // no such states.
    if (failure.error.kind != Error::Kind::Busy && failure.error.kind != Error::Kind::DiskFull) {
        m_session.disconnect();
    }
    setHealth({false, failure.error});
    Batch kept;
    for (std::unique_ptr<WriteJob> &job : batch) {
        if (job && job->isKept()) {
            kept.push_back(std::move(job));
        } else if (job) {
            job->failed(failure.error);
        }
    }
    if (isStopping() && !kept.empty()) {
        qCCritical(lcStore) << kept.size() << "attempts could not be recorded before the end";
    } else {
        putBack(std::move(kept));
    }
}

void Writer::putBack(Batch jobs)
{
    const std::lock_guard lock(m_mutex);
    while (!jobs.empty()) {
        count(*jobs.back(), 1);
        m_jobs.push_front(std::move(jobs.back()));
        jobs.pop_back();
    }
}

// Writes a page, to see whether that works again.
void Writer::probe()
{
    Batch nothing;
    const bool isGood = m_session.begin() &&
                        m_session
                            .prepared(QStringLiteral("INSERT INTO meta(key, value) VALUES('probe', '') "
                                                     "ON CONFLICT(key) DO UPDATE SET value = excluded.value"))
                            .run() &&
                        m_session.commit();
    if (isGood) {
        setHealth({});
        return;
    }
    m_session.rollback();
    giveUp(nothing);
}

void Writer::setHealth(const StoreHealth &health)
{
    {
        const std::lock_guard lock(m_mutex);
        if (m_health.healthy == health.healthy && m_health.error.message == health.error.message) {
            return;
        }
        m_health = health;
    }
    if (health.healthy) {
        qCInfo(lcStore) << "Writing works again";
    } else {
        qCCritical(lcStore).noquote() << health.error.message << health.error.detail;
    }
    m_listener.healthChanged(health);
}

} // namespace courier
