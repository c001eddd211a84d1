// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#include "gui/stylemenus.h"

#include <QPainter>
#include <QStyle>
#include <QStyleOption>

namespace courier {

namespace {

constexpr int glyphSize = 16;
constexpr int glyphLeft = 8;
constexpr int wordsLeft = 32;
constexpr int rightPad = 12;

bool isEnabled(const QStyleOptionMenuItem &item)
{
    return item.state.testFlag(QStyle::State_Enabled);
}

} // namespace

void MenuPainter::paintItem(const QStyleOptionMenuItem &item) const
{
    if (item.menuItemType == QStyleOptionMenuItem::Separator) {
        painter->fillRect(QRect(item.rect.left() + 4, item.rect.center().y(), item.rect.width() - 8, 1),
                          colors.color(ThemeColor::Hairline));
        return;
    }
    const bool enabled = isEnabled(item);
    if (enabled && item.state.testFlag(QStyle::State_Selected))
        paintBox(painter, item.rect, {colors.color(ThemeColor::Selection), {}, 4});

    const auto visual = [&](const QRect &rect) { return QStyle::visualRect(item.direction, item.rect, rect); };
    const int top = item.rect.top() + (item.rect.height() - glyphSize) / 2;
    paintMark(item, visual({item.rect.left() + glyphLeft, top, glyphSize, glyphSize}));

    painter->save();
    painter->setFont(item.font);
    painter->setPen(colors.color(enabled ? ThemeColor::Text : ThemeColor::Disabled));
    const QRect words = item.rect.adjusted(wordsLeft, 0, -rightPad, 0);
    painter->drawText(visual(words),
                      static_cast<int>(QStyle::visualAlignment(item.direction, Qt::AlignLeft)) | Qt::AlignVCenter |
                          wordFlags,
                      item.text.section(u'\t', 0, 0));
    painter->setPen(colors.color(enabled ? ThemeColor::Muted : ThemeColor::Disabled));
    painter->drawText(visual(words),
                      static_cast<int>(QStyle::visualAlignment(item.direction, Qt::AlignRight)) | Qt::AlignVCenter |
                          Qt::TextSingleLine,
                      item.text.section(u'\t', 1));
    painter->restore();
    if (item.menuItemType == QStyleOptionMenuItem::SubMenu) {
        const bool mirrored = item.direction == Qt::RightToLeft;
        glyphs.paint(painter, mirrored ? QStringLiteral("chevron-left") : QStringLiteral("chevron-right"),
                     visual({item.rect.right() - 20, top + 1, 14, 14}),
                     colors.color(enabled ? ThemeColor::Muted : ThemeColor::Disabled));
    }
}

void MenuPainter::paintMark(const QStyleOptionMenuItem &item, const QRect &place) const
{
    const bool enabled = isEnabled(item);
    if (item.checkType != QStyleOptionMenuItem::NotCheckable) {
        if (!item.checked)
            return;
        const QColor color = colors.color(enabled ? ThemeColor::Accent : ThemeColor::Disabled);
        if (item.checkType == QStyleOptionMenuItem::Exclusive)
            paintBox(painter, QRectF(place).adjusted(5, 5, -5, -5), {color, {}, 3});
        else
            glyphs.paint(painter, QStringLiteral("check"), place, color);
        return;
    }
    if (!item.icon.isNull())
        item.icon.paint(painter, place, Qt::AlignCenter, enabled ? QIcon::Normal : QIcon::Disabled);
}

void MenuPainter::paintBarItem(const QStyleOptionMenuItem &item) const
{
    painter->fillRect(item.rect, colors.color(ThemeColor::Window));
    if (item.state.testFlag(QStyle::State_Selected) && isEnabled(item)) {
        const ThemeColor fill =
            item.state.testFlag(QStyle::State_Sunken) ? ThemeColor::Selection : ThemeColor::ButtonPressed;
        paintBox(painter, QRectF(item.rect).adjusted(1, 2, -1, -2), {colors.color(fill), {}, 5});
    }
    painter->setPen(colors.color(isEnabled(item) ? ThemeColor::Text : ThemeColor::Disabled));
    painter->drawText(item.rect, Qt::AlignCenter | wordFlags, item.text);
}

} // namespace courier
