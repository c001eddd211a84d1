// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "store/store.h"
#include "support/fakeclock.h"

#include <QTemporaryDir>
#include <QTest>

#include <memory>
#include <random>

namespace courier::test {

inline AlertSummary summary(qint64 id, Severity severity = Severity::Info, AlertStatus status = AlertStatus::Queued,
                            bool needsAttention = false, quint32 settledAt = 0)
{
    return {AlertId{id}, severity, status, AlertLife::Event, needsAttention, settledAt};
}

/// Summaries as a busy store would have them, the same with the same seed.
class SummarySource
{
public:
    explicit SummarySource(unsigned seed)
        : m_random(seed)
    {
    }
    int number(int below) { return static_cast<int>(m_random() % static_cast<unsigned>(below)); }
    AlertSummary summary(qint64 id, qint64 nowMsecs)
    {
        AlertSummary one = test::summary(id, static_cast<Severity>(number(5)), static_cast<AlertStatus>(number(8)));
        one.needsAttention = one.status == AlertStatus::Failed && number(2) == 0;
        if (one.status == AlertStatus::Delivered) {
            one.settledAt = static_cast<quint32>(nowMsecs / 1000 - number(3 * 86'400));
        }
        return one;
    }

private:
    std::mt19937 m_random;
};

/// A real store in a directory of its own, with a clock that stands still.
class StorePlace
{
public:
    StorePlace()
    {
        Result<std::unique_ptr<Store>> opened = Store::open(m_directory.path(), clock);
        if (!opened) {
            qFatal("%s", qPrintable(opened.error().detail));
        }
        m_store = std::move(*opened);
    }
    Store &store() { return *m_store; }

    Destination addDestination(const QString &name, bool resolutions = false)
    {
        Destination destination;
        destination.name = name;
        destination.url = QStringLiteral("http://127.0.0.1:9/%1").arg(name.toLower().remove(QLatin1Char(' ')));
        destination.severities = SeveritySet::all();
        destination.resolutions = resolutions;
        return *result(m_store->addDestination(destination));
    }
    static Alert alert(const QString &title, Severity severity = Severity::High)
    {
        Alert alert;
        alert.source = QStringLiteral("Test");
        alert.ruleId = QStringLiteral("rule.") + title;
        alert.createdAt = QStringLiteral("2024-05-01T11:59:00Z");
        alert.severity = severity;
        alert.title = title;
        return alert;
    }
    AlertId accept(const Alert &alert) { return result(m_store->accept({alert}))->first().id; }
    /// As a source hands it in that repeats it while it lasts.
    static IncomingAlert incoming(const QString &title, bool resolved = false)
    {
        IncomingAlert one;
        one.alert = alert(title);
        one.fingerprint = title;
        one.startsAt = FakeClock::start - 60'000;
        one.resolved = resolved;
        return one;
    }
    AlertId take(const IncomingAlert &alert) { return result(m_store->take({alert}))->first().id; }
    QList<Delivery> deliveries(AlertId id)
    {
        return result(m_store->read([id](Queries &queries) { return queries.deliveriesOf(id); }));
    }
    /// Records the delivery's next attempt and waits for its commit.
    void record(const Delivery &delivery, Outcome outcome, DeliveryState state, const QString &reason,
                qint64 nextAt = 0)
    {
        AttemptRecord record;
        record.attempt.deliveryId = delivery.id;
        record.attempt.destinationId = delivery.destinationId;
        record.attempt.number = delivery.attempts + 1;
        record.attempt.startedAt = clock.nowUtc();
        record.attempt.durationUs = 84'000;
        record.attempt.outcome = outcome;
        record.attempt.reason = reason;
        record.round = delivery.round;
        record.state = state;
        record.nextAt = nextAt;
        this->record(record);
    }
    void record(const AttemptRecord &record)
    {
        auto done = std::make_shared<std::atomic<bool>>(false);
        m_store->record(record, [done] { done->store(true); });
        QVERIFY(QTest::qWaitFor([done] { return done->load(); }));
    }
    template<typename T>
    static T result(QFuture<T> future)
    {
        if (!QTest::qWaitFor([&future] { return future.isFinished(); })) {
            qFatal("The store didn't answer");
        }
        return future.result();
    }

    FakeClock clock;

private:
    QTemporaryDir m_directory;
    std::unique_ptr<Store> m_store;
};

} // namespace courier::test
