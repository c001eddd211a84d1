// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#include "desk/verdict.h"

#include <QTest>

using namespace courier;
using namespace std::chrono_literals;

namespace {

constexpr qint64 now = 1'700'000'000'000;

SendResult resultOf(Outcome outcome, int status = 0, int maxRetries = 10,
                    RetrySchedule schedule = RetrySchedule::Standard)
{
    Destination destination;
    destination.maxRetries = maxRetries;
    destination.schedule = schedule;
    SendResult result;
    result.job.destination = std::make_shared<const Destination>(destination);
    result.attempt.outcome = outcome;
    result.attempt.status = status;
    return result;
}

Delivery after(int roundAttempts, int round = 0)
{
    Delivery delivery;
    delivery.roundAttempts = roundAttempts;
    delivery.attempts = roundAttempts;
    delivery.round = round;
    return delivery;
}

} // namespace

class TestVerdict : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void acknowledgedIsDelivered()
    {
        const AttemptRecord record = verdict(resultOf(Outcome::Acknowledged, 204), after(3, 2), now, 0.5);
        QCOMPARE(record.state, DeliveryState::Delivered);
        QCOMPARE(record.round, 2);
    }

    void elevenAttemptsThenFailed()
    {
        for (int tried = 0; tried < 10; ++tried) {
            const AttemptRecord record = verdict(resultOf(Outcome::Rejected, 500), after(tried), now, 0.5);
            QCOMPARE(record.state, DeliveryState::Retrying);
            QVERIFY(record.nextAt > now);
        }
        QCOMPARE(verdict(resultOf(Outcome::Rejected, 500), after(10), now, 0.5).state, DeliveryState::Failed);
    }

    void fewerRetriesAreKept()
    {
        QCOMPARE(verdict(resultOf(Outcome::TimedOut, 0, 0), after(0), now, 0.5).state, DeliveryState::Failed);
        QCOMPARE(verdict(resultOf(Outcome::TimedOut, 0, 2), after(1), now, 0.5).state, DeliveryState::Retrying);
        QCOMPARE(verdict(resultOf(Outcome::TimedOut, 0, 2), after(2), now, 0.5).state, DeliveryState::Failed);
    }

    void waits_data()
    {
        QTest::addColumn<RetrySchedule>("schedule");
        QTest::addColumn<int>("tried");
        QTest::addColumn<double>("dice");
        QTest::addColumn<qint64>("wait");
        QTest::newRow("standard, first") << RetrySchedule::Standard << 0 << 0.5 << qint64(5'000);
        QTest::newRow("standard, least") << RetrySchedule::Standard << 0 << 0.0 << qint64(4'000);
        QTest::newRow("standard, third") << RetrySchedule::Standard << 2 << 0.5 << qint64(20'000);
        QTest::newRow("standard, capped") << RetrySchedule::Standard << 9 << 0.5 << qint64(900'000);
        QTest::newRow("quick, first") << RetrySchedule::Quick << 0 << 0.5 << qint64(1'000);
        QTest::newRow("quick, capped") << RetrySchedule::Quick << 9 << 0.5 << qint64(30'000);
        QTest::newRow("patient, second") << RetrySchedule::Patient << 1 << 0.9 << qint64(300'000);
        QTest::newRow("patient, last") << RetrySchedule::Patient << 9 << 0.9 << qint64(36'000'000);
        QTest::newRow("reference, least") << RetrySchedule::Reference << 4 << 0.0 << qint64(30'000);
        QTest::newRow("reference, middle") << RetrySchedule::Reference << 4 << 0.5 << qint64(165'000);
    }

    void waits()
    {
        QFETCH(RetrySchedule, schedule);
        QFETCH(int, tried);
        QFETCH(double, dice);
        QFETCH(qint64, wait);
        const SendResult result = resultOf(Outcome::Rejected, 503, 10, schedule);
        QCOMPARE(verdict(result, after(tried), now, dice).nextAt - now, wait);
    }

    void retryAfterOnlyMovesLater()
    {
        SendResult result = resultOf(Outcome::Rejected, 429);
        result.retryAfter = 60s;
        QCOMPARE(verdict(result, after(0), now, 0.5).nextAt - now, 60'000);
        result.retryAfter = 1s;
        QCOMPARE(verdict(result, after(0), now, 0.5).nextAt - now, 5'000);
        result.retryAfter = 24h * 3650;
        QCOMPARE(verdict(result, after(0), now, 0.5).nextAt - now, 3'600'000);
    }

    void whatCannotBeBuiltFailsAtOnce()
    {
        QCOMPARE(verdict(resultOf(Outcome::NotSent), after(0), now, 0.5).state, DeliveryState::Failed);
    }

    void interruptedIsMadeAgainAndCostsNoRetry()
    {
        const AttemptRecord record = verdict(resultOf(Outcome::Interrupted), after(10), now, 0.5);
        QCOMPARE(record.state, DeliveryState::Retrying);
        QCOMPARE(record.nextAt, now);
        QVERIFY(!record.countsAsTry);
    }

    void whatCannotLogInOrIsGuardedIsTriedAgain()
    {
        for (const Outcome outcome : {Outcome::AuthFailed, Outcome::GuardRefused}) {
            const AttemptRecord record = verdict(resultOf(outcome), after(0), now, 0.5);
            QCOMPARE(record.state, DeliveryState::Retrying);
            QVERIFY(record.countsAsTry);
            QVERIFY(record.nextAt > now);
            QCOMPARE(verdict(resultOf(outcome), after(10), now, 0.5).state, DeliveryState::Failed);
        }
    }

    void aFailingProxyCostsNoRetry()
    {
        const AttemptRecord record = verdict(resultOf(Outcome::ProxyFailed), after(10), now, 0.5);
        QCOMPARE(record.state, DeliveryState::Retrying);
        QVERIFY(!record.countsAsTry);
    }
};

QTEST_GUILESS_MAIN(TestVerdict)
#include "tst_verdict.moc"
