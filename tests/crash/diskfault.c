// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

// A preloaded library that makes a disk fail on demand, for the files whose paths begin with COURIER_FAULT_PATH. The
// first byte of the file COURIER_FAULT_CONTROL says how, and may change at any time:
//   0  it works
//   F  it is full: writing and growing fail with ENOSPC
//   W  writing fails with EIO
//   S  fsync and fdatasync fail with EIO, after what was written is there
// On 64-bit systems off_t and off64_t are the same.

#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/types.h>
#include <unistd.h>

static const volatile char *control;
static const char *prefix;

__attribute__((constructor)) static void look(void)
{
    const char *path = getenv("COURIER_FAULT_CONTROL");
    prefix = getenv("COURIER_FAULT_PATH");
    const int file = path && prefix ? open(path, O_RDONLY | O_CLOEXEC) : -1;
    if (file >= 0) {
        void *memory = mmap(NULL, 1, PROT_READ, MAP_SHARED, file, 0);
        control = memory == MAP_FAILED ? NULL : memory;
        close(file);
    }
}

static int concerns(int file)
{
    char link[64];
    char path[4096];
    snprintf(link, sizeof link, "/proc/self/fd/%d", file);
    const ssize_t length = readlink(link, path, sizeof path - 1);
    if (length < 0) {
        return 0;
    }
    path[length] = 0;
    return strncmp(path, prefix, strlen(prefix)) == 0;
}

enum Kind { Write, Cut, Sync };

// The error that such a call gets now; 0: it is let through.
static int errorOf(int file, enum Kind kind)
{
    const char state = control ? *control : '0';
    int error = 0;
    if (state == 'F' && kind == Write) {
        error = ENOSPC;
    } else if ((state == 'W' && kind != Sync) || (state == 'S' && kind == Sync)) {
        error = EIO;
    }
    return error != 0 && concerns(file) ? error : 0;
}

#define REAL(name) ((__typeof__(&name))dlsym(RTLD_NEXT, #name))
#define GUARDED(type, name, kind, parameters, arguments)                                                               \
    type name parameters                                                                                               \
    {                                                                                                                  \
        const int error = errorOf(file, kind);                                                                         \
        if (error != 0) {                                                                                              \
            errno = error;                                                                                             \
            return -1;                                                                                                 \
        }                                                                                                              \
        return REAL(name) arguments;                                                                                   \
    }

GUARDED(ssize_t, write, Write, (int file, const void *data, size_t size), (file, data, size))
GUARDED(ssize_t, pwrite, Write, (int file, const void *data, size_t size, off_t at), (file, data, size, at))
GUARDED(ssize_t, pwrite64, Write, (int file, const void *data, size_t size, off64_t at), (file, data, size, at))
GUARDED(int, ftruncate, Cut, (int file, off_t size), (file, size))
GUARDED(int, ftruncate64, Cut, (int file, off64_t size), (file, size))
GUARDED(int, fallocate, Write, (int file, int mode, off_t at, off_t size), (file, mode, at, size))
GUARDED(int, fallocate64, Write, (int file, int mode, off64_t at, off64_t size), (file, mode, at, size))
GUARDED(int, fsync, Sync, (int file), (file))
GUARDED(int, fdatasync, Sync, (int file), (file))

int posix_fallocate(int file, off_t at, off_t size)
{
    const int error = errorOf(file, Write);
    return error != 0 ? error : REAL(posix_fallocate)(file, at, size);
}

int posix_fallocate64(int file, off64_t at, off64_t size)
{
    const int error = errorOf(file, Write);
    return error != 0 ? error : REAL(posix_fallocate64)(file, at, size);
}
