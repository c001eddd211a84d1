// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QDialog>

#include <memory>

class QGridLayout;
class QPushButton;

namespace courier {

namespace Ui {
class QuestionDialog;
}

/// Asks before something is done: the question, what it means, and two buttons; accepted() is the yes. Open it by
/// open(); it deletes itself when it is closed. GUI thread.
class QuestionDialog : public QDialog
{
    Q_OBJECT

public:
    explicit QuestionDialog(QWidget *parent = nullptr);
    ~QuestionDialog() override;

    /// As in models/marks.h.
    void setGlyph(const QString &glyph, const QString &colorKey);
    void setQuestion(const QString &question);
    void setExplanation(const QString &explanation);
    /// What the yes does, as in "Resend 312 Deliveries". \a isDangerous: it can't be taken back, so Cancel has the
    /// focus.
    void setConfirm(const QString &text, bool isDangerous = false);

    QPushButton *confirmButton() const;
    QPushButton *cancelButton() const;
    /// For rows between the explanation and the buttons.
    QGridLayout *details() const;

private:
    std::unique_ptr<Ui::QuestionDialog> ui;
};

} // namespace courier
