// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QtGlobal>

namespace courier::test {

/// A machine without a desktop: nothing of this process or its children finds a session's bus, and no key ring of
/// whoever runs the tests is touched. Call before any bus is used.
inline void haveNoKeyRing()
{
    qputenv("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nonexistent/bus");
    for (const char *name : {"DISPLAY", "WAYLAND_DISPLAY", "XDG_CURRENT_DESKTOP"}) {
        qunsetenv(name);
    }
}

} // namespace courier::test
