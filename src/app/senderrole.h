// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "app/filelock.h"
#include "desk/desk.h"

#include <QObject>
#include <QTimer>

namespace courier {

/// One process sends: whoever holds "sender.lock" in the data directory. Tries for the lock at once and then each
/// second, and lets the desk begin to send when it has it; the lock ends with the process. Lives on the main thread.
class SenderRole : public QObject
{
    Q_OBJECT

public:
    explicit SenderRole(Desk &desk, QObject *parent = nullptr);

private:
    void tryNow();

    Desk &m_desk;
    FileLock m_lock;
    QTimer m_timer;
    bool m_toldWaiting = false;
};

} // namespace courier
