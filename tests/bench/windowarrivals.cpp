// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#include "bench/benchtasks.h"

#include <QScrollBar>
#include <QTest>
#include <QThread>
#include <QWheelEvent>

#include <atomic>
#include <cmath>

namespace courier::bench {
namespace {

constexpr int frameInterval = 16; // ms: as often as a screen shows another picture
constexpr int turnAfter = 90;     // wheel events
const auto tickType = static_cast<QEvent::Type>(QEvent::registerEventType());

class Tick : public QEvent
{
public:
    explicit Tick(qint64 sentAt)
        : QEvent(tickType)
        , at(sentAt)
    {
    }
    qint64 at; ///< nanoseconds
};

/// Turns the wheel over the table at even intervals, whatever the main thread is busy with, and takes the time from
/// each turn to the end of the frame that shows it.
class Wheel : public QObject
{
public:
    Wheel(QTableView &table, FrameApplication &application)
        : m_table(table)
        , m_application(application)
    {
        m_clock.start();
        application.setOnFrame([this] { onFrame(); });
    }
    ~Wheel() override { m_application.setOnFrame({}); }

    QList<double> turn(int seconds)
    {
        m_stop = false;
        const std::unique_ptr<QThread> thread(QThread::create([this] {
            for (qint64 next = m_clock.nsecsElapsed(); !m_stop; next += qint64{frameInterval} * 1'000'000) {
                QCoreApplication::postEvent(this, new Tick(std::max(next, m_clock.nsecsElapsed())));
                const qint64 left = next + qint64{frameInterval} * 1'000'000 - m_clock.nsecsElapsed();
                QThread::usleep(static_cast<unsigned long>(std::max<qint64>(left, 0) / 1000));
            }
        }));
        thread->start();
        Probe::rest(seconds * 1000);
        m_stop = true;
        thread->wait();
        Probe::rest(100);
        return m_times;
    }

protected:
    bool event(QEvent *event) override
    {
        if (event->type() != tickType) {
            return QObject::event(event);
        }
        m_waiting.append(static_cast<const Tick *>(event)->at);
        const int by = m_turns++ / turnAfter % 2 == 0 ? -120 : 120;
        const QPointF at = QRectF(m_table.viewport()->rect()).center();
        QWheelEvent wheel(at, m_table.viewport()->mapToGlobal(at), {}, {0, by}, Qt::NoButton, Qt::NoModifier,
                          Qt::NoScrollPhase, false);
        QCoreApplication::sendEvent(m_table.viewport(), &wheel);
        return true;
    }

private:
    void onFrame()
    {
        const qint64 now = m_clock.nsecsElapsed();
        for (const qint64 at : std::exchange(m_waiting, {})) {
            m_times.append(static_cast<double>(now - at) / 1e6);
        }
    }

    QTableView &m_table;
    FrameApplication &m_application;
    QElapsedTimer m_clock;
    std::atomic<bool> m_stop = false;
    QList<qint64> m_waiting; ///< turned, not painted yet
    QList<double> m_times;
    int m_turns = 0;
};

int heightOf(BenchedWindow &window, AlertId id)
{
    const int row = window.model().rowOf(id);
    return row < 0 ? -1 : window.table().visualRect(window.model().index(row, 0)).top();
}

/// Everything stays where it is while nobody touches it.
void lookAtOnePlace(BenchedWindow &window, FrameApplication &application, int seconds, AlertId chosen)
{
    const int height = heightOf(window, chosen);
    const int before = window.model().rowOf(chosen);
    int frames = 0;
    int moved = 0;
    application.setOnFrame([&] {
        ++frames;
        moved += heightOf(window, chosen) == height && window.details().alert() == chosen ? 0 : 1;
    });
    Probe::rest(seconds * 1000);
    application.setOnFrame({});
    const int came = window.model().rowOf(chosen) - before;
    tell("alerts that came in above, a second", static_cast<double>(came) / seconds);
    if (came < seconds * 100) {
        fail(QStringLiteral("only %1 alerts came in").arg(came));
    }
    if (moved > 0) {
        fail(QStringLiteral("the chosen alert was elsewhere in %1 of %2 frames").arg(moved).arg(frames));
    }
}

} // namespace

void scrollMeanwhile(BenchedWindow &window, FrameApplication &application, int seconds, bool own)
{
    QTableView &table = window.table();
    table.verticalScrollBar()->setValue(3000 * table.rowHeight(0));
    Probe::await("rows", [&] { return window.areRowsShown(); });
    window.clickRow(window.rowAtTop() + 3);
    const AlertId chosen = window.model().idAt(table.currentIndex().row());
    Probe::rest(500);
    lookAtOnePlace(window, application, seconds, chosen);
    QList<double> times;
    {
        Wheel wheel(table, application);
        times = wheel.turn(seconds);
    }
    tell(own ? "turn of the wheel" : "turn of the wheel, another process sends", times);
    if (window.model().idAt(table.currentIndex().row()) != chosen || window.details().alert() != chosen ||
        table.selectionModel()->selectedRows().size() != 1) {
        fail(QStringLiteral("another alert is chosen after scrolling"));
    }
}

} // namespace courier::bench
