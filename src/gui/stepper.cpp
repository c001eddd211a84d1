// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#include "gui/stepper.h"

#include "gui/fonts.h"
#include "gui/glyphs.h"
#include "gui/theme.h"

#include <QLocale>
#include <QPainter>
#include <QStyle>

namespace courier {

namespace {

constexpr int circleSize = 24;
constexpr int circleToWord = 8;
constexpr int wordToLine = 12;
constexpr int lineLength = 32;

} // namespace

Stepper::Stepper(QWidget *parent)
    : QWidget(parent)
{
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    setSteps({tr("Configure"), tr("Test")});
}

void Stepper::setSteps(const QStringList &steps)
{
    m_steps = steps;
    updateName();
    updateGeometry();
}

void Stepper::setCurrent(int current)
{
    m_current = current;
    updateName();
    updateGeometry();
    update();
}

QSize Stepper::sizeHint() const
{
    int width = 0;
    for (int step = 0; step < m_steps.size(); ++step) {
        width += circleSize + circleToWord + QFontMetrics(fontOf(step)).horizontalAdvance(m_steps[step]) + 1;
        if (step > 0) {
            width += wordToLine + lineLength + wordToLine;
        }
    }
    return {width, circleSize + 8};
}

void Stepper::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const ColorTable &colors = Theme::of(this);
    const double middle = height() / 2.0;
    const auto mirrored = [this](const QRect &part) { return QStyle::visualRect(layoutDirection(), rect(), part); };
    int x = 0;
    for (int step = 0; step < m_steps.size(); ++step) {
        if (step > 0) {
            painter.setPen(QPen(colors.color(step <= m_current ? ThemeColor::Accent : ThemeColor::FieldEdge), 1.5));
            const QRectF line = mirrored({x + wordToLine, 0, lineLength, height()});
            painter.drawLine(QPointF(line.left(), middle), QPointF(line.right(), middle));
            x += wordToLine + lineLength + wordToLine;
        }
        paintCircle(&painter, mirrored({x, (height() - circleSize) / 2, circleSize, circleSize}), step);
        x += circleSize + circleToWord;
        painter.setFont(fontOf(step));
        painter.setPen(colors.color(step == m_current ? ThemeColor::Text : ThemeColor::Muted));
        const int width = painter.fontMetrics().horizontalAdvance(m_steps[step]) + 1;
        painter.drawText(mirrored({x, 0, width, height()}), Qt::AlignVCenter | Qt::TextSingleLine, m_steps[step]);
        x += width;
    }
}

QFont Stepper::fontOf(int step) const
{
    return fontFor(step == m_current ? TextRole::Strong : TextRole::Body, font());
}

void Stepper::paintCircle(QPainter *painter, const QRectF &circle, int step) const
{
    const ColorTable &colors = Theme::of(this);
    const bool isNow = step == m_current;
    const bool isDone = step < m_current;
    painter->setPen(QPen(colors.color(isNow || isDone ? ThemeColor::AccentFill : ThemeColor::FieldEdge), 1.5));
    painter->setBrush(isNow ? QBrush(colors.color(ThemeColor::AccentFill)) : QBrush(Qt::NoBrush));
    painter->drawEllipse(circle.adjusted(0.75, 0.75, -0.75, -0.75));
    if (isDone) {
        paintGlyph(painter, QStringLiteral("check"), circle.adjusted(5, 5, -5, -5), colors.color(ThemeColor::Accent),
                   this);
        return;
    }
    painter->setFont(fontOf(step));
    painter->setPen(colors.color(isNow ? ThemeColor::OnAccent : ThemeColor::Muted));
    painter->drawText(circle, Qt::AlignCenter, locale().toString(step + 1));
}

void Stepper::updateName()
{
    if (m_current >= 0 && m_current < m_steps.size()) {
        setAccessibleName(tr("Step %1 of %2: %3").arg(m_current + 1).arg(m_steps.size()).arg(m_steps[m_current]));
    }
}

} // namespace courier
