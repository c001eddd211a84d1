// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "app/socketpath.h"

#include <QLocalServer>
#include <QObject>
#include <QString>

#include <chrono>
#include <memory>

class QLocalSocket;

namespace courier {

/// The line between two starts on one data directory: the first listens on a local socket, a second one asks it to show
/// its window. Which is the first is decided by a lock, not here. Lives on the main thread.
class SingleInstance : public QObject
{
    Q_OBJECT

public:
    explicit SingleInstance(const QString &dataDirectory, QObject *parent = nullptr);
    ~SingleInstance() override;

    /// For the first: takes the socket over, one left by a killed process too. False where it can't (it is logged).
    bool listen();
    /// For a second one: asks the first to show its window; true where it has answered. The first may be starting, so
    /// it is asked until \a patience has passed.
    bool raiseOther(std::chrono::milliseconds patience = std::chrono::seconds(5));

Q_SIGNALS:
    /// \a token is what the desktop gave the second start to bring a window to the front with; may be empty.
    void raiseRequested(const QByteArray &token);

private:
    void receive();
    void answer(QLocalSocket &socket);

    SocketPath m_socketPath;
    std::unique_ptr<QLocalServer> m_server;
};

} // namespace courier
