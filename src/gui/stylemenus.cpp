// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#include "gui/stylemenus.h"

#include "gui/stylepaint.h"

#include <QPainter>

namespace courier {

namespace {

constexpr int glyphSize = 16;
constexpr int glyphLeft = 8;
constexpr int wordsLeft = 32;
constexpr int rightPad = 12;

void paintMark(const Canvas &canvas, const QStyleOptionMenuItem &item, const QRect &place)
{
    if (item.checkType == QStyleOptionMenuItem::NotCheckable) {
        if (!item.icon.isNull()) {
            item.icon.paint(canvas.painter, place, Qt::AlignCenter, canvas.iconMode());
        }
        return;
    }
    if (!item.checked) {
        return;
    }
    const QColor color = canvas.colorIfEnabled(ThemeColor::Accent);
    if (item.checkType == QStyleOptionMenuItem::Exclusive) {
        paintBox(canvas.painter, QRectF(place).adjusted(5, 5, -5, -5), {color, {}, 3});
    } else {
        canvas.glyphs.paint(canvas.painter, QStringLiteral("check"), place, color);
    }
}

void paintWords(const Canvas &canvas, const QStyleOptionMenuItem &item)
{
    const QRect area = canvas.mirrored(item.rect.adjusted(wordsLeft, 0, -rightPad, 0));
    const auto flags = [&](Qt::Alignment side, int how) {
        return static_cast<int>(QStyle::visualAlignment(item.direction, side) | Qt::AlignVCenter) | how;
    };
    canvas.painter->save();
    canvas.painter->setFont(item.font);
    canvas.painter->setPen(canvas.colorIfEnabled(ThemeColor::Text));
    canvas.painter->drawText(area, flags(Qt::AlignLeft, canvas.lineFlags()), item.text.section(u'\t', 0, 0));
    canvas.painter->setPen(canvas.colorIfEnabled(ThemeColor::Muted));
    canvas.painter->drawText(area, flags(Qt::AlignRight, Qt::TextSingleLine), item.text.section(u'\t', 1));
    canvas.painter->restore();
}

} // namespace

bool paintMenuItem(const Canvas &canvas)
{
    const auto *item = canvas.as<QStyleOptionMenuItem>();
    if (!item) {
        return false;
    }
    const QRect rect = item->rect;
    if (item->menuItemType == QStyleOptionMenuItem::Separator) {
        canvas.painter->fillRect(QRect(rect.left() + 4, rect.center().y(), rect.width() - 8, 1),
                                 canvas.color(ThemeColor::Hairline));
        return true;
    }
    if (canvas.isEnabled() && canvas.has(QStyle::State_Selected)) {
        paintBox(canvas.painter, rect, {canvas.color(ThemeColor::Selection), {}, 4});
    }
    const int top = rect.top() + (rect.height() - glyphSize) / 2;
    paintMark(canvas, *item, canvas.mirrored({rect.left() + glyphLeft, top, glyphSize, glyphSize}));
    paintWords(canvas, *item);
    if (item->menuItemType == QStyleOptionMenuItem::SubMenu) {
        canvas.glyphs.paint(
            canvas.painter,
            item->direction == Qt::RightToLeft ? QStringLiteral("chevron-left") : QStringLiteral("chevron-right"),
            canvas.mirrored({rect.right() - 20, top + 1, 14, 14}), canvas.colorIfEnabled(ThemeColor::Muted));
    }
    return true;
}

bool paintMenuBarItem(const Canvas &canvas)
{
    const auto *item = canvas.as<QStyleOptionMenuItem>();
    if (!item) {
        return false;
    }
    canvas.painter->fillRect(item->rect, canvas.color(ThemeColor::Window));
    if (canvas.isEnabled() && canvas.has(QStyle::State_Selected)) {
        const ThemeColor fill = canvas.has(QStyle::State_Sunken) ? ThemeColor::Selection : ThemeColor::ButtonPressed;
        paintBox(canvas.painter, QRectF(item->rect).adjusted(1, 2, -1, -2), {canvas.color(fill), {}, 5});
    }
    canvas.painter->setPen(canvas.colorIfEnabled(ThemeColor::Text));
    canvas.painter->drawText(item->rect, Qt::AlignCenter | canvas.lineFlags(), item->text);
    return true;
}

} // namespace courier
