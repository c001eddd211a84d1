// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QWidget>

namespace courier {

/// One glyph in one colour of the theme, in the middle of the widget. Decoration: the words beside it say the same, so
/// it has no accessible name. Promote a QWidget to it. GUI thread.
class GlyphLabel : public QWidget
{
    Q_OBJECT
    Q_PROPERTY(QString glyph READ glyph WRITE setGlyph)
    Q_PROPERTY(QString colorKey READ colorKey WRITE setColorKey)
    Q_PROPERTY(int glyphSize READ glyphSize WRITE setGlyphSize)

public:
    explicit GlyphLabel(QWidget *parent = nullptr);
    GlyphLabel(const QString &glyph, const QString &colorKey, int glyphSize = 16, QWidget *parent = nullptr);

    QString glyph() const { return m_glyph; }
    void setGlyph(const QString &glyph);
    /// As in models/marks.h.
    QString colorKey() const { return m_colorKey; }
    void setColorKey(const QString &key);
    /// Logical pixels, 16 at first.
    int glyphSize() const { return m_size; }
    void setGlyphSize(int size);

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    QString m_glyph;
    QString m_colorKey = QStringLiteral("text");
    int m_size = 0;
};

} // namespace courier
