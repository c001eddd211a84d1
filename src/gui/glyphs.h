// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "gui/colors.h"
#include "models/marks.h"

#include <QHash>
#include <QIcon>
#include <QIconEngine>
#include <QPixmap>
#include <QString>

#include <tuple>

class QPainter;
class QWidget;

namespace courier {

/// Draws our SVGs (resources/icons) in any colour, and keeps what it drew: a glyph in a colour at a size costs its
/// rendering once, then a blit. Owned by CourierStyle. GUI thread.
class Glyphs
{
public:
    /// Draws \a name into \a rect (logical pixels), as sharp as the painter's device allows. An unknown name draws
    /// nothing and is logged once.
    void paint(QPainter *painter, const QString &name, const QRectF &rect, const QColor &color) const;
    /// \a size in device pixels.
    QPixmap pixmap(const QString &name, QSize size, const QColor &color) const;
    static bool exists(const QString &name);

private:
    struct Key
    {
        QString name;
        QRgb color;
        int width;
        int height;
        bool operator==(const Key &) const = default;
        friend size_t qHash(const Key &key, size_t seed = 0) noexcept
        {
            return qHashMulti(seed, key.name, key.color, key.width, key.height);
        }
    };
    mutable QHash<Key, QPixmap> m_pixmaps;
};

/// Draws a glyph by the cache of the style of \a widget (of the application, for null).
void paintGlyph(QPainter *painter, const QString &name, const QRectF &rect, const QColor &color,
                const QWidget *widget = nullptr);

/// An icon whose colour is taken when it is painted, so it follows a change of the theme. Disabled icons are painted in
/// the disabled colour.
class GlyphEngine final : public QIconEngine
{
public:
    GlyphEngine(QString name, QString colorKey);

    void paint(QPainter *painter, const QRect &rect, QIcon::Mode mode, QIcon::State state) override;
    QPixmap pixmap(const QSize &size, QIcon::Mode mode, QIcon::State state) override;
    QIconEngine *clone() const override;
    QString key() const override;
    QString iconName() override;
    bool isNull() override;

private:
    QColor colorFor(QIcon::Mode mode) const;

    QString m_name;
    QString m_colorKey;
};

/// The icon for an action or a button. \a colorKey as in models/marks.h; primary buttons want "onaccent".
QIcon glyphIcon(const QString &name, const QString &colorKey = QStringLiteral("text"));

/// The program's own icon, in its own colours.
QIcon programIcon();

} // namespace courier
