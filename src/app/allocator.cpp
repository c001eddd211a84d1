// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#include "app/allocator.h"

#include <QByteArray>

#include <cstring>
#include <dlfcn.h>
#include <sys/auxv.h>
#include <sys/prctl.h>
#include <unistd.h>

namespace courier {
namespace {

constexpr const char *library = COURIER_JEMALLOC; // empty: none
constexpr const char *preload = "LD_PRELOAD";
constexpr const char *options = "MALLOC_CONF";
constexpr const char *processName = "alert-courier"; // the kernel takes that of /proc/self/exe
// jemalloc(3), "TUNING". Few threads allocate at once. What was freed goes back to the system after a second, by a
// thread of jemalloc's own: the others sleep when there is nothing to send.
constexpr const char *optionsText = "narenas:2,background_thread:true,dirty_decay_ms:1000,muzzy_decay_ms:0";

// What this program set isn't for the programs that it starts.
void clearEnvironment()
{
    qunsetenv(preload);
    if (qgetenv(options) == optionsText) {
        qunsetenv(options);
    }
}

} // namespace

void takeFastAllocator(char **argv)
{
    // A program with capabilities of its own is given no library: it would begin anew for ever (ld.so(8)).
    if (std::strlen(library) == 0 || ::getauxval(AT_SECURE) != 0) {
        return;
    }
    if (qgetenv(preload) == library) {
        ::prctl(PR_SET_NAME, processName);
        clearEnvironment();
        return;
    }
    if (qEnvironmentVariableIsSet(preload) || ::access(library, R_OK) != 0) {
        return;
    }
    qputenv(preload, library);
    if (!qEnvironmentVariableIsSet(options)) {
        qputenv(options, optionsText);
    }
    ::execv("/proc/self/exe", argv);
    clearEnvironment(); // it goes as well without
}

const char *allocatorName()
{
    return ::dlsym(RTLD_DEFAULT, "mallctl") ? "jemalloc" : "the C library's";
}

} // namespace courier
