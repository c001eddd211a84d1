// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "gui/colors.h"
#include "gui/glyphs.h"

#include <QStyleOption>
#include <QVariant>
#include <QWidget>

class QPainter;

namespace courier {

/// What one primitive is painted with and on.
struct Canvas
{
    const QStyleOption *option;
    QPainter *painter;
    const QWidget *widget;
    const ColorTable &colors;
    const Glyphs &glyphs;

    QRectF rect() const { return option->rect; }
    bool has(QStyle::StateFlag flag) const { return option->state.testFlag(flag); }
    bool isEnabled() const { return has(QStyle::State_Enabled); }
    bool isHovered() const { return isEnabled() && has(QStyle::State_MouseOver); }
    bool isFocused() const { return isEnabled() && has(QStyle::State_HasFocus); }
    bool isPressed() const { return has(QStyle::State_Sunken) || has(QStyle::State_On); }
    QColor color(ThemeColor which) const { return colors.color(which); }
    bool flag(const char *property) const { return widget && widget->property(property).toBool(); }
};

} // namespace courier
