// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

// A disk that fails, for a program that is started with this library preloaded: what writes to the files of one
// directory stands before the C library's own and fails, or ends the process, where it is told to.
//
//   FAILING_DISK_DIR   the directory; files elsewhere are left alone
//   FAILING_DISK_FILE  holds what fails: a line each of CALL ERROR, as "sync EIO", "write ENOSPC"; read at every call,
//                      so that a test can change it while the program runs; nothing fails while it is missing
//   FAILING_DISK_KILL  the number of the call (of any kind) in place of which the process is killed, as by a power cut

#include <atomic>
#include <cerrno>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <cstring>

#include <fcntl.h>
#include <sys/syscall.h>
#include <sys/types.h>
#include <unistd.h>

namespace {

std::atomic<long> calls{0};

bool isWithin(const char *path)
{
    const char *directory = ::getenv("FAILING_DISK_DIR"); // clazy:exclude=raw-environment-function
    return directory != nullptr && std::strncmp(path, directory, std::strlen(directory)) == 0;
}

bool isWatched(int file)
{
    char link[64];
    char path[4096];
    std::snprintf(link, sizeof link, "/proc/self/fd/%d", file);
    const ssize_t size = ::readlink(link, path, sizeof path - 1);
    if (size <= 0) {
        return false;
    }
    path[size] = '\0';
    return isWithin(path);
}

int numberOf(const char *name)
{
    struct
    {
        const char *name;
        int number;
    } constexpr known[]{{"EIO", EIO}, {"ENOSPC", ENOSPC}, {"EROFS", EROFS}};
    for (const auto &one : known) {
        if (std::strcmp(name, one.name) == 0) {
            return one.number;
        }
    }
    return 0;
}

// 0 where the call may be made.
int failureOf(const char *call)
{
    const char *limit = ::getenv("FAILING_DISK_KILL"); // clazy:exclude=raw-environment-function
    if (limit != nullptr && ++calls == std::atol(limit)) {
        ::kill(::getpid(), SIGKILL);
    }
    const char *name = ::getenv("FAILING_DISK_FILE"); // clazy:exclude=raw-environment-function
    const int file = name == nullptr ? -1 : static_cast<int>(syscall(SYS_openat, AT_FDCWD, name, O_RDONLY | O_CLOEXEC));
    if (file < 0) {
        return 0;
    }
    char text[256];
    const ssize_t size = syscall(SYS_read, file, text, sizeof text - 1);
    syscall(SYS_close, file);
    text[size > 0 ? size : 0] = '\0';
    char *rest = nullptr;
    for (char *word = strtok_r(text, " \n", &rest); word != nullptr; word = strtok_r(nullptr, " \n", &rest)) {
        const char *error = strtok_r(nullptr, " \n", &rest);
        if (error != nullptr && std::strcmp(word, call) == 0) {
            return numberOf(error);
        }
    }
    return 0;
}

bool fails(const char *call, int file)
{
    const int number = isWatched(file) ? failureOf(call) : 0;
    errno = number != 0 ? number : errno;
    return number != 0;
}

bool fails(const char *call, const char *path)
{
    const int number = isWithin(path) ? failureOf(call) : 0;
    errno = number != 0 ? number : errno;
    return number != 0;
}

} // namespace

extern "C" {

__attribute__((visibility("default"))) ssize_t write(int file, const void *bytes, size_t size)
{
    return fails("write", file) ? -1 : syscall(SYS_write, file, bytes, size);
}

__attribute__((visibility("default"))) ssize_t pwrite64(int file, const void *bytes, size_t size, off64_t offset)
{
    return fails("write", file) ? -1 : syscall(SYS_pwrite64, file, bytes, size, offset);
}

__attribute__((visibility("default"))) ssize_t pwrite(int file, const void *bytes, size_t size, off_t offset)
{
    return pwrite64(file, bytes, size, offset);
}

__attribute__((visibility("default"))) int ftruncate64(int file, off64_t size) noexcept
{
    return fails("write", file) ? -1 : static_cast<int>(syscall(SYS_ftruncate, file, size));
}

__attribute__((visibility("default"))) int ftruncate(int file, off_t size) noexcept
{
    return ftruncate64(file, size);
}

__attribute__((visibility("default"))) int fsync(int file)
{
    return fails("sync", file) ? -1 : static_cast<int>(syscall(SYS_fsync, file));
}

__attribute__((visibility("default"))) int fdatasync(int file)
{
    return fails("sync", file) ? -1 : static_cast<int>(syscall(SYS_fdatasync, file));
}

__attribute__((visibility("default"))) int unlink(const char *path) noexcept
{
    return fails("unlink", path) ? -1 : static_cast<int>(syscall(SYS_unlinkat, AT_FDCWD, path, 0));
}

__attribute__((visibility("default"))) int link(const char *from, const char *to) noexcept
{
    return fails("link", to) ? -1 : static_cast<int>(syscall(SYS_linkat, AT_FDCWD, from, AT_FDCWD, to, 0));
}

} // extern "C"
