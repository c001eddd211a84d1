// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "gui/hourchart.h"

namespace courier {

/// What arrived in each hour as a bar, and what failed on top of it. Promote a QWidget to it. GUI thread.
class SuccessChart : public HourChart
{
    Q_OBJECT

public:
    using HourChart::HourChart;

protected:
    double highest() const override;
    QString valueWords(double value) const override;
    QString hourWords(const DeliveryHour &hour) const override;
    void paintHours(QPainter &painter, const Plot &plot) const override;
};

/// Which colour of the chart stands for what. Promote a QWidget to it. GUI thread.
class SuccessLegend : public QWidget
{
    Q_OBJECT

public:
    explicit SuccessLegend(QWidget *parent = nullptr);
    QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;
};

} // namespace courier
