// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "app/senderrole.h"
#include "desk/desk.h"

#include <QObject>

#include <memory>

namespace courier {

/// The program without a window: sends until it is told to end by SIGTERM, SIGINT or SIGHUP. Lives on the main thread.
class BackgroundService : public QObject
{
    Q_OBJECT

public:
    explicit BackgroundService(std::unique_ptr<Desk> desk, QObject *parent = nullptr);

private:
    std::unique_ptr<Desk> m_desk;
    SenderRole m_role;
};

} // namespace courier
