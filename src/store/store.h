// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "domain/clock.h"
#include "store/inflightledger.h"
#include "store/queries.h"
#include "store/readkind.h"
#include "store/records.h"

#include <QFuture>
#include <QObject>
#include <QPromise>

#include <chrono>
#include <functional>
#include <memory>

namespace courier {

/// What is remembered: alerts, deliveries, attempts, destinations, settings, in one SQLite database in the data
/// directory (WAL, synchronous=FULL). Any thread may call it. Several processes may have the same store open.
///
/// Writes go to one writer thread, which owns the one writing connection and commits in groups: everything that came in
/// while the last commit ran goes into the next. A future is finished after its commit, never before. Where something
/// can't be kept (disk full, read-only, I/O error) the write fails with its reason, healthChanged() says so, and
/// attempts that were already made stay in memory and are tried again until they are kept.
class Store : public QObject
{
    Q_OBJECT

public:
    struct Options
    {
        std::chrono::milliseconds watchInterval{250}; ///< how often other processes' changes are looked for
        int readers = 2;                              ///< reading threads behind read()
        std::chrono::milliseconds wordsAfter{50};     ///< of nothing to write: then new alerts' words are indexed
    };

    /// Opens the store in \a directory ("courier.db"), or makes it. A damaged, foreign or newer database is refused
    /// with its path and what to do, and left as it is. \a clock outlives the store.
    static Result<std::unique_ptr<Store>> open(const QString &directory, const Clock &clock, Options options);
    static Result<std::unique_ptr<Store>> open(const QString &directory, const Clock &clock);
    /// Commits what waits, then closes.
    ~Store() override;

    StoreKey key() const;
    QString databasePath() const;
    StoreHealth health() const;
    quint64 transactions() const; ///< committed by this object so far

    /// Takes alerts in: each with all its deliveries, all of them in one transaction or none. One whose alertId is
    /// there already (or earlier in the same list) is not stored again. The results are in the order of \a alerts.
    QFuture<Result<QList<Accepted>>> accept(QList<Alert> alerts);

    /// Takes in alerts that their sources may repeat and end, all of them in one transaction or none, with the place
    /// that a watched file was read to. What came before is not stored again: by its fingerprint and start, by its
    /// fingerprint alone where it has no start and still lasts, or by its alertId. A repeat is counted, and its latest
    /// end kept; one that is over (said so, or its end has come) is marked resolved, once. The results are in the order
    /// of \a alerts.
    QFuture<Result<QList<Accepted>>> take(QList<IncomingAlert> alerts, std::optional<FilePlace> place = {});
    /// Marks those resolved whose end has come without a repeat, of those seen at or after \a seenSince (ms since 1970
    /// UTC). Gives their number.
    QFuture<Result<qint64>> resolveEnded(qint64 seenSince = 0);

    /// Stores a new destination and gives it back with its id; Conflict where the name is taken, Invalid as check()
    /// says.
    QFuture<Result<Destination>> addDestination(Destination destination);
    /// Changes the settings of one (not its pause, test state or creation).
    QFuture<Result<Destination>> updateDestination(Destination destination);
    /// Holds (or lets go) what waits for it; gives the number of deliveries concerned.
    QFuture<Result<qint64>> setPaused(DestinationId id, bool paused);
    /// Cancels what waits for it and keeps its history; gives the number of cancelled deliveries.
    QFuture<Result<qint64>> deleteDestination(DestinationId id);
    /// Keeps a test's attempt with its destination (the last ten), and its state and result there.
    QFuture<Result<Destination>> recordTest(Attempt attempt);

    /// Starts a new round for each delivery that is Failed, Delivered or Retrying (due at once, by hand; in their
    /// order); others are left as they are. Gives the number started. A resend clears "needs attention" of what it
    /// takes.
    QFuture<Result<qint64>> resend(const QList<DeliveryId> &ids);
    /// Puts failures aside: they no longer need attention. Gives the number of alerts that did.
    QFuture<Result<qint64>> dismiss(const QList<AlertId> &ids);
    /// One more delivery of an alert, to a destination that its rules left out (or whose delivery is there: then
    /// resent).
    QFuture<Result<DeliveryId>> sendAnyway(AlertId alert, DestinationId destination);
    QFuture<Result<QString>> setSetting(QString key, QString value);
    /// Takes a step of the retention: one short transaction.
    QFuture<Result<qint64>> retain(RetentionStep step);

    /// Keeps attempts; never fails for good. \a committed is called on the writer thread after the commit.
    void record(AttemptRecord record, std::function<void()> committed);
    /// Shows a delivery that waits as Sending: its send takes longer than a moment. Not waited for.
    void markSending(DeliveryId id);
    /// Keeps for others to see that a destination struggles, or no longer does. Not waited for.
    void noteStruggle(StruggleNote note);
    /// For the new holder of the sender's lock, before it sends: records an Interrupted attempt for each send that was
    /// cut short and is not recorded, and puts whatever is Sending back to wait, due now. Gives the number interrupted.
    QFuture<Result<qint64>> recoverInterrupted(QList<InFlight> sends);

    /// Runs \a query (a callable that takes Queries& and returns a value) on a reading thread. Nothing awaited stands
    /// behind a long one where there is more than one thread.
    template<typename Query>
    auto read(Query query, ReadKind kind = ReadKind::Awaited) -> QFuture<std::invoke_result_t<Query, Queries &>>
    {
        using Value = std::invoke_result_t<Query, Queries &>;
        auto promise = std::make_shared<QPromise<Value>>();
        promise->start();
        QFuture<Value> future = promise->future();
        enqueueRead(
            [promise, query = std::move(query)](Queries &queries) mutable {
                promise->addResult(query(queries));
                promise->finish();
            },
            kind);
        return future;
    }

    /// A reading connection for the thread that calls this, e.g. the dispatcher's.
    Result<std::unique_ptr<Queries>> connectQueries() const;

Q_SIGNALS:
    /// At most every 50 ms; from whichever process. Emitted in the store's own threads: connect with a context.
    void changed(const courier::StoreChanges &changes);
    /// Alerts were merely seen again, by whichever process: nothing of theirs changed but when and how often. As often
    /// and from where as changed(), which is not emitted for it: thousands a minute are no reason to read them anew.
    void seenAgain();
    void healthChanged(const courier::StoreHealth &health);

private:
    class Private;
    explicit Store(std::unique_ptr<Private> given);
    void tell(const StoreChanges &changes);
    void enqueueRead(std::function<void(Queries &)> task, ReadKind kind);
    std::unique_ptr<Private> m_private;
};

} // namespace courier
