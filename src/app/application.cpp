// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#include "app/application.h"

#include "app/allocator.h"
#include "app/backgroundservice.h"
#include "app/datadir.h"
#include "app/endsignals.h"
#include "app/logging.h"
#include "app/privatememory.h"
#include "app/runcommand.h"
#include "app/windowprogram.h"
#include "desk/intakeservice.h"

#include <QApplication>
#include <QCoreApplication>
#include <QIODevice>
#include <QLoggingCategory>
#include <QTextStream>

#include <cstdio>
#include <optional>

namespace courier {
namespace {

Q_LOGGING_CATEGORY(lcApp, "courier.app")

void print(FILE *stream, const QString &text)
{
    QTextStream(stream, QIODevice::WriteOnly) << text;
}

int refuse(const Error &error)
{
    if (!error.detail.isEmpty()) {
        qCCritical(lcApp, "%s", qUtf8Printable(error.detail));
    }
    print(stderr, QStringLiteral("alert-courier: %1\n").arg(error.message));
    return Refused;
}

void setNames()
{
    QCoreApplication::setApplicationName(QStringLiteral("alert-courier"));
    QCoreApplication::setApplicationVersion(QStringLiteral(COURIER_VERSION));
}

QStringList argumentList(int argc, char **argv)
{
    QStringList arguments;
    for (int i = 0; i < argc; ++i) {
        arguments.append(QString::fromLocal8Bit(argv[i]));
    }
    return arguments;
}

IntakeOptions intakeOptions(const CommandLine &line)
{
    IntakeOptions options;
    options.off = line.noIntake;
    options.address = line.intake;
    return options;
}

int runBackground(const QString &directory, const IntakeOptions &intake)
{
    const SystemClock clock;
    auto desk = Desk::open(directory, clock);
    if (!desk) {
        return refuse(desk.error());
    }
    qCDebug(lcApp, "The allocator is %s.", allocatorName());
    (*desk)->intake().setOptions(intake);
    // From before it says that it runs; a second signal, while it ends, ends it at once.
    std::optional<EndSignals> endSignals(std::in_place);
    QObject::connect(&*endSignals, &EndSignals::endRequested, QCoreApplication::instance(), &QCoreApplication::quit);
    const BackgroundService service(std::move(*desk));
    const int code = QCoreApplication::exec();
    endSignals.reset();
    return code;
}

} // namespace

int runProgram(int argc, char **argv)
{
    restrictFileModes();
    keepMemoryPrivate();
    qputenv("QT_NO_THREADED_GLIB", "1"); // worker threads poll by themselves: a fifth faster
    setNames();
    const CommandLine line = parseCommandLine(argumentList(argc, argv));
    if (line.mode == CommandLine::Mode::Print) {
        print(line.isError ? stderr : stdout, line.output);
        return line.exitCode;
    }
    if (line.mode == CommandLine::Mode::Background) {
        takeFastAllocator(argv);
    }
    const bool windowed = line.mode == CommandLine::Mode::Window || line.mode == CommandLine::Mode::Journey;
    const std::unique_ptr<QCoreApplication> application =
        windowed ? makeWindowApplication(argc, argv) : std::make_unique<QCoreApplication>(argc, argv);
    if (line.mode == CommandLine::Mode::Complete) {
        return runCompletion(line);
    }
    const Result<QString> directory = openDataDirectory(line.dataDirectory);
    if (!directory) {
        return windowed ? showRefusal(directory.error()) : refuse(directory.error());
    }
    const Logging logging(*directory, line.logLevel);
    qCInfo(lcApp, "Alert Courier %s starts, process %lld, data in %s.", COURIER_VERSION,
           static_cast<long long>(QCoreApplication::applicationPid()), qUtf8Printable(*directory));
    switch (line.mode) {
    case CommandLine::Mode::Window:
        return runWindow(*directory, intakeOptions(line));
    case CommandLine::Mode::Journey:
        return runJourney(*directory, line.journeyDirectory);
    case CommandLine::Mode::Background:
        return runBackground(*directory, intakeOptions(line));
    case CommandLine::Mode::Command:
        return runCommand(line, *directory);
    case CommandLine::Mode::Complete:
    case CommandLine::Mode::Print:
        break;
    }
    return Done;
}

} // namespace courier
