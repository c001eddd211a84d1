// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#include "gui/courierstyle.h"
#include "gui/stylepaint.h"

#include <QAbstractScrollArea>
#include <QPainter>
#include <QStyleOption>
#include <QWidget>

#include <algorithm>

namespace courier {

namespace {

FieldState fieldState(const QStyleOption *option, const QWidget *widget)
{
    const bool enabled = option->state.testFlag(QStyle::State_Enabled);
    return {enabled, enabled && option->state.testFlag(QStyle::State_HasFocus),
            widget ? widget->property("fault").toString() : QString()};
}

QRectF squareIn(const QRect &rect, double size)
{
    QRectF square(0, 0, size, size);
    square.moveCenter(QRectF(rect).center());
    return square;
}

/// What a scroll bar runs over: the ground of its area.
QColor groundOf(const QWidget *bar, const ColorTable &colors)
{
    for (const QWidget *parent = bar ? bar->parentWidget() : nullptr; parent; parent = parent->parentWidget()) {
        if (const auto *area = qobject_cast<const QAbstractScrollArea *>(parent))
            return area->viewport()->palette().color(area->viewport()->backgroundRole());
    }
    return colors.color(ThemeColor::Base);
}

} // namespace

void CourierStyle::drawComboBox(const QStyleOptionComboBox &combo, QPainter *painter, const QWidget *widget) const
{
    paintField(painter, combo.rect, colors(), fieldState(&combo, widget));
    const QRect arrow = subControlRect(CC_ComboBox, &combo, SC_ComboBoxArrow, widget);
    m_glyphs.paint(painter, QStringLiteral("chevron-down"), squareIn(arrow, 14),
                   colors().color(combo.state.testFlag(State_Enabled) ? ThemeColor::Muted : ThemeColor::Disabled));
}

void CourierStyle::drawSpinBox(const QStyleOptionSpinBox &spin, QPainter *painter, const QWidget *widget) const
{
    paintField(painter, spin.rect, colors(), fieldState(&spin, widget));
    if (spin.buttonSymbols == QAbstractSpinBox::NoButtons)
        return;
    const auto paintStep = [&](SubControl part, QAbstractSpinBox::StepEnabledFlag step, const QString &glyph) {
        const QRect place = subControlRect(CC_SpinBox, &spin, part, widget);
        const bool usable = spin.state.testFlag(State_Enabled) && spin.stepEnabled.testFlag(step);
        if (usable && spin.activeSubControls.testFlag(part) && spin.state.testFlag(State_MouseOver))
            paintBox(painter, place, {colors().color(ThemeColor::ButtonHover), {}, 3});
        const double towardsMiddle = part == SC_SpinBoxUp ? 1 : -1;
        m_glyphs.paint(painter, glyph, squareIn(place, 12).translated(0, towardsMiddle),
                       colors().color(usable ? ThemeColor::Muted : ThemeColor::Disabled));
    };
    paintStep(SC_SpinBoxUp, QAbstractSpinBox::StepUpEnabled, QStringLiteral("chevron-up"));
    paintStep(SC_SpinBoxDown, QAbstractSpinBox::StepDownEnabled, QStringLiteral("chevron-down"));
}

void CourierStyle::drawScrollBar(const QStyleOptionSlider &bar, QPainter *painter, const QWidget *widget) const
{
    const QColor ground = groundOf(widget, colors());
    painter->fillRect(bar.rect, ground);
    if (bar.minimum >= bar.maximum)
        return;
    const bool held = bar.activeSubControls.testFlag(SC_ScrollBarSlider) &&
                      (bar.state.testFlag(State_MouseOver) || bar.state.testFlag(State_Sunken));
    const QRectF slider = subControlRect(CC_ScrollBar, &bar, SC_ScrollBarSlider, widget);
    const QRectF thumb =
        bar.orientation == Qt::Horizontal ? slider.adjusted(2, 3, -2, -3) : slider.adjusted(3, 2, -3, -2);
    paintBox(painter, thumb, {ColorTable::mix(ground, colors().color(ThemeColor::Text), held ? 0.45 : 0.28), {}, 3});
}

void CourierStyle::drawProgress(const QStyleOptionProgressBar &bar, QPainter *painter) const
{
    constexpr double height = 6;
    constexpr double busyPart = 0.3; // how much of the groove the moving piece takes
    const QRectF groove(bar.rect.left(), bar.rect.top() + (bar.rect.height() - height) / 2.0, bar.rect.width(), height);
    const QColor ground = ColorTable::mix(colors().color(ThemeColor::Window), colors().color(ThemeColor::Text),
                                          colors().isDark() ? 0.18 : 0.12);
    paintBox(painter, groove, {ground, {}, height / 2});
    const qint64 range = qint64(bar.maximum) - bar.minimum;
    QRectF done = groove;
    if (range <= 0) {
        done.setWidth(groove.width() * busyPart);
        done.moveLeft(groove.left() + (groove.width() + done.width()) * m_busy.phase() - done.width());
        done &= groove;
        if (auto *moving = qobject_cast<QWidget *>(bar.styleObject))
            m_busy.keep(moving);
    } else {
        const double part = std::clamp(double(qint64(bar.progress) - bar.minimum) / double(range), 0.0, 1.0);
        if (part <= 0)
            return;
        done.setWidth(std::max(height, groove.width() * part));
    }
    if ((bar.direction == Qt::RightToLeft) != bar.invertedAppearance)
        done.moveLeft(groove.left() + groove.right() - done.right());
    paintBox(painter, done, {colors().color(ThemeColor::Accent), {}, height / 2});
}

void CourierStyle::drawComplexControl(ComplexControl control, const QStyleOptionComplex *option, QPainter *painter,
                                      const QWidget *widget) const
{
    if (const auto *combo = qstyleoption_cast<const QStyleOptionComboBox *>(option); combo && control == CC_ComboBox)
        return drawComboBox(*combo, painter, widget);
    if (const auto *spin = qstyleoption_cast<const QStyleOptionSpinBox *>(option); spin && control == CC_SpinBox)
        return drawSpinBox(*spin, painter, widget);
    if (const auto *bar = qstyleoption_cast<const QStyleOptionSlider *>(option); bar && control == CC_ScrollBar)
        return drawScrollBar(*bar, painter, widget);
    QProxyStyle::drawComplexControl(control, option, painter, widget);
}

} // namespace courier
