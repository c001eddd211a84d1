// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#include "delivery/notification.h"
#include "desk/bulkresend.h"
#include "desk/desk.h"
#include "desk/endings.h"
#include "support/fakeclock.h"
#include "support/scriptedreceiver.h"

#include <QTemporaryDir>
#include <QTest>

using namespace courier;
using namespace courier::test;
using namespace std::chrono_literals;

namespace {

constexpr qint64 minute = 60'000;

IncomingAlert disk(qint64 endsAt = 0)
{
    IncomingAlert one;
    one.alert.ruleId = QStringLiteral("DiskFull");
    one.alert.createdAt = QStringLiteral("2024-05-01T12:00:00Z");
    one.alert.severity = Severity::High;
    one.alert.title = QStringLiteral("Disk full");
    one.fingerprint = QStringLiteral("disk");
    one.startsAt = FakeClock::start - minute;
    one.endsAt = endsAt;
    return one;
}

IncomingAlert resolved(IncomingAlert one)
{
    one.resolved = true;
    return one;
}

} // namespace

/// Alerts that end: over a real store and real sockets; only the clock is the test's.
class EndingsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_directory = std::make_unique<QTemporaryDir>();
        m_clock = std::make_unique<FakeClock>();
        m_receiver = std::make_unique<ScriptedReceiver>(Answer::ok("success"));
        open();
    }

    void cleanup()
    {
        m_desk.reset();
        m_receiver.reset();
    }

    void repeatsAreDeliveredOnce()
    {
        add(true);
        const AlertId id = take(disk()).id;
        QTRY_COMPARE(m_receiver->requestCount(), 1);
        for (int i = 0; i < 5; ++i) {
            advance(1min);
            QCOMPARE(take(disk()).kind, Accepted::Kind::Repeated);
        }
        QTest::qWait(100);
        QCOMPARE(m_receiver->requestCount(), 1);
        QCOMPARE(occurrence(id).seen, 6);
    }

    void theEndIsANotificationOfItsOwn()
    {
        add(true);
        const AlertId id = take(disk()).id;
        QTRY_COMPARE(delivery(id, DeliveryKind::Alert).state, DeliveryState::Delivered);
        take(resolved(disk()));
        QTRY_COMPARE(delivery(id, DeliveryKind::Resolution).state, DeliveryState::Delivered);
        const Request request = m_receiver->requests().last();
        QVERIFY(request.body.contains(R"("title":"Resolved: Disk full")"));
        QCOMPARE(request.body, notificationBody(*alert(id), false, DeliveryKind::Resolution));
        const QByteArray webhookId =
            publicId(delivery(id, DeliveryKind::Resolution).id, m_desk->store().key()).toLatin1();
        QCOMPARE(request.header("webhook-id"), webhookId);
        QVERIFY(m_receiver->requests().first().header("webhook-id") != webhookId);
        QCOMPARE(m_receiver->requestCount(), 2);
        // Sent again by hand as any other.
        QCOMPARE(m_desk->resend({delivery(id, DeliveryKind::Resolution).id}).result().value(), 1);
        QTRY_COMPARE(m_receiver->requestCount(), 3);
        QVERIFY(m_receiver->requests().last().body.contains(R"("title":"[Re-sent]: Resolved: Disk full")"));
        QCOMPARE(m_receiver->requests().last().header("webhook-id"), webhookId);
    }

    void nobodyIsToldWhoDidNotAsk()
    {
        add(false);
        const AlertId id = take(disk()).id;
        QTRY_COMPARE(delivery(id, DeliveryKind::Alert).state, DeliveryState::Delivered);
        take(resolved(disk()));
        QTest::qWait(200);
        QCOMPARE(m_receiver->requestCount(), 1);
        QVERIFY(occurrence(id).isResolved());
    }

    void theEndWaitsForTheAlertAndIsRetried()
    {
        add(true);
        m_receiver->setAnswer(Answer::withStatus(503, "Unavailable"));
        const AlertId id = take(disk()).id;
        QTRY_COMPARE(delivery(id, DeliveryKind::Alert).state, DeliveryState::Retrying);
        take(resolved(disk()));
        QTest::qWait(100);
        QCOMPARE(m_receiver->requestCount(), 1);
        m_receiver->setScript([](const Request &request, int) {
            return request.body.contains("Resolved: ") ? Answer::withStatus(503, "Unavailable") : Answer::ok();
        });
        advance(10s);
        QTRY_COMPARE(delivery(id, DeliveryKind::Resolution).state, DeliveryState::Retrying);
        QCOMPARE(delivery(id, DeliveryKind::Alert).state, DeliveryState::Delivered);
        m_receiver->setAnswer(Answer::ok());
        advance(10s);
        QTRY_COMPARE(delivery(id, DeliveryKind::Resolution).state, DeliveryState::Delivered);
        QCOMPARE(m_receiver->requestCount(), 4);
        QCOMPARE(delivery(id, DeliveryKind::Resolution).attempts, 2);
    }

    void silenceEndsIt()
    {
        add(true);
        const AlertId id = take(disk(now() + 4 * minute)).id;
        QTRY_COMPARE(m_receiver->requestCount(), 1);
        goBy(3);
        take(disk(now() + 4 * minute));
        goBy(3);
        QTest::qWait(100);
        QVERIFY(!occurrence(id).isResolved());
        advance(1min);
        QTRY_COMPARE(m_receiver->requestCount(), 2);
        QCOMPARE(occurrence(id).resolvedAt, now());
        QVERIFY(m_receiver->requests().last().body.contains("Resolved: Disk full"));
    }

    void itEndsWithoutBeingAsked() // nobody calls lookAtClock(): the desk's own timer does it
    {
        const AlertId id = take(disk(now() + 1500)).id;
        QTest::qWait(100);
        QVERIFY(!occurrence(id).isResolved());
        m_clock->advance(1500ms);
        QTRY_VERIFY(occurrence(id).isResolved());
    }

    void whileNobodyListensSilenceMeansNothing()
    {
        const AlertId repeated = take(disk(now() + 4 * minute)).id;
        IncomingAlert over = disk(now() + 4 * minute);
        over.fingerprint = QStringLiteral("over");
        const AlertId silent = take(over).id;
        m_desk.reset();
        m_clock->advance(1h);
        open();
        advance(1min);
        QTest::qWait(100);
        QVERIFY(!occurrence(silent).isResolved());
        take(disk(now() + 4 * minute));
        advance(std::chrono::milliseconds(Endings::graceMs - minute));
        QTRY_VERIFY(occurrence(silent).isResolved());
        QVERIFY(!occurrence(repeated).isResolved());
    }

    void aClockThatIsSetEndsNothing()
    {
        const AlertId repeated = take(disk(now() + 4 * minute)).id;
        IncomingAlert over = disk(now() + 4 * minute);
        over.fingerprint = QStringLiteral("over");
        const AlertId silent = take(over).id;
        m_clock->setNowUtc(now() + 60 * minute);
        m_desk->lookAtClock();
        goBy(1);
        QTest::qWait(100);
        QVERIFY(!occurrence(repeated).isResolved());
        QVERIFY(!occurrence(silent).isResolved());
        take(disk(now() + 4 * minute)); // its source has the same clock
        goBy(2);                        // that it was set may have been noticed some seconds late
        QTRY_VERIFY((m_desk->lookAtClock(), occurrence(silent).isResolved()));
        QVERIFY(!occurrence(repeated).isResolved());
    }

    void aNightAsleepEndsNothing()
    {
        const AlertId id = take(disk(now() + 4 * minute)).id;
        goBy(1);
        advance(8h);
        goBy(1);
        QTest::qWait(100);
        QVERIFY(!occurrence(id).isResolved());
        goBy(2); // the gap may have been noticed some seconds late
        QTRY_VERIFY((m_desk->lookAtClock(), occurrence(id).isResolved()));
    }

    void aResendOfBothKeepsTheirOrderAndFinishes()
    {
        add(true, 0);
        m_receiver->setAnswer(Answer::withStatus(503, "Unavailable"));
        QList<IncomingAlert> many;
        for (int i = 0; i < 50; ++i) {
            many.append(disk());
            many.last().fingerprint = many.last().alert.title = QString::number(i);
        }
        const QList<Accepted> taken = m_desk->take(many).result().value();
        for (IncomingAlert &one : many) {
            one.resolved = true;
        }
        QVERIFY(m_desk->take(many).result().has_value());
        QTRY_COMPARE(failedCount(), 100);
        m_receiver->setAnswer(Answer::ok());
        const int before = m_receiver->requestCount();
        BulkResend *resend = m_desk->startResend({});
        QTRY_COMPARE(resend->progress().state, BulkResend::State::Finished);
        QTRY_COMPARE(failedCount(), 0);
        QTRY_COMPARE(m_receiver->requestCount(), before + 100);
        for (const Accepted &one : taken) {
            QTRY_COMPARE(delivery(one.id, DeliveryKind::Resolution).state, DeliveryState::Delivered);
            QVERIFY(firstRequest(delivery(one.id, DeliveryKind::Alert), before) <
                    firstRequest(delivery(one.id, DeliveryKind::Resolution), before));
        }
    }

    // The alert is retried for hours; the resend of thousands doesn't stand still for the ends that wait for it.
    void aResendDoesNotWaitForEndsBehindTheirAlerts()
    {
        add(true, 0);
        m_receiver->setAnswer(Answer::withStatus(503, "Unavailable"));
        const AlertId id = take(disk()).id;
        take(resolved(disk()));
        QTRY_COMPARE(failedCount(), 2);
        Destination patient = m_desk->destinations().first();
        patient.maxRetries = 10;
        QVERIFY(m_desk->updateDestination(patient).result().has_value());
        QTRY_COMPARE(m_desk->destinations().first().maxRetries, 10);
        BulkResend *resend = m_desk->startResend({});
        QTRY_COMPARE(resend->progress().state, BulkResend::State::Finished);
        QCOMPARE(delivery(id, DeliveryKind::Alert).state, DeliveryState::Retrying);
        QCOMPARE(delivery(id, DeliveryKind::Resolution).state, DeliveryState::Queued);
        QCOMPARE(resend->progress().failedAgain, 1);
    }

