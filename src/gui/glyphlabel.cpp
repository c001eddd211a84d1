// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#include "gui/glyphlabel.h"

#include "gui/glyphs.h"
#include "gui/theme.h"

#include <QPainter>

namespace courier {

GlyphLabel::GlyphLabel(QWidget *parent)
    : QWidget(parent)
{
    setGlyphSize(16);
}

GlyphLabel::GlyphLabel(const QString &glyph, const QString &colorKey, int glyphSize, QWidget *parent)
    : QWidget(parent)
    , m_glyph(glyph)
    , m_colorKey(colorKey)
{
    setGlyphSize(glyphSize);
}

void GlyphLabel::setGlyph(const QString &glyph)
{
    m_glyph = glyph;
    update();
}

void GlyphLabel::setColorKey(const QString &key)
{
    m_colorKey = key;
    update();
}

void GlyphLabel::setGlyphSize(int size)
{
    m_size = size;
    setFixedSize(size, size);
}

void GlyphLabel::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    const ColorTable &colors = Theme::of(this);
    QRectF place(0, 0, m_size, m_size);
    place.moveCenter(QRectF(rect()).center());
    paintGlyph(&painter, m_glyph, place, isEnabled() ? colors.color(m_colorKey) : colors.color(ThemeColor::Disabled),
               this);
}

} // namespace courier
