// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QApplication>
#include <QElapsedTimer>

#include <functional>

namespace courier::bench {

/// The application, which says when a window has been painted and handed to the screen.
class FrameApplication final : public QApplication
{
public:
    using QApplication::QApplication;
    void setOnFrame(std::function<void()> onFrame) { m_onFrame = std::move(onFrame); }
    bool notify(QObject *receiver, QEvent *event) override;

private:
    std::function<void()> m_onFrame;
};

/// Takes the time from an input event until a frame was painted with what it leads to.
class Probe
{
public:
    explicit Probe(FrameApplication &application);
    ~Probe();

    /// Does \a act and lets the program run until \a isThere at the end of a frame; gives ms. Ends the process with a
    /// message, naming \a what, where that takes longer than ten seconds.
    double time(const char *what, const std::function<void()> &act, const std::function<bool()> &isThere);
    /// Goes on after time(): until \a isThere, too, counted from the same event.
    double timeOn(const char *what, const std::function<bool()> &isThere);
    /// The same without a frame, and without a time.
    static void await(const char *what, const std::function<bool()> &isThere, int seconds = 60);
    /// Lets the program run, as while the operator looks.
    static void rest(int ms);

private:
    void onFrame();
    double waitForFrame(const char *what);

    FrameApplication &m_application;
    std::function<bool()> m_isThere;
    QElapsedTimer m_clock;
    double m_painted = -1; ///< ms since the clock was started; below 0: not yet
};

/// Ends the process with a message.
[[noreturn]] void fail(const QString &why);

} // namespace courier::bench
