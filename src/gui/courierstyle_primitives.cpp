// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#include "gui/courierstyle.h"
#include "gui/stylecanvas.h"
#include "gui/styleitems.h"
#include "gui/stylepaint.h"
#include "gui/stylewidgets.h"

#include <QAbstractItemView>
#include <QAbstractSpinBox>
#include <QComboBox>
#include <QLineEdit>
#include <QPainter>
#include <QPushButton>
#include <QStyleOption>
#include <QTabBar>
#include <QToolButton>

#include <cmath>

namespace courier {

namespace {

void paintSegment(const Canvas &canvas, const QString &place)
{
    constexpr double beyond = 12; // the hidden round end of a part that has a neighbour
    QPainter &painter = *canvas.painter;
    QRectF shape = canvas.rect().adjusted(0.5, 0.5, -0.5, -0.5);
    if (place == QLatin1String("first") || place == QLatin1String("middle"))
        shape.setRight(shape.right() + beyond);
    if (place == QLatin1String("last") || place == QLatin1String("middle"))
        shape.setLeft(shape.left() - beyond);
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setClipRect(canvas.rect());
    ThemeColor fill = canvas.isHovered() ? ThemeColor::ButtonHover : ThemeColor::Button;
    if (canvas.has(QStyle::State_On))
        fill = ThemeColor::Selection;
    else if (!canvas.isEnabled())
        fill = ThemeColor::Window;
    painter.setPen(QPen(canvas.color(canvas.isEnabled() ? ThemeColor::ButtonEdge : ThemeColor::Hairline), 1));
    painter.setBrush(canvas.color(fill));
    painter.drawRoundedRect(shape, 6, 6);
    if (place == QLatin1String("middle") || place == QLatin1String("last")) {
        const double x = canvas.rect().left() + 0.5;
        painter.drawLine(QPointF(x, canvas.rect().top() + 1), QPointF(x, canvas.rect().bottom() - 1));
    }
    painter.restore();
    if (canvas.isFocused())
        paintFocusRing(canvas.painter, canvas.rect(), canvas.colors);
}

Box pushButtonBox(const Canvas &canvas, bool primary)
{
    if (canvas.flag("flatButton"))
        return {canvas.isHovered() ? canvas.color(ThemeColor::ButtonPressed) : QColor(), {}, 5};
    if (!canvas.isEnabled())
        return {canvas.color(ThemeColor::Window), canvas.color(ThemeColor::Hairline), 5};
    if (primary) {
        QColor fill = canvas.color(ThemeColor::AccentFill);
        if (canvas.isPressed())
            fill = fill.darker(115);
        else if (canvas.isHovered())
            fill = fill.lighter(108);
        return {fill, fill, 5};
    }
    ThemeColor fill = canvas.isHovered() ? ThemeColor::ButtonHover : ThemeColor::Button;
    if (canvas.isPressed())
        fill = ThemeColor::ButtonPressed;
    return {canvas.color(fill), canvas.color(ThemeColor::ButtonEdge), 5};
}

void paintPushButton(const Canvas &canvas)
{
    const QString place = canvas.widget ? canvas.widget->property("segment").toString() : QString();
    if (!place.isEmpty()) {
        paintSegment(canvas, place);
        return;
    }
    const auto *button = qstyleoption_cast<const QStyleOptionButton *>(canvas.option);
    const bool primary = button && isPrimaryButton(*button, canvas.widget);
    paintBox(canvas.painter, canvas.rect().adjusted(1, 1, -1, -1), pushButtonBox(canvas, primary));
    if (canvas.isFocused())
        paintFocusRing(canvas.painter, canvas.rect(), canvas.colors, primary);
}

void paintFocusRect(const Canvas &canvas)
{
    // These show their focus by themselves: buttons and fields by a ring, views by the mark of the current row.
    if (qobject_cast<const QAbstractItemView *>(canvas.widget) || qobject_cast<const QPushButton *>(canvas.widget) ||
        qobject_cast<const QTabBar *>(canvas.widget) || qobject_cast<const QComboBox *>(canvas.widget))
        return;
    if (qobject_cast<const QToolButton *>(canvas.widget))
        paintFocusRing(canvas.painter, canvas.widget->rect(), canvas.colors);
    else
        paintBox(canvas.painter, canvas.rect(), {{}, canvas.color(ThemeColor::Accent), 4, 2});
}

void paintFieldOf(const Canvas &canvas, bool focused)
{
    const QString fault = canvas.widget ? canvas.widget->property("fault").toString() : QString();
    paintField(canvas.painter, canvas.rect(), canvas.colors, {canvas.isEnabled(), focused, fault});
}

void paintLineEdit(const Canvas &canvas)
{
    const QWidget *parent = canvas.widget ? canvas.widget->parentWidget() : nullptr;
    if (qobject_cast<const QAbstractSpinBox *>(parent) || qobject_cast<const QComboBox *>(parent))
        return; // they draw the field around it
    const auto *edit = qobject_cast<const QLineEdit *>(canvas.widget);
    if (edit && !edit->hasFrame())
        canvas.painter->fillRect(canvas.option->rect, canvas.color(ThemeColor::Base));
    else
        paintFieldOf(canvas, canvas.isFocused());
}

void paintFrame(const Canvas &canvas)
{
    if (isEditor(canvas.widget)) {
        paintFieldOf(canvas, canvas.widget->hasFocus());
        return;
    }
    const auto *area = qobject_cast<const QAbstractScrollArea *>(canvas.widget);
    const QColor ground = area ? area->viewport()->palette().color(area->viewport()->backgroundRole()) : QColor();
    paintBox(canvas.painter, canvas.rect(), {ground, canvas.color(ThemeColor::Hairline), 4});
}

void paintCheckBox(const Canvas &canvas)
{
    const QRectF box = canvas.rect().adjusted(0.5, 0.5, -0.5, -0.5);
    const bool checked = canvas.has(QStyle::State_On);
    if (checked || canvas.has(QStyle::State_NoChange)) {
        const ThemeColor fill = canvas.isEnabled() ? ThemeColor::AccentFill : ThemeColor::Disabled;
        paintBox(canvas.painter, box, {canvas.color(fill), {}, 4});
        canvas.glyphs.paint(canvas.painter, checked ? QStringLiteral("check") : QStringLiteral("minus"),
                            canvas.rect().adjusted(3, 3, -3, -3), canvas.color(ThemeColor::OnAccent));
        return;
    }
    const ThemeColor fill = canvas.isEnabled() ? ThemeColor::Base : ThemeColor::Window;
    const ThemeColor edge = canvas.isEnabled() ? ThemeColor::FieldEdge : ThemeColor::Disabled;
    paintBox(canvas.painter, box, {canvas.color(fill), canvas.color(edge), 4});
}

void paintRadioButton(const Canvas &canvas)
{
    const QRectF box = canvas.rect().adjusted(0.5, 0.5, -0.5, -0.5);
    if (!canvas.has(QStyle::State_On)) {
        paintBox(canvas.painter, box,
                 {canvas.color(canvas.isEnabled() ? ThemeColor::Base : ThemeColor::Window),
                  canvas.color(canvas.isEnabled() ? ThemeColor::FieldEdge : ThemeColor::Disabled), 9});
        return;
    }
    const ThemeColor fill = canvas.isEnabled() ? ThemeColor::AccentFill : ThemeColor::Disabled;
    paintBox(canvas.painter, box, {canvas.color(fill), {}, 9});
    paintBox(canvas.painter, box.adjusted(5, 5, -5, -5), {canvas.color(ThemeColor::OnAccent), {}, 5});
}

void paintToolButton(const Canvas &canvas)
{
    if (canvas.isPressed())
        paintBox(canvas.painter, canvas.rect(), {canvas.color(ThemeColor::ButtonPressed), {}, 6});
    else if (canvas.isHovered())
        paintBox(canvas.painter, canvas.rect(), {canvas.color(ThemeColor::ButtonHover), {}, 6});
}

void paintChevron(const Canvas &canvas, const QString &name)
{
    QRectF square(0, 0, 14, 14);
    square.moveCenter(canvas.rect().center());
    canvas.glyphs.paint(canvas.painter, name, square,
                        canvas.color(canvas.isEnabled() ? ThemeColor::Muted : ThemeColor::Disabled));
}

void paintBranch(const Canvas &canvas)
{
    if (canvas.has(QStyle::State_Children))
        paintChevron(canvas,
                     canvas.has(QStyle::State_Open) ? QStringLiteral("chevron-down") : QStringLiteral("chevron-right"));
}

} // namespace

void CourierStyle::drawPrimitive(PrimitiveElement element, const QStyleOption *option, QPainter *painter,
                                 const QWidget *widget) const
{
    const Canvas canvas{option, painter, widget, colors(), m_glyphs};
    const QRect rect = option->rect;
    switch (element) {
    case PE_PanelButtonCommand:
        return paintPushButton(canvas);
    case PE_FrameFocusRect:
        return paintFocusRect(canvas);
    case PE_PanelLineEdit:
    case PE_FrameLineEdit:
        return paintLineEdit(canvas);
    case PE_Frame:
        return paintFrame(canvas);
    case PE_IndicatorCheckBox:
    case PE_IndicatorItemViewItemCheck:
        return paintCheckBox(canvas);
    case PE_IndicatorRadioButton:
        return paintRadioButton(canvas);
    case PE_PanelButtonTool:
        return paintToolButton(canvas);
    case PE_IndicatorBranch:
        return paintBranch(canvas);
    case PE_IndicatorArrowDown:
        return paintChevron(canvas, QStringLiteral("chevron-down"));
    case PE_IndicatorArrowUp:
        return paintChevron(canvas, QStringLiteral("chevron-up"));
    case PE_IndicatorArrowRight:
        return paintChevron(canvas, QStringLiteral("chevron-right"));
    case PE_IndicatorArrowLeft:
        return paintChevron(canvas, QStringLiteral("chevron-left"));
    case PE_PanelItemViewRow:
        return paintRow(canvas);
    case PE_PanelItemViewItem:
        return paintItem(canvas);
    case PE_PanelStatusBar:
        painter->fillRect(rect, canvas.color(ThemeColor::Window));
        return paintTopLine(painter, rect, canvas.colors);
    case PE_PanelMenu:
    case PE_PanelScrollAreaCorner:
        return painter->fillRect(rect, canvas.color(ThemeColor::Base));
    case PE_FrameMenu:
        return paintBox(painter, rect, {{}, canvas.color(ThemeColor::ButtonEdge), 0});
    case PE_PanelTipLabel:
        return paintBox(painter, rect, {canvas.color(ThemeColor::Base), canvas.color(ThemeColor::ButtonEdge), 0});
    case PE_PanelMenuBar:
        return painter->fillRect(rect, canvas.color(ThemeColor::Window));
    case PE_FrameTabBarBase:
        return paintBottomLine(painter, rect, canvas.colors);
    case PE_FrameGroupBox:
        return paintBox(painter, rect, {{}, canvas.color(ThemeColor::Hairline), 6});
    case PE_IndicatorToolBarSeparator:
        return painter->fillRect(QRectF(std::floor(canvas.rect().center().x()), rect.top() + 6, 1, rect.height() - 12),
                                 canvas.color(ThemeColor::ButtonEdge));
    case PE_IndicatorHeaderArrow:
    case PE_FrameDefaultButton:
    case PE_FrameStatusBarItem:
    case PE_FrameTabWidget:
        return;
    default:
        return QProxyStyle::drawPrimitive(element, option, painter, widget);
    }
}

} // namespace courier
