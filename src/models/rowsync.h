// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QAbstractTableModel>
#include <QList>
#include <QSet>

#include <functional>

namespace courier {

/// How a model says that rows come and go.
struct RowSteps
{
    std::function<void(int first, int last)> beginInsert;
    std::function<void()> endInsert;
    std::function<void(int first, int last)> beginRemove;
    std::function<void()> endRemove;
    std::function<void(int from, int to)> beginMove; ///< up, \a to is above \a from
    std::function<void()> endMove;
};

template<typename Row, typename Key>
qsizetype rowWithKey(const QList<Row> &rows, qint64 wanted, Key key, qsizetype from = 0)
{
    for (qsizetype row = from; row < rows.size(); ++row) {
        if (key(rows.at(row)) == wanted) {
            return row;
        }
    }
    return -1;
}

/// Makes \a rows equal to \a next by removing, inserting and moving what differs by \a key, so that indexes others keep
/// stay on their rows. That rows which stay may say something else is for the caller to tell.
template<typename Row, typename Key>
void syncRows(QList<Row> &rows, const QList<Row> &next, Key key, const RowSteps &steps)
{
    QSet<qint64> wanted;
    for (const Row &row : next) {
        wanted.insert(key(row));
    }
    for (qsizetype row = rows.size() - 1; row >= 0; --row) {
        if (!wanted.contains(key(rows.at(row)))) {
            steps.beginRemove(static_cast<int>(row), static_cast<int>(row));
            rows.removeAt(row);
            steps.endRemove();
        }
    }
    for (qsizetype i = 0; i < next.size(); ++i) {
        const qsizetype from = rowWithKey(rows, key(next.at(i)), key, i);
        if (from < 0) {
            qsizetype end = i + 1;
            while (end < next.size() && rowWithKey(rows, key(next.at(end)), key, i) < 0) {
                ++end;
            }
            steps.beginInsert(static_cast<int>(i), static_cast<int>(end - 1));
            for (; i < end; ++i) {
                rows.insert(i, next.at(i));
            }
            --i;
            steps.endInsert();
            continue;
        }
        if (from > i) {
            steps.beginMove(static_cast<int>(from), static_cast<int>(i));
            rows.move(from, i);
            steps.endMove();
        }
        rows[i] = next.at(i);
    }
}

/// A table whose rows are read anew as a whole now and then, and change by the least. Main thread.
template<typename Row>
class RowListModel : public QAbstractTableModel
{
public:
    int rowCount(const QModelIndex &parent = {}) const override
    {
        return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
    }

protected:
    using QAbstractTableModel::QAbstractTableModel;

    const QList<Row> &rows() const { return m_rows; }
    template<typename Key>
    void setRows(const QList<Row> &next, Key key)
    {
        const RowSteps steps{
            [this](int first, int last) { beginInsertRows({}, first, last); },   [this] { endInsertRows(); },
            [this](int first, int last) { beginRemoveRows({}, first, last); },   [this] { endRemoveRows(); },
            [this](int from, int to) { beginMoveRows({}, from, from, {}, to); }, [this] { endMoveRows(); }};
        syncRows(m_rows, next, key, steps);
        sayAllChanged();
    }
    void sayAllChanged()
    {
        if (!m_rows.isEmpty()) {
            Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, columnCount() - 1));
        }
    }

private:
    QList<Row> m_rows;
};

} // namespace courier
