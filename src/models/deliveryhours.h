// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "store/store.h"

#include <QTimer>

namespace courier {

/// What became of the alerts that came in for a destination within an hour, or within a day.
struct DeliveryHour
{
    qint64 begin = 0; ///< ms since 1970 UTC
    qint64 end = 0;
    qint64 delivered = 0;
    qint64 failed = 0;  ///< for good
    qint64 answers = 0; ///< attempts that were answered, whatever with
    qint64 halfUs = 0;  ///< half of them took no longer (the median, by nearest rank), microseconds
    qint64 mostUs = 0;  ///< 95 % of them took no longer

    qint64 settled() const { return delivered + failed; }
};

/// The last 24 hours of one destination, hour by hour of the operator's clock. Read in the background, an hour at a
/// time, so that other readers come in between, and again when something changed, the more seldom the longer it takes.
/// Lives on the main thread.
class DeliveryHours : public QObject
{
    Q_OBJECT

public:
    /// \a store and \a clock outlive it.
    DeliveryHours(Store &store, const Clock &clock, QObject *parent = nullptr);

    /// Reads another destination (0: none); until it is read there are no hours.
    void setDestination(DestinationId id);
    /// Whether somebody looks: otherwise nothing is read. Not, at first.
    void setActive(bool isActive);

    /// The oldest first, without gaps; the first and the last are not whole unless the clock is at a full hour.
    const QList<DeliveryHour> &hours() const { return m_hours; }
    const DeliveryHour &day() const { return m_day; } ///< all of them together

Q_SIGNALS:
    void changed();

private:
    void read();
    void readNext();
    void finish();
    void refresh();

    Store &m_store;
    const Clock &m_clock;
    DestinationId m_destination{};
    bool m_isActive = false;
    bool m_isReading = false;
    bool m_isBehind = false;    ///< something changed during the pass
    quint64 m_ticket = 0;       ///< of the newest pass
    QList<qint64> m_bounds;     ///< of the pass: where its hours begin, and where the last one ends
    QList<DeliverySpan> m_read; ///< of the pass, so far
    qint64 m_tookMs = 0;        ///< reading, in the pass so far
    QTimer m_wait;              ///< for the next pass
    QTimer m_minute;            ///< the hours go on without any change
    QList<DeliveryHour> m_hours;
    DeliveryHour m_day;
};

} // namespace courier
