// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#include "bench/frames.h"

#include <QTimer>
#include <QWidget>

#include <cstdio>
#include <cstdlib>

namespace courier::bench {
namespace {

constexpr int longestWait = 10'000; // ms

} // namespace

bool FrameApplication::notify(QObject *receiver, QEvent *event)
{
    const bool isFrame = event->type() == QEvent::UpdateRequest && receiver->isWidgetType();
    const bool done = QApplication::notify(receiver, event);
    if (isFrame && m_onFrame) {
        m_onFrame();
    }
    return done;
}

Probe::Probe(FrameApplication &application)
    : m_application(application)
{
    m_application.setOnFrame([this] { onFrame(); });
}

Probe::~Probe()
{
    m_application.setOnFrame({});
}

void Probe::onFrame()
{
    if (m_isThere && m_painted < 0 && m_isThere()) {
        m_painted = static_cast<double>(m_clock.nsecsElapsed()) / 1e6;
    }
}

double Probe::time(const char *what, const std::function<void()> &act, const std::function<bool()> &isThere)
{
    m_isThere = isThere;
    m_painted = -1;
    m_clock.start();
    act();
    return waitForFrame(what);
}

double Probe::timeOn(const char *what, const std::function<bool()> &isThere)
{
    if (isThere()) { // with the frame that was painted last
        return m_painted;
    }
    m_isThere = isThere;
    m_painted = -1;
    return waitForFrame(what);
}

double Probe::waitForFrame(const char *what)
{
    QTimer wake;
    wake.start(longestWait + 100);
    while (m_painted < 0) {
        QCoreApplication::processEvents(QEventLoop::AllEvents | QEventLoop::WaitForMoreEvents);
        if (m_clock.elapsed() > longestWait) {
            fail(QStringLiteral("not painted within %1 ms: %2").arg(longestWait).arg(QString::fromUtf8(what)));
        }
    }
    m_isThere = {};
    return m_painted;
}

void Probe::await(const char *what, const std::function<bool()> &isThere, int seconds)
{
    QElapsedTimer clock;
    clock.start();
    while (!isThere()) {
        rest(5);
        if (clock.elapsed() > qint64{seconds} * 1000) {
            fail(QStringLiteral("not there within %1 s: %2").arg(seconds).arg(QString::fromUtf8(what)));
        }
    }
}

void Probe::rest(int ms)
{
    QEventLoop loop;
    QTimer::singleShot(ms, Qt::PreciseTimer, &loop, &QEventLoop::quit);
    loop.exec();
}

void fail(const QString &why)
{
    std::fprintf(stderr, "bench_window: %s\n", qUtf8Printable(why));
    std::fflush(nullptr);
    std::_Exit(1);
}

} // namespace courier::bench
