// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QBasicTimer>
#include <QElapsedTimer>
#include <QList>
#include <QObject>
#include <QPointer>
#include <QWidget>

namespace courier {

/// Moves the progress bars of which nobody knows the end: repaints each as long as it goes on painting itself busy.
/// Owned by CourierStyle. GUI thread.
class BusyTicker : public QObject
{
    Q_OBJECT

public:
    /// \a bar has just painted itself busy.
    void keep(QWidget *bar);
    /// How far the movement is, from 0 to 1 and again.
    double phase() const;

protected:
    void timerEvent(QTimerEvent *event) override;

private:
    QList<QPointer<QWidget>> m_bars; ///< painted busy since the last tick
    QBasicTimer m_timer;
    QElapsedTimer m_clock;
};

} // namespace courier
