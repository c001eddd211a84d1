// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QHash>
#include <QSet>
#include <QString>

namespace courier {

/// Wakes a thread when something happens in one of some folders (inotify), or after a while where the system can't
/// tell, e.g. of folders that are not there yet or on other machines. For one thread, but for wake().
class FolderNotifier
{
public:
    FolderNotifier();
    ~FolderNotifier();
    FolderNotifier(const FolderNotifier &) = delete;
    FolderNotifier &operator=(const FolderNotifier &) = delete;

    /// The folders from now on; those that don't exist are tried again at each call.
    void setFolders(const QSet<QString> &folders);
    /// Until something happens, wake() is called or \a msecs are over.
    void wait(int msecs);
    /// Ends a wait, or the next one. From any thread.
    void wake();

private:
    int m_inotify;
    int m_wake;
    QHash<QString, int> m_folders; ///< to inotify's descriptors
};

} // namespace courier
