// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#include "gui/styleitems.h"

#include "gui/stylepaint.h"
#include "gui/stylewidgets.h"

#include <QAbstractItemView>
#include <QPainter>

namespace courier {

namespace {

/// The current row of a view that has the focus bears an accent bar where it begins.
void paintCurrentBar(const Canvas &canvas)
{
    constexpr int width = 3;
    const auto *view = qobject_cast<const QAbstractItemView *>(canvas.widget);
    if (!view || !view->hasFocus()) {
        return;
    }
    const QRect rect = canvas.option->rect;
    const QRect row(0, rect.top(), view->viewport()->width(), rect.height());
    const QRect bar = QStyle::visualRect(canvas.option->direction, row, QRect(0, rect.top(), width, rect.height()));
    if (!rect.contains(bar.center())) {
        return;
    }
    const QModelIndex here = view->indexAt(bar.center());
    const QModelIndex current = view->currentIndex();
    if (here.isValid() && here.row() == current.row() && here.parent() == current.parent()) {
        canvas.painter->fillRect(bar, canvas.color(ThemeColor::Accent));
    }
}

void paintChosen(const Canvas &canvas)
{
    if (canvas.has(QStyle::State_Selected)) {
        canvas.painter->fillRect(canvas.option->rect, canvas.color(ThemeColor::Selection));
    }
    paintCurrentBar(canvas);
}

} // namespace

void paintRow(const Canvas &canvas)
{
    if (canvas.flag("navigation")) {
        return;
    }
    const auto *item = canvas.as<QStyleOptionViewItem>();
    if (item && item->features.testFlag(QStyleOptionViewItem::Alternate)) {
        canvas.painter->fillRect(canvas.option->rect, canvas.color(ThemeColor::AlternateBase));
    }
    paintChosen(canvas);
}

void paintItem(const Canvas &canvas)
{
    if (!isPlainList(canvas.widget)) {
        paintChosen(canvas); // a tree paints the row only beside its cells
        return;
    }
    if (!canvas.has(QStyle::State_Selected) && !canvas.isHovered()) {
        return;
    }
    const ThemeColor fill = canvas.has(QStyle::State_Selected) ? ThemeColor::Selection : ThemeColor::ButtonHover;
    paintBox(canvas.painter, canvas.rect().adjusted(3, 1, -3, -1), {canvas.color(fill), {}, 5});
}

} // namespace courier
