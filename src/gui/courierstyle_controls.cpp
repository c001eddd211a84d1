// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#include "gui/courierstyle.h"
#include "gui/stylecanvas.h"
#include "gui/stylelabels.h"
#include "gui/stylemenus.h"
#include "gui/stylepaint.h"
#include "gui/stylewidgets.h"

#include <QFrame>
#include <QPainter>

#include <algorithm>

namespace courier {

namespace {

void fillWith(const Canvas &canvas, ThemeColor which)
{
    canvas.painter->fillRect(canvas.option->rect, canvas.color(which));
}

/// A line of one pixel through the middle of the rectangle.
void paintMiddleLine(const Canvas &canvas, Qt::Orientation orientation)
{
    QRect line = canvas.option->rect;
    if (orientation == Qt::Horizontal) {
        line = QRect(line.left(), line.center().y(), line.width(), 1);
    } else {
        line = QRect(line.center().x(), line.top(), 1, line.height());
    }
    canvas.painter->fillRect(line, canvas.color(ThemeColor::Hairline));
}

bool paintHeaderGround(const Canvas &canvas)
{
    canvas.painter->fillRect(canvas.option->rect, groundOf(canvas.widget, canvas.colors));
    paintBottomLine(canvas.painter, canvas.option->rect, canvas.colors);
    return true;
}

bool paintToolBar(const Canvas &canvas)
{
    fillWith(canvas, ThemeColor::Window);
    paintBottomLine(canvas.painter, canvas.option->rect, canvas.colors);
    return true;
}

bool paintMenuBarGround(const Canvas &canvas)
{
    fillWith(canvas, ThemeColor::Window);
    return true;
}

bool paintSplitter(const Canvas &canvas)
{
    paintMiddleLine(canvas, canvas.has(QStyle::State_Horizontal) ? Qt::Vertical : Qt::Horizontal);
    return true;
}

/// Only frames that are lines; the others are made of primitives.
bool paintLineFrame(const Canvas &canvas)
{
    const auto *frame = canvas.as<QStyleOptionFrame>();
    if (!frame || (frame->frameShape != QFrame::HLine && frame->frameShape != QFrame::VLine)) {
        return false;
    }
    paintMiddleLine(canvas, frame->frameShape == QFrame::HLine ? Qt::Horizontal : Qt::Vertical);
    return true;
}

bool paintTabShape(const Canvas &canvas)
{
    const QRect rect = canvas.option->rect;
    paintBottomLine(canvas.painter, rect, canvas.colors);
    if (canvas.has(QStyle::State_Selected)) {
        paintBox(canvas.painter, QRectF(rect.left() + 8, rect.bottom() - 1.5, rect.width() - 16, 2.5),
                 {canvas.color(ThemeColor::Accent), {}, 1.25});
    }
    if (canvas.has(QStyle::State_HasFocus)) {
        paintBox(canvas.painter, canvas.rect().adjusted(2, 3, -2, -5), {{}, canvas.color(ThemeColor::Accent), 5, 2});
    }
    return true;
}

/// The filled part of \a groove: up to the progress, or a moving piece where nobody knows the end.
QRectF doneOf(const QStyleOptionProgressBar &bar, const QRectF &groove, double phase)
{
    constexpr double movingPart = 0.3;
    const qint64 range = qint64(bar.maximum) - bar.minimum;
    QRectF done = groove;
    if (range <= 0) {
        done.setWidth(groove.width() * movingPart);
        done.moveLeft(groove.left() + (groove.width() + done.width()) * phase - done.width());
        return done & groove;
    }
    const auto progress = static_cast<double>(qint64(bar.progress) - bar.minimum);
    const double part = std::clamp(progress / static_cast<double>(range), 0.0, 1.0);
    done.setWidth(part > 0 ? std::max(groove.height(), groove.width() * part) : 0);
    return done;
}

bool paintProgressBar(const Canvas &canvas, BusyTicker &busy)
{
    constexpr double height = 6;
    const auto *bar = canvas.as<QStyleOptionProgressBar>();
    if (!bar) {
        return false;
    }
    QRectF groove = canvas.rect();
    groove.setTop(groove.top() + (groove.height() - height) / 2);
    groove.setHeight(height);
    const QColor ground = ColorTable::mix(canvas.color(ThemeColor::Window), canvas.color(ThemeColor::Text),
                                          canvas.colors.isDark() ? 0.18 : 0.12);
    paintBox(canvas.painter, groove, {ground, {}, height / 2});
    auto *widget = qobject_cast<QWidget *>(bar->styleObject);
    if (bar->minimum >= bar->maximum && widget) {
        busy.keep(widget);
    }
    QRectF done = doneOf(*bar, groove, busy.phase());
    if ((bar->direction == Qt::RightToLeft) != bar->invertedAppearance) {
        done.moveLeft(groove.left() + groove.right() - done.right());
    }
    if (!done.isEmpty()) {
        paintBox(canvas.painter, done, {canvas.color(ThemeColor::Accent), {}, height / 2});
    }
    return true;
}

struct ControlPaint
{
    QStyle::ControlElement element;
    bool (*paint)(const Canvas &); ///< answers false to leave it to Fusion
};

constexpr ControlPaint controlPaints[] = {
    {QStyle::CE_PushButtonLabel, paintPushButtonLabel},
    {QStyle::CE_ToolButtonLabel, paintToolButtonLabel},
    {QStyle::CE_HeaderSection, paintHeaderGround},
    {QStyle::CE_HeaderEmptyArea, paintHeaderGround},
    {QStyle::CE_HeaderLabel, paintHeaderLabel},
    {QStyle::CE_TabBarTabShape, paintTabShape},
    {QStyle::CE_TabBarTabLabel, paintTabLabel},
    {QStyle::CE_ToolBar, paintToolBar},
    {QStyle::CE_Splitter, paintSplitter},
    {QStyle::CE_ComboBoxLabel, paintComboBoxLabel},
    {QStyle::CE_ShapedFrame, paintLineFrame},
    {QStyle::CE_MenuItem, paintMenuItem},
    {QStyle::CE_MenuBarItem, paintMenuBarItem},
    {QStyle::CE_MenuBarEmptyArea, paintMenuBarGround},
};

} // namespace

void CourierStyle::drawControl(ControlElement element, const QStyleOption *option, QPainter *painter,
                               const QWidget *widget) const
{
    const Canvas canvas{*this, option, painter, widget, colors(), m_glyphs};
    if (element == CE_ProgressBar && paintProgressBar(canvas, m_busy)) {
        return;
    }
    for (const ControlPaint &each : controlPaints) {
        if (each.element == element && each.paint(canvas)) {
            return;
        }
    }
    QProxyStyle::drawControl(element, option, painter, widget);
}

} // namespace courier
