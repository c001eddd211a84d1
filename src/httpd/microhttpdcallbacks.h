// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "httpd/httpserver.h"

#include <QLoggingCategory>

struct MHD_Daemon;

namespace courier {

Q_DECLARE_LOGGING_CATEGORY(httpdLog)

/// libmicrohttpd's way to call back, plain functions with a context, tied to a ServerLoop's members.
struct MicrohttpdCallbacks
{
    /// Null where it does not start. It takes the socket over where it does. Nothing runs yet: the loop's thread drives
    /// it, and calls back from there.
    static MHD_Daemon *startDaemon(ServerLoop &loop, const HttpLimits &limits, int listenFd);

private:
    struct Functions;
};

} // namespace courier