private:
    void open()
    {
        auto desk = Desk::open(m_directory->path(), *m_clock);
        QVERIFY2(desk.has_value(), desk ? "" : qPrintable(desk.error().message));
        m_desk = std::move(*desk);
        m_desk->startSending();
        QTRY_VERIFY(m_desk->isSending());
    }
    void add(bool resolutions, int maxRetries = 10)
    {
        Destination destination;
        destination.name = QStringLiteral("Ops bridge");
        destination.url = m_receiver->url();
        destination.resolutions = resolutions;
        destination.maxRetries = maxRetries;
        QVERIFY(m_desk->addDestination(destination).result().has_value());
        QTRY_COMPARE(m_desk->destinations().size(), 1);
    }
    void advance(std::chrono::milliseconds by)
    {
        m_clock->advance(by);
        m_desk->lookAtClock();
    }
    /// Some minutes, of which it misses none.
    void goBy(int minutes)
    {
        for (int i = 0; i < 4 * minutes; ++i) {
            advance(15s);
            QTest::qWait(10);
        }
    }
    qint64 now() const { return m_clock->nowUtc(); }
    Accepted take(const IncomingAlert &one) { return m_desk->take({one}).result()->first(); }
    template<typename Query>
    auto read(Query query)
    {
        return m_desk->store().read(query).result();
    }
    std::optional<Alert> alert(AlertId id)
    {
        return read([id](Queries &queries) { return queries.alert(id); });
    }
    Occurrence occurrence(AlertId id)
    {
        return read([id](Queries &queries) { return queries.occurrence(id).value_or(Occurrence()); });
    }
    Delivery delivery(AlertId id, DeliveryKind kind)
    {
        const QList<Delivery> all = read([id](Queries &queries) { return queries.deliveriesOf(id); });
        const auto found =
            std::find_if(all.begin(), all.end(), [kind](const Delivery &one) { return one.kind == kind; });
        return found == all.end() ? Delivery() : *found;
    }
    qint64 failedCount()
    {
        return read([](Queries &queries) { return queries.resendPlan({}).count; });
    }
    /// The place of its first request after the \a before first ones.
    qsizetype firstRequest(const Delivery &delivery, int before) const
    {
        const QList<Request> requests = m_receiver->requests();
        const QByteArray webhookId = publicId(delivery.id, m_desk->store().key()).toLatin1();
        for (qsizetype i = before; i < requests.size(); ++i) {
            if (requests.at(i).header("webhook-id") == webhookId) {
                return i;
            }
        }
        return -1;
    }

    std::unique_ptr<QTemporaryDir> m_directory;
    std::unique_ptr<FakeClock> m_clock;
    std::unique_ptr<ScriptedReceiver> m_receiver;
    std::unique_ptr<Desk> m_desk;
};

QTEST_GUILESS_MAIN(EndingsTest)
#include "tst_endings.moc"
