// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#include "gui/hourchart.h"

#include "gui/elidedlabel.h"
#include "gui/fonts.h"
#include "gui/theme.h"
#include "models/words.h"

#include <QHelpEvent>
#include <QPainter>
#include <QToolTip>

#include <algorithm>
#include <array>
#include <cmath>

namespace courier {
namespace {

constexpr int plotHeight = 104;
constexpr int leastPlotWidth = 140;
constexpr int gap = 8;
constexpr int labelEvery = 6; // hours
constexpr std::array<double, 3> lines{0, 0.5, 1};

/// The least round number from \a value on whose half is round, too.
double roundTop(double value)
{
    const double power = std::pow(10, std::floor(std::log10(std::max(value, 1.0))));
    for (const double factor : {1.0, 2.0, 4.0, 6.0}) {
        if (value <= factor * power && factor * power >= 2) {
            return factor * power;
        }
    }
    return 10 * power;
}

} // namespace

HourChart::HourChart(QWidget *parent)
    : QWidget(parent)
{
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    setTextRole(this, TextRole::Small);
}

void HourChart::setHours(const QList<DeliveryHour> &hours, const QString &words)
{
    m_hours = hours;
    setAccessibleDescription(words);
    update();
}

QSize HourChart::sizeHint() const
{
    return minimumSizeHint() + QSize(leastPlotWidth, 0);
}

QSize HourChart::minimumSizeHint() const
{
    const QFontMetrics metrics = fontMetrics();
    return {leastPlotWidth + roomAtRight(), plotHeight + metrics.height() * 3 / 2 + gap};
}

HourChart::Plot HourChart::plot() const
{
    const QFontMetrics metrics = fontMetrics();
    Plot plot;
    plot.top = roundTop(highest());
    plot.count = std::max<qsizetype>(m_hours.size(), 1);
    int left = 0;
    for (const double line : lines) {
        left = std::max(left, metrics.horizontalAdvance(valueWords(plot.top * line)));
    }
    const int above = metrics.height() / 2;
    plot.rect = QRectF(left + gap, above, width() - left - gap - roomAtRight(), plotHeight);
    return plot;
}

void HourChart::paintEvent(QPaintEvent *)
{
    if (m_hours.isEmpty()) {
        return;
    }
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const Plot where = plot();
    paintScale(painter, where);
    paintTimes(painter, where);
    paintHours(painter, where);
}

void HourChart::paintScale(QPainter &painter, const Plot &plot) const
{
    const ColorTable &colors = Theme::of(this);
    const int height = fontMetrics().height();
    for (const double line : lines) {
        const double y = std::round(plot.y(plot.top * line));
        painter.fillRect(QRectF(plot.rect.left(), y, plot.rect.width(), 1), colors.color(ThemeColor::Hairline));
        painter.setPen(colors.color(ThemeColor::Muted));
        painter.drawText(QRectF(0, y - height / 2.0, plot.rect.left() - gap, height),
                         Qt::AlignRight | Qt::AlignVCenter | Qt::TextSingleLine, valueWords(plot.top * line));
    }
}

// Every sixth full hour, as far as there is room before "now", which stands at the right end.
void HourChart::paintTimes(QPainter &painter, const Plot &plot) const
{
    const QFontMetrics metrics = fontMetrics();
    const QString now = tr("now");
    const double y = plot.rect.bottom() + metrics.height() / 2.0;
    const auto draw = [&](double center, const QString &text) {
        const double wide = metrics.horizontalAdvance(text) + 1;
        const double left = std::clamp(center - wide / 2, plot.rect.left(), plot.rect.right() - wide);
        painter.drawText(QRectF(left, y, wide, metrics.height()), Qt::AlignCenter | Qt::TextSingleLine, text);
        return left;
    };
    painter.setPen(Theme::of(this).color(ThemeColor::Muted));
    const double nowAt = draw(plot.rect.right(), now);
    for (qsizetype i = 1; i < m_hours.size(); i += labelEvery) {
        const QString text = words::timeOfDay(m_hours.at(i).begin);
        if (plot.x(i) + metrics.horizontalAdvance(text) / 2.0 + gap < nowAt) {
            draw(plot.x(i), text);
        }
    }
}

bool HourChart::event(QEvent *event)
{
    if (event->type() != QEvent::ToolTip) {
        return QWidget::event(event);
    }
    const auto *help = static_cast<QHelpEvent *>(event);
    const Plot where = plot();
    const double slot = std::floor((help->pos().x() - where.rect.left()) / where.slot());
    if (m_hours.isEmpty() || slot < 0 || slot >= static_cast<double>(m_hours.size())) {
        QToolTip::hideText();
        event->ignore();
        return true;
    }
    const auto hour = static_cast<qsizetype>(slot);
    const QRectF column(where.rect.left() + slot * where.slot(), 0, where.slot(), height());
    QToolTip::showText(help->globalPos(), plainToolTip(hourWords(m_hours.at(hour))), this, column.toAlignedRect());
    return true;
}

} // namespace courier
