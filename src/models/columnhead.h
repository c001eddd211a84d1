// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QList>
#include <QString>
#include <QVariant>

namespace courier {

/// What stands above a column.
struct ColumnHead
{
    QString words;
    bool isRight = false; ///< numbers: set at the right, as their cells are
};

/// headerData() of a model with these columns.
inline QVariant headCell(const QList<ColumnHead> &heads, int section, Qt::Orientation orientation, int role)
{
    if (orientation != Qt::Horizontal || section < 0 || section >= heads.size()) {
        return {};
    }
    if (role == Qt::TextAlignmentRole) {
        const Qt::Alignment side = heads.at(section).isRight ? Qt::AlignRight : Qt::AlignLeft;
        return QVariant::fromValue(side | Qt::AlignVCenter);
    }
    return role == Qt::DisplayRole ? QVariant(heads.at(section).words) : QVariant();
}

} // namespace courier
