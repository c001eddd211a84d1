// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "desk/desk.h"
#include "gui/mainwindow.h"

#include <QElapsedTimer>
#include <QObject>
#include <QStringList>
#include <QTimer>

#include <functional>

namespace courier {

/// The whole journey in the real window, by real events: add a destination for the built-in receiver, send a test
/// alert, hand in alerts, see one fail, resend it. Leaves pictures in light and dark and "summary.txt" in a directory.
/// For a machine without a display, and as a demonstration. Lives on the main thread.
class Journey : public QObject
{
    Q_OBJECT

public:
    /// \a desk, \a theme and \a window outlive the journey.
    Journey(Desk &desk, Theme &theme, MainWindow &window, const QString &directory);
    void start();

Q_SIGNALS:
    void finished(bool good);

private:
    struct Step
    {
        QString what;              ///< for the summary
        std::function<bool()> act; ///< false: try again a little later
    };
    void planReceiver();
    void planDestination();
    void planAlerts();
    void planResend();
    void planEnd();
    void add(const QString &what, std::function<bool()> act);
    void addPicture(const QString &name);
    void next();
    void savePicture(const QString &name);
    void say(const QString &line);
    void summarize();
    void end(bool good);

    Desk &m_desk;
    Theme &m_theme;
    MainWindow &m_window;
    QString m_directory;
    QList<Step> m_steps;
    qsizetype m_at = 0;
    QTimer m_timer;
    QElapsedTimer m_waited;
    QStringList m_summary;
    DestinationId m_destination{};
};

} // namespace courier
