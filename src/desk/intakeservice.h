// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "desk/intakesettings.h"
#include "domain/destination.h"
#include "store/store.h"

#include <QObject>
#include <QThreadPool>
#include <QTimer>
#include <QUrl>

#include <chrono>
#include <memory>
#include <optional>

namespace courier {

class AttemptCounts;
class HttpServer;
class IntakeHandler;

/// What the program was told about the endpoint at its start.
struct IntakeOptions
{
    bool off = true;                                                    ///< never listens, whatever the settings say
    std::optional<QString> address;                                     ///< instead of the settings': "HOST:PORT"
    std::chrono::milliseconds retryInterval = std::chrono::seconds(10); ///< where it can't listen
};

/// How the endpoint is.
struct IntakeStatus
{
    enum class State {
        Off,       ///< by the settings or the command line
        Elsewhere, ///< not started: another process holds this directory's sender's lock
        Listening,
        PortTaken, ///< tried again
        Failed     ///< tried again
    };
    State state = State::Off;
    QString words;  ///< for the status bar: "Alerts come in at 127.0.0.1:9797" (translated)
    QString reason; ///< why it doesn't listen, a sentence (translated); else empty
    QUrl url;       ///< where it listens; else empty
    bool operator==(const IntakeStatus &) const = default;
};

/// The endpoint that alerts come in by over HTTP: listens as the settings say, tries again where it can't, and follows
/// the settings as they change, whoever changes them. Lives on the main thread.
class IntakeService : public QObject
{
    Q_OBJECT

public:
    /// \a store, \a clock and \a counts outlive it.
    IntakeService(Store &store, const Clock &clock, const AttemptCounts &counts, QObject *parent = nullptr);
    ~IntakeService() override; ///< stops; what was handed to the store is still committed

    void setOptions(const IntakeOptions &options);
    /// Only the process that sends listens: the desk calls this when it begins to.
    void start();
    /// Looks at the settings now; they are looked at every few seconds, too.
    void readSettings();
    /// For answers, which name destinations; deleted ones, too.
    void setNames(const QHash<DestinationId, QString> &names);

    const IntakeStatus &status() const { return m_status; }
    const IntakeSettings &settings() const { return m_settings; } ///< as read last

Q_SIGNALS:
    void statusChanged(const courier::IntakeStatus &status);

private:
    void apply(const IntakeSettings &settings);
    void listen();
    void stopListening();
    Result<IntakeAddress> wantedAddress() const;
    Result<std::unique_ptr<HttpServer>> openServer(const IntakeAddress &address);
    void fail(const IntakeAddress &address, const Error &error);
    void updateView();
    void setStatus(const IntakeStatus &status);

    Store &m_store;
    QThreadPool m_pool; ///< reads large bodies
    std::shared_ptr<IntakeHandler> m_handler;
    std::unique_ptr<HttpServer> m_server;
    IntakeOptions m_options;
    IntakeSettings m_settings;
    QHash<DestinationId, QString> m_names;
    IntakeStatus m_status;
    QTimer m_retryTimer;
    QTimer m_settingsTimer;
    bool m_started = false;
    bool m_applied = false; ///< settings were read once
};

} // namespace courier
