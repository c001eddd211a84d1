// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "app/hands.h"
#include "app/senderrole.h"
#include "desk/desk.h"
#include "gui/courierstyle.h"
#include "gui/mainwindow.h"
#include "support/fakeclock.h"
#include "support/scriptedreceiver.h"

#include <QSettings>
#include <QTemporaryDir>
#include <QTest>

#include <memory>

namespace courier::test {

/// A desk with its window in a directory of its own, as the program makes them; the clock is the test's.
class DeskFixture
{
public:
    /// \a database, where it isn't empty, is what is there already.
    explicit DeskFixture(const QByteArray &database = {})
        : settings(directory.filePath(QStringLiteral("window.ini")), QSettings::IniFormat)
    {
        CourierStyle::install(theme);
        if (!database.isEmpty()) {
            QFile file(directory.filePath(QStringLiteral("courier.db")));
            if (!file.open(QIODevice::WriteOnly) || file.write(database) != database.size()) {
                qFatal("%s", qPrintable(file.errorString()));
            }
        }
        open();
    }

    void open()
    {
        auto opened = Desk::open(directory.path(), clock);
        if (!opened) {
            qFatal("%s", qPrintable(opened.error().message));
        }
        desk = std::move(*opened);
        window = std::make_unique<MainWindow>(*desk, theme, settings);
        if (!settings.contains(QStringLiteral("window/geometry"))) {
            window->resize(1280, 800); // as on a screen that has room for it: the off-screen one is smaller
        }
        window->show();
        role = std::make_unique<SenderRole>(*desk);
    }

    void close()
    {
        role.reset();
        window.reset();
        desk.reset();
    }

    ~DeskFixture() { close(); }

    /// Lets time go by for the desk, at once.
    void advance(std::chrono::milliseconds by)
    {
        clock.advance(by);
        desk->lookAtClock();
    }

    QTemporaryDir directory;
    FakeClock clock;
    QSettings settings;
    Theme theme;
    std::unique_ptr<Desk> desk;
    std::unique_ptr<MainWindow> window;
    std::unique_ptr<SenderRole> role;
};

} // namespace courier::test
