// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

// bench_window TASK DIRECTORY ...: the program's window on a data directory, worked by real events. Prints what it
// found as JSON, an object a line, and ends with 1 where something isn't as it should be.
//
//   look DIRECTORY ROUNDS             filters, sorts, searches, jumps, opens details
//   own DIRECTORY SECONDS HOST:PORT   scrolls while this process takes alerts in there and sends them
//   other DIRECTORY SECONDS           the same while another process does
//   resend DIRECTORY                  resends all that failed, and cancels that

#include "bench/benchtasks.h"
#include "gui/menuaccess.h"
#include "gui/scrollareaaccess.h"

#include <cstdio>

using namespace courier;

namespace {

int usage()
{
    std::fputs("bench_window look|own|other|resend DIRECTORY ...\n", stderr);
    return 2;
}

void waitForAll(bench::BenchedWindow &window)
{
    const qint64 all = window.number(QStringLiteral("SELECT count(*) FROM alert_status"));
    bench::Probe::await("all alerts", [&] { return window.isListed(all); });
    if (!window.window().isActiveWindow()) {
        window.window().activateWindow();
    }
    bench::Probe::rest(1000);
}

} // namespace

int main(int argc, char **argv)
{
    qputenv("QT_NO_THREADED_GLIB", "1"); // as the program does
    bench::FrameApplication application(argc, argv);
    installScrollAreaAccess();
    installMenuAccess();
    const QStringList arguments = QCoreApplication::arguments();
    const QString task = arguments.value(1);
    const int number = arguments.value(3).toInt();
    if (arguments.size() < 3) {
        return usage();
    }
    IntakeOptions intake;
    if (arguments.size() > 4) {
        intake.off = false;
        intake.address = arguments.at(4);
    }
    bench::BenchedWindow window(arguments.at(2), intake);
    waitForAll(window);
    if (task == QLatin1String("look")) {
        bench::Probe probe(application);
        bench::lookAround(window, probe, number);
    } else if (task == QLatin1String("own") || task == QLatin1String("other")) {
        const bool own = task == QLatin1String("own");
        if (own) {
            window.send();
        }
        std::puts("ready");
        std::fflush(stdout);
        bench::Probe::rest(2000);
        bench::scrollMeanwhile(window, application, number, own);
    } else if (task == QLatin1String("resend")) {
        window.send();
        bench::Probe::rest(1000);
        bench::Probe probe(application);
        bench::resendMany(window, probe);
    } else {
        return usage();
    }
    std::fflush(stdout);
    return 0;
}
