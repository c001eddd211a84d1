// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#include "gui/stylelabels.h"

#include "gui/fonts.h"
#include "gui/stylewidgets.h"

#include <QPainter>

namespace courier {

namespace {

constexpr int gapToWords = 8;

/// A square of \a size at \a x, in the middle of the height of \a rect.
QRect squareAt(const QRect &rect, int x, int size)
{
    return {x, rect.top() + (rect.height() - size) / 2, size, size};
}

/// The words of \a button, cut to \a room, and how wide they then are.
std::pair<QString, int> wordsOf(const QStyleOptionButton &button, int room)
{
    const auto widthOf = [&](const QString &text) {
        return button.fontMetrics.size(Qt::TextShowMnemonic, text).width();
    };
    const int width = widthOf(button.text);
    if (width <= room) {
        return {button.text, width};
    }
    const QString cut = button.fontMetrics.elidedText(button.text, Qt::ElideRight, room, Qt::TextShowMnemonic);
    return {cut, widthOf(cut)};
}

void paintButtonIcon(const Canvas &canvas, const QIcon &icon, const QRect &place, ThemeColor color)
{
    // On the primary button's fill an icon takes the colour of the words.
    if (color == ThemeColor::OnAccent && Glyphs::exists(icon.name())) {
        canvas.glyphs.paint(canvas.painter, icon.name(), place, canvas.color(color));
    } else {
        icon.paint(canvas.painter, place, Qt::AlignCenter, canvas.iconMode());
    }
}

} // namespace

bool paintPushButtonLabel(const Canvas &canvas)
{
    const auto *button = canvas.as<QStyleOptionButton>();
    if (!button) {
        return false;
    }
    ThemeColor color = isPrimaryButton(*button, canvas.widget) ? ThemeColor::OnAccent : ThemeColor::Text;
    if (!canvas.isEnabled()) {
        color = ThemeColor::Disabled;
    }
    const int arrow = button->features.testFlag(QStyleOptionButton::HasMenu) ? 16 : 0;
    const QRect area = button->rect.adjusted(0, 0, -arrow, 0);
    const int iconSize = button->icon.isNull() ? 0 : button->iconSize.width();
    const int iconRoom = iconSize > 0 && !button->text.isEmpty() ? iconSize + gapToWords : iconSize;
    const auto [text, width] = wordsOf(*button, area.width() - iconRoom - 8);
    const int before = canvas.flag("alignLeft") ? 8 : (area.width() - iconRoom - width) / 2;
    const QRect words(area.left() + before + iconRoom, area.top(), width + 2, area.height());
    if (iconSize > 0) {
        paintButtonIcon(canvas, button->icon, canvas.mirrored(squareAt(area, area.left() + before, iconSize)), color);
    }
    canvas.painter->setPen(canvas.color(color));
    canvas.painter->drawText(canvas.mirrored(words), Qt::AlignVCenter | Qt::AlignLeft | canvas.lineFlags(), text);
    return true;
}

bool paintToolButtonLabel(const Canvas &canvas)
{
    const auto *button = canvas.as<QStyleOptionToolButton>();
    if (!button || button->toolButtonStyle != Qt::ToolButtonTextBesideIcon) {
        return false;
    }
    const QRect area = button->rect;
    const int iconSize = button->iconSize.width();
    const int before = iconSize > 16 ? 10 : 6;
    const int gap = iconSize > 16 ? gapToWords : 6;
    button->icon.paint(canvas.painter, canvas.mirrored(squareAt(area, area.left() + before, iconSize)), Qt::AlignCenter,
                       canvas.iconMode());
    canvas.painter->save();
    canvas.painter->setFont(button->font);
    canvas.painter->setPen(canvas.colorIfEnabled(ThemeColor::Text));
    canvas.painter->drawText(canvas.mirrored(area.adjusted(before + iconSize + gap, 0, 0, 0)),
                             Qt::AlignVCenter | canvas.lineFlags(), button->text);
    canvas.painter->restore();
    return true;
}

bool paintHeaderLabel(const Canvas &canvas)
{
    constexpr int arrow = 12;
    constexpr int gap = 6;
    const auto *header = canvas.as<QStyleOptionHeader>();
    if (!header) {
        return false;
    }
    const bool sorted = header->sortIndicator != QStyleOptionHeader::None;
    const QFont font = fontFor(TextRole::Small, canvas.widget ? canvas.widget->font() : canvas.painter->font());
    const QFontMetrics metrics(font);
    const QRect area = header->rect.adjusted(0, 0, 0, -1);
    const QString text = metrics.elidedText(header->text, Qt::ElideRight, area.width() - (sorted ? arrow + gap : 0));
    const bool right = header->textAlignment.testFlag(Qt::AlignRight);
    canvas.painter->save();
    canvas.painter->setFont(font);
    canvas.painter->setPen(canvas.color(canvas.isHovered() ? ThemeColor::Text : ThemeColor::Muted));
    const Qt::Alignment side = right ? Qt::AlignRight : Qt::AlignLeft;
    canvas.painter->drawText(area, static_cast<int>(side | Qt::AlignVCenter) | Qt::TextSingleLine, text);
    canvas.painter->restore();
    if (!sorted) {
        return true;
    }
    const int width = metrics.horizontalAdvance(text) + gap;
    const int x = right ? area.right() + 1 - width - arrow : area.left() + width;
    // Qt calls the descending order "up".
    const QString glyph = header->sortIndicator == QStyleOptionHeader::SortUp ? QStringLiteral("chevron-down")
                                                                              : QStringLiteral("chevron-up");
    canvas.glyphs.paint(canvas.painter, glyph, canvas.mirrored(squareAt(area.translated(0, 1), x, arrow)),
                        canvas.color(ThemeColor::Muted));
    return true;
}

bool paintTabLabel(const Canvas &canvas)
{
    const auto *tab = canvas.as<QStyleOptionTab>();
    if (!tab) {
        return false;
    }
    canvas.painter->setPen(
        canvas.colorIfEnabled(canvas.has(QStyle::State_Selected) ? ThemeColor::Text : ThemeColor::Muted));
    canvas.painter->drawText(tab->rect, Qt::AlignCenter | canvas.lineFlags(), tab->text);
    return true;
}

bool paintComboBoxLabel(const Canvas &canvas)
{
    const auto *combo = canvas.as<QStyleOptionComboBox>();
    if (!combo) {
        return false;
    }
    if (combo->editable) {
        return true; // the words are in its line edit
    }
    QRect area = canvas.mirrored(
        canvas.style.subControlRect(QStyle::CC_ComboBox, combo, QStyle::SC_ComboBoxEditField, canvas.widget));
    if (!combo->currentIcon.isNull()) {
        const int size = combo->iconSize.width();
        combo->currentIcon.paint(canvas.painter, canvas.mirrored(squareAt(area, area.left(), size)), Qt::AlignCenter,
                                 canvas.iconMode());
        area.setLeft(area.left() + size + gapToWords);
    }
    const Qt::Alignment side = QStyle::visualAlignment(combo->direction, Qt::AlignLeft);
    canvas.painter->setPen(canvas.colorIfEnabled(ThemeColor::Text));
    canvas.painter->drawText(canvas.mirrored(area), static_cast<int>(side | Qt::AlignVCenter) | Qt::TextSingleLine,
                             combo->fontMetrics.elidedText(combo->currentText, Qt::ElideRight, area.width()));
    return true;
}

} // namespace courier
