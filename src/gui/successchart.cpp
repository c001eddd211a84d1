// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#include "gui/successchart.h"

#include "gui/fonts.h"
#include "gui/hourwords.h"
#include "gui/stylepaint.h"
#include "gui/theme.h"
#include "models/words.h"

#include <QPainter>

#include <algorithm>

namespace courier {
namespace {

constexpr double barPart = 0.8; // of an hour's room
constexpr double parting = 2;   // pixels between what arrived and what failed
constexpr double leastBar = 2;
constexpr double radius = 2;
constexpr int swatch = 10;
constexpr int swatchGap = 8;
constexpr int entryGap = 12;

QColor arrivedColor(const ColorTable &colors)
{
    return ColorTable::mix(colors.color(ThemeColor::Base), colors.color(ThemeColor::Delivered),
                           colors.isDark() ? 0.55 : 0.62);
}

struct Entry
{
    QString word;
    QColor color;
};

QList<Entry> entries(const ColorTable &colors)
{
    return {{SuccessLegend::tr("arrived"), arrivedColor(colors)},
            {SuccessLegend::tr("failed"), colors.color(ThemeColor::Failed)}};
}

} // namespace

double SuccessChart::highest() const
{
    qint64 most = 0;
    for (const DeliveryHour &hour : hours()) {
        most = std::max(most, hour.settled());
    }
    return static_cast<double>(most);
}

QString SuccessChart::valueWords(double value) const
{
    return words::count(static_cast<qint64>(value));
}

QString SuccessChart::hourWords(const DeliveryHour &hour) const
{
    return arrivedInHour(hour);
}

void SuccessChart::paintHours(QPainter &painter, const Plot &plot) const
{
    const ColorTable &colors = Theme::of(this);
    const double wide = std::max(1.0, plot.slot() * barPart);
    for (qsizetype i = 0; i < hours().size(); ++i) {
        const DeliveryHour &hour = hours().at(i);
        double bottom = plot.rect.bottom();
        const auto stack = [&](qint64 upTo, const QColor &color) {
            const double top = std::min(plot.y(static_cast<double>(upTo)), bottom - leastBar);
            const QRectF bar(plot.x(i) - wide / 2, top, wide, bottom - top);
            paintBox(&painter, bar, {color, {}, std::min(radius, bar.height() / 2)});
            bottom = top - parting;
        };
        if (hour.delivered > 0) {
            stack(hour.delivered, arrivedColor(colors));
        }
        if (hour.failed > 0) {
            stack(hour.settled(), colors.color(ThemeColor::Failed));
        }
    }
}

SuccessLegend::SuccessLegend(QWidget *parent)
    : QWidget(parent)
{
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    setTextRole(this, TextRole::Small);
}

QSize SuccessLegend::sizeHint() const
{
    int wide = -entryGap;
    for (const Entry &entry : entries(Theme::of(this))) {
        wide += entryGap + swatch + swatchGap + fontMetrics().horizontalAdvance(entry.word);
    }
    return {wide, fontMetrics().height()};
}

void SuccessLegend::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const ColorTable &colors = Theme::of(this);
    int x = 0;
    for (const Entry &entry : entries(colors)) {
        const int wide = fontMetrics().horizontalAdvance(entry.word);
        const QRect box(x, (height() - swatch) / 2, swatch, swatch);
        const QRect word(x + swatch + swatchGap, 0, wide + 1, height());
        paintBox(&painter, QStyle::visualRect(layoutDirection(), rect(), box), {entry.color, {}, radius});
        painter.setPen(colors.color(ThemeColor::Muted));
        painter.drawText(QStyle::visualRect(layoutDirection(), rect(), word), Qt::AlignVCenter | Qt::TextSingleLine,
                         entry.word);
        x += swatch + swatchGap + wide + entryGap;
    }
}

} // namespace courier
