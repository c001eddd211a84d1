// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#include "gui/stylepaint.h"

#include <QPainter>

namespace courier {

namespace {

constexpr double fieldRadius = 5;

QColor faultColor(const ColorTable &colors, const QString &fault)
{
    return fault.isEmpty() ? QColor() : colors.color(fault);
}

} // namespace

void paintBox(QPainter *painter, const QRectF &rect, const Box &box)
{
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    painter->setBrush(box.fill.isValid() ? QBrush(box.fill) : QBrush(Qt::NoBrush));
    painter->setPen(box.edge.isValid() ? QPen(box.edge, box.edgeWidth) : QPen(Qt::NoPen));
    const double inset = box.edge.isValid() ? box.edgeWidth / 2 : 0;
    painter->drawRoundedRect(rect.adjusted(inset, inset, -inset, -inset), box.radius, box.radius);
    painter->restore();
}

void paintFocusRing(QPainter *painter, const QRectF &rect, const ColorTable &colors, bool onAccent)
{
    if (onAccent) {
        paintBox(painter, rect.adjusted(2.5, 2.5, -2.5, -2.5),
                 {{}, colors.isDark() ? colors.color(ThemeColor::Text) : colors.color(ThemeColor::OnAccent), 3.5, 1.5});
    }
    paintBox(painter, rect, {{}, colors.color(ThemeColor::Accent), 6, 2});
}

void paintField(QPainter *painter, const QRectF &rect, const ColorTable &colors, const FieldState &state)
{
    const QColor fill = colors.color(state.enabled ? ThemeColor::Base : ThemeColor::Window);
    const QColor fault = faultColor(colors, state.fault);
    if (state.focused) {
        paintBox(painter, rect, {fill, colors.color(ThemeColor::Accent), fieldRadius + 1, 2});
        if (fault.isValid()) {
            paintBox(painter, rect.adjusted(2, 2, -2, -2), {{}, fault, fieldRadius - 1, 1.5});
        }
    } else if (fault.isValid()) {
        paintBox(painter, rect, {fill, fault, fieldRadius, 1.5});
    } else {
        paintBox(painter, rect,
                 {fill, colors.color(state.enabled ? ThemeColor::FieldEdge : ThemeColor::Hairline), fieldRadius});
    }
}

void paintBottomLine(QPainter *painter, const QRect &rect, const ColorTable &colors)
{
    painter->fillRect(QRect(rect.left(), rect.bottom(), rect.width(), 1), colors.color(ThemeColor::Hairline));
}

void paintTopLine(QPainter *painter, const QRect &rect, const ColorTable &colors)
{
    painter->fillRect(QRect(rect.left(), rect.top(), rect.width(), 1), colors.color(ThemeColor::Hairline));
}

} // namespace courier
