// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QPlainTextEdit>

namespace courier {

/// A small editor for JSON: line numbers at the left, the line at fault marked. Says nothing about the fault in words:
/// the form has a message for that. Promote a QPlainTextEdit to it. GUI thread.
class JsonEdit : public QPlainTextEdit
{
    Q_OBJECT

public:
    explicit JsonEdit(QWidget *parent = nullptr);

    /// Marks \a line (1 is the first), and underlines what stands from \a column (1 is the first) to its end.
    void setFault(int line, int column);
    void clearFault();
    int faultLine() const { return m_faultLine; } ///< 0 where there is no fault

protected:
    void resizeEvent(QResizeEvent *event) override;
    void changeEvent(QEvent *event) override;
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void layOut();
    void paintNumbers();
    void markFault();

    QWidget *m_numbers; ///< the strip at the left, child
    int m_faultLine = 0;
    int m_faultColumn = 0;
};

} // namespace courier
