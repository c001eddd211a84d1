// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#include "gui/courierstyle.h"
#include "gui/stylecanvas.h"
#include "gui/stylepaint.h"
#include "gui/stylewidgets.h"

#include <QAbstractSpinBox>
#include <QPainter>

namespace courier {

namespace {

void paintFieldFrame(const Canvas &canvas)
{
    paintField(canvas.painter, canvas.rect(), canvas.colors,
               {canvas.isEnabled(), canvas.isFocused(), canvas.word("fault")});
}

QRectF squareIn(const QRect &rect, double size)
{
    QRectF square(0, 0, size, size);
    square.moveCenter(QRectF(rect).center());
    return square;
}

bool paintComboBox(const Canvas &canvas)
{
    const auto *combo = canvas.as<QStyleOptionComboBox>();
    if (!combo) {
        return false;
    }
    paintFieldFrame(canvas);
    const QRect arrow =
        canvas.style.subControlRect(QStyle::CC_ComboBox, combo, QStyle::SC_ComboBoxArrow, canvas.widget);
    canvas.glyphs.paint(canvas.painter, QStringLiteral("chevron-down"), squareIn(arrow, 14),
                        canvas.colorIfEnabled(ThemeColor::Muted));
    return true;
}

void paintStep(const Canvas &canvas, const QStyleOptionSpinBox &spin, bool up)
{
    const auto part = up ? QStyle::SC_SpinBoxUp : QStyle::SC_SpinBoxDown;
    const QRect place = canvas.style.subControlRect(QStyle::CC_SpinBox, &spin, part, canvas.widget);
    const bool usable = canvas.isEnabled() && spin.stepEnabled.testFlag(up ? QAbstractSpinBox::StepUpEnabled
                                                                           : QAbstractSpinBox::StepDownEnabled);
    if (usable && spin.activeSubControls.testFlag(part) && canvas.isHovered()) {
        paintBox(canvas.painter, place, {canvas.color(ThemeColor::ButtonHover), {}, 3});
    }
    canvas.glyphs.paint(canvas.painter, up ? QStringLiteral("chevron-up") : QStringLiteral("chevron-down"),
                        squareIn(place, 12).translated(0, up ? 1 : -1),
                        canvas.color(usable ? ThemeColor::Muted : ThemeColor::Disabled));
}

bool paintSpinBox(const Canvas &canvas)
{
    const auto *spin = canvas.as<QStyleOptionSpinBox>();
    if (!spin) {
        return false;
    }
    paintFieldFrame(canvas);
    if (spin->buttonSymbols == QAbstractSpinBox::NoButtons) {
        return true;
    }
    paintStep(canvas, *spin, true);
    paintStep(canvas, *spin, false);
    return true;
}

bool paintScrollBar(const Canvas &canvas)
{
    const auto *bar = canvas.as<QStyleOptionSlider>();
    if (!bar) {
        return false;
    }
    const QColor ground = groundOf(canvas.widget, canvas.colors);
    canvas.painter->fillRect(bar->rect, ground);
    if (bar->minimum >= bar->maximum) {
        return true;
    }
    const bool held = bar->activeSubControls.testFlag(QStyle::SC_ScrollBarSlider) &&
                      (canvas.has(QStyle::State_MouseOver) || canvas.has(QStyle::State_Sunken));
    const QRectF slider =
        canvas.style.subControlRect(QStyle::CC_ScrollBar, bar, QStyle::SC_ScrollBarSlider, canvas.widget);
    const QRectF thumb =
        bar->orientation == Qt::Horizontal ? slider.adjusted(2, 3, -2, -3) : slider.adjusted(3, 2, -3, -2);
    paintBox(canvas.painter, thumb,
             {ColorTable::mix(ground, canvas.color(ThemeColor::Text), held ? 0.45 : 0.28), {}, 3});
    return true;
}

} // namespace

void CourierStyle::drawComplexControl(ComplexControl control, const QStyleOptionComplex *option, QPainter *painter,
                                      const QWidget *widget) const
{
    const Canvas canvas{*this, option, painter, widget, colors(), m_glyphs};
    const bool painted = (control == CC_ComboBox && paintComboBox(canvas)) ||
                         (control == CC_SpinBox && paintSpinBox(canvas)) ||
                         (control == CC_ScrollBar && paintScrollBar(canvas));
    if (!painted) {
        QProxyStyle::drawComplexControl(control, option, painter, widget);
    }
}

} // namespace courier
