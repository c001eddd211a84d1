// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#include "desk/bulkresend.h"

#include "store/whendone.h"
#include <algorithm>

namespace courier {
namespace {

constexpr int stepIntervalMs = 200;
constexpr qsizetype openLimit = 400; ///< started and not attempted yet: more wait until these have had their turn
constexpr int startAtOnce = 200;

} // namespace

BulkResend::BulkResend(Store &store, const AlertFilter &filter, QObject *parent)
    : QObject(parent)
    , m_store(store)
    , m_filter(filter)
{
    m_timer.setInterval(stepIntervalMs);
    connect(&m_timer, &QTimer::timeout, this, &BulkResend::step);
}

void BulkResend::start()
{
    m_began.start();
    m_busy = true;
    m_timer.start();
    const auto plan = [filter = m_filter](Queries &queries) { return queries.resendPlan(filter); };
    whenDone(this, m_store.read(plan), [this](const ResendPlan &found) {
        m_busy = false;
        m_progress.total = found.count;
        Q_EMIT progressChanged(m_progress);
        step();
    });
}

void BulkResend::pause()
{
    if (m_progress.state == State::Running) {
        setState(State::Paused);
    }
}

void BulkResend::resume()
{
    if (m_progress.state == State::Paused) {
        setState(State::Running);
        step();
    }
}

void BulkResend::cancel()
{
    if (!isOver()) {
        end(State::Cancelled);
    }
}

bool BulkResend::isOver() const
{
    return m_progress.state == State::Finished || m_progress.state == State::Cancelled;
}

// Looks at what became of those that were started, then starts more; one such step at a time.
void BulkResend::step()
{
    if (m_busy || isOver()) {
        return;
    }
    m_busy = true;
    const auto look = [open = m_open](Queries &queries) {
        // Those behind their alert's own delivery may wait for hours: they go when it is settled, with or without us.
        const QSet<DeliveryId> behind = queries.waitingForTheirAlert(open);
        QList<Delivery> deliveries = queries.deliveries(open);
        deliveries.removeIf([&behind](const Delivery &one) { return behind.contains(one.id); });
        return deliveries;
    };
    whenDone(this, m_store.read(look), [this](const QList<Delivery> &deliveries) {
        m_busy = false;
        note(deliveries);
        startMore();
    });
}

// One that is neither waiting for its first attempt nor under way has had it.
void BulkResend::note(const QList<Delivery> &deliveries)
{
    QList<DeliveryId> open;
    for (const Delivery &delivery : deliveries) {
        if (delivery.state == DeliveryState::Delivered) {
            ++m_progress.delivered;
        } else if (delivery.state == DeliveryState::Failed || delivery.roundAttempts > 0) {
            ++m_progress.failedAgain;
        } else if (delivery.state == DeliveryState::Queued || delivery.state == DeliveryState::Sending) {
            open.append(delivery.id);
        }
    }
    m_open = open;
    guessTimeLeft();
    if (!isOver()) {
        Q_EMIT progressChanged(m_progress);
    }
}

void BulkResend::guessTimeLeft()
{
    const qint64 done = m_progress.delivered + m_progress.failedAgain;
    const qint64 left = m_progress.total - done;
    const qint64 elapsed = m_began.elapsed();
    m_progress.secondsLeft = done >= 10 && left > 0 ? (elapsed * left / done + 999) / 1000 : -1;
}

void BulkResend::startMore()
{
    if (isOver() || m_busy) {
        return;
    }
    if (m_allStarted && m_open.isEmpty()) {
        end(State::Finished);
        return;
    }
    if (m_allStarted || m_progress.state == State::Paused || m_open.size() >= openLimit) {
        return;
    }
    m_busy = true;
    const auto next = [filter = m_filter, after = m_last](Queries &queries) {
        return queries.failedDeliveries(filter, after, startAtOnce);
    };
    whenDone(this, m_store.read(next), [this](const QList<DeliveryId> &ids) {
        m_busy = false;
        if (!isOver()) {
            startThese(ids);
        }
    });
}

void BulkResend::startThese(const QList<DeliveryId> &ids)
{
    if (ids.isEmpty()) {
        m_allStarted = true;
        step();
        return;
    }
    m_busy = true;
    whenDone(this, m_store.resend(ids), [this, ids](const Result<qint64> &started) {
        m_busy = false;
        if (isOver()) {
            return;
        }
        if (!started) {
            m_progress.error = started.error().message;
            end(State::Cancelled);
            return;
        }
        m_last = ids.last();
        m_open += ids;
        m_progress.started += *started;
        m_progress.total = std::max(m_progress.total, m_progress.started);
        Q_EMIT progressChanged(m_progress);
        startMore();
    });
}

void BulkResend::setState(State state)
{
    m_progress.state = state;
    Q_EMIT progressChanged(m_progress);
}

void BulkResend::end(State state)
{
    m_timer.stop();
    m_progress.secondsLeft = -1;
    setState(state);
    Q_EMIT finished(m_progress);
}

} // namespace courier
