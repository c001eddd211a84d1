// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#include "gui/latencychart.h"

#include "gui/hourwords.h"
#include "gui/theme.h"
#include "models/words.h"

#include <QPainter>

#include <algorithm>

namespace courier {
namespace {

constexpr int nameGap = 6;
constexpr double medianWidth = 2;
constexpr double slowWidth = 1.5;
constexpr double dot = 2.5; // the radius of an hour alone

} // namespace

double LatencyChart::highest() const
{
    qint64 most = 0;
    for (const DeliveryHour &hour : hours()) {
        most = std::max(most, hour.mostUs);
    }
    return static_cast<double>(most);
}

QString LatencyChart::valueWords(double value) const
{
    return value > 0 ? words::duration(static_cast<qint64>(value)) : words::count(0);
}

QString LatencyChart::hourWords(const DeliveryHour &hour) const
{
    return answeredInHour(hour);
}

int LatencyChart::roomAtRight() const
{
    const QFontMetrics metrics = fontMetrics();
    return nameGap + std::max(metrics.horizontalAdvance(tr("slowest 5 %")), metrics.horizontalAdvance(tr("median")));
}

void LatencyChart::paintHours(QPainter &painter, const Plot &plot) const
{
    const ColorTable &colors = Theme::of(this);
    QPen slow(colors.color(ThemeColor::Muted), slowWidth);
    slow.setDashPattern({3, 2});
    painter.setPen(slow);
    paintLine(painter, plot, &DeliveryHour::mostUs);
    painter.setPen(QPen(colors.color(ThemeColor::Accent), medianWidth, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    paintLine(painter, plot, &DeliveryHour::halfUs);
    paintNames(painter, plot);
}

void LatencyChart::paintLine(QPainter &painter, const Plot &plot, qint64 DeliveryHour::*value) const
{
    QPolygonF run;
    for (qsizetype i = 0; i <= hours().size(); ++i) {
        if (i < hours().size() && hours().at(i).answers > 0) {
            run.append({plot.x(i), plot.y(static_cast<double>(hours().at(i).*value))});
            continue;
        }
        if (run.size() == 1) {
            painter.setBrush(painter.pen().color());
            painter.drawEllipse(run.constFirst(), dot - painter.pen().widthF() / 2, dot - painter.pen().widthF() / 2);
            painter.setBrush(Qt::NoBrush);
        } else if (run.size() > 1) {
            painter.drawPolyline(run);
        }
        run.clear();
    }
}

// Each beside its line's end, but never one over the other.
void LatencyChart::paintNames(QPainter &painter, const Plot &plot) const
{
    const auto last = std::find_if(hours().rbegin(), hours().rend(), [](const auto &hour) { return hour.answers > 0; });
    if (last == hours().rend()) {
        return;
    }
    const double high = fontMetrics().height();
    const auto beside = [&](qint64 us) { return plot.y(static_cast<double>(us)) - high / 2; };
    const double slow = std::clamp(beside(last->mostUs), 0.0, plot.rect.bottom() - high * 3 / 2);
    const double median = std::clamp(beside(last->halfUs), slow + high, plot.rect.bottom() - high / 2);
    const double left = plot.rect.right() + nameGap;
    const ColorTable &colors = Theme::of(this);
    painter.setPen(colors.color(ThemeColor::Text));
    painter.drawText(QRectF(left, median, roomAtRight(), high), Qt::AlignVCenter | Qt::TextSingleLine, tr("median"));
    painter.setPen(colors.color(ThemeColor::Muted));
    painter.drawText(QRectF(left, slow, roomAtRight(), high), Qt::AlignVCenter | Qt::TextSingleLine, tr("slowest 5 %"));
}

} // namespace courier
