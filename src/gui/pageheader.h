// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QWidget>

class QGridLayout;
class QLineEdit;

namespace courier {

class ElidedLabel;
class FlowRow;
class GlyphLabel;

/// The head of a page: glyph, name and a word on how it stands, below them an address that can be marked and copied,
/// and the page's buttons, at the right or, where the page is narrow, below. Promote a QWidget to it. GUI thread.
class PageHeader : public QWidget
{
    Q_OBJECT

public:
    explicit PageHeader(QWidget *parent = nullptr);

    void setGlyph(const QString &glyph, const QString &colorKey);
    void setTitle(const QString &title);
    void setNote(const QString &note);
    /// \a name is the address' accessible name.
    void setAddress(const QString &address, const QString &name);
    /// Takes \a actions over.
    void setActions(FlowRow *actions);

protected:
    void resizeEvent(QResizeEvent *event) override;

private:
    void placeActions();

    GlyphLabel *m_glyph;
    ElidedLabel *m_title;
    ElidedLabel *m_note;
    QLineEdit *m_address;
    FlowRow *m_actions = nullptr;
    QGridLayout *m_grid;
    bool m_isBelow = false;
};

} // namespace courier
