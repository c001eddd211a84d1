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

/// Sizes that are the same everywhere, in pixels.
struct Metric
{
    QStyle::PixelMetric metric;
    int pixels;
};

constexpr Metric metrics[] = {
    {QStyle::PM_TabBarTabHSpace, 22},
    {QStyle::PM_TabBarTabVSpace, 14},
    {QStyle::PM_TabBarTabOverlap, 0},
    {QStyle::PM_TabBarTabShiftVertical, 0},
    {QStyle::PM_TabBarTabShiftHorizontal, 0},
    {QStyle::PM_TabBarBaseOverlap, 0},
    {QStyle::PM_ScrollBarExtent, 12},
    {QStyle::PM_ScrollBarSliderMin, 32},
    {QStyle::PM_ToolBarItemSpacing, 4},
    {QStyle::PM_ToolBarItemMargin, 8},
    {QStyle::PM_ToolBarFrameWidth, 0},
    {QStyle::PM_ToolBarIconSize, 20},
    {QStyle::PM_ToolBarSeparatorExtent, 17},
    {QStyle::PM_SmallIconSize, 16},
    {QStyle::PM_ButtonIconSize, 16},
    {QStyle::PM_ListViewIconSize, 16},
    {QStyle::PM_MessageBoxIconSize, 32},
    {QStyle::PM_IndicatorWidth, 18},
    {QStyle::PM_IndicatorHeight, 18},
    {QStyle::PM_ExclusiveIndicatorWidth, 18},
    {QStyle::PM_ExclusiveIndicatorHeight, 18},
    {QStyle::PM_CheckBoxLabelSpacing, 8},
    {QStyle::PM_RadioButtonLabelSpacing, 8},
    {QStyle::PM_ButtonShiftHorizontal, 0},
    {QStyle::PM_ButtonShiftVertical, 0},
    {QStyle::PM_MenuBarItemSpacing, 0},
    {QStyle::PM_MenuBarHMargin, 6},
    {QStyle::PM_MenuBarVMargin, 0},
    {QStyle::PM_MenuBarPanelWidth, 0},
    {QStyle::PM_MenuPanelWidth, 1},
    {QStyle::PM_MenuHMargin, 4},
    {QStyle::PM_MenuVMargin, 4},
    {QStyle::PM_SubMenuOverlap, -2},
    {QStyle::PM_SplitterWidth, 1},
    {QStyle::PM_HeaderMargin, 8},
    {QStyle::PM_TreeViewIndentation, 20},
    {QStyle::PM_ToolTipLabelFrameWidth, 6},
    {QStyle::PM_LayoutHorizontalSpacing, 8},
    {QStyle::PM_LayoutVerticalSpacing, 8},
};

} // namespace

int CourierStyle::pixelMetric(PixelMetric metric, const QStyleOption *option, const QWidget *widget) const
{
    for (const Metric &each : metrics) {
        if (each.metric == metric) {
            return each.pixels;
        }
    }
    switch (metric) {
    case PM_DefaultFrameWidth:
        // Room for round corners beside the square viewport.
        if (qobject_cast<const QAbstractScrollArea *>(widget)) {
            return 2;
        }
        break;
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
