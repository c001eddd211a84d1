// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "delivery/deliverysource.h"
#include "delivery/sendstage.h"
#include "desk/faileddelivery.h"
#include "domain/clock.h"
#include "domain/router.h"
#include "receiver/echoreceiver.h"
#include "secrets/secretvault.h"
#include "store/store.h"

#include <QFuture>
#include <QObject>
#include <QTimer>

#include <memory>

namespace courier {

class BulkResend;
class CertificateWatch;
class DestinationWriter;
class Dispatcher;
class Endings;
class GuardSetting;
class ImportJob;
class IntakeService;
class Retention;
class SecretCache;
class SenderPool;
class WatchedFiles;

/// What a user can do, with the stages of an alert's way joined: here and nowhere else. Lives on the main thread; every
/// call returns at once, what takes time ends in a future or a signal. The window, the command line and the background
/// service all work through it.
class Desk : public QObject
{
    Q_OBJECT

public:
    /// Opens the store in \a directory (which exists) and reads the destinations. \a clock outlives the desk.
    static Result<std::unique_ptr<Desk>> open(const QString &directory, const Clock &clock);
    /// Stops sending (what is under way gets a moment to end), commits, closes.
    ~Desk() override;

    Store &store() { return *m_store; }
    const Clock &clock() const { return m_clock; }
    QString directory() const { return m_directory; }

    // Sending: only the process that holds the sender's lock does it; the application calls this when it got the lock.
    void startSending();
    bool isSending() const { return m_sending; }

    /// The clock was set or the machine woke up: looks at once for what has come due.
    void lookAtClock();

    // Destinations, as read last; by name, without deleted ones.
    const QList<Destination> &destinations() const { return m_destinations; }
    std::optional<Destination> destination(DestinationId id) const;
    /// Its name, also where it is deleted by now.
    QString destinationName(DestinationId id) const;
    /// Everything wrong with the settings, a name that is taken included (by another one than \a destination itself).
    QList<FieldIssue> check(const Destination &destination) const;
    /// "NAME 2", "NAME 3", ...: the first that is free.
    QString freeName(const QString &name) const;

    /// \a changes are what the operator entered of its secrets. Error::Kind::Busy where they can't be kept right now:
    /// secrets().state() says why, and whether to ask for allowPrivateFile().
    QFuture<Result<Destination>> addDestination(const Destination &destination, const SecretChanges &changes = {});
    QFuture<Result<Destination>> updateDestination(const Destination &destination, const SecretChanges &changes = {});
    QFuture<Result<qint64>> setPaused(DestinationId id, bool paused);
    QFuture<Result<qint64>> deleteDestination(DestinationId id);
    /// A second one with the same settings, the same secrets and a free name, paused.
    QFuture<Result<Destination>> duplicateDestination(DestinationId id);
    /// Why nothing is sent to it although it isn't paused: "Waiting for the key ring to be unlocked."; else empty.
    QString waitReason(DestinationId id) const;

    /// Where secrets are kept.
    SecretVault &secrets() { return *m_vault; }

    /// Sends the test alert to a destination (paused or not) as it was stored last, once, with its stored secrets.
    /// Gives the ticket that the test's signals bear.
    qint64 sendTest(const Destination &destination);

    /// Whether targets are guarded, and what to tell of a change.
    GuardSetting &guard() { return *m_guard; }

    // Alerts
    QFuture<Result<QList<Accepted>>> accept(QList<Alert> alerts);
    /// The same of alerts that their source may repeat and end; see Store::take().
    QFuture<Result<QList<Accepted>>> take(QList<IncomingAlert> alerts, std::optional<FilePlace> place = {});
    /// Which destinations would get it, and why: the same rules that decide.
    QList<Route> preview(const Alert &alert) const;
    QFuture<Result<qint64>> resend(const QList<DeliveryId> &deliveries);
    QFuture<Result<DeliveryId>> sendAnyway(AlertId alert, DestinationId destination);
    QFuture<Result<qint64>> dismiss(const QList<AlertId> &alerts);

    /// Resends every failed delivery of the alerts that match, oldest first. One at a time: the running one is given
    /// back where there is one. Owned by the desk.
    BulkResend *startResend(const AlertFilter &filter);
    BulkResend *runningResend() const { return m_resend.get(); }

    /// Reads a file of alerts (or "-": standard input) into the store. The job is owned by the caller.
    std::unique_ptr<ImportJob> importFile(const QString &path, const QString &source);

    /// The files of alerts that the settings list; they are followed while this process sends.
    WatchedFiles &watchedFiles() { return *m_watchedFiles; }

    /// The built-in receiver; off until startReceiver().
    EchoReceiver &receiver() { return *m_receiver; }
    /// Starts the receiver on its old port where that is free, and makes (or moves) the destination that sends to it.
    QFuture<Result<Destination>> startReceiver();

    /// The endpoint that alerts come in by over HTTP; off until it is given options, and it listens once sending
    /// begins.
    IntakeService &intake() { return *m_intake; }

    /// Removes what is too old or too much, while this process sends.
    Retention &retention() { return *m_retention; }

    const QueueState &queueState() const { return m_queue; }
    StoreHealth health() const; ///< not healthy as well where sending can't begin

Q_SIGNALS:
    void destinationsChanged(); ///< also where time went by that a certificate has left
    void waitingChanged();      ///< waitReason() of a destination
    void statsChanged(const QList<courier::DestinationStats> &stats); ///< about once a second while things move
    void queueChanged(const courier::QueueState &queue);
    void sendingChanged(bool sending);
    void healthChanged(const courier::StoreHealth &health);
    void testStageReached(qint64 ticket, courier::SendStage stage, qint64 microseconds);
    void testFinished(qint64 ticket, const courier::Attempt &attempt);
    void failedForGood(const courier::FailedDelivery &failed); ///< told by the process that sends
    void resendStarted(courier::BulkResend *resend);

private:
    Desk(const QString &directory, const Clock &clock, std::unique_ptr<Store> store);
    void readDestinations();
    void takeDestinations(const QList<Destination> &all);
    void readState();
    void setSending(bool sending);
    void onStoreChanged(const StoreChanges &changes);
    void onHealthChanged(const StoreHealth &health);
    void onTestFinished(qint64 ticket, const Attempt &attempt);

    QString m_directory;
    const Clock &m_clock;
    std::unique_ptr<Store> m_store;
    std::unique_ptr<SecretVault> m_vault;
    std::unique_ptr<SecretCache> m_secretCache;
    std::unique_ptr<DestinationWriter> m_writer;
    std::unique_ptr<Dispatcher> m_dispatcher;
    std::unique_ptr<SenderPool> m_pool;
    std::unique_ptr<GuardSetting> m_guard;
    std::unique_ptr<EchoReceiver> m_receiver;
    std::unique_ptr<WatchedFiles> m_watchedFiles;
    std::unique_ptr<Endings> m_endings;
    std::unique_ptr<CertificateWatch> m_certificates;
    std::unique_ptr<Retention> m_retention;
    std::unique_ptr<IntakeService> m_intake;
    std::unique_ptr<BulkResend> m_resend;
    QList<Destination> m_destinations;
    QHash<DestinationId, QString> m_names;
    QueueState m_queue;
    QTimer m_stateTimer;
    int m_stateIntervalMs = 1000;
    StoreHealth m_beginning; ///< what keeps sending from its beginning
    bool m_sending = false;
};

} // namespace courier
