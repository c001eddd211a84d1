// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#include "gui/panel.h"

#include "gui/stylepaint.h"
#include "gui/theme.h"

#include <QPainter>

namespace courier {

Panel::Panel(QWidget *parent)
    : QWidget(parent)
{
    setBackgroundRole(QPalette::Base);
}

Panel::Panel(Surface surface, bool bordered, QWidget *parent)
    : Panel(parent)
{
    setSurface(surface);
    setBordered(bordered);
}

void Panel::setSurface(Surface surface)
{
    m_surface = surface;
    setBackgroundRole(surface == Surface::Base ? QPalette::Base : QPalette::Window);
    update();
}

void Panel::setBordered(bool bordered)
{
    m_bordered = bordered;
    update();
}

void Panel::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    const QColor fill = palette().color(backgroundRole());
    if (m_bordered) {
        paintBox(&painter, rect(), {fill, Theme::of(this).color(ThemeColor::Hairline), 6});
    } else {
        painter.fillRect(rect(), fill);
    }
}

} // namespace courier
