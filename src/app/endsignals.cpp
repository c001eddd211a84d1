// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#include "app/endsignals.h"

#include <array>
#include <csignal>
#include <utility>

#include <sys/socket.h>
#include <unistd.h>

namespace courier {
namespace {

constexpr std::array endingSignals{SIGTERM, SIGINT, SIGHUP};
std::array<int, 2> sockets{-1, -1};

// The only thing a signal handler may do safely here: write one byte.
void noteSignal(int)
{
    const char byte = 1;
    [[maybe_unused]] const auto written = ::write(sockets[0], &byte, 1);
}

void handleAllBy(void (*handler)(int))
{
    for (const int number : endingSignals) {
        struct sigaction action = {};
        action.sa_handler = handler;
        action.sa_flags = SA_RESTART;
        ::sigaction(number, &action, nullptr);
    }
}

} // namespace

EndSignals::EndSignals(QObject *parent)
    : QObject(parent)
{
    if (::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0, sockets.data()) != 0) {
        return;
    }
    m_notifier = std::make_unique<QSocketNotifier>(sockets[1], QSocketNotifier::Read);
    connect(m_notifier.get(), &QSocketNotifier::activated, this, [this] {
        char byte = 0;
        [[maybe_unused]] const auto got = ::read(sockets[1], &byte, 1);
        Q_EMIT endRequested();
    });
    handleAllBy(noteSignal);
}

EndSignals::~EndSignals()
{
    handleAllBy(SIG_DFL);
    m_notifier.reset();
    for (int &socket : sockets) {
        if (socket >= 0) {
            ::close(std::exchange(socket, -1));
        }
    }
}

} // namespace courier
