// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "gui/panel.h"

class QHBoxLayout;
class QLabel;

namespace courier {

class ElidedLabel;

/// The head of a dialog or a page: its title, one sentence below it, and room for one widget at the right (a Stepper).
/// A hairline closes it. Promote a QWidget to it. GUI thread.
class DialogHeader : public Panel
{
    Q_OBJECT
    Q_PROPERTY(QString title READ title WRITE setTitle)
    Q_PROPERTY(QString sentence READ sentence WRITE setSentence)

public:
    explicit DialogHeader(QWidget *parent = nullptr);

    QString title() const;
    void setTitle(const QString &title);
    QString sentence() const;
    void setSentence(const QString &sentence);
    /// Takes \a widget over and puts it at the right.
    void setRightWidget(QWidget *widget);

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    ElidedLabel *m_title;
    QLabel *m_sentence;
    QHBoxLayout *m_row;
};

} // namespace courier
