// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "models/rowsync.h"
#include "store/store.h"

namespace courier {

/// The last ten tests of one destination, the newest first. Lives on the main thread.
class TestAttemptsModel : public RowListModel<Attempt>
{
    Q_OBJECT

public:
    enum Column { WhenColumn, ResultColumn, TookColumn };
    static constexpr int columns = TookColumn + 1;

    /// \a store and \a clock outlive it.
    TestAttemptsModel(Store &store, const Clock &clock, QObject *parent = nullptr);

    /// Shows another destination (0: none): its rows come when they are read.
    void setDestination(DestinationId id);
    void refresh();

    /// Whole, with what was sent and received; null where there is no such row. Good until control returns to the
    /// event loop.
    const Attempt *attempt(int row) const;

    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;

Q_SIGNALS:
    void loaded();

private:
    Store &m_store;
    const Clock &m_clock;
    DestinationId m_destination{};
    quint64 m_ticket = 0; ///< of the newest read
};

} // namespace courier
