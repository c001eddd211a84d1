// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#include "desk/desk.h"
#include "support/fakeclock.h"
#include "support/scriptedreceiver.h"

#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace courier;
using namespace courier::test;
using namespace std::chrono_literals;

namespace {

constexpr int patience = 60'000; ///< ms, for a machine that is busy with other things

QList<Alert> alertsFor(const QString &destination, int count)
{
    QList<Alert> alerts;
    for (int i = 0; i < count; ++i) {
        Alert alert;
        alert.ruleId = QStringLiteral("R.1");
        alert.createdAt = QStringLiteral("2024-05-01T12:00:00Z");
        alert.title = QString::number(i);
        alert.destinations = {destination};
        alerts.append(alert);
    }
    return alerts;
}

Destination destinationOf(const QString &name, const QString &url)
{
    Destination destination;
    destination.name = name;
    destination.url = url;
    destination.severities = {};
    return destination;
}

Answer unavailable()
{
    return Answer::withStatus(503, "Service Unavailable");
}

/// A desk that sends, in a directory of its own.
class Sending
{
public:
    explicit Sending(const Clock &clock)
    {
        auto opened = Desk::open(directory.path(), clock);
        if (!opened) {
            qFatal("%s", qPrintable(opened.error().message));
        }
        desk = std::move(*opened);
        desk->startSending();
    }

    DestinationId add(const Destination &destination) const
    {
        const auto added = desk->addDestination(destination).result();
        if (!added || !QTest::qWaitFor([&] { return desk->destination(added->id).has_value(); }, patience)) {
            qFatal("the destination was not added");
        }
        return added->id;
    }
    void accept(const QList<Alert> &alerts) const
    {
        if (!desk->accept(alerts).result()) {
            qFatal("the alerts were not taken");
        }
    }
    DestinationStats stats(DestinationId id) const
    {
        const auto query = [now = desk->clock().nowUtc()](Queries &queries) { return queries.destinationStats(now); };
        const QList<DestinationStats> all = desk->store().read(query).result();
        const auto found = std::find_if(all.begin(), all.end(), [id](const auto &one) { return one.id == id; });
        return found == all.end() ? DestinationStats() : *found;
    }
    QList<Delivery> deliveries(DestinationId id) const
    {
        const auto rows =
            desk->store().read([id](Queries &queries) { return queries.latestDeliveries(id, 1000); }).result();
        QList<Delivery> list;
        for (const DeliveryRow &row : rows) {
            list.prepend(row.delivery);
        }
        return list;
    }
    int attempts(DestinationId id) const
    {
        int count = 0;
        for (const Delivery &one : deliveries(id)) {
            count += one.attempts;
        }
        return count;
    }

    QTemporaryDir directory;
    std::unique_ptr<Desk> desk;
};

/// Gives how many were tried until then, each of them once.
int waitUntilHeld(const Sending &sending, const ScriptedReceiver &receiver, DestinationId id)
{
    const auto isHeld = [&] {
        return sending.stats(id).nextTryAt == sending.desk->clock().nowUtc() + 1000 &&
               sending.attempts(id) == receiver.requestCount();
    };
    if (!QTest::qWaitFor(isHeld, patience)) {
        qFatal("it is not held back");
    }
    return receiver.requestCount();
}

/// Its destination failed until it has to wait, with the rest of forty alerts; from now on it answers well.
struct Recovered
{
    Recovered()
    {
        sending.accept(alertsFor(QStringLiteral("Ops"), 40));
        tried = waitUntilHeld(sending, receiver, id);
        receiver.setAnswer(Answer::ok());
    }

    FakeClock clock;
    ScriptedReceiver receiver{unavailable()};
    const Sending sending{clock};
    const DestinationId id = sending.add(destinationOf(QStringLiteral("Ops"), receiver.url()));
    int tried = 0;
};

} // namespace

