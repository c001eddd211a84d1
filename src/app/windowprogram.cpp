// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#include "app/windowprogram.h"

#include "app/commandline.h"
#include "app/endsignals.h"
#include "app/filelock.h"
#include "app/journey.h"
#include "app/senderrole.h"
#include "app/singleinstance.h"
#include "gui/courierstyle.h"
#include "gui/desktopnotices.h"
#include "gui/glyphs.h"
#include "gui/mainwindow.h"
#include "gui/menuaccess.h"
#include "gui/scrollareaaccess.h"

#include <QApplication>
#include <QIODevice>
#include <QMessageBox>
#include <QPushButton>
#include <QSettings>
#include <QTextStream>

#include <cstdio>

namespace courier {
namespace {

void raise(QWidget &window, const QByteArray &token)
{
    if (!token.isEmpty()) {
        qputenv("XDG_ACTIVATION_TOKEN", token); // where Qt looks for the right to come to the front
    }
    window.setWindowState(window.windowState() & ~Qt::WindowMinimized);
    window.show();
    window.raise();
    window.activateWindow();
}

/// All that one window needs, in the order it is made.
struct Session
{
    Session(const QString &directory, const SystemClock &clock, const IntakeOptions &intake = {})
        : settings(directory + QLatin1String("/window.ini"), QSettings::IniFormat)
        , desk(Desk::open(directory, clock))
    {
        const int appearance = settings.value(QStringLiteral("window/appearance"), 0).toInt();
        theme.setAppearance(static_cast<Theme::Appearance>(appearance));
        CourierStyle::install(theme);
        if (desk) {
            (*desk)->intake().setOptions(intake);
            window = std::make_unique<MainWindow>(**desk, theme, settings);
            window->show();
            role = std::make_unique<SenderRole>(**desk);
        }
    }

    ~Session()
    {
        role.reset();
        window.reset();
    }

    QSettings settings;
    Theme theme;
    Result<std::unique_ptr<Desk>> desk;
    std::unique_ptr<MainWindow> window;
    std::unique_ptr<SenderRole> role;
};

int runFirst(const QString &directory, SingleInstance &instance, const IntakeOptions &intake)
{
    const SystemClock clock;
    const Session session(directory, clock, intake);
    if (!session.desk) {
        return showRefusal(session.desk.error());
    }
    MainWindow *window = session.window.get();
    QObject::connect(&instance, &SingleInstance::raiseRequested, window,
                     [window](const QByteArray &token) { raise(*window, token); });
    const DesktopNotices notices(**session.desk, *window);
    QObject::connect(&notices, &DesktopNotices::raiseRequested, window,
                     [window](const QByteArray &token) { raise(*window, token); });
    const EndSignals endSignals;
    QObject::connect(&endSignals, &EndSignals::endRequested, window, &QWidget::close);
    return QApplication::exec();
}

} // namespace

std::unique_ptr<QCoreApplication> makeWindowApplication(int &argc, char **argv)
{
    QGuiApplication::setDesktopFileName(QStringLiteral("alert-courier"));
    auto application = std::make_unique<QApplication>(argc, argv);
    installScrollAreaAccess();
    installMenuAccess();
    QApplication::setApplicationDisplayName(QStringLiteral("Alert Courier"));
    return application;
}

int runWindow(const QString &directory, const IntakeOptions &intake)
{
    FileLock lock(directory + QLatin1String("/window.lock"));
    SingleInstance instance(directory);
    if (!lock.tryLock()) {
        if (instance.raiseOther()) {
            return Done;
        }
        return showRefusal(
            {Error::Kind::Busy,
             QCoreApplication::translate("WindowProgram", "Another window has this data directory open, but doesn't "
                                                          "answer: %1")
                 .arg(directory),
             {}});
    }
    instance.listen();
    return runFirst(directory, instance, intake);
}

int runJourney(const QString &directory, const QString &pictureDirectory)
{
    FileLock lock(directory + QLatin1String("/window.lock"));
    const SystemClock clock;
    if (!lock.tryLock()) {
        return showRefusal(
            {Error::Kind::Busy,
             QCoreApplication::translate("WindowProgram", "A window has this data directory open: %1").arg(directory),
             {}});
    }
    Session session(directory, clock);
    if (!session.desk) {
        return showRefusal(session.desk.error());
    }
    Journey journey(**session.desk, session.theme, *session.window, pictureDirectory);
    QObject::connect(
        &journey, &Journey::finished, qApp, [](bool good) { QCoreApplication::exit(good ? Done : Refused); },
        Qt::QueuedConnection);
    journey.start();
    return QApplication::exec();
}

int showRefusal(const Error &error)
{
    QTextStream(stderr, QIODevice::WriteOnly) << QStringLiteral("alert-courier: %1\n").arg(error.message);
    QMessageBox box(QMessageBox::Critical, QCoreApplication::translate("WindowProgram", "Alert Courier can't start"),
                    error.message, QMessageBox::Close);
    box.setTextFormat(Qt::PlainText);
    QObject::connect(&box, &QDialog::finished, qApp, [] { QCoreApplication::exit(Refused); });
    box.open();
    return QApplication::exec();
}

} // namespace courier
