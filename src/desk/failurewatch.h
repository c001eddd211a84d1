// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "desk/faileddelivery.h"
#include "domain/clock.h"
#include "store/store.h"

#include <QHash>
#include <QList>
#include <QObject>

namespace courier {

/// Tells which deliveries failed for good while another process sends: it finds them in the store, as changes are told.
/// The process that sends knows by itself. Main thread.
class FailureWatch : public QObject
{
    Q_OBJECT

public:
    /// \a store outlives it. What failed before is not told.
    FailureWatch(Store &store, const Clock &clock, QObject *parent = nullptr);

    /// Nothing more is told.
    void stop();

Q_SIGNALS:
    void failedForGood(const courier::FailedDelivery &failed);

private:
    struct Found
    {
        FailedDelivery failed;
        qint64 settledAt = 0;
    };

    void onStoreChanged(const StoreChanges &changes);
    void read();
    static QList<Found> find(Queries &queries, const QList<AlertId> &alerts);
    void tell(const QList<Found> &found);

    Store &m_store;
    const Clock &m_clock;
    qint64 m_since;                   ///< what was settled before is known
    QHash<DeliveryId, qint64> m_told; ///< and when each of these was settled
    QList<AlertId> m_pending;         ///< alerts to look at
    bool m_isReading = false;
    bool m_isStopped = false;
};

} // namespace courier
