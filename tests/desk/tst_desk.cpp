// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#include "delivery/notification.h"
#include "desk/bulkresend.h"
#include "desk/certificatewatch.h"
#include "desk/desk.h"
#include "support/fakeclock.h"
#include "support/scriptedreceiver.h"

#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#include <sys/mount.h>

using namespace courier;
using namespace courier::test;
using namespace std::chrono_literals;

namespace {

Alert alertOf(const QString &title, Severity severity = Severity::High)
{
    Alert alert;
    alert.ruleId = QStringLiteral("R.1");
    alert.createdAt = QStringLiteral("2024-05-01T12:00:00Z");
    alert.severity = severity;
    alert.title = title;
    return alert;
}

Destination destinationOf(const QString &name, const QString &url)
{
    Destination destination;
    destination.name = name;
    destination.url = url;
    return destination;
}

} // namespace

/// The stages joined: a real store, real senders, a real receiver; only the clock is the test's.
class TestDesk : public QObject
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

    void anAlertIsDelivered()
    {
        add(QStringLiteral("Ops"));
        const AlertId id = accept(alertOf(QStringLiteral("Disk full")));
        QTRY_COMPARE(m_receiver->requestCount(), 1);
        const Request request = m_receiver->requests().first();
        QCOMPARE(request.body, notificationBody(*alert(id), false));
        QTRY_COMPARE(deliveryOf(id).state, DeliveryState::Delivered);
        QCOMPARE(request.header("webhook-id"), publicId(deliveryOf(id).id, m_desk->store().key()).toLatin1());
        QCOMPARE(attemptsOf(id).size(), 1);
        QCOMPARE(attempt(attemptsOf(id).first().id).responseBody, QByteArray("success"));
    }

    void onlyWhatTheFilterTakes()
    {
        add(QStringLiteral("Ops"));
        accept(alertOf(QStringLiteral("low"), Severity::Low));
        accept(alertOf(QStringLiteral("high"), Severity::High));
        QTRY_COMPARE(m_receiver->requestCount(), 1);
        QTest::qWait(100);
        QCOMPARE(m_receiver->requestCount(), 1);
        QVERIFY(m_receiver->requests().first().body.contains("New Alert: high"));
    }

    void failsForGoodAfterElevenAttemptsAndIsResent()
    {
        Destination quick = destinationOf(QStringLiteral("Ops"), m_receiver->url());
        quick.schedule = RetrySchedule::Quick;
        add(quick);
        m_receiver->setAnswer(Answer::withStatus(500, "Server Error", "no"));
        QSignalSpy failed(m_desk.get(), &Desk::failedForGood);
        const AlertId id = accept(alertOf(QStringLiteral("Disk full")));
        for (int number = 1; number <= 11; ++number) {
            QTRY_COMPARE(attemptsOf(id).size(), number);
            advance(40s);
        }
        QTRY_COMPARE(deliveryOf(id).state, DeliveryState::Failed);
        QTRY_COMPARE(failed.size(), 1);
        m_receiver->setAnswer(Answer::ok());
        QCOMPARE(m_desk->resend({deliveryOf(id).id}).result().value(), 1);
        QCOMPARE(m_desk->resend({deliveryOf(id).id}).result().value(), 0); // a double click makes one attempt
        QTRY_COMPARE(deliveryOf(id).state, DeliveryState::Delivered);
        QCOMPARE(attemptsOf(id).size(), 12);
        QCOMPARE(attemptsOf(id).last().trigger, Trigger::ByHand);
        QVERIFY(m_receiver->requests().last().body.contains("\"[Re-sent]: Disk full\""));
        QCOMPARE(m_receiver->requests().last().header("webhook-id"),
                 m_receiver->requests().first().header("webhook-id"));
    }

    void aPausedDestinationHoldsAndResumes()
    {
        const DestinationId id = add(QStringLiteral("Ops"));
        QVERIFY(m_desk->setPaused(id, true).result().has_value());
        const AlertId alert = accept(alertOf(QStringLiteral("held")));
        QCOMPARE(deliveryOf(alert).state, DeliveryState::Held);
        QTest::qWait(100);
        QCOMPARE(m_receiver->requestCount(), 0);
        QCOMPARE(m_desk->setPaused(id, false).result().value(), 1);
        QTRY_COMPARE(deliveryOf(alert).state, DeliveryState::Delivered);
    }

    void aDeletedDestinationCancelsAndKeepsItsHistory()
    {
        const DestinationId id = add(QStringLiteral("Ops"));
        m_receiver->setAnswer(Answer::withStatus(503, "Service Unavailable"));
        const AlertId alert = accept(alertOf(QStringLiteral("cancelled")));
        QTRY_COMPARE(deliveryOf(alert).state, DeliveryState::Retrying);
        QCOMPARE(m_desk->deleteDestination(id).result().value(), 1);
        QCOMPARE(deliveryOf(alert).state, DeliveryState::Cancelled);
        QCOMPARE(attemptsOf(alert).size(), 1);
        advance(1h);
        QTest::qWait(100);
        QCOMPARE(m_receiver->requestCount(), 1);
        QCOMPARE(m_desk->destinationName(id), QStringLiteral("Ops"));
    }

    void aTestIsKeptWithItsDestinationAndNotRetried()
    {
        const DestinationId id = add(QStringLiteral("Ops"));
        QVERIFY(m_desk->setPaused(id, true).result().has_value());
        m_receiver->setAnswer(Answer::withStatus(401, "Unauthorized", "who?"));
        QSignalSpy done(m_desk.get(), &Desk::testFinished);
        const qint64 ticket = m_desk->sendTest(*m_desk->destination(id));
        QTRY_COMPARE(done.size(), 1);
        QCOMPARE(done.first().first().toLongLong(), ticket);
        advance(1h);
        QTest::qWait(100);
        QCOMPARE(m_receiver->requestCount(), 1);
        const auto tests = m_desk->store().read([id](Queries &queries) { return queries.testAttempts(id); }).result();
        QCOMPARE(tests.size(), 1);
        QCOMPARE(tests.first().status, 401);
        // What is shown is made again from the moment it began: byte for byte what went out.
        QCOMPARE(m_receiver->requests().first().body, notificationBody(testAlert(tests.first().startedAt), false));
        QCOMPARE(m_desk->store().read([](Queries &queries) { return queries.alertCount(); }).result(), 0);
        QTRY_COMPARE(m_desk->destination(id)->testState, TestState::Failed);
    }

    void aDeadDestinationDoesNotHoldUpAHealthyOne()
    {
        add(destinationOf(QStringLiteral("Dead"),
                          QStringLiteral("http://127.0.0.1:%1/").arg(ScriptedReceiver::freePort())));
        add(QStringLiteral("Ops"));
        QList<Alert> alerts;
        for (int i = 0; i < 200; ++i) {
            alerts.append(alertOf(QString::number(i)));
        }
        QVERIFY(m_desk->accept(alerts).result().has_value());
        QTRY_COMPARE_WITH_TIMEOUT(m_receiver->requestCount(), 200, 20'000);
    }

    void retriesGoOnAfterARestart()
    {
        add(QStringLiteral("Ops"));
        m_receiver->setAnswer(Answer::withStatus(500, "Server Error"));
        const AlertId id = accept(alertOf(QStringLiteral("kept")));
        QTRY_COMPARE(deliveryOf(id).state, DeliveryState::Retrying);
        const qint64 due = deliveryOf(id).nextAt;
        m_desk.reset();
        m_receiver->setAnswer(Answer::ok());
        open();
        QCOMPARE(deliveryOf(id).nextAt, due);
        QTest::qWait(100);
        QCOMPARE(m_receiver->requestCount(), 1);
        advance(7s);
        QTRY_COMPARE(deliveryOf(id).state, DeliveryState::Delivered);
        QCOMPARE(attemptsOf(id).last().number, 2);
    }

    void aStopRecordsWhatIsUnderWayAsInterrupted()
    {
        add(QStringLiteral("Ops"));
        m_receiver->setAnswer(Answer::never());
        const AlertId id = accept(alertOf(QStringLiteral("cut short")));
        QVERIFY(m_receiver->waitForRequests(1));
        m_desk.reset();
        m_receiver->setAnswer(Answer::ok());
        open();
        QTRY_COMPARE(deliveryOf(id).state, DeliveryState::Delivered);
        QCOMPARE(attemptsOf(id).size(), 2);
        QCOMPARE(attemptsOf(id).first().outcome, Outcome::Interrupted);
        QCOMPARE(m_receiver->requests().first().header("webhook-id"),
                 m_receiver->requests().last().header("webhook-id"));
    }

    void theWallClockMayJump()
    {
        add(QStringLiteral("Ops"));
        m_receiver->setAnswer(Answer::withStatus(500, "Server Error"));
        const AlertId id = accept(alertOf(QStringLiteral("patient")));
        QTRY_COMPARE(deliveryOf(id).state, DeliveryState::Retrying);
        m_clock->setNowUtc(m_clock->nowUtc() + 3'600'000); // an hour ahead: the retry is not due for it
        m_desk->lookAtClock();
        QTest::qWait(100);
        QCOMPARE(m_receiver->requestCount(), 1);
        m_clock->setNowUtc(m_clock->nowUtc() - 7'200'000); // an hour back: neither does it wait for it
        advance(7s);
        QTRY_COMPARE(m_receiver->requestCount(), 2);
    }

    void theWallClockMayBeSetBackWhileNothingRuns()
    {
        const AlertId id = leaveARetry();
        m_clock->setNowUtc(m_clock->nowUtc() - 3'600'000);
        open();
        QTRY_VERIFY(deliveryOf(id).nextAt <= m_clock->nowUtc() + 6000);
        QCOMPARE(m_receiver->requestCount(), 1);
        advance(7s);
        QTRY_COMPARE(deliveryOf(id).state, DeliveryState::Delivered);
    }

    void theWallClockMayBeSetBackBeforeARestart()
    {
        add(QStringLiteral("Ops"));
        m_clock->setNowUtc(m_clock->nowUtc() - 3'600'000); // what is due is told by the clock as it was
        const AlertId id = leaveARetry();
        open();
        QTRY_VERIFY(deliveryOf(id).nextAt <= m_clock->nowUtc() + 6000);
        advance(7s);
        QTRY_COMPARE(deliveryOf(id).state, DeliveryState::Delivered);
    }

    void theWallClockMayJumpBeforeAnotherProcessTakesOver()
    {
        m_desk.reset();
        auto waits = Desk::open(m_directory->path(), *m_clock);
        QVERIFY(waits);
        m_clock->setNowUtc(m_clock->nowUtc() + 3'600'000);
        open();
        const AlertId id = leaveARetry();
        m_desk = std::move(*waits);
        m_desk->startSending();
        QTRY_VERIFY(m_desk->isSending());
        advance(7s);
        QTRY_COMPARE(deliveryOf(id).state, DeliveryState::Delivered);
    }

    void tellsThatACertificateIsAboutToExpire()
    {
        Destination one = destinationOf(QStringLiteral("Ops"), QStringLiteral("https://127.0.0.1:9/hook"));
        one.id = DestinationId{1};
        CertificateWatch watch(*m_clock);
        QSignalSpy told(&watch, &CertificateWatch::changed);
        const auto passes = [&](std::chrono::milliseconds time) {
            m_clock->advance(time);
            watch.look();
            return told.size();
        };
        watch.startLogging();
        watch.setDestinations({one});
        QCOMPARE(passes(24h * 100), 0); // it has none
        m_clock->setNowUtc(FakeClock::start);
        one.certificate = {QByteArray(32, 'x'), QStringLiteral("a.example"), QStringLiteral("Example CA"),
                           FakeClock::start + std::chrono::milliseconds(24h * 20).count()};
        watch.setDestinations({one});
        QCOMPARE(passes(24h * 6 - 1ms), 0);
        QTest::ignoreMessage(QtWarningMsg, "The certificate of Ops expires on 2024-05-21T12:00:00Z.");
        QCOMPARE(passes(1ms), 1);
        QCOMPARE(passes(11h), 1);
        QCOMPARE(passes(1h), 2); // it has a day less
        QTest::ignoreMessage(QtWarningMsg, "The certificate of Ops expired on 2024-05-21T12:00:00Z.");
        QCOMPARE(passes(24h * 14), 3);
        one.certificate.expiresAt += std::chrono::milliseconds(24h * 90).count(); // renewed
        QTest::ignoreMessage(QtInfoMsg, "The certificate of Ops is good until 2024-08-19T12:00:00Z.");
        watch.setDestinations({one});
        QCOMPARE(told.size(), 4);
    }

    // Its own timer looks, too.
    void seesACertificateExpireByItself()
    {
        Destination one = destinationOf(QStringLiteral("Ops"), QStringLiteral("https://127.0.0.1:9/hook"));
        one.id = DestinationId{1};
        one.certificate = {QByteArray(32, 'x'), {}, {}, FakeClock::start + 20};
        CertificateWatch watch(*m_clock);
        watch.setDestinations({one});
        QSignalSpy told(&watch, &CertificateWatch::changed);
        m_clock->advance(21ms);
        QTRY_COMPARE(told.size(), 1);
    }

    void aReceiverMayAskForMoreThanTheSchedule()
    {
        Answer busy = Answer::withStatus(503, "Service Unavailable");
        busy.headers.append(std::pair(QByteArrayLiteral("Retry-After"), QByteArrayLiteral("1800")));
        const AlertId id = leaveARetry(busy);
        open();
        QTest::qWait(100);
        QCOMPARE(deliveryOf(id).nextAt, FakeClock::start + 1'800'000);
    }

    void sendingBeginsOnceItCanBeRecorded()
    {
        m_desk.reset();
        const QString ledger = m_directory->filePath(QStringLiteral("inflight"));
        QVERIFY(QFile::remove(ledger) && QDir().mkdir(ledger)); // can't be opened
        auto desk = Desk::open(m_directory->path(), *m_clock);
        QVERIFY(desk);
        m_desk = std::move(*desk);
        QSignalSpy health(m_desk.get(), &Desk::healthChanged);
        m_desk->startSending();
        QTRY_COMPARE(health.size(), 1);
        QVERIFY(!health.first().first().value<StoreHealth>().healthy);
        add(QStringLiteral("Ops"));
        const AlertId id = accept(alertOf(QStringLiteral("kept")));
        QTest::qWait(1500);
        QCOMPARE(health.size(), 1); // told once, however often it was tried
        QCOMPARE(m_receiver->requestCount(), 0);
        QVERIFY(QDir().rmdir(ledger));
        QTRY_COMPARE(deliveryOf(id).state, DeliveryState::Delivered);
        QVERIFY(health.last().first().value<StoreHealth>().healthy);
    }

    void whatIsReadyGoesOnOnceThereIsRoom()
    {
        m_desk.reset();
        const QByteArray disk = m_directory->path().toLocal8Bit();
        if (::mount("tmpfs", disk.constData(), "tmpfs", 0, "size=16m,mode=0700") != 0) {
            QSKIP("Only root can mount a small disk");
        }
        const auto unmount = qScopeGuard([&] {
            m_desk.reset();
            ::umount2(disk.constData(), MNT_DETACH);
        });
        open();
        add(QStringLiteral("Ops"));
        Answer slow = Answer::ok();
        slow.delay = 50ms;
        m_receiver->setAnswer(slow);
        QVERIFY(m_desk->accept(QList<Alert>(400, alertOf(QStringLiteral("many")))).result().has_value());
        QVERIFY(m_receiver->waitForRequests(20));
        QFile filler(m_directory->filePath(QStringLiteral("filler")));
        QVERIFY(filler.open(QIODevice::WriteOnly | QIODevice::Unbuffered));
        while (filler.write(QByteArray(4096, 'x')) == 4096) {
        }
        QTRY_VERIFY_WITH_TIMEOUT(!m_desk->health().healthy, 20'000);
        QTRY_COMPARE(m_desk->store().read([](Queries &queries) { return queries.queueState().sending; }).result(), 0);
        QTest::qWait(300); // what was under way is back
        const int before = m_receiver->requestCount();
        QTest::qWait(300);
        QCOMPARE(m_receiver->requestCount(), before);
        QVERIFY(before < 300);
        QVERIFY(filler.remove());
        m_receiver->setAnswer(Answer::ok());
        QTRY_COMPARE_WITH_TIMEOUT(m_receiver->requestCount(), 400, 20'000);
        QVERIFY(m_desk->health().healthy);
    }

    void manyAreResentAndCanBeCancelled()
    {
        Destination once = destinationOf(QStringLiteral("Ops"), m_receiver->url());
        once.maxRetries = 0;
        add(once);
        m_receiver->setAnswer(Answer::withStatus(500, "Server Error"));
        QList<Alert> alerts;
        for (int i = 0; i < 700; ++i) {
            alerts.append(alertOf(QString::number(i)));
        }
        QVERIFY(m_desk->accept(alerts).result().has_value());
        QTRY_COMPARE_WITH_TIMEOUT(m_receiver->requestCount(), 700, 20'000);
        QTRY_COMPARE(failedCount(), 700);
        Answer slow = Answer::ok();
        slow.delay = 30ms;
        m_receiver->setAnswer(slow);
        BulkResend *resend = m_desk->startResend({});
        QTRY_VERIFY(resend->progress().started > 0);
        resend->cancel();
        QCOMPARE(resend->progress().state, BulkResend::State::Cancelled);
        QVERIFY(resend->progress().started < 700);
        QTRY_COMPARE(m_desk->store().read([](Queries &queries) { return queries.queueState().queued; }).result(), 0);
        const qint64 left = failedCount();
        QVERIFY(left > 0);
        QTest::qWait(500);
        QCOMPARE(failedCount(), left); // nothing more was started
        m_receiver->setAnswer(Answer::ok());
        resend = m_desk->startResend({});
        QTRY_COMPARE_WITH_TIMEOUT(failedCount(), 0, 20'000);
    }

private:
    /// One alert was tried once, and nothing runs any more.
    AlertId leaveARetry(const Answer &answer = Answer::withStatus(500, "Server Error"))
    {
        if (m_desk->destinations().isEmpty()) {
            add(QStringLiteral("Ops"));
        }
        m_receiver->setAnswer(answer);
        const AlertId id = accept(alertOf(QStringLiteral("waits")));
        if (!QTest::qWaitFor([&] { return deliveryOf(id).state == DeliveryState::Retrying; })) {
            QTest::qFail("it was not tried", __FILE__, __LINE__);
        }
        m_desk.reset();
        m_receiver->setAnswer(Answer::ok());
        return id;
    }

    void open()
    {
        auto desk = Desk::open(m_directory->path(), *m_clock);
        QVERIFY2(desk.has_value(), desk ? "" : qPrintable(desk.error().message));
        m_desk = std::move(*desk);
        m_desk->startSending();
        QTRY_VERIFY(m_desk->isSending());
    }

    void advance(std::chrono::milliseconds by)
    {
        m_clock->advance(by);
        m_desk->lookAtClock();
    }

    DestinationId add(const Destination &destination)
    {
        const auto added = m_desk->addDestination(destination).result();
        if (!added) {
            QTest::qFail(qPrintable(added.error().message), __FILE__, __LINE__);
            return {};
        }
        if (!QTest::qWaitFor([&] { return m_desk->destination(added->id).has_value(); })) {
            QTest::qFail("the desk did not learn of the destination", __FILE__, __LINE__);
        }
        return added->id;
    }
    DestinationId add(const QString &name) { return add(destinationOf(name, m_receiver->url())); }

    AlertId accept(const Alert &one) { return m_desk->accept({one}).result()->first().id; }

    std::optional<Alert> alert(AlertId id)
    {
        return m_desk->store().read([id](Queries &queries) { return queries.alert(id); }).result();
    }
    Delivery deliveryOf(AlertId id)
    {
        return m_desk->store().read([id](Queries &queries) { return queries.deliveriesOf(id); }).result().value(0);
    }
    QList<Attempt> attemptsOf(AlertId id)
    {
        return m_desk->store().read([id](Queries &queries) { return queries.attemptsOf(id); }).result();
    }
    Attempt attempt(AttemptId id)
    {
        return m_desk->store().read([id](Queries &queries) { return queries.attempt(id); }).result().value();
    }
    qint64 failedCount()
    {
        return m_desk->store().read([](Queries &queries) { return queries.resendPlan({}).count; }).result();
    }

    std::unique_ptr<QTemporaryDir> m_directory;
    std::unique_ptr<FakeClock> m_clock;
    std::unique_ptr<ScriptedReceiver> m_receiver;
    std::unique_ptr<Desk> m_desk;
};

QTEST_GUILESS_MAIN(TestDesk)
#include "tst_desk.moc"
