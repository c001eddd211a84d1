// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "models/alertindex.h"
#include "models/rowsync.h"

#include <QAbstractItemModel>

#include <optional>

namespace courier {

/// The sidebar: the alerts in a few views with their counts, and the destinations with how they do. Rows change in
/// place: what is selected stays so. Lives on the main thread.
class NavigationModel : public QAbstractItemModel
{
    Q_OBJECT

public:
    enum class Kind { Heading, AllAlerts, NeedsAttention, Retrying, DeliveredToday, Destination, Placeholder };
    Q_ENUM(Kind)

    /// \a index outlives it.
    explicit NavigationModel(const AlertIndex &index, QObject *parent = nullptr);

    /// All there are, in the order to be shown.
    void setDestinations(const QList<Destination> &destinations);
    void setStats(const QList<DestinationStats> &stats);

    Kind kindAt(const QModelIndex &index) const;
    DestinationId destinationAt(const QModelIndex &index) const; ///< 0 where it isn't one
    QModelIndex indexOf(Kind kind) const;                        ///< of a view of the alerts
    QModelIndex indexOf(DestinationId id) const;

    QModelIndex index(int row, int column, const QModelIndex &parent = {}) const override;
    QModelIndex parent(const QModelIndex &index) const override;
    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    Qt::ItemFlags flags(const QModelIndex &index) const override;

private:
    struct Entry
    {
        Destination destination;
        DestinationStats stats;
    };
    static qint64 keyOf(const Entry &entry) { return number(entry.destination.id); }
    QModelIndex heading(int row) const { return index(row, 0); }
    void sayCountsChanged();
    void sayDestinationsChanged();
    RowSteps stepsBelow(const QModelIndex &parent);
    static QVariant placeholderData(int role);
    QVariant viewData(Kind kind, int role) const;
    QVariant destinationData(const Entry &entry, int role) const;
    std::optional<qint64> countOf(Kind kind) const;

    const AlertIndex &m_index;
    QList<Entry> m_entries; ///< one with no id where there is no destination
};

} // namespace courier
