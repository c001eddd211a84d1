// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "domain/clock.h"
#include "domain/severity.h"
#include "receiver/echoreceiver.h"

#include <QAbstractTableModel>

#include <optional>

namespace courier {

/// What the built-in receiver got, the newest first. Lives on the main thread.
class ReceivedModel : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum Column { ReceivedColumn, AlertColumn, AnsweredColumn };
    static constexpr int columns = AnsweredColumn + 1;

    /// \a receiver and \a clock outlive it.
    ReceivedModel(const EchoReceiver &receiver, const Clock &clock, QObject *parent = nullptr);

    /// Null where there is no such row. Good until control returns to the event loop.
    const ReceivedRequest *request(int row) const;

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;

private:
    struct Row
    {
        ReceivedRequest request;
        QString title;
        std::optional<Severity> severity; ///< nothing where it isn't an alert
    };
    static Row rowOf(const ReceivedRequest &request);
    void add(const ReceivedRequest &request);
    QString text(const Row &row, int column) const;
    static QVariant mark(const Row &row, int column, int role);

    const EchoReceiver &m_receiver;
    const Clock &m_clock;
    QList<Row> m_rows; ///< the oldest first, as the receiver has them
};

} // namespace courier
