// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#include "gui/courierstyle.h"
#include "gui/stylewidgets.h"

#include <QAbstractScrollArea>
#include <QStyleOption>
#include <QWidget>

#include <algorithm>

namespace courier {

namespace {

constexpr int controlHeight = 32;
constexpr int smallHeight = 28;
constexpr int leastButtonWidth = 88;
constexpr int buttonIconRoom = 24; ///< icon and its gap to the words
constexpr int menuGlyphColumn = 32;
constexpr int spinRoom = 48; ///< around the words: its edge, its padding and the two steps

/// Around the words of a combo box: its edge, its padding and the arrow.
int comboRoom(const QStyleOption *option)
{
    const auto *combo = qstyleoption_cast<const QStyleOptionComboBox *>(option);
    return combo && combo->editable ? 54 : 44;
}

/// \a height, or more where the font is too big for it.
int roomFor(const QFontMetrics &metrics, int height)
{
    return std::max(height, metrics.height() + 10);
}

int textWidth(const QFontMetrics &metrics, const QString &text)
{
    return metrics.size(Qt::TextShowMnemonic, text).width();
}

QSize pushButtonSize(const QStyleOptionButton &button, const QWidget *widget)
{
    const bool small = widget && (widget->property("segment").isValid() || widget->property("compact").toBool());
    const int height = roomFor(button.fontMetrics, small ? smallHeight : controlHeight);
    if (button.text.isEmpty()) {
        return {height, height};
    }
    int width = textWidth(button.fontMetrics, button.text) + (small ? 24 : 32);
    if (!button.icon.isNull()) {
        width += buttonIconRoom;
    }
    if (button.features.testFlag(QStyleOptionButton::HasMenu)) {
        width += 20;
    }
    const bool plain = small || (widget && widget->property("flatButton").toBool());
    return {plain ? width : std::max(width, leastButtonWidth), height};
}

QSize toolButtonSize(const QStyleOptionToolButton &button, const QSize &base)
{
    const int height = roomFor(button.fontMetrics, button.iconSize.width() > 16 ? controlHeight : 24);
    if (button.toolButtonStyle != Qt::ToolButtonTextBesideIcon) {
        return {std::max(base.width(), height), height};
    }
    const int around = button.iconSize.width() > 16 ? 30 : 22;
    int width = textWidth(button.fontMetrics, button.text) + button.iconSize.width() + around;
    if (button.features.testFlag(QStyleOptionToolButton::MenuButtonPopup)) {
        width += 16;
    } else if (button.features.testFlag(QStyleOptionToolButton::HasMenu)) {
        width += 12;
    }
    return {width, height};
}

QSize menuItemSize(const QStyleOptionMenuItem &item, const QSize &contents)
{
    if (item.menuItemType == QStyleOptionMenuItem::Separator) {
        return {10, 9};
    }
    const QString words = item.text.section(u'\t', 0, 0);
    const int shortcutGap = item.text.contains(u'\t') ? 32 : 0;
    const int width = menuGlyphColumn + textWidth(QFontMetrics(item.font), words) + shortcutGap + 28;
    return {std::max(width, contents.width()), roomFor(QFontMetrics(item.font), smallHeight)};
}

} // namespace

int CourierStyle::pixelMetric(PixelMetric metric, const QStyleOption *option, const QWidget *widget) const
{
    switch (metric) {
    case PM_TabBarTabHSpace:
        return 22;
    case PM_TabBarTabVSpace:
        return 14;
    case PM_TabBarTabOverlap:
    case PM_TabBarTabShiftVertical:
    case PM_TabBarTabShiftHorizontal:
    case PM_TabBarBaseOverlap:
        return 0;
    case PM_ScrollBarExtent:
        return 12;
    case PM_ScrollBarSliderMin:
        return 32;
    case PM_ToolBarItemSpacing:
        return 4;
    case PM_ToolBarItemMargin:
        return 8;
    case PM_ToolBarFrameWidth:
        return 0;
    case PM_ToolBarIconSize:
        return 20;
    case PM_ToolBarSeparatorExtent:
        return 17;
    case PM_SmallIconSize:
    case PM_ButtonIconSize:
    case PM_ListViewIconSize:
        return 16;
    case PM_MessageBoxIconSize:
        return 32;
    case PM_IndicatorWidth:
    case PM_IndicatorHeight:
    case PM_ExclusiveIndicatorWidth:
    case PM_ExclusiveIndicatorHeight:
        return 18;
    case PM_CheckBoxLabelSpacing:
    case PM_RadioButtonLabelSpacing:
        return 8;
    case PM_ButtonShiftHorizontal:
    case PM_ButtonShiftVertical:
        return 0;
    case PM_MenuBarItemSpacing:
        return 0;
    case PM_MenuBarHMargin:
        return 6;
    case PM_MenuBarVMargin:
    case PM_MenuBarPanelWidth:
        return 0;
    case PM_MenuPanelWidth:
        return 1;
    case PM_MenuHMargin:
    case PM_MenuVMargin:
        return 4;
    case PM_SubMenuOverlap:
        return -2;
    case PM_DefaultFrameWidth:
        // Room for round corners beside the square viewport.
        if (qobject_cast<const QAbstractScrollArea *>(widget)) {
            return 2;
        }
        break;
    case PM_SplitterWidth:
        return 1;
    case PM_HeaderMargin:
        return 8;
    case PM_TreeViewIndentation:
        return 20;
    case PM_ToolTipLabelFrameWidth:
        return 6;
    case PM_LayoutHorizontalSpacing:
    case PM_LayoutVerticalSpacing:
        return 8;
    case PM_LayoutLeftMargin:
    case PM_LayoutTopMargin:
    case PM_LayoutRightMargin:
    case PM_LayoutBottomMargin:
        return widget && widget->isWindow() ? 24 : 8;
    default:
        break;
    }
    return QProxyStyle::pixelMetric(metric, option, widget);
}

QSize CourierStyle::sizeFromContents(ContentsType type, const QStyleOption *option, const QSize &contents,
                                     const QWidget *widget) const
{
    QSize size = QProxyStyle::sizeFromContents(type, option, contents, widget);
    switch (type) {
    case CT_PushButton:
        if (const auto *button = qstyleoption_cast<const QStyleOptionButton *>(option)) {
            return pushButtonSize(*button, widget);
        }
        break;
    case CT_ToolButton:
        if (const auto *button = qstyleoption_cast<const QStyleOptionToolButton *>(option)) {
            return toolButtonSize(*button, size);
        }
        break;
    case CT_ComboBox:
        return {contents.width() + comboRoom(option), roomFor(option->fontMetrics, controlHeight)};
    case CT_SpinBox:
        return {contents.width() + spinRoom, roomFor(option->fontMetrics, controlHeight)};
    case CT_LineEdit:
        size.setHeight(roomFor(option->fontMetrics, controlHeight));
        break;
    case CT_HeaderSection:
        size.setHeight(roomFor(option->fontMetrics, controlHeight));
        break;
    case CT_MenuBarItem:
        return {contents.width() + 18, roomFor(option->fontMetrics, smallHeight)};
    case CT_MenuItem:
        if (const auto *item = qstyleoption_cast<const QStyleOptionMenuItem *>(option)) {
            return menuItemSize(*item, contents);
        }
        break;
    case CT_CheckBox:
    case CT_RadioButton:
        size = {size.width() + 8, std::max(24, size.height())};
        break;
    case CT_ItemViewItem:
        if (isPlainList(widget)) {
            size.setHeight(roomFor(option->fontMetrics, 30));
        }
        break;
    default:
        break;
    }
    return size;
}

} // namespace courier
