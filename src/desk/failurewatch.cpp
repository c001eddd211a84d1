// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#include "desk/failurewatch.h"

#include "store/whendone.h"

#include <algorithm>
#include <utility>

namespace courier {
namespace {

constexpr qsizetype readAtOnce = 1000; ///< alerts; of more that fail in a moment the newest stand for all
constexpr qsizetype toldAtMost = 20'000;

} // namespace

FailureWatch::FailureWatch(Store &store, const Clock &clock, QObject *parent)
    : QObject(parent)
    , m_store(store)
    , m_clock(clock)
    , m_since(clock.nowUtc())
{
    connect(&store, &Store::changed, this, &FailureWatch::onStoreChanged);
}

void FailureWatch::stop()
{
    disconnect(&m_store, nullptr, this, nullptr);
    m_isStopped = true;
}

void FailureWatch::onStoreChanged(const StoreChanges &changes)
{
    for (const AlertSummary &alert : changes.alerts) {
        if (alert.needsAttention) {
            m_pending.append(alert.id);
        }
    }
    read();
}

void FailureWatch::read()
{
    if (m_pending.isEmpty() || m_isReading || m_isStopped) {
        return;
    }
    m_isReading = true;
    const QList<AlertId> alerts = m_pending.last(std::min(m_pending.size(), readAtOnce));
    m_pending.clear();
    const auto query = [alerts](Queries &queries) { return find(queries, alerts); };
    whenDone(this, m_store.read(query), [this](const QList<Found> &found) {
        m_isReading = false;
        if (!m_isStopped) {
            tell(found);
            read();
        }
    });
}

QList<FailureWatch::Found> FailureWatch::find(Queries &queries, const QList<AlertId> &alerts)
{
    QList<Found> found;
    for (const AlertId id : alerts) {
        const std::optional<Alert> alert = queries.alert(id);
        const QList<Delivery> deliveries = alert ? queries.deliveriesOf(id) : QList<Delivery>();
        for (const Delivery &one : deliveries) {
            if (one.state == DeliveryState::Failed && !one.dismissed) {
                found.append({{one.id, id, one.destinationId, alert->headline(), one.lastReason}, one.settledAt});
            }
        }
    }
    return found;
}

// An alert changes for other reasons, too: each failure is told once.
void FailureWatch::tell(const QList<Found> &found)
{
    if (m_told.size() > toldAtMost) {
        m_told.clear();
        m_since = m_clock.nowUtc();
    }
    for (const Found &one : found) {
        qint64 &told = m_told[one.failed.id];
        if (one.settledAt >= m_since && std::exchange(told, one.settledAt) != one.settledAt) {
            Q_EMIT failedForGood(one.failed);
        }
    }
}

} // namespace courier
