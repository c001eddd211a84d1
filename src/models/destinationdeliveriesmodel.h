// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "models/rowsync.h"
#include "store/store.h"

#include <QTimer>

namespace courier {

/// The latest deliveries of one destination, the newest first; kept up to date while they change. Lives on the main
/// thread.
class DestinationDeliveriesModel : public RowListModel<DeliveryRow>
{
    Q_OBJECT

public:
    enum Column { DeliveryColumn, TimeColumn, AlertColumn, ResultColumn, AttemptsColumn, TookColumn };
    static constexpr int columns = TookColumn + 1;
    static constexpr int longest = 100; ///< rows

    /// \a store and \a clock outlive it.
    DestinationDeliveriesModel(Store &store, const Clock &clock, QObject *parent = nullptr);

    /// Shows another destination (0: none): its rows come when they are read.
    void setDestination(DestinationId id);
    DestinationId destination() const { return m_destination; }
    void refresh();
    /// Moves on what tells the time; its own timer does that, too.
    void tick();

    /// Null where there is no such row. Good until control returns to the event loop.
    const DeliveryRow *deliveryRow(int row) const;

    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;

Q_SIGNALS:
    void loaded(); ///< the rows of the destination that was set last are there

private:
    void read();
    QString text(const DeliveryRow &row, int column) const;
    QVariant mark(const DeliveryRow &row, int column, int role) const;

    Store &m_store;
    const Clock &m_clock;
    DestinationId m_destination{};
    QTimer m_refreshTimer;
    QTimer m_tickTimer;
    quint64 m_ticket = 0; ///< of the newest read
};

} // namespace courier
