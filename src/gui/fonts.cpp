// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#include "gui/fonts.h"

#include <QApplication>
#include <QFontDatabase>
#include <QPalette>
#include <QWidget>

namespace courier {

namespace {

QFont stepped(const QFont &base, double points, QFont::Weight weight)
{
    QFont font = base;
    if (base.pointSizeF() > 0) {
        font.setPointSizeF(base.pointSizeF() + points);
    } else {
        font.setPixelSize(base.pixelSize() + qRound(points * 4 / 3));
    }
    if (weight != QFont::Normal) {
        font.setWeight(weight);
    }
    return font;
}

} // namespace

QFont fontFor(TextRole role, const QFont &base)
{
    switch (role) {
    case TextRole::Strong:
        return stepped(base, 0, QFont::DemiBold);
    case TextRole::Heading:
        return stepped(base, 1, QFont::DemiBold);
    case TextRole::Title:
        return stepped(base, 5, QFont::DemiBold);
    case TextRole::Small:
        return stepped(base, -1, QFont::Normal);
    case TextRole::SmallStrong:
        return stepped(base, -1, QFont::DemiBold);
    case TextRole::Mono: {
        QFont font = stepped(base, -0.5, QFont::Normal);
        font.setFamilies(QFontDatabase::systemFont(QFontDatabase::FixedFont).families());
        font.setStyleHint(QFont::Monospace);
        font.setFixedPitch(true);
        return font;
    }
    case TextRole::Body:
        break;
    }
    return base;
}

QFont fontFor(TextRole role)
{
    return fontFor(role, QApplication::font());
}

TextRole textRoleFromWord(const QString &word)
{
    if (word == QLatin1String("strong")) {
        return TextRole::Strong;
    }
    if (word == QLatin1String("heading")) {
        return TextRole::Heading;
    }
    if (word == QLatin1String("title")) {
        return TextRole::Title;
    }
    if (word == QLatin1String("small")) {
        return TextRole::Small;
    }
    if (word == QLatin1String("smallStrong")) {
        return TextRole::SmallStrong;
    }
    return word == QLatin1String("mono") ? TextRole::Mono : TextRole::Body;
}

void setTextRole(QWidget *widget, TextRole role, bool muted)
{
    widget->setFont(fontFor(role, QApplication::font(widget)));
    widget->setForegroundRole(muted ? QPalette::PlaceholderText : QPalette::WindowText);
}

} // namespace courier
