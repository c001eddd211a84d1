// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QWidget>

class QHBoxLayout;
class QLabel;
class QPushButton;

namespace courier {

class GlyphLabel;

/// A notice within a page: what happened, in words, with its glyph, and what can be done about it. A title makes the
/// first line bold, the text stands below it. Its labels carry their own text for screen readers. Promote a QWidget to
/// it. GUI thread.
class Strip : public QWidget
{
    Q_OBJECT
    Q_PROPERTY(Kind kind READ kind WRITE setKind)
    Q_PROPERTY(QString title READ title WRITE setTitle)
    Q_PROPERTY(QString text READ text WRITE setText)
    Q_PROPERTY(QString glyph READ glyph WRITE setGlyph)
    Q_PROPERTY(bool fullWidth READ isFullWidth WRITE setFullWidth)
    Q_PROPERTY(bool closable READ isClosable WRITE setClosable)

public:
    enum class Kind { Info, Success, Warning, Failure };
    Q_ENUM(Kind)

    explicit Strip(QWidget *parent = nullptr);

    Kind kind() const { return m_kind; }
    void setKind(Kind kind);
    QString title() const;
    void setTitle(const QString &title);
    QString text() const;
    void setText(const QString &text);
    /// All three at once, as a result arrives.
    void setNotice(Kind kind, const QString &title, const QString &text = {});
    /// Another glyph than the kind's own; an empty name goes back to that.
    QString glyph() const { return m_glyph; }
    void setGlyph(const QString &glyph);
    /// Square, from edge to edge, with a hairline below: for the place above a table.
    bool isFullWidth() const { return m_fullWidth; }
    void setFullWidth(bool fullWidth);
    /// With a button at the right that hides the strip.
    bool isClosable() const;
    void setClosable(bool closable);

    /// Puts \a button (owned by the strip from now on) at the right, after those already there.
    void addButton(QPushButton *button);
    QPushButton *addButton(const QString &text, const QString &glyph = {});

Q_SIGNALS:
    /// The close button was pressed; the strip is hidden.
    void closed();

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    QString colorKey() const;
    void updateGlyph();
    void updateLines();
    void updateMargins();

    Kind m_kind = Kind::Info;
    QString m_title;
    QString m_text;
    QString m_glyph;
    bool m_fullWidth = false;
    QHBoxLayout *m_row;
    GlyphLabel *m_glyphLabel;
    QLabel *m_firstLine;
    QLabel *m_secondLine;
    QHBoxLayout *m_buttons;
    QPushButton *m_close;
};

} // namespace courier
