// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#include "gui/busyticker.h"

#include <QTimerEvent>

#include <utility>

namespace courier {

namespace {

constexpr int tickMsecs = 33;
constexpr int periodMsecs = 1400;

} // namespace

void BusyTicker::keep(QWidget *bar)
{
    if (!m_bars.contains(bar)) {
        m_bars.append(bar);
    }
    if (m_timer.isActive()) {
        return;
    }
    m_clock.start();
    m_timer.start(tickMsecs, this);
}

double BusyTicker::phase() const
{
    if (!m_clock.isValid()) {
        return 0;
    }
    return static_cast<double>(m_clock.elapsed() % periodMsecs) / periodMsecs;
}

void BusyTicker::timerEvent(QTimerEvent *event)
{
    if (event->timerId() != m_timer.timerId()) {
        return;
    }
    if (m_bars.isEmpty()) {
        m_timer.stop();
        return;
    }
    for (const QPointer<QWidget> &bar : std::exchange(m_bars, {})) {
        if (bar && bar->isVisible()) {
            bar->update();
        }
    }
}

} // namespace courier
