// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "desk/desk.h"

#include <QObject>
#include <QTimer>

class QStatusBar;
class QToolButton;

namespace courier {

/// The status bar's three buttons: what is being sent, where alerts come in, and how the store is. A click on each goes
/// there. Lives on the window's thread.
class StatusLine : public QObject
{
    Q_OBJECT

public:
    /// \a desk and \a bar outlive the line.
    StatusLine(Desk &desk, QStatusBar &bar, QObject *parent = nullptr);
    void setAlertCount(qint64 count);

Q_SIGNALS:
    void queueClicked();
    void intakeClicked();
    void storeClicked();

private:
    QToolButton *addButton(const QString &glyph, const QString &name, bool permanent);
    void showQueue();
    void showIntake();
    void showStore();

    Desk &m_desk;
    QStatusBar &m_bar;
    QToolButton *m_queue;
    QToolButton *m_intake;
    QToolButton *m_store;
    qint64 m_alertCount = 0;
    QTimer m_countdown;
};

} // namespace courier