/// How fast, and how many at once: a real store, real senders, real receivers; only the clock is the test's where it
/// says so.
class TestPacing : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    // Faults, S16. What never answers and what is slow would take every place there is, were they counted as others.
    void deadAndSlowOnesKeepNobodyWaiting()
    {
        const SystemClock clock;
        Answer slow = Answer::ok();
        slow.delay = 5s;
        ScriptedReceiver dead(Answer::never());
        ScriptedReceiver lame(slow);
        ScriptedReceiver healthy(Answer::ok());
        healthy.setRecording(false);
        const Sending sending(clock);
        QList<DestinationId> deadOnes;
        for (int i = 0; i < 3; ++i) {
            Destination one = destinationOf(QStringLiteral("dead %1").arg(i), dead.url(QStringLiteral("/%1").arg(i)));
            one.timeoutSeconds = 120;
            deadOnes.append(sending.add(one));
            sending.accept(alertsFor(one.name, 50));
        }
        sending.add(destinationOf(QStringLiteral("slow"), lame.url()));
        sending.accept(alertsFor(QStringLiteral("slow"), 50));
        const QStringList names{QStringLiteral("one"), QStringLiteral("two"), QStringLiteral("three")};
        for (const QString &name : names) {
            sending.add(destinationOf(name, healthy.url(u'/' + name)));
            sending.accept(alertsFor(name, 300));
        }
        QTRY_COMPARE_WITH_TIMEOUT(healthy.requestCount(), 900, patience);
        QVERIFY(dead.requestCount() <= 18); // six each
        for (const DestinationId id : std::as_const(deadOnes)) {
            QCOMPARE(sending.attempts(id), 0); // they still have all of their places
        }
    }

    void aDestinationThatFailsGetsFewerRequestsAndTheirAlertsWait()
    {
        FakeClock clock;
        ScriptedReceiver receiver(unavailable());
        const Sending sending(clock);
        const DestinationId id = sending.add(destinationOf(QStringLiteral("Ops"), receiver.url()));
        sending.accept(alertsFor(QStringLiteral("Ops"), 40));
        const int tried = waitUntilHeld(sending, receiver, id);
        // Six in a row, then three, and what was under way meanwhile.
        QVERIFY2(tried >= 9 && tried <= 11, qPrintable(QString::number(tried)));
        QCOMPARE(sending.stats(id).struggle, QStringLiteral("503 Service Unavailable"));
        QCOMPARE(sending.stats(id).nextTryAt, clock.nowUtc() + 1000);
        QTest::qWait(100);
        QCOMPARE(receiver.requestCount(), tried);
        for (const auto wait : {1s, 2s, 4s}) {
            const int before = receiver.requestCount();
            advance(sending, clock, wait - 1ms);
            QTest::qWait(50);
            QCOMPARE(receiver.requestCount(), before);
            advance(sending, clock, 1ms);
            QTRY_COMPARE_WITH_TIMEOUT(sending.attempts(id), before + 1, patience);
        }
        // Those that wait have used nothing up.
        const QList<Delivery> deliveries = sending.deliveries(id);
        const auto untried =
            std::count_if(deliveries.begin(), deliveries.end(), [](const Delivery &one) { return one.attempts == 0; });
        QVERIFY2(untried >= 40 - tried - 3, qPrintable(QString::number(untried)));
        receiver.setAnswer(Answer::ok());
        advance(sending, clock, 20s);
        QTRY_COMPARE_WITH_TIMEOUT(sending.stats(id).delivered24h, 40, patience);
        QTRY_VERIFY_WITH_TIMEOUT(!sending.stats(id).isStruggling(), patience);
        QCOMPARE(receiver.requestCount(), tried + 3 + 40);
    }

    void aWaitIsHonouredByAllOfThem()
    {
        FakeClock clock;
        Answer busy = Answer::withStatus(429, "Too Many Requests");
        busy.headers = {{"Retry-After", "600"}};
        ScriptedReceiver receiver(busy);
        const Sending sending(clock);
        const DestinationId id = sending.add(destinationOf(QStringLiteral("Ops"), receiver.url()));
        sending.accept(alertsFor(QStringLiteral("Ops"), 40));
        QTRY_VERIFY_WITH_TIMEOUT(sending.stats(id).isStruggling(), patience);
        QTRY_COMPARE_WITH_TIMEOUT(sending.attempts(id), receiver.requestCount(), patience);
        const int asked = receiver.requestCount();
        QVERIFY(asked <= 6);
        receiver.setAnswer(Answer::ok());
        advance(sending, clock, 599s);
        QTest::qWait(100);
        QCOMPARE(receiver.requestCount(), asked);
        QTRY_COMPARE_WITH_TIMEOUT(sending.stats(id).nextTryAt, clock.nowUtc() + 1000, patience);
        advance(sending, clock, 2s);
        QTRY_COMPARE_WITH_TIMEOUT(sending.stats(id).delivered24h, 40, patience);
    }

    void aResendByHandIsTriedAtOnceAndShowsThatItAnswers()
    {
        const Recovered now;
        const Delivery first = now.sending.deliveries(now.id).constFirst();
        QCOMPARE(first.state, DeliveryState::Retrying);
        QCOMPARE(now.sending.desk->resend({first.id}).result().value(), 1);
        // With it goes all that was never tried; the others have their own time.
        QTRY_COMPARE_WITH_TIMEOUT(now.sending.stats(now.id).delivered24h, 40 - now.tried + 1, patience);
        QCOMPARE(now.sending.deliveries(now.id).constFirst().attempts, 2);
    }

    void aTestIsMadeAtOnceAndEndsTheWait()
    {
        const Recovered now;
        now.sending.desk->sendTest(*now.sending.desk->destination(now.id));
        QTRY_COMPARE_WITH_TIMEOUT(now.sending.stats(now.id).delivered24h, 40 - now.tried, patience);
    }

    void whatConcernsOneAlertSlowsNoOther()
    {
        FakeClock clock;
        ScriptedReceiver receiver(Answer::withStatus(413, "Content Too Large"));
        const Sending sending(clock);
        const DestinationId id = sending.add(destinationOf(QStringLiteral("Ops"), receiver.url()));
        sending.accept(alertsFor(QStringLiteral("Ops"), 40));
        QTRY_COMPARE_WITH_TIMEOUT(sending.attempts(id), 40, patience);
        QVERIFY(!sending.stats(id).isStruggling());
    }

    // Each of them is to be tried once, and its failure told.
    void withoutRetriesNoneWaits()
    {
        FakeClock clock;
        ScriptedReceiver receiver(unavailable());
        Destination once = destinationOf(QStringLiteral("Ops"), receiver.url());
        once.maxRetries = 0;
        const Sending sending(clock);
        const DestinationId id = sending.add(once);
        sending.accept(alertsFor(QStringLiteral("Ops"), 40));
        QTRY_COMPARE_WITH_TIMEOUT(sending.stats(id).attention, 40, patience);
    }

    void anEditIsANewChance()
    {
        FakeClock clock;
        ScriptedReceiver receiver(unavailable());
        ScriptedReceiver other(Answer::ok());
        const Sending sending(clock);
        const DestinationId id = sending.add(destinationOf(QStringLiteral("Ops"), receiver.url()));
        sending.accept(alertsFor(QStringLiteral("Ops"), 40));
        const int tried = waitUntilHeld(sending, receiver, id);
        Destination moved = *sending.desk->destination(id);
        moved.url = other.url();
        QVERIFY(sending.desk->updateDestination(moved).result().has_value());
        QTRY_VERIFY_WITH_TIMEOUT(other.requestCount() == 40 - tried, patience);
        QTRY_VERIFY_WITH_TIMEOUT(!sending.stats(id).isStruggling(), patience);
    }

    void aRateLimitIsKept()
    {
        FakeClock clock;
        ScriptedReceiver receiver(Answer::ok());
        Destination limited = destinationOf(QStringLiteral("Ops"), receiver.url());
        limited.ratePerSecond = 0.5;
        const Sending sending(clock);
        const DestinationId id = sending.add(limited);
        sending.accept(alertsFor(QStringLiteral("Ops"), 5));
        for (int count = 1; count <= 5; ++count) {
            QTRY_COMPARE_WITH_TIMEOUT(sending.attempts(id), count, patience);
            advance(sending, clock, 1900ms);
            QTest::qWait(30);
            QCOMPARE(receiver.requestCount(), count);
            advance(sending, clock, 100ms);
        }
        sending.accept(alertsFor(QStringLiteral("Ops"), 5));
        sending.desk->sendTest(limited = *sending.desk->destination(id)); // a test needn't wait
        QTRY_COMPARE_WITH_TIMEOUT(receiver.requestCount(), 5 + 1 + 1, patience);
        limited.ratePerSecond = 0;
        QVERIFY(sending.desk->updateDestination(limited).result().has_value());
        QTRY_COMPARE_WITH_TIMEOUT(sending.attempts(id), 10, patience);
    }

    // By the machine's clock: the timer wakes for the next one, nobody has to look.
    void aRateLimitGoesOnByItself()
    {
        const SystemClock clock;
        ScriptedReceiver receiver(Answer::ok());
        Destination limited = destinationOf(QStringLiteral("Ops"), receiver.url());
        limited.ratePerSecond = 50;
        const Sending sending(clock);
        const DestinationId id = sending.add(limited);
        const qint64 begun = clock.monotonic();
        sending.accept(alertsFor(QStringLiteral("Ops"), 30));
        QTRY_COMPARE_WITH_TIMEOUT(sending.attempts(id), 30, patience);
        QVERIFY(clock.monotonic() - begun >= 29 * 20'000 - 5'000);
    }

    void whoNoLongerSendsTellsNoNextTry()
    {
        FakeClock clock;
        ScriptedReceiver receiver(unavailable());
        Sending sending(clock);
        const DestinationId id = sending.add(destinationOf(QStringLiteral("Ops"), receiver.url()));
        sending.accept(alertsFor(QStringLiteral("Ops"), 40));
        QTRY_VERIFY_WITH_TIMEOUT(sending.stats(id).isStruggling(), patience);
        sending.desk.reset();
        sending.desk = std::move(*Desk::open(sending.directory.path(), clock));
        QVERIFY(!sending.stats(id).isStruggling());
    }

private:
    static void advance(const Sending &sending, FakeClock &clock, std::chrono::milliseconds by)
    {
        clock.advance(by);
        sending.desk->lookAtClock();
    }
};

QTEST_GUILESS_MAIN(TestPacing)
#include "tst_pacing.moc"
