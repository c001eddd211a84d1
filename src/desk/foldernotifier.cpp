// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#include "desk/foldernotifier.h"

#include <QFile>

#include <array>

#include <poll.h>
#include <sys/eventfd.h>
#include <sys/inotify.h>
#include <unistd.h>

namespace courier {
namespace {

void empty(int descriptor)
{
    std::array<char, 16 * 1024> room;
    while (::read(descriptor, room.data(), room.size()) > 0) {
    }
}

} // namespace

FolderNotifier::FolderNotifier()
    : m_inotify(::inotify_init1(IN_NONBLOCK | IN_CLOEXEC))
    , m_wake(::eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC))
{
}

FolderNotifier::~FolderNotifier()
{
    ::close(m_inotify);
    ::close(m_wake);
}

void FolderNotifier::setFolders(const QSet<QString> &folders)
{
    for (auto it = m_folders.begin(); it != m_folders.end();) {
        if (folders.contains(it.key())) {
            ++it;
        } else {
            ::inotify_rm_watch(m_inotify, it.value());
            it = m_folders.erase(it);
        }
    }
    // Again also for those that are known: a folder may have been made anew.
    for (const QString &folder : folders) {
        const int watch = ::inotify_add_watch(m_inotify, QFile::encodeName(folder).constData(),
                                              IN_MODIFY | IN_CREATE | IN_MOVED_TO | IN_MOVED_FROM | IN_ONLYDIR);
        if (watch >= 0) {
            m_folders.insert(folder, watch);
        }
    }
}

void FolderNotifier::wait(int msecs)
{
    std::array<pollfd, 2> descriptors{{{m_inotify, POLLIN, 0}, {m_wake, POLLIN, 0}}};
    if (::poll(descriptors.data(), descriptors.size(), msecs) > 0) {
        empty(m_inotify);
        empty(m_wake);
    }
}

void FolderNotifier::wake()
{
    const quint64 one = 1;
    [[maybe_unused]] const ssize_t written = ::write(m_wake, &one, sizeof one);
}

} // namespace courier
