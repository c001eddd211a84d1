// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#include "gui/navdelegate.h"

#include "gui/elidedlabel.h"
#include "gui/fonts.h"
#include "gui/glyphs.h"
#include "gui/stylepaint.h"
#include "gui/theme.h"
#include "models/roles.h"

#include <QAbstractItemView>
#include <QHelpEvent>
#include <QPainter>
#include <QToolTip>

#include <algorithm>

namespace courier {

namespace {

constexpr int rowHeight = 30;
constexpr int firstHeadingHeight = 32;
constexpr int headingHeight = 38;
constexpr int inset = 8;    ///< of the selection from the edges of the sidebar
constexpr int padding = 10; ///< within it
constexpr int glyphSize = 16;
constexpr int gap = 8;
constexpr int leastLeading = 10; ///< between the lines of two rows, where the font is big

bool isHeading(const QModelIndex &index)
{
    return index.data(HeadingRole).toBool();
}

/// The whole width of the sidebar, whatever the indentation of the tree.
QRect rowRect(const QStyleOptionViewItem &option)
{
    QRect row = option.rect;
    row.setLeft(inset);
    const auto *view = qobject_cast<const QAbstractItemView *>(option.widget);
    if (view) {
        row.setRight(view->viewport()->width() - inset - 1);
    }
    return row;
}

/// \a part of a row, mirrored where one reads from the right.
QRect mirrored(const QStyleOptionViewItem &option, const QRect &part)
{
    return QStyle::visualRect(option.direction, rowRect(option), part);
}

int countWidth(const QStyleOptionViewItem &option, const QString &count)
{
    return count.isEmpty() ? 0 : QFontMetrics(option.font).horizontalAdvance(count) + gap;
}

QRect nameRect(const QStyleOptionViewItem &option, const QString &count)
{
    return rowRect(option).adjusted(padding + glyphSize + gap, 0, -padding - countWidth(option, count), 0);
}

void paintHeading(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index)
{
    painter->setFont(fontFor(TextRole::SmallStrong, option.font));
    painter->setPen(Theme::of(option.widget).color(ThemeColor::Muted));
    const QRect words = rowRect(option).adjusted(gap, 6, -gap, 0);
    painter->drawText(words, Qt::AlignVCenter | Qt::TextSingleLine,
                      painter->fontMetrics().elidedText(index.data().toString(), Qt::ElideRight, words.width()));
}

void paintSelection(QPainter *painter, const QStyleOptionViewItem &option)
{
    const ColorTable &colors = Theme::of(option.widget);
    const QRect ground = rowRect(option).adjusted(0, 1, 0, -1);
    paintBox(painter, ground, {colors.color(ThemeColor::Selection), {}, 6});
    if (option.widget && option.widget->hasFocus()) {
        paintFocusRing(painter, ground, colors);
    }
}

} // namespace

void NavDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    if (isHeading(index)) {
        paintHeading(painter, option, index);
        painter->restore();
        return;
    }
    const ColorTable &colors = Theme::of(option.widget);
    const bool selected = option.state.testFlag(QStyle::State_Selected);
    const bool enabled = option.state.testFlag(QStyle::State_Enabled);
    if (selected) {
        paintSelection(painter, option);
    }

    const QRect row = rowRect(option);
    const QRect glyph(row.left() + padding, row.top() + (row.height() - glyphSize) / 2, glyphSize, glyphSize);
    paintGlyph(painter, index.data(GlyphRole).toString(), mirrored(option, glyph),
               colors.color(index.data(ColorKeyRole).toString()), option.widget);

    const QString count = index.data(CountRole).toString();
    const QRect name = mirrored(option, nameRect(option, count));
    painter->setFont(selected ? fontFor(TextRole::Strong, option.font) : option.font);
    painter->setPen(colors.color(enabled ? ThemeColor::Text : ThemeColor::Muted));
    painter->drawText(name, Qt::AlignVCenter | Qt::TextSingleLine,
                      painter->fontMetrics().elidedText(index.data().toString(), Qt::ElideRight, name.width()));
    painter->setFont(option.font);
    painter->setPen(colors.color(selected ? ThemeColor::Text : ThemeColor::Muted));
    painter->drawText(mirrored(option, row.adjusted(0, 0, -padding, 0)),
                      Qt::AlignVCenter | Qt::AlignRight | Qt::TextSingleLine, count);
    painter->restore();
}

QSize NavDelegate::sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    int height = rowHeight;
    if (isHeading(index)) {
        height = index.row() == 0 && !index.parent().isValid() ? firstHeadingHeight : headingHeight;
    }
    return {100, std::max(height, option.fontMetrics.height() + leastLeading)};
}

bool NavDelegate::helpEvent(QHelpEvent *event, QAbstractItemView *view, const QStyleOptionViewItem &option,
                            const QModelIndex &index)
{
    if (event->type() != QEvent::ToolTip || !index.isValid()) {
        return QStyledItemDelegate::helpEvent(event, view, option, index);
    }
    QString tip = index.data(Qt::ToolTipRole).toString();
    const QString name = index.data().toString();
    const QRect room = nameRect(option, index.data(CountRole).toString());
    if (tip.isEmpty() && QFontMetrics(option.font).horizontalAdvance(name) > room.width()) {
        tip = name;
    }
    QToolTip::showText(event->globalPos(), plainToolTip(tip), view->viewport(), option.rect);
    return true;
}

} // namespace courier
