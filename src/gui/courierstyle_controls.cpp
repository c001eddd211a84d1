// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#include "gui/courierstyle.h"
#include "gui/fonts.h"
#include "gui/stylemenus.h"
#include "gui/stylepaint.h"
#include "gui/stylewidgets.h"

#include <QAbstractScrollArea>
#include <QPainter>
#include <QStyleOption>

#include <cmath>

namespace courier {

namespace {

constexpr int wordFlags = Qt::TextSingleLine | Qt::TextShowMnemonic;

/// Underlines mnemonics only where the style says so.
int mnemonicFlags(const QStyle *style, const QStyleOption *option, const QWidget *widget)
{
    const bool shown = style->styleHint(QStyle::SH_UnderlineShortcut, option, widget) != 0;
    return wordFlags | (shown ? 0 : Qt::TextHideMnemonic);
}

QIcon::Mode iconMode(const QStyleOption *option)
{
    return option->state.testFlag(QStyle::State_Enabled) ? QIcon::Normal : QIcon::Disabled;
}

QRect centered(const QRect &rect, int x, int size)
{
    return {x, rect.top() + (rect.height() - size) / 2, size, size};
}

/// The ground a header stands on: that of the view it belongs to.
QColor groundOf(const QWidget *child, const ColorTable &colors)
{
    const auto *area = child ? qobject_cast<const QAbstractScrollArea *>(child->parentWidget()) : nullptr;
    if (!area)
        return colors.color(ThemeColor::Base);
    return area->viewport()->palette().color(area->viewport()->backgroundRole());
}

} // namespace

void CourierStyle::drawButtonLabel(const QStyleOptionButton &button, QPainter *painter, const QWidget *widget) const
{
    const bool enabled = button.state.testFlag(State_Enabled);
    const bool primary = isPrimaryButton(button, widget);
    ThemeColor color = primary ? ThemeColor::OnAccent : ThemeColor::Text;
    if (!enabled)
        color = ThemeColor::Disabled;
    const int iconSize = button.icon.isNull() ? 0 : button.iconSize.width();
    const int gap = iconSize > 0 && !button.text.isEmpty() ? 8 : 0;
    const int room = button.rect.width() - iconSize - gap - 8;
    const QString text = button.fontMetrics.size(Qt::TextShowMnemonic, button.text).width() > room
                             ? button.fontMetrics.elidedText(button.text, Qt::ElideRight, room, Qt::TextShowMnemonic)
                             : button.text;
    const int textWidth = button.fontMetrics.size(Qt::TextShowMnemonic, text).width();
    const bool atLeft = widget && widget->property("alignLeft").toBool();
    const int before = atLeft ? 8 : (button.rect.width() - iconSize - gap - textWidth) / 2;
    const QRect whole(button.rect.left() + before, button.rect.top(), iconSize + gap + textWidth, button.rect.height());
    if (iconSize > 0) {
        const QRect place = visualRect(button.direction, button.rect, centered(button.rect, whole.left(), iconSize));
        if (primary && Glyphs::exists(button.icon.name()))
            m_glyphs.paint(painter, button.icon.name(), place, colors().color(color));
        else
            button.icon.paint(painter, place, Qt::AlignCenter, iconMode(&button));
    }
    painter->setPen(colors().color(color));
    const QRect words = visualRect(button.direction, button.rect, whole.adjusted(iconSize + gap, 0, 2, 0));
    painter->drawText(words, Qt::AlignVCenter | Qt::AlignLeft | mnemonicFlags(this, &button, widget), text);
}

void CourierStyle::drawToolButtonLabel(const QStyleOptionToolButton &button, QPainter *painter,
                                       const QWidget *widget) const
{
    const int iconSize = button.iconSize.width();
    const bool big = iconSize > 16;
    const QRect icon =
        visualRect(button.direction, button.rect, centered(button.rect, button.rect.left() + (big ? 10 : 6), iconSize));
    const QRect words = visualRect(button.direction, button.rect,
                                   button.rect.adjusted((big ? 10 : 6) + iconSize + (big ? 8 : 6), 0, 0, 0));
    button.icon.paint(painter, icon, Qt::AlignCenter, iconMode(&button));
    painter->save();
    painter->setFont(button.font);
    painter->setPen(colors().color(button.state.testFlag(State_Enabled) ? ThemeColor::Text : ThemeColor::Disabled));
    painter->drawText(words, Qt::AlignVCenter | mnemonicFlags(this, &button, widget), button.text);
    painter->restore();
}

void CourierStyle::drawHeaderLabel(const QStyleOptionHeader &header, QPainter *painter, const QWidget *widget) const
{
    constexpr int arrow = 12;
    const bool sorted = header.sortIndicator != QStyleOptionHeader::None;
    const QFont font = fontFor(TextRole::Small, widget ? widget->font() : painter->font());
    const QFontMetrics metrics(font);
    const QRect area = header.rect.adjusted(0, 0, 0, -1);
    const QString text = metrics.elidedText(header.text, Qt::ElideRight, area.width() - (sorted ? arrow + 6 : 0));
    const int textWidth = metrics.horizontalAdvance(text);
    const bool right = header.textAlignment.testFlag(Qt::AlignRight);
    painter->save();
    painter->setFont(font);
    painter->setPen(colors().color(header.state.testFlag(State_MouseOver) ? ThemeColor::Text : ThemeColor::Muted));
    painter->drawText(area, static_cast<int>(right ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter | wordFlags,
                      text);
    if (sorted) {
        const double x = right ? area.right() + 1 - textWidth - 6 - arrow : area.left() + textWidth + 6;
        // Qt calls the descending order "up".
        const QString glyph = header.sortIndicator == QStyleOptionHeader::SortUp ? QStringLiteral("chevron-down")
                                                                                 : QStringLiteral("chevron-up");
        m_glyphs.paint(painter, glyph, QRectF(x, area.center().y() - arrow / 2 + 1, arrow, arrow),
                       colors().color(ThemeColor::Muted));
    }
    painter->restore();
}

void CourierStyle::drawTab(const QStyleOptionTab &tab, QPainter *painter) const
{
    const QRect rect = tab.rect;
    paintBottomLine(painter, rect, colors());
    if (tab.state.testFlag(State_Selected)) {
        paintBox(painter, QRectF(rect.left() + 8, rect.bottom() - 1.5, rect.width() - 16, 2.5),
                 {colors().color(ThemeColor::Accent), {}, 1.25});
    }
    if (tab.state.testFlag(State_HasFocus))
        paintBox(painter, QRectF(rect).adjusted(2, 3, -2, -5), {{}, colors().color(ThemeColor::Accent), 5, 2});
}

void CourierStyle::drawComboLabel(const QStyleOptionComboBox &combo, QPainter *painter, const QWidget *widget) const
{
    if (combo.editable)
        return;
    QRect area = subControlRect(CC_ComboBox, &combo, SC_ComboBoxEditField, widget);
    if (!combo.currentIcon.isNull()) {
        const QRect icon = visualRect(combo.direction, area, centered(area, area.left(), combo.iconSize.width()));
        combo.currentIcon.paint(painter, icon, Qt::AlignCenter, iconMode(&combo));
        area.setLeft(area.left() + combo.iconSize.width() + 8);
    }
    painter->setPen(colors().color(combo.state.testFlag(State_Enabled) ? ThemeColor::Text : ThemeColor::Disabled));
    painter->drawText(area, Qt::AlignVCenter | Qt::TextSingleLine,
                      combo.fontMetrics.elidedText(combo.currentText, Qt::ElideRight, area.width()));
}

void CourierStyle::drawControl(ControlElement element, const QStyleOption *option, QPainter *painter,
                               const QWidget *widget) const
{
    const QRect rect = option->rect;
    switch (element) {
    case CE_PushButtonLabel:
        if (const auto *button = qstyleoption_cast<const QStyleOptionButton *>(option);
            button && !button->features.testFlag(QStyleOptionButton::HasMenu))
            return drawButtonLabel(*button, painter, widget);
        break;
    case CE_ToolButtonLabel:
        if (const auto *button = qstyleoption_cast<const QStyleOptionToolButton *>(option);
            button && button->toolButtonStyle == Qt::ToolButtonTextBesideIcon)
            return drawToolButtonLabel(*button, painter, widget);
        break;
    case CE_HeaderSection:
    case CE_HeaderEmptyArea:
        painter->fillRect(rect, groundOf(widget, colors()));
        return paintBottomLine(painter, rect, colors());
    case CE_HeaderLabel:
        if (const auto *header = qstyleoption_cast<const QStyleOptionHeader *>(option))
            return drawHeaderLabel(*header, painter, widget);
        break;
    case CE_TabBarTabShape:
        if (const auto *tab = qstyleoption_cast<const QStyleOptionTab *>(option))
            return drawTab(*tab, painter);
        break;
    case CE_TabBarTabLabel:
        if (const auto *tab = qstyleoption_cast<const QStyleOptionTab *>(option)) {
            ThemeColor color = tab->state.testFlag(State_Selected) ? ThemeColor::Text : ThemeColor::Muted;
            if (!tab->state.testFlag(State_Enabled))
                color = ThemeColor::Disabled;
            painter->setPen(colors().color(color));
            return painter->drawText(rect, Qt::AlignCenter | mnemonicFlags(this, option, widget), tab->text);
        }
        break;
    case CE_ToolBar:
        painter->fillRect(rect, colors().color(ThemeColor::Window));
        return paintBottomLine(painter, rect, colors());
    case CE_Splitter:
        if (option->state.testFlag(State_Horizontal))
            return painter->fillRect(QRect(rect.center().x(), rect.top(), 1, rect.height()),
                                     colors().color(ThemeColor::Hairline));
        return painter->fillRect(QRect(rect.left(), rect.center().y(), rect.width(), 1),
                                 colors().color(ThemeColor::Hairline));
    case CE_ProgressBar:
        if (const auto *bar = qstyleoption_cast<const QStyleOptionProgressBar *>(option))
            return drawProgress(*bar, painter);
        break;
    case CE_ComboBoxLabel:
        if (const auto *combo = qstyleoption_cast<const QStyleOptionComboBox *>(option))
            return drawComboLabel(*combo, painter, widget);
        break;
    case CE_ShapedFrame:
        if (const auto *frame = qstyleoption_cast<const QStyleOptionFrame *>(option);
            frame && (frame->frameShape == QFrame::HLine || frame->frameShape == QFrame::VLine)) {
            const bool flat = frame->frameShape == QFrame::HLine;
            return painter->fillRect(flat ? QRect(rect.left(), rect.center().y(), rect.width(), 1)
                                          : QRect(rect.center().x(), rect.top(), 1, rect.height()),
                                     colors().color(ThemeColor::Hairline));
        }
        break;
    case CE_MenuItem:
    case CE_MenuBarItem:
        if (const auto *item = qstyleoption_cast<const QStyleOptionMenuItem *>(option)) {
            const MenuPainter menu{painter, colors(), m_glyphs, mnemonicFlags(this, option, widget)};
            return element == CE_MenuItem ? menu.paintItem(*item) : menu.paintBarItem(*item);
        }
        break;
    case CE_MenuBarEmptyArea:
        return painter->fillRect(rect, colors().color(ThemeColor::Window));
    default:
        break;
    }
    QProxyStyle::drawControl(element, option, painter, widget);
}

} // namespace courier
