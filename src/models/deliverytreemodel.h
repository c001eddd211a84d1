// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "models/deliverynodes.h"
#include "store/store.h"

#include <QAbstractItemModel>
#include <QTimer>

namespace courier {

/// What became of one alert: a row a destination (those that fail first), under it a row an attempt. Read in the
/// background and again when the alert changes; then rows change in place and are added, so that what is open and
/// selected stays so. Lives on the main thread.
class DeliveryTreeModel : public QAbstractItemModel
{
    Q_OBJECT

public:
    enum Column { DestinationColumn, WhenColumn, ResultColumn, TookColumn };
    static constexpr int columns = TookColumn + 1;

    /// \a store and \a clock outlive it.
    DeliveryTreeModel(Store &store, const Clock &clock, DestinationNames names, QObject *parent = nullptr);

    /// Shows another alert (0: none), as soon as it is read.
    void setAlert(AlertId id);
    AlertId alert() const { return m_alert; } ///< the one that the rows are of
    void refresh();
    /// Leaves the trigger out of an attempt's words, where room is short.
    void setCompact(bool compact);
    void updateNames();
    /// Moves the countdowns on; its own timer does that, too.
    void tick();

    /// One sentence over all of it; empty while nothing is shown.
    const QString &summary() const { return m_summary; }
    AlertStatus status() const;

    DeliveryId deliveryAt(const QModelIndex &index) const; ///< also of an attempt's row; 0 for no row
    AttemptId attemptAt(const QModelIndex &index) const;   ///< of a destination's row its newest; 0 where there is none
    /// The delivery behind a row; null for no row. Good until control returns to the event loop.
    const Delivery *delivery(const QModelIndex &index) const;
    const Attempt *attempt(const QModelIndex &index) const; ///< without headers and bodies; else the same
    /// The one to show first: the newest of the worst delivery that has any; 0 where there is none.
    AttemptId firstAttempt() const { return mostTelling(m_nodes); }
    QModelIndex indexOf(AttemptId id) const;
    /// The rows to open at first: of destinations that don't have it.
    QModelIndexList openAtFirst() const;

    QModelIndex index(int row, int column, const QModelIndex &parent = {}) const override;
    QModelIndex parent(const QModelIndex &index) const override;
    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;

Q_SIGNALS:
    void loaded(courier::AlertId alert); ///< the rows are those of another alert now
    void refreshed();                    ///< the rows of the same alert were brought up to date
    void summaryChanged();

private:
    void onStoreChanged(const StoreChanges &changes);
    void read();
    void take(AlertId id, const DeliveryNodes &nodes);
    void replaceAll(AlertId id, DeliveryNodes nodes);
    void update(int row, const DeliveryNode &node);
    void updateSummary();
    const DeliveryNode *node(const QModelIndex &index) const;

    Store &m_store;
    const Clock &m_clock;
    DestinationNames m_names;
    AlertId m_wanted{};
    AlertId m_alert{};
    DeliveryNodes m_nodes; ///< in the order of the rows; only added to while the alert is the same
    QString m_summary;
    QTimer m_timer;
    bool m_isReading = false;
    bool m_readAgain = false;
    bool m_compact = false;
};

} // namespace courier
