// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QStyledItemDelegate>

namespace courier {

/// Paints a cell of a table or a tree by the roles of models/roles.h: glyph in its colour, then the words, elided. The
/// height is fixed and the width never measured, so a view of a million rows costs what it shows. Tool tips are shown
/// as plain text; where there is none, the words that didn't fit are. GUI thread.
class CellDelegate : public QStyledItemDelegate
{
    Q_OBJECT

public:
    /// \a rowHeight in pixels: 30 for tables, 26 for trees; more where the font is too big for it.
    explicit CellDelegate(QObject *parent, int rowHeight = 30);

    void paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override;
    QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const override;
    bool helpEvent(QHelpEvent *event, QAbstractItemView *view, const QStyleOptionViewItem &option,
                   const QModelIndex &index) override;

private:
    int m_rowHeight;
};

} // namespace courier
