// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QWidget>

class QLabel;
class QPushButton;

namespace courier {

class GlyphLabel;

/// What stands where there is nothing yet: what will be here, and the first step. Buttons without a text are not shown;
/// the first is the primary one. Promote a QWidget to it. GUI thread.
class EmptyState : public QWidget
{
    Q_OBJECT
    Q_PROPERTY(QString glyph READ glyph WRITE setGlyph)
    Q_PROPERTY(QString title READ title WRITE setTitle)
    Q_PROPERTY(QString sentence READ sentence WRITE setSentence)
    Q_PROPERTY(QString primaryText READ primaryText WRITE setPrimaryText)
    Q_PROPERTY(QString secondaryText READ secondaryText WRITE setSecondaryText)

public:
    explicit EmptyState(QWidget *parent = nullptr);

    QString glyph() const;
    /// "empty" (the paper plane) at first; an empty name shows none.
    void setGlyph(const QString &glyph);
    QString title() const;
    void setTitle(const QString &title);
    QString sentence() const;
    void setSentence(const QString &sentence);
    QString primaryText() const;
    void setPrimaryText(const QString &text);
    QString secondaryText() const;
    void setSecondaryText(const QString &text);

    /// For icons, actions and focus; owned by this.
    QPushButton *primaryButton() const { return m_primary; }
    QPushButton *secondaryButton() const { return m_secondary; }

Q_SIGNALS:
    void primaryClicked();
    void secondaryClicked();

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    GlyphLabel *m_glyph;
    QLabel *m_title;
    QLabel *m_sentence;
    QPushButton *m_primary;
    QPushButton *m_secondary;
};

} // namespace courier
