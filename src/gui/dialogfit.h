// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QObject>
#include <QTimer>

class QDialog;
class QPushButton;
class QScrollArea;

namespace courier {

/// Keeps a dialog as high as what its scroll area holds, wrapped lines counted, and never higher than the screen; what
/// is too much is scrolled. An operator who sized the dialog is left alone. Owned by its dialog. GUI thread.
class DialogFit : public QObject
{
    Q_OBJECT

public:
    /// \a area is in the vertical layout of \a dialog; \a width is in pixels, and grows with what can't be narrower.
    DialogFit(QDialog *dialog, QScrollArea *area, int width);
    void fit();

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    QSize wantedSize() const;
    void onContentsChanged();

    QDialog *m_dialog;
    QScrollArea *m_area;
    QObject *m_contents; ///< of the area; at its end it still sends events, when that is no scroll area any more
    int m_width;
    QTimer m_later;
    bool m_sizedByHand = false;
};

/// Makes \a button the one that does what its page is for (or no longer), with \a glyph in the fitting colour.
void setPrimary(QPushButton *button, bool primary, const QString &glyph = {});

} // namespace courier
