// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QLabel>

namespace courier {

/// A line of plain text that is cut with an ellipsis rather than making its window wider. The whole text stands in its
/// tool tip while it is cut, and is what screen readers find. Promote a QLabel to it. GUI thread.
class ElidedLabel : public QLabel
{
    Q_OBJECT
    Q_PROPERTY(Qt::TextElideMode elideMode READ elideMode WRITE setElideMode)

public:
    explicit ElidedLabel(QWidget *parent = nullptr);
    explicit ElidedLabel(const QString &text, QWidget *parent = nullptr);

    Qt::TextElideMode elideMode() const { return m_elideMode; }
    void setElideMode(Qt::TextElideMode mode);
    bool isElided() const;

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;
    bool event(QEvent *event) override;

private:
    Qt::TextElideMode m_elideMode = Qt::ElideRight;
};

/// \a text for setToolTip() and QToolTip, so that it is shown as it stands even where it looks like HTML.
QString plainToolTip(const QString &text);

} // namespace courier
