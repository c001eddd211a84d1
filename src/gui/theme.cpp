// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#include "gui/theme.h"

#include "gui/courierstyle.h"
#include "gui/desktopappearance.h"

#include <QApplication>
#include <QPalette>
#include <QToolTip>
#include <QWidget>

namespace courier {

namespace {

bool isDarkPalette(const QPalette &palette)
{
    return palette.color(QPalette::Window).lightness() < palette.color(QPalette::WindowText).lightness();
}

} // namespace

Theme::Theme(QObject *parent)
    : QObject(parent)
    , m_startedDark(isDarkPalette(QApplication::palette()))
    , m_isDark(m_startedDark)
{
}

Theme::~Theme() = default;

void Theme::setAppearance(Appearance appearance)
{
    m_appearance = appearance;
    m_desktop.reset();
    if (appearance != Appearance::System) {
        setDark(appearance == Appearance::Dark);
        return;
    }
    setDark(m_startedDark);
    m_desktop = std::make_unique<DesktopAppearance>();
    connect(m_desktop.get(), &DesktopAppearance::darkChanged, this, &Theme::follow);
    m_desktop->start();
}

void Theme::apply()
{
    const QPalette palette = colors().palette();
    QApplication::setPalette(palette);
    QToolTip::setPalette(palette);
}

const ColorTable &Theme::of(const QWidget *widget)
{
    if (const CourierStyle *style = CourierStyle::of(widget)) {
        return style->colors();
    }
    return ColorTable::of(isDarkPalette(widget ? widget->palette() : QApplication::palette()));
}

void Theme::follow(std::optional<bool> desktopIsDark)
{
    setDark(desktopIsDark.value_or(m_startedDark));
}

void Theme::setDark(bool isDark)
{
    if (isDark == m_isDark) {
        return;
    }
    m_isDark = isDark;
    apply();
    Q_EMIT changed();
}

} // namespace courier
