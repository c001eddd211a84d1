// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "gui/colors.h"
#include "gui/glyphs.h"

#include <QStyle>
#include <QStyleOption>
#include <QVariant>
#include <QWidget>

class QPainter;

namespace courier {

/// What one piece of a control is painted with and on. Lives as long as one call of CourierStyle.
struct Canvas
{
    const QStyle &style;
    const QStyleOption *option;
    QPainter *painter;
    const QWidget *widget;
    const ColorTable &colors;
    const Glyphs &glyphs;

    QRectF rect() const { return option->rect; }
    /// The option as a more special one; null where it isn't.
    template<typename Option>
    const Option *as() const
    {
        return qstyleoption_cast<const Option *>(option);
    }
    bool has(QStyle::StateFlag flag) const { return option->state.testFlag(flag); }
    bool isEnabled() const { return has(QStyle::State_Enabled); }
    bool isHovered() const { return isEnabled() && has(QStyle::State_MouseOver); }
    bool isFocused() const { return isEnabled() && has(QStyle::State_HasFocus); }
    bool isPressed() const { return has(QStyle::State_Sunken) || has(QStyle::State_On); }
    bool flag(const char *property) const { return widget && widget->property(property).toBool(); }
    QString word(const char *property) const { return widget ? widget->property(property).toString() : QString(); }
    QColor color(ThemeColor which) const { return colors.color(which); }
    /// \a which, or the colour of what can't be used now.
    QColor colorIfEnabled(ThemeColor which) const { return color(isEnabled() ? which : ThemeColor::Disabled); }
    QIcon::Mode iconMode() const { return isEnabled() ? QIcon::Normal : QIcon::Disabled; }
    /// \a rect, or its mirror image where one reads from the right.
    QRect mirrored(const QRect &rect) const { return QStyle::visualRect(option->direction, option->rect, rect); }
    /// Flags of QPainter::drawText() for one line; mnemonics are underlined where the style says so.
    int lineFlags() const
    {
        const bool shown = style.styleHint(QStyle::SH_UnderlineShortcut, option, widget) != 0;
        return Qt::TextSingleLine | Qt::TextShowMnemonic | (shown ? 0 : Qt::TextHideMnemonic);
    }
};

} // namespace courier
