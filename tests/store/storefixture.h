// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "domain/clock.h"
#include "store/store.h"

#include <QTemporaryDir>
#include <QTest>

#include <atomic>
#include <memory>
#include <optional>

namespace courier::test {

constexpr qint64 startOfTests = 1'790'000'000'000; // 2026-09-21

/// A clock that stands still until it is set.
class StillClock final : public Clock
{
public:
    qint64 nowUtc() const override { return m_now; }
    qint64 monotonic() const override { return m_now * 1000; }
    void set(qint64 now) { m_now = now; }
    void advance(qint64 msecs) { m_now += msecs; }

private:
    std::atomic<qint64> m_now = startOfTests;
};

/// Waits for a future of the store; the store's own threads finish it, so no events are needed.
template<typename T>
T waitFor(QFuture<T> future)
{
    future.waitForFinished();
    return future.result();
}

/// The value of a result that has to be one.
template<typename T>
T valueOf(const Result<T> &result)
{
    if (!result) {
        qFatal("%s %s", qPrintable(result.error().message), qPrintable(result.error().detail));
    }
    return *result;
}

/// A real store in a directory of its own.
class Fixture
{
public:
    Fixture() { reopen(); }

    void reopen(Store::Options options = {})
    {
        m_queries.reset();
        m_store.reset();
        auto opened = Store::open(directory.path(), clock, options);
        if (!opened) {
            qFatal("%s %s", qPrintable(opened.error().message), qPrintable(opened.error().detail));
        }
        m_store = std::move(*opened);
        m_queries = std::move(*m_store->connectQueries());
    }
    void close()
    {
        m_queries.reset();
        m_store.reset();
    }

    Store &store() { return *m_store; }
    Queries &read() { return *m_queries; }
    QString path() const { return directory.filePath(QStringLiteral("courier.db")); }

    Destination add(const QString &name, SeveritySet severities = SeveritySet::all(), bool paused = false)
    {
        Destination destination;
        destination.name = name;
        destination.url = QStringLiteral("https://example.test/%1").arg(qHash(name));
        destination.severities = severities;
        destination.paused = paused;
        return valueOf(waitFor(store().addDestination(destination)));
    }

    static Alert alert(const QString &title, Severity severity = Severity::High)
    {
        Alert one;
        one.source = QStringLiteral("Import");
        one.ruleId = QStringLiteral("Rule.One");
        one.createdAt = QStringLiteral("2026-09-21T12:00:00Z");
        one.severity = severity;
        one.title = title;
        return one;
    }
    QList<Accepted> accept(const QList<Alert> &alerts) { return valueOf(waitFor(store().accept(alerts))); }
    Accepted accept(const Alert &one) { return accept(QList<Alert>{one}).first(); }
    /// As a source hands it in that repeats it while it lasts.
    static IncomingAlert incoming(const QString &fingerprint, qint64 startsAt = startOfTests, qint64 endsAt = 0)
    {
        IncomingAlert one;
        one.alert = alert(QStringLiteral("Disk full on ") + fingerprint);
        one.fingerprint = fingerprint;
        one.startsAt = startsAt;
        one.endsAt = endsAt;
        return one;
    }
    static IncomingAlert resolved(IncomingAlert one)
    {
        one.resolved = true;
        return one;
    }
    QList<Accepted> take(const QList<IncomingAlert> &alerts, const std::optional<FilePlace> &place = {})
    {
        return valueOf(waitFor(store().take(alerts, place)));
    }
    Accepted take(const IncomingAlert &one) { return take(QList<IncomingAlert>{one}).first(); }
    /// The one delivery of an alert that was accepted.
    Delivery deliver(const Alert &one) { return read().deliveriesOf(accept(one).id).value(0); }

    static AttemptRecord result(const Delivery &delivery, DeliveryState state, int status = 500)
    {
        AttemptRecord record;
        record.attempt.deliveryId = delivery.id;
        record.attempt.destinationId = delivery.destinationId;
        record.attempt.number = delivery.attempts + 1;
        record.attempt.outcome = state == DeliveryState::Delivered ? Outcome::Acknowledged : Outcome::Rejected;
        record.attempt.status = status;
        record.attempt.reason = QString::number(status);
        record.round = delivery.round;
        record.state = state;
        return record;
    }
    /// Records and waits for the commit.
    void record(const AttemptRecord &one)
    {
        auto done = std::make_shared<QPromise<void>>();
        done->start();
        QFuture<void> future = done->future();
        store().record(one, [done] { done->finish(); });
        future.waitForFinished();
    }
    Delivery now(DeliveryId id) { return read().delivery(id).value_or(Delivery()); }
    AlertSummary summary(AlertId id) { return read().summariesOf({id}).value(0); }

    QTemporaryDir directory;
    StillClock clock;

private:
    std::unique_ptr<Store> m_store;
    std::unique_ptr<Queries> m_queries;
};

} // namespace courier::test
