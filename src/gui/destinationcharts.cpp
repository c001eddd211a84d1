// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#include "gui/destinationcharts.h"

#include "gui/hourwords.h"
#include "models/words.h"
#include "ui_destinationcharts.h"

#include <algorithm>

namespace courier {

DestinationCharts::DestinationCharts(Store &store, const Clock &clock, QWidget *parent)
    : QWidget(parent)
    , ui(std::make_unique<Ui::DestinationCharts>())
    , m_hours(new DeliveryHours(store, clock, this))
{
    ui->setupUi(this);
    connect(m_hours, &DeliveryHours::changed, this, &DestinationCharts::showHours);
    showHours();
}

DestinationCharts::~DestinationCharts() = default;

void DestinationCharts::setDestination(DestinationId id)
{
    m_hours->setDestination(id);
}

void DestinationCharts::setWaits(bool waits)
{
    if (waits != m_waits) {
        m_waits = waits;
        showHours();
    }
}

QSize DestinationCharts::minimumSizeHint() const
{
    const int wide = std::max(ui->successPart->minimumSizeHint().width(), ui->latencyPart->minimumSizeHint().width());
    return {wide, QWidget::minimumSizeHint().height()};
}

void DestinationCharts::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    const int both = ui->successPart->minimumSizeHint().width() + ui->columns->spacing() +
                     ui->latencyPart->minimumSizeHint().width();
    ui->columns->setDirection(width() < both ? QBoxLayout::TopToBottom : QBoxLayout::LeftToRight);
}

void DestinationCharts::showEvent(QShowEvent *event)
{
    QWidget::showEvent(event);
    m_hours->setActive(true);
}

void DestinationCharts::hideEvent(QHideEvent *event)
{
    QWidget::hideEvent(event);
    m_hours->setActive(false);
}

// Until the hours are read the charts keep their room, so that the page doesn't jump.
void DestinationCharts::showHours()
{
    const DeliveryHour &day = m_hours->day();
    const bool isRead = !m_hours->hours().isEmpty();
    const QString arrived = isRead ? arrivedWords(day, m_hours->hours(), m_waits) : QString();
    const QString answered = isRead ? answeredWords(day, m_hours->hours()) : QString();
    ui->success->setHours(m_hours->hours(), arrived);
    ui->successWords->setText(arrived);
    ui->successShare->setText(words::success(day.delivered, day.failed));
    ui->latency->setHours(m_hours->hours(), answered);
    ui->latencyWords->setText(answered);
    ui->latencyMedian->setText(day.answers > 0 ? tr("median %1").arg(words::duration(day.halfUs)) : QString());
    const bool hasSomething = !isRead || day.settled() > 0 || day.answers > 0;
    ui->success->setVisible(hasSomething);
    ui->successLegend->setVisible(hasSomething);
    ui->latencyPart->setVisible(hasSomething);
}

} // namespace courier
