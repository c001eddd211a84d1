// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#include "store/store.h"

#include "store/alertwrites.h"
#include "store/deliverywrites.h"
#include "store/destinationwrites.h"
#include "store/occurrencewrites.h"
#include "store/queries_p.h"
#include "store/readerpool.h"
#include "store/recordjob.h"
#include "store/retentionwrites.h"
#include "store/schema.h"
#include "store/watcher.h"
#include "store/writer.h"

#include <QDir>

namespace courier {

class Store::Private
{
public:
    static std::unique_ptr<Queries> queriesOver(std::unique_ptr<Connection> connection, StoreKey key)
    {
        return std::unique_ptr<Queries>(new Queries(std::make_unique<Queries::Private>(std::move(connection), key)));
    }
    void start(Store *store, ChangeCursor cursor, const Clock &clock, const Options &options);
    template<typename Value>
    QFuture<Result<Value>> write(WriteJob::Cost cost, std::function<Result<Value>(WriteSession &)> work);
    QFuture<Result<qint64>> writeInSteps(SteppedJob::Work work) const;
    /// Gives \a ids to \a work, some in each step.
    template<typename Id>
    QFuture<Result<qint64>> writeList(const QList<Id> &ids, qint64 (*work)(WriteSession &, const QList<qint64> &));

