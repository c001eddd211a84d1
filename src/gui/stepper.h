// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QStringList>
#include <QWidget>

namespace courier {

/// Where one stands in a wizard: numbered circles, done ones with a check mark. Its accessible name says the same:
/// "Step 1 of 2: Configure". Promote a QWidget to it. GUI thread.
class Stepper : public QWidget
{
    Q_OBJECT
    Q_PROPERTY(QStringList steps READ steps WRITE setSteps)
    Q_PROPERTY(int current READ current WRITE setCurrent)

public:
    explicit Stepper(QWidget *parent = nullptr);

    QStringList steps() const { return m_steps; }
    void setSteps(const QStringList &steps);
    /// Counted from 0; those before it are done.
    int current() const { return m_current; }
    void setCurrent(int current);

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return sizeHint(); }

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    QFont fontOf(int step) const;
    void paintCircle(QPainter *painter, const QRectF &circle, int step) const;
    void updateName();

    QStringList m_steps;
    int m_current = 0;
};

} // namespace courier
