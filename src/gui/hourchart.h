// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "models/deliveryhours.h"

#include <QWidget>

namespace courier {

/// A chart over the hours of a day: a scale of three lines at the left, the time below, which goes from left to right
/// in every language. The tool tip has an hour's numbers. What it shows is said in words beside it, and by screen
/// readers as its description. GUI thread.
class HourChart : public QWidget
{
    Q_OBJECT

public:
    explicit HourChart(QWidget *parent = nullptr);

    /// The oldest first; \a words say the same.
    void setHours(const QList<DeliveryHour> &hours, const QString &words);
    const QList<DeliveryHour> &hours() const { return m_hours; }

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

protected:
    /// Where things stand, in logical pixels.
    struct Plot
    {
        QRectF rect;
        double top = 1; ///< the value of the uppermost line
        qsizetype count = 1;

        double slot() const { return rect.width() / static_cast<double>(count); }
        double x(qsizetype hour) const { return rect.left() + (static_cast<double>(hour) + 0.5) * slot(); }
        double y(double value) const { return rect.bottom() - rect.height() * value / top; }
    };

    virtual double highest() const = 0;
    virtual QString valueWords(double value) const = 0;
    virtual QString hourWords(const DeliveryHour &hour) const = 0;
    virtual int roomAtRight() const { return 0; } ///< for words behind the last hour, in logical pixels
    virtual void paintHours(QPainter &painter, const Plot &plot) const = 0;

    bool event(QEvent *event) override;
    void paintEvent(QPaintEvent *event) override;

private:
    Plot plot() const;
    void paintScale(QPainter &painter, const Plot &plot) const;
    void paintTimes(QPainter &painter, const Plot &plot) const;

    QList<DeliveryHour> m_hours;
};

} // namespace courier
