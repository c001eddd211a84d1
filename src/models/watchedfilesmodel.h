// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "desk/watchedfile.h"
#include "desk/watchedfiles.h"

#include <QAbstractTableModel>
#include <QHash>
#include <QList>

namespace courier {

/// The watched files as they are being edited, each with how it does now. Lives on the main thread.
class WatchedFilesModel : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum Column { FileColumn, FormatColumn, StateColumn, TakenColumn, BadColumn, ColumnCount };

    using QAbstractTableModel::QAbstractTableModel;

    const QList<WatchedFile> &files() const { return m_files; }
    void setFiles(const QList<WatchedFile> &files);
    void append(const WatchedFile &file);
    void replace(int row, const WatchedFile &file);
    void remove(int row);
    /// How they do; those that are not in the list are left aside.
    void setStates(const QList<WatchState> &states);

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    QString text(const WatchedFile &file, int column) const;
    QString toolTip(const WatchedFile &file, int column) const;
    std::optional<WatchState> stateOf(const WatchedFile &file) const;
    QString stateWords(const WatchedFile &file) const;

    QList<WatchedFile> m_files;
    QHash<qint64, WatchState> m_states;
};

} // namespace courier
