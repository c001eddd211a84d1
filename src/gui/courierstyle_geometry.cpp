// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#include "gui/courierstyle.h"
#include "gui/stylewidgets.h"

#include <QStyleOption>
#include <QWidget>

#include <algorithm>

namespace courier {

namespace {

QRect spinBoxPart(const QRect &whole, QStyle::SubControl part)
{
    const int half = whole.height() / 2;
    switch (part) {
    case QStyle::SC_SpinBoxUp:
        return {whole.right() - 24, whole.top() + 2, 22, half - 2};
    case QStyle::SC_SpinBoxDown:
        return {whole.right() - 24, whole.top() + half, 22, half - 2};
    case QStyle::SC_SpinBoxEditField:
        return whole.adjusted(3, 1, -26, -1);
    default:
        return whole;
    }
}

QRect comboBoxPart(const QRect &whole, bool editable, QStyle::SubControl part)
{
    switch (part) {
    case QStyle::SC_ComboBoxArrow:
        return {whole.right() - 27, whole.top(), 28, whole.height()};
    case QStyle::SC_ComboBoxEditField:
        return whole.adjusted(editable ? 3 : 9, 1, -28, -1);
    default:
        return whole;
    }
}

QRect scrollBarPart(const QStyleOptionSlider &bar, QStyle::SubControl part)
{
    const bool flat = bar.orientation == Qt::Horizontal;
    const int length = flat ? bar.rect.width() : bar.rect.height();
    const qint64 range = qint64(bar.maximum) - bar.minimum;
    int thumb = length;
    if (range > 0) {
        thumb = static_cast<int>(qint64(length) * bar.pageStep / (range + bar.pageStep));
    }
    thumb = std::clamp(thumb, std::min(32, length), length);
    const int at =
        QStyle::sliderPositionFromValue(bar.minimum, bar.maximum, bar.sliderPosition, length - thumb, bar.upsideDown);
    const auto piece = [&](int from, int to) {
        return flat ? QRect(bar.rect.left() + from, bar.rect.top(), to - from, bar.rect.height())
                    : QRect(bar.rect.left(), bar.rect.top() + from, bar.rect.width(), to - from);
    };
    switch (part) {
    case QStyle::SC_ScrollBarSlider:
        return piece(at, at + thumb);
    case QStyle::SC_ScrollBarSubPage:
        return piece(0, at);
    case QStyle::SC_ScrollBarAddPage:
        return piece(at + thumb, length);
    case QStyle::SC_ScrollBarGroove:
        return bar.rect;
    default:
        return {};
    }
}

} // namespace

QRect CourierStyle::subElementRect(SubElement element, const QStyleOption *option, const QWidget *widget) const
{
    switch (element) {
    case SE_LineEditContents:
        return QProxyStyle::subElementRect(element, option, widget).adjusted(6, 0, -6, 0);
    case SE_CheckBoxFocusRect:
    case SE_RadioButtonFocusRect:
        return QProxyStyle::subElementRect(element, option, widget).adjusted(-3, -1, 3, 1) & option->rect;
    case SE_HeaderLabel:
        return option->rect.adjusted(8, 0, -8, 0);
    case SE_HeaderArrow:
        return {};
    case SE_ItemViewItemText:
    case SE_ItemViewItemDecoration:
        if (isPlainList(widget)) {
            return QProxyStyle::subElementRect(element, option, widget)
                .translated(option->direction == Qt::RightToLeft ? -6 : 6, 0);
        }
        break;
    default:
        break;
    }
    return QProxyStyle::subElementRect(element, option, widget);
}

QRect CourierStyle::subControlRect(ComplexControl control, const QStyleOptionComplex *option, SubControl part,
                                   const QWidget *widget) const
{
    switch (control) {
    case CC_SpinBox:
        return visualRect(option->direction, option->rect, spinBoxPart(option->rect, part));
    case CC_ComboBox:
        if (const auto *combo = qstyleoption_cast<const QStyleOptionComboBox *>(option);
            combo && part != SC_ComboBoxListBoxPopup) {
            return visualRect(option->direction, option->rect, comboBoxPart(option->rect, combo->editable, part));
        }
        break;
    case CC_ScrollBar:
        if (const auto *bar = qstyleoption_cast<const QStyleOptionSlider *>(option)) {
            return visualRect(option->direction, option->rect, scrollBarPart(*bar, part));
        }
        break;
    default:
        break;
    }
    return QProxyStyle::subControlRect(control, option, part, widget);
}

} // namespace courier
