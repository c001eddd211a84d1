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
#include <QTabBar>
#include <QToolButton>

namespace courier {

namespace {

void paintSegment(const Canvas &canvas, const QString &place)
{
    constexpr double beyond = 12; // the hidden round end of a part that has a neighbour
    QPainter &painter = *canvas.painter;
    QRectF shape = canvas.rect().adjusted(0.5, 0.5, -0.5, -0.5);
    if (place == QLatin1String("first") || place == QLatin1String("middle")) {
        shape.setRight(shape.right() + beyond);
    }
    if (place == QLatin1String("last") || place == QLatin1String("middle")) {
        shape.setLeft(shape.left() - beyond);
    }
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setClipRect(canvas.rect());
    ThemeColor fill = canvas.isHovered() ? ThemeColor::ButtonHover : ThemeColor::Button;
    if (canvas.has(QStyle::State_On)) {
        fill = ThemeColor::Selection;
    } else if (!canvas.isEnabled()) {
        fill = ThemeColor::Window;
    }
    painter.setPen(QPen(canvas.color(canvas.isEnabled() ? ThemeColor::ButtonEdge : ThemeColor::Hairline), 1));
    painter.setBrush(canvas.color(fill));
    painter.drawRoundedRect(shape, 6, 6);
    if (place == QLatin1String("middle") || place == QLatin1String("last")) {
        const double x = canvas.rect().left() + 0.5;
        painter.drawLine(QPointF(x, canvas.rect().top() + 1), QPointF(x, canvas.rect().bottom() - 1));
    }
    painter.restore();
    if (canvas.isFocused()) {
        paintFocusRing(canvas.painter, canvas.rect(), canvas.colors);
    }
}

Box pushButtonBox(const Canvas &canvas, bool primary)
{
    if (canvas.flag("flatButton")) {
        return {canvas.isHovered() ? canvas.color(ThemeColor::ButtonPressed) : QColor(), {}, 5};
    }
    if (!canvas.isEnabled()) {
        return {canvas.color(ThemeColor::Window), canvas.color(ThemeColor::Hairline), 5};
    }
    if (primary) {
        QColor fill = canvas.color(ThemeColor::AccentFill);
        if (canvas.isPressed()) {
            fill = fill.darker(115);
        } else if (canvas.isHovered()) {
            fill = fill.lighter(108);
        }
        return {fill, fill, 5};
    }
    ThemeColor fill = canvas.isHovered() ? ThemeColor::ButtonHover : ThemeColor::Button;
    if (canvas.isPressed()) {
        fill = ThemeColor::ButtonPressed;
    }
    return {canvas.color(fill), canvas.color(ThemeColor::ButtonEdge), 5};
}

/// Where a part of a segmented toggle stands, as seen: first is last where one reads from the right.
QString placeOfSegment(const Canvas &canvas)
{
    QString place = canvas.word("segment");
    if (canvas.option->direction == Qt::LeftToRight) {
        return place;
    }
    if (place == QLatin1String("first")) {
        return QStringLiteral("last");
    }
    return place == QLatin1String("last") ? QStringLiteral("first") : place;
}

void paintPushButton(const Canvas &canvas)
{
    const QString place = placeOfSegment(canvas);
    if (!place.isEmpty()) {
        paintSegment(canvas, place);
        return;
    }
    const auto *button = canvas.as<QStyleOptionButton>();
    const bool primary = button && isPrimaryButton(*button, canvas.widget);
    paintBox(canvas.painter, canvas.rect().adjusted(1, 1, -1, -1), pushButtonBox(canvas, primary));
    if (canvas.isFocused()) {
        paintFocusRing(canvas.painter, canvas.rect(), canvas.colors, primary);
    }
}

void paintFocusRect(const Canvas &canvas)
{
    // These show their focus by themselves: buttons and fields by a ring, views by the mark of the current row.
    if (qobject_cast<const QAbstractItemView *>(canvas.widget) || qobject_cast<const QPushButton *>(canvas.widget) ||
        qobject_cast<const QTabBar *>(canvas.widget) || qobject_cast<const QComboBox *>(canvas.widget)) {
        return;
    }
    if (qobject_cast<const QToolButton *>(canvas.widget)) {
        paintFocusRing(canvas.painter, canvas.widget->rect(), canvas.colors);
    } else {
        paintBox(canvas.painter, canvas.rect(), {{}, canvas.color(ThemeColor::Accent), 4, 2});
    }
}

void paintFieldOf(const Canvas &canvas, bool focused)
{
    paintField(canvas.painter, canvas.rect(), canvas.colors, {canvas.isEnabled(), focused, canvas.word("fault")});
}

void paintLineEdit(const Canvas &canvas)
{
    const QWidget *parent = canvas.widget ? canvas.widget->parentWidget() : nullptr;
    if (qobject_cast<const QAbstractSpinBox *>(parent) || qobject_cast<const QComboBox *>(parent)) {
        return; // they draw the field around it
    }
    const auto *edit = qobject_cast<const QLineEdit *>(canvas.widget);
    if (edit && !edit->hasFrame()) {
        canvas.painter->fillRect(canvas.option->rect, canvas.color(ThemeColor::Base));
    } else {
        paintFieldOf(canvas, canvas.isFocused());
    }
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
    if (canvas.isPressed()) {
        paintBox(canvas.painter, canvas.rect(), {canvas.color(ThemeColor::ButtonPressed), {}, 6});
    } else if (canvas.isHovered()) {
        paintBox(canvas.painter, canvas.rect(), {canvas.color(ThemeColor::ButtonHover), {}, 6});
    }
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
    if (canvas.has(QStyle::State_Children)) {
        paintChevron(canvas,
                     canvas.has(QStyle::State_Open) ? QStringLiteral("chevron-down") : QStringLiteral("chevron-right"));
    }
}

void fillWith(const Canvas &canvas, ThemeColor which)
{
    canvas.painter->fillRect(canvas.option->rect, canvas.color(which));
}

void paintStatusBar(const Canvas &canvas)
{
    fillWith(canvas, ThemeColor::Window);
    paintTopLine(canvas.painter, canvas.option->rect, canvas.colors);
}

void paintMenuFrame(const Canvas &canvas)
{
    paintBox(canvas.painter, canvas.rect(), {{}, canvas.color(ThemeColor::ButtonEdge), 0});
}

void paintTip(const Canvas &canvas)
{
    fillWith(canvas, ThemeColor::Base);
    paintMenuFrame(canvas);
}

void paintToolBarSeparator(const Canvas &canvas)
{
    const QRect rect = canvas.option->rect;
    canvas.painter->fillRect(QRect(rect.center().x(), rect.top() + 6, 1, rect.height() - 12),
                             canvas.color(ThemeColor::ButtonEdge));
}

void paintNothing(const Canvas & /*canvas*/) {}

struct PrimitivePaint
{
    QStyle::PrimitiveElement element;
    void (*paint)(const Canvas &);
};

constexpr PrimitivePaint primitivePaints[] = {
    {QStyle::PE_PanelItemViewItem, paintItem},
    {QStyle::PE_PanelItemViewRow, paintRow},
    {QStyle::PE_PanelButtonCommand, paintPushButton},
    {QStyle::PE_FrameFocusRect, paintFocusRect},
    {QStyle::PE_PanelLineEdit, paintLineEdit},
    {QStyle::PE_FrameLineEdit, paintLineEdit},
    {QStyle::PE_Frame, paintFrame},
    {QStyle::PE_IndicatorCheckBox, paintCheckBox},
    {QStyle::PE_IndicatorItemViewItemCheck, paintCheckBox},
    {QStyle::PE_IndicatorRadioButton, paintRadioButton},
    {QStyle::PE_PanelButtonTool, paintToolButton},
    {QStyle::PE_IndicatorBranch, paintBranch},
    {QStyle::PE_IndicatorArrowDown, [](const Canvas &canvas) { paintChevron(canvas, QStringLiteral("chevron-down")); }},
    {QStyle::PE_IndicatorArrowUp, [](const Canvas &canvas) { paintChevron(canvas, QStringLiteral("chevron-up")); }},
    {QStyle::PE_IndicatorArrowRight,
     [](const Canvas &canvas) { paintChevron(canvas, QStringLiteral("chevron-right")); }},
    {QStyle::PE_IndicatorArrowLeft, [](const Canvas &canvas) { paintChevron(canvas, QStringLiteral("chevron-left")); }},
    {QStyle::PE_PanelStatusBar, paintStatusBar},
    {QStyle::PE_PanelMenu, [](const Canvas &canvas) { fillWith(canvas, ThemeColor::Base); }},
    {QStyle::PE_PanelScrollAreaCorner, [](const Canvas &canvas) { fillWith(canvas, ThemeColor::Base); }},
    {QStyle::PE_PanelMenuBar, [](const Canvas &canvas) { fillWith(canvas, ThemeColor::Window); }},
    {QStyle::PE_FrameMenu, paintMenuFrame},
    {QStyle::PE_PanelTipLabel, paintTip},
    {QStyle::PE_FrameTabBarBase,
     [](const Canvas &canvas) { paintBottomLine(canvas.painter, canvas.option->rect, canvas.colors); }},
    {QStyle::PE_FrameGroupBox,
     [](const Canvas &canvas) {
         paintBox(canvas.painter, canvas.rect(), {{}, canvas.color(ThemeColor::Hairline), 6});
     }},
    {QStyle::PE_IndicatorToolBarSeparator, paintToolBarSeparator},
    {QStyle::PE_IndicatorHeaderArrow, paintNothing}, // it is part of the header's label
    {QStyle::PE_FrameDefaultButton, paintNothing},
    {QStyle::PE_FrameStatusBarItem, paintNothing},
    {QStyle::PE_FrameTabWidget, paintNothing},
};

} // namespace

void CourierStyle::drawPrimitive(PrimitiveElement element, const QStyleOption *option, QPainter *painter,
                                 const QWidget *widget) const
{
    for (const PrimitivePaint &each : primitivePaints) {
        if (each.element == element) {
            each.paint({*this, option, painter, widget, colors(), m_glyphs});
            return;
        }
    }
    QProxyStyle::drawPrimitive(element, option, painter, widget);
}

} // namespace courier