    QString path;
    StoreKey key{};
    std::unique_ptr<ReaderPool> readers; ///< ended in the reverse order: the writer first
    std::unique_ptr<Watcher> watcher;
    std::unique_ptr<Writer> writer;
};

void Store::Private::start(Store *store, ChangeCursor cursor, const Clock &clock, const Options &options)
{
    readers = std::make_unique<ReaderPool>(options.readers, [file = path, storeKey = key] {
        auto connection = Connection::open(file, dialect::Access::Read);
        if (!connection) {
            qCCritical(lcStore).noquote() << connection.error().message << connection.error().detail;
        }
        return queriesOver(connection ? std::move(*connection) : Connection::closed(file), storeKey);
    });
    watcher = std::make_unique<Watcher>(path, cursor, options.watchInterval,
                                        [store](const StoreChanges &changes) { store->tell(changes); });
    watcher->start();
    Writer::Listener listener{[this] { watcher->noteCommit(); },
                              [store](const StoreHealth &health) { Q_EMIT store->healthChanged(health); }};
    writer = std::make_unique<Writer>(path, clock, key, std::move(listener), options.wordsAfter);
    writer->start();
}

template<typename Value>
QFuture<Result<Value>> Store::Private::write(WriteJob::Cost cost, std::function<Result<Value>(WriteSession &)> work)
{
    auto job = std::make_unique<PromiseJob<Value>>(cost, std::move(work));
    QFuture<Result<Value>> future = job->future();
    writer->post(std::move(job));
    return future;
}

QFuture<Result<qint64>> Store::Private::writeInSteps(SteppedJob::Work work) const
{
    auto job = std::make_unique<SteppedJob>(std::move(work));
    QFuture<Result<qint64>> future = job->future();
    writer->post(std::move(job));
    return future;
}

template<typename Id>
QFuture<Result<qint64>> Store::Private::writeList(const QList<Id> &ids,
                                                  qint64 (*work)(WriteSession &, const QList<qint64> &))
{
    return writeInSteps(
        [numbers = numbersOf(ids), work](WriteSession &session, qint64 step) -> Result<SteppedJob::Step> {
            constexpr qint64 rows = deliverywrites::stepRows;
            const qint64 count = work(session, numbers.mid(step * rows, rows));
            return SteppedJob::Step{count, (step + 1) * rows >= numbers.size()};
        });
}

Store::Store(std::unique_ptr<Private> given)
    : m_private(std::move(given))
{
}

Store::~Store() = default;

Result<std::unique_ptr<Store>> Store::open(const QString &directory, const Clock &clock)
{
    return open(directory, clock, Options());
}

Result<std::unique_ptr<Store>> Store::open(const QString &directory, const Clock &clock, Options options)
{
    qRegisterMetaType<StoreChanges>();
    qRegisterMetaType<StoreHealth>();
    auto made = std::make_unique<Private>();
    made->path = QDir(directory).absoluteFilePath(QStringLiteral("courier.db"));
    const Result<schema::Opened> opened = schema::open(made->path);
    if (!opened) {
        return tl::unexpected(opened.error());
    }
    made->key = opened->key;
    const Result<ChangeCursor> cursor = ChangeCursor::latestIn(made->path);
    if (!cursor) {
        return tl::unexpected(cursor.error());
    }
    std::unique_ptr<Store> store(new Store(std::move(made)));
    store->m_private->start(store.get(), *cursor, clock, options);
    return store;
}

StoreKey Store::key() const
{
    return m_private->key;
}

QString Store::databasePath() const
{
    return m_private->path;
}

StoreHealth Store::health() const
{
    return m_private->writer->health();
}

quint64 Store::transactions() const
{
    return m_private->writer->transactions();
}

QFuture<Result<QList<Accepted>>> Store::accept(QList<Alert> alerts)
{
    const WriteJob::Cost cost = alertwrites::costOf(alerts);
    return m_private->write<QList<Accepted>>(
        cost, [alerts = std::move(alerts)](WriteSession &session) { return alertwrites::accept(session, alerts); });
}

QFuture<Result<QList<Accepted>>> Store::take(QList<IncomingAlert> alerts, std::optional<FilePlace> place)
{
    const WriteJob::Cost cost = occurrencewrites::costOf(alerts);
    return m_private->write<QList<Accepted>>(
        cost, [alerts = std::move(alerts), place = std::move(place)](WriteSession &session) {
            return occurrencewrites::take(session, alerts, place);
        });
}

QFuture<Result<qint64>> Store::resolveEnded(qint64 seenSince)
{
    return m_private->writeInSteps(
        [seenSince](WriteSession &session, qint64) { return occurrencewrites::resolveEnded(session, seenSince); });
}

QFuture<Result<Destination>> Store::addDestination(Destination destination)
{
    return m_private->write<Destination>({}, [destination = std::move(destination)](WriteSession &session) {
        return destinationwrites::add(session, destination);
    });
}

QFuture<Result<Destination>> Store::updateDestination(Destination destination)
{
    return m_private->write<Destination>({}, [destination = std::move(destination)](WriteSession &session) {
        return destinationwrites::update(session, destination);
    });
}

QFuture<Result<qint64>> Store::setPaused(DestinationId id, bool paused)
{
    return m_private->writeInSteps([id, paused](WriteSession &session, qint64 step) {
        return destinationwrites::setPaused(session, id, paused, step);
    });
}

QFuture<Result<qint64>> Store::deleteDestination(DestinationId id)
{
    return m_private->writeInSteps(
        [id](WriteSession &session, qint64 step) { return destinationwrites::remove(session, id, step); });
}

QFuture<Result<Destination>> Store::recordTest(Attempt attempt)
{
    return m_private->write<Destination>({}, [attempt = std::move(attempt)](WriteSession &session) {
        return destinationwrites::recordTest(session, attempt);
    });
}

QFuture<Result<qint64>> Store::resend(const QList<DeliveryId> &ids)
{
    return m_private->writeList(ids, deliverywrites::resend);
}

QFuture<Result<qint64>> Store::dismiss(const QList<AlertId> &ids)
{
    return m_private->writeList(ids, deliverywrites::dismiss);
}

QFuture<Result<DeliveryId>> Store::sendAnyway(AlertId alert, DestinationId destination)
{
    return m_private->write<DeliveryId>({}, [alert, destination](WriteSession &session) {
        return alertwrites::sendAnyway(session, alert, destination);
    });
}

QFuture<Result<QString>> Store::setSetting(QString key, QString value)
{
    return m_private->write<QString>({}, [key = std::move(key), value = std::move(value)](WriteSession &session) {
        session
            .prepared(QStringLiteral("INSERT INTO setting(key, value) VALUES(?, ?) "
                                     "ON CONFLICT(key) DO UPDATE SET value = excluded.value"))
            .run(key, value);
        return Result<QString>(value);
    });
}

QFuture<Result<qint64>> Store::retain(RetentionStep step)
{
    const WriteJob::Cost cost = retentionwrites::costOf(step);
    return m_private->write<qint64>(
        cost, [step = std::move(step)](WriteSession &session) { return retentionwrites::take(session, step); });
}

void Store::record(AttemptRecord record, std::function<void()> committed)
{
    m_private->writer->post(std::make_unique<RecordJob>(std::move(record), std::move(committed)));
}

void Store::markSending(DeliveryId id)
{
    m_private->writer->post(std::make_unique<MarkSendingJob>(id));
}

void Store::noteStruggle(StruggleNote note)
{
    m_private->writer->post(std::make_unique<StruggleJob>(std::move(note)));
}

QFuture<Result<qint64>> Store::recoverInterrupted(QList<InFlight> sends)
{
    const WriteJob::Cost cost{static_cast<int>(sends.size()), 0};
    QFuture<Result<qint64>> recovered =
        m_private->write<qint64>(cost, [sends = std::move(sends)](WriteSession &session) {
            return Result<qint64>(deliverywrites::recoverInterrupted(session, sends));
        });
    m_private->writeInSteps(
        [](WriteSession &session, qint64) { return Result<SteppedJob::Step>(destinationwrites::settle(session)); });
    return recovered;
}

void Store::tell(const StoreChanges &changes)
{
    if (changes.repeats) {
        Q_EMIT seenAgain();
    }
    if (changes.reload || changes.destinations || !changes.alerts.isEmpty() || !changes.removed.isEmpty()) {
        Q_EMIT changed(changes);
    }
}

void Store::enqueueRead(std::function<void(Queries &)> task, ReadKind kind)
{
    m_private->readers->post(std::move(task), kind);
}

Result<std::unique_ptr<Queries>> Store::connectQueries() const
{
    auto connection = Connection::open(m_private->path, dialect::Access::Read);
    if (!connection) {
        return tl::unexpected(connection.error());
    }
    return Private::queriesOver(std::move(*connection), m_private->key);
}

} // namespace courier
