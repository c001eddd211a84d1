// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#include "gui/glyphs.h"

#include "gui/courierstyle.h"
#include "gui/theme.h"

#include <QFile>
#include <QLoggingCategory>
#include <QPaintDevice>
#include <QPainter>
#include <QSvgRenderer>

#include <cmath>

/// The resource of a static library is dropped by the linker unless it is asked for (not possible in a namespace).
static void loadIcons()
{
    Q_INIT_RESOURCE(icons);
}

namespace courier {

namespace {

Q_LOGGING_CATEGORY(logGui, "courier.gui")

QString fileOf(const QString &name)
{
    static const bool loaded = (loadIcons(), true);
    Q_UNUSED(loaded)
    return QStringLiteral(":/icons/") + name + QStringLiteral(".svg");
}

/// Our SVGs say currentColor wherever they mean the colour of the glyph.
QByteArray svgOf(const QString &name, const QColor &color)
{
    QFile file(fileOf(name));
    if (!file.open(QFile::ReadOnly)) {
        qCWarning(logGui) << "no glyph named" << name;
        return {};
    }
    return file.readAll().replace("currentColor", color.name(QColor::HexRgb).toLatin1());
}

} // namespace

void Glyphs::paint(QPainter *painter, const QString &name, const QRectF &rect, const QColor &color) const
{
    if (name.isEmpty() || rect.isEmpty()) {
        return;
    }
    // Whole device pixels, and the pixmap put where they begin: else the glyph is smeared over two of them.
    const double ratio = painter->device()->devicePixelRatio();
    const QSize size = (rect.size() * ratio).toSize();
    QPixmap drawn = pixmap(name, size, color);
    drawn.setDevicePixelRatio(ratio);
    const QPointF corner(std::round(rect.x() * ratio) / ratio, std::round(rect.y() * ratio) / ratio);
    painter->drawPixmap(corner, drawn);
}

QPixmap Glyphs::pixmap(const QString &name, QSize size, const QColor &color) const
{
    const Key key{name, color.rgba(), size.width(), size.height()};
    const auto found = m_pixmaps.constFind(key);
    if (found != m_pixmaps.constEnd()) {
        return *found;
    }
    QPixmap drawn(size);
    drawn.fill(Qt::transparent);
    QSvgRenderer renderer(svgOf(name, color));
    if (renderer.isValid()) {
        QPainter painter(&drawn);
        renderer.setAspectRatioMode(Qt::KeepAspectRatio);
        renderer.render(&painter, QRectF(QPointF(0, 0), size));
    }
    m_pixmaps.insert(key, drawn);
    return drawn;
}

bool Glyphs::exists(const QString &name)
{
    return QFile::exists(fileOf(name));
}

void paintGlyph(QPainter *painter, const QString &name, const QRectF &rect, const QColor &color, const QWidget *widget)
{
    if (const CourierStyle *style = CourierStyle::of(widget)) {
        style->glyphs().paint(painter, name, rect, color);
    } else {
        Glyphs().paint(painter, name, rect, color);
    }
}

GlyphEngine::GlyphEngine(QString name, QString colorKey)
    : m_name(std::move(name))
    , m_colorKey(std::move(colorKey))
{
}

void GlyphEngine::paint(QPainter *painter, const QRect &rect, QIcon::Mode mode, QIcon::State)
{
    paintGlyph(painter, m_name, rect, colorFor(mode));
}

QPixmap GlyphEngine::pixmap(const QSize &size, QIcon::Mode mode, QIcon::State)
{
    if (const CourierStyle *style = CourierStyle::of(nullptr)) {
        return style->glyphs().pixmap(m_name, size, colorFor(mode));
    }
    return Glyphs().pixmap(m_name, size, colorFor(mode));
}

QIconEngine *GlyphEngine::clone() const
{
    return new GlyphEngine(m_name, m_colorKey);
}

QString GlyphEngine::key() const
{
    return QStringLiteral("courier-glyph");
}

QString GlyphEngine::iconName()
{
    return m_name;
}

bool GlyphEngine::isNull()
{
    return m_name.isEmpty();
}

QColor GlyphEngine::colorFor(QIcon::Mode mode) const
{
    const ColorTable &colors = Theme::of();
    return mode == QIcon::Disabled ? colors.color(ThemeColor::Disabled) : colors.color(m_colorKey);
}

QIcon glyphIcon(const QString &name, const QString &colorKey)
{
    return QIcon(new GlyphEngine(name, colorKey));
}

QIcon programIcon()
{
    return QIcon(fileOf(QStringLiteral("alert-courier")));
}

} // namespace courier
