// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "gui/hourchart.h"

namespace courier {

/// How long answers took in each hour: the median as a line, and what all but the slowest 5 % kept within as a dashed
/// one. Hours without answers part the lines. Promote a QWidget to it. GUI thread.
class LatencyChart : public HourChart
{
    Q_OBJECT

public:
    using HourChart::HourChart;

protected:
    double highest() const override;
    QString valueWords(double value) const override;
    QString hourWords(const DeliveryHour &hour) const override;
    int roomAtRight() const override;
    void paintHours(QPainter &painter, const Plot &plot) const override;

private:
    void paintLine(QPainter &painter, const Plot &plot, qint64 DeliveryHour::*value) const;
    void paintNames(QPainter &painter, const Plot &plot) const;
};

} // namespace courier
