// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QTableView>

namespace courier {

/// The alert table as a control: fixed rows, columns that can be hidden and moved, and the single-letter keys that work
/// only while it has the focus.
class AlertTableView : public QTableView
{
    Q_OBJECT

public:
    explicit AlertTableView(QWidget *parent = nullptr);

    /// After setModel(): widths and resize modes of the columns.
    void setUpColumns();
    /// Chooses the row \a rows further down (or up), as far as there is one.
    void moveBy(int rows);

Q_SIGNALS:
    void resendPressed();
    void resendManyPressed();
    void testPressed();
    void copyAsCurlPressed();
    void openPressed();

protected:
    void keyPressEvent(QKeyEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;

private:
    bool m_narrow = false;
};

} // namespace courier
