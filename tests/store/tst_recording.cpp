// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#include "databasefile.h"
#include "storefixture.h"

using namespace courier;
using namespace courier::test;

/// What comes of attempts: kept whole, and the states that follow.
class RecordingTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void recordsAnAttemptWhole();
    void keepsEqualRequestsOnce();
    void followsARound();
    void keepsSignaturesWithTheirAttempts();
    void notesTheCertificate();
    void allAtAReceiverShareItsCertificate();
    void leavesADeliveryThatMovedOn();
    void followsItsDestination();
    void countsOnlyTries();
    void showsWhatTakesLong();
    void sumsUpAnAlert();
    void leavesOutAnAttemptOfNothing();
};

void RecordingTest::recordsAnAttemptWhole()
{
    Fixture fixture;
    const Destination one = fixture.add(QStringLiteral("A"));
    const Delivery delivery = fixture.deliver(Fixture::alert(QStringLiteral("x")));
    AttemptRecord record = Fixture::result(delivery, DeliveryState::Retrying, 503);
    Attempt &given = record.attempt;
    given.trigger = Trigger::ByHand;
    given.startedAt = startOfTests + 3;
    given.durationUs = 84001;
    given.outcome = Outcome::Rejected;
    given.reason = QStringLiteral("503 Service Unavailable");
    given.resent = true;
    given.maskedUrl = QStringLiteral("https://example.test/ 123abc");
    given.requestHeaders =
        "Content-Type: application/json\r\nWebhook-Id: " + publicId(delivery.id, fixture.store().key()).toLatin1() +
        "\r\ncontent-length: 4711\r\nX: y\r\n";
    given.responseHeaders = QByteArray("Server: \xff\0x\r\n", 12);
    given.responseBody = QByteArray("\0\xff\x01<b>no</b>", 12);
    given.responseBodySize = 9'000'000'000;
    given.bodyCut = true;
    given.timing = {1, 2, 3, 4, -1};
    record.nextAt = startOfTests + 5000;
    fixture.record(record);

    const QList<Attempt> list = fixture.read().attemptsOf(delivery.alertId);
    QCOMPARE(list.size(), 1);
    QCOMPARE(list.first().maskedUrl, given.maskedUrl);
    QVERIFY(list.first().responseBody.isEmpty());
    const Attempt read = fixture.read().attempt(list.first().id).value();
    QCOMPARE(read.deliveryId, delivery.id);
    QCOMPARE(read.destinationId, one.id);
    QCOMPARE(read.number, 1);
    QCOMPARE(read.trigger, given.trigger);
    QCOMPARE(read.startedAt, given.startedAt);
    QCOMPARE(read.durationUs, given.durationUs);
    QCOMPARE(read.outcome, given.outcome);
    QCOMPARE(read.status, 503);
    QCOMPARE(read.reason, given.reason);
    QCOMPARE(read.resent, true);
    QCOMPARE(read.maskedUrl, given.maskedUrl);
    QCOMPARE(read.requestHeaders, given.requestHeaders);
    QCOMPARE(read.responseHeaders, given.responseHeaders);
    QCOMPARE(read.responseBody, given.responseBody);
    QCOMPARE(read.responseBodySize, given.responseBodySize);
    QCOMPARE(read.bodyCut, true);
    QCOMPARE(read.timing.connectStarted, 1);
    QCOMPARE(read.timing.encrypted, 2);
    QCOMPARE(read.timing.requestSent, 3);
    QCOMPARE(read.timing.answered, 4);
    QCOMPARE(read.timing.finished, -1);

    const Delivery after = fixture.now(delivery.id);
    QCOMPARE(after.state, DeliveryState::Retrying);
    QCOMPARE(after.attempts, 1);
    QCOMPARE(after.roundAttempts, 1);
    QCOMPARE(after.nextAt, startOfTests + 5000);
    QCOMPARE(after.lastStatus, 503);
    QCOMPARE(after.lastOutcome, Outcome::Rejected);
    QCOMPARE(after.lastReason, given.reason);
    QCOMPARE(fixture.read().latestDeliveries(one.id, 5).first().lastDurationUs, 84001);
    QVERIFY(!fixture.read().attempt(AttemptId{99}).has_value());
}

void RecordingTest::keepsEqualRequestsOnce()
{
    Fixture fixture;
    fixture.add(QStringLiteral("A"));
    for (int i = 0; i < 20; ++i) {
        AttemptRecord record =
            Fixture::result(fixture.deliver(Fixture::alert(QStringLiteral("x"))), DeliveryState::Delivered, 200);
        record.attempt.maskedUrl = QStringLiteral("https://example.test/ 123abc");
        record.attempt.requestHeaders =
            "webhook-id: " + publicId(record.attempt.deliveryId, fixture.store().key()).toLatin1() +
            "\r\nContent-Length: " + QByteArray::number(i) + "\r\n";
        fixture.record(record);
    }
    fixture.close();
    QCOMPARE(onDatabase(fixture.path(), {QStringLiteral("SELECT count(*) FROM request_shape")}).toInt(), 1);
    QCOMPARE(onDatabase(fixture.path(), {QStringLiteral("SELECT count(*) FROM attempt")}).toInt(), 20);
}

void RecordingTest::followsARound()
{
    Fixture fixture;
    const Destination one = fixture.add(QStringLiteral("A"));
    const Delivery first = fixture.deliver(Fixture::alert(QStringLiteral("x")));
    for (int i = 1; i <= 10; ++i) {
        AttemptRecord record = Fixture::result(fixture.now(first.id), DeliveryState::Retrying);
        record.nextAt = startOfTests + i;
        fixture.record(record);
        QCOMPARE(fixture.now(first.id).roundAttempts, i);
    }
    QCOMPARE(fixture.summary(first.alertId).status, AlertStatus::Retrying);
    fixture.clock.advance(9000);
    fixture.record(Fixture::result(fixture.now(first.id), DeliveryState::Failed));
    Delivery now = fixture.now(first.id);
    QCOMPARE(now.state, DeliveryState::Failed);
    QCOMPARE(now.attempts, 11);
    QCOMPARE(now.nextAt, 0);
    QCOMPARE(now.settledAt, startOfTests + 9000);
    QCOMPARE(fixture.summary(first.alertId).status, AlertStatus::Failed);
    QVERIFY(fixture.summary(first.alertId).needsAttention);
    QCOMPARE(fixture.summary(first.alertId).settledAt, 0u);

    QCOMPARE(waitFor(fixture.store().resend({first.id})).value(), 1);
    now = fixture.now(first.id);
    QCOMPARE(now.state, DeliveryState::Queued);
    QCOMPARE(now.round, 1);
    QCOMPARE(now.roundAttempts, 0);
    QCOMPARE(now.attempts, 11);
    QCOMPARE(now.settledAt, 0);
    QVERIFY(!fixture.summary(first.alertId).needsAttention);
    QCOMPARE(fixture.read().due(one.id, fixture.clock.nowUtc(), {}, 5).size(), 1);
    fixture.record(Fixture::result(now, DeliveryState::Delivered, 200));
    QCOMPARE(fixture.now(first.id).state, DeliveryState::Delivered);
    const AlertSummary summary = fixture.summary(first.alertId);
    QCOMPARE(summary.status, AlertStatus::Delivered);
    QCOMPARE(summary.settledAt, static_cast<quint32>((startOfTests + 9000) / 1000));
    const QList<Attempt> attempts = fixture.read().attemptsOf(first.alertId);
    QCOMPARE(attempts.size(), 12);
    QCOMPARE(attempts.first().number, 1);
    QCOMPARE(attempts.last().number, 12);
}

// They differ each time: the rest is still kept once.
void RecordingTest::keepsSignaturesWithTheirAttempts()
{
    Fixture fixture;
    fixture.add(QStringLiteral("A"));
    const QByteArray lasting = "Host: a.example\r\nContent-Length: 7\r\n";
    QList<AlertId> alerts;
    QList<QByteArray> sent;
    for (int i = 0; i < 3; ++i) {
        const Delivery delivery = fixture.deliver(Fixture::alert(QString::number(i)));
        AttemptRecord record = Fixture::result(delivery, DeliveryState::Delivered, 200);
        const QByteArray signature = "webhook-timestamp: 171456480" + QByteArray::number(i) +
                                     "\r\nwebhook-signature: v1,abc" + QByteArray::number(i) + "=\r\n";
        record.attempt.maskedUrl = QStringLiteral("https://a.example/");
        record.attempt.requestHeaders = lasting + signature;
        record.attempt.signatureSize = signature.size();
        fixture.record(record);
        alerts.append(delivery.alertId);
        sent.append(record.attempt.requestHeaders);
    }
    for (int i = 0; i < 3; ++i) {
        const Attempt listed = fixture.read().attemptsOf(alerts.at(i)).first();
        const Attempt read = fixture.read().attempt(listed.id).value();
        QCOMPARE(read.requestHeaders, sent.at(i));
        QCOMPARE(read.requestHeaders.size() - read.signatureSize, lasting.size());
    }
    fixture.close();
    QCOMPARE(onDatabase(fixture.path(), {QStringLiteral("SELECT count(*) FROM request_shape")}).toInt(), 1);
}

void RecordingTest::notesTheCertificate()
{
    Fixture fixture;
    Destination one = fixture.add(QStringLiteral("A"));
    one.url = QStringLiteral("https://one.example/a");
    valueOf(waitFor(fixture.store().updateDestination(one)));
    const auto known = [&](const Destination &of) { return fixture.read().destination(of.id)->certificate; };
    const auto record = [&](const ServerCertificate &seen) {
        AttemptRecord attempt =
            Fixture::result(fixture.deliver(Fixture::alert(QStringLiteral("x"))), DeliveryState::Delivered, 200);
        attempt.attempt.certificate = seen;
        fixture.record(attempt);
    };
    const ServerCertificate first{QByteArray(32, 'a'), QStringLiteral("one.example"), QStringLiteral("CA"),
                                  startOfTests + 1000};
    const ServerCertificate renewed{QByteArray(32, 'b'), QStringLiteral("one.example"), QStringLiteral("CA"),
                                    startOfTests + 9000};
    QCOMPARE(known(one), ServerCertificate());
    record(first);
    QCOMPARE(known(one), first);
    record({}); // over a connection that was open already
    QCOMPARE(known(one), first);
    record(renewed);
    QCOMPARE(known(one), renewed);
    // An edit leaves it, and so does another path; another receiver does not.
    one.name = QStringLiteral("B");
    one.url = QStringLiteral("https://one.example:443/b");
    valueOf(waitFor(fixture.store().updateDestination(one)));
    QCOMPARE(known(one), renewed);
    one.url = QStringLiteral("https://another.example/");
    valueOf(waitFor(fixture.store().updateDestination(one)));
    QCOMPARE(known(one), ServerCertificate());
}

// They share connections: only one of them sees it.
void RecordingTest::allAtAReceiverShareItsCertificate()
{
    Fixture fixture;
    const auto add = [&](const char *name, const char *url) {
        Destination destination;
        destination.name = QString::fromLatin1(name);
        destination.url = QString::fromLatin1(url);
        return valueOf(waitFor(fixture.store().addDestination(destination)));
    };
    const Destination one = add("A", "https://one.example/a");
    const Destination same = add("B", "https://ONE.example:443/b");
    const Destination port = add("C", "https://one.example:8443/a");
    const Destination plain = add("D", "http://one.example:443/a");
    const auto known = [&](const Destination &of) { return fixture.read().destination(of.id)->certificate; };
    Attempt test;
    test.destinationId = one.id;
    test.trigger = Trigger::Test;
    test.outcome = Outcome::TlsFailed;
    test.certificate.sha256 = QByteArray(32, 'a');
    test.certificate.subject = QStringLiteral("one.example");
    test.certificate.expiresAt = startOfTests + 1000;
    valueOf(waitFor(fixture.store().recordTest(test)));
    QCOMPARE(known(one).subject, QStringLiteral("one.example"));
    QCOMPARE(known(same), known(one));
    QCOMPARE(known(port), ServerCertificate());
    QCOMPARE(known(plain), ServerCertificate());
    QCOMPARE(known(add("E", "https://one.example/later")), known(one));
    const auto facts = fixture.read().metricFacts(AlertId{}).certificates;
    QCOMPARE(facts.size(), 3);
    QCOMPARE(facts.first(), std::pair(one.id, startOfTests + 1000));
}

void RecordingTest::leavesADeliveryThatMovedOn()
{
    Fixture fixture;
    fixture.add(QStringLiteral("A"));
    const Delivery delivery = fixture.deliver(Fixture::alert(QStringLiteral("x")));
    AttemptRecord retry = Fixture::result(delivery, DeliveryState::Retrying);
    fixture.record(retry);
    const AttemptRecord underWay = Fixture::result(fixture.now(delivery.id), DeliveryState::Failed);
    QCOMPARE(waitFor(fixture.store().resend({delivery.id})).value(), 1);
    fixture.record(underWay);
    const Delivery now = fixture.now(delivery.id);
    QCOMPARE(now.state, DeliveryState::Queued);
    QCOMPARE(now.round, 1);
    QCOMPARE(now.attempts, 2);
    QCOMPARE(now.roundAttempts, 0);
    QCOMPARE(fixture.read().attemptsOf(delivery.alertId).last().number, 2);
}

void RecordingTest::followsItsDestination()
{
    Fixture fixture;
    const Destination one = fixture.add(QStringLiteral("A"));
    QList<Delivery> all;
    for (int i = 0; i < 5; ++i) {
        all.append(fixture.deliver(Fixture::alert(QStringLiteral("x"))));
    }
    QVERIFY(waitFor(fixture.store().setPaused(one.id, true)).has_value());
    AttemptRecord retry = Fixture::result(all.at(0), DeliveryState::Retrying);
    retry.nextAt = startOfTests + 77;
    fixture.record(retry);
    QCOMPARE(fixture.now(all.at(0).id).state, DeliveryState::Held);
    fixture.record(Fixture::result(all.at(1), DeliveryState::Delivered, 200));
    QCOMPARE(fixture.now(all.at(1).id).state, DeliveryState::Delivered);
    fixture.record(Fixture::result(all.at(2), DeliveryState::Failed));
    QCOMPARE(fixture.now(all.at(2).id).state, DeliveryState::Failed);
    QVERIFY(waitFor(fixture.store().setPaused(one.id, false)).has_value());
    QCOMPARE(fixture.now(all.at(0).id).state, DeliveryState::Retrying);
    QCOMPARE(fixture.now(all.at(0).id).nextAt, startOfTests + 77);

    QVERIFY(waitFor(fixture.store().deleteDestination(one.id)).has_value());
    fixture.record(Fixture::result(all.at(3), DeliveryState::Retrying));
    QCOMPARE(fixture.now(all.at(3).id).state, DeliveryState::Cancelled);
    QVERIFY(fixture.now(all.at(3).id).settledAt > 0);
    fixture.record(Fixture::result(all.at(4), DeliveryState::Delivered, 200));
    QCOMPARE(fixture.now(all.at(4).id).state, DeliveryState::Delivered);
}

void RecordingTest::countsOnlyTries()
{
    Fixture fixture;
    fixture.add(QStringLiteral("A"));
    const Delivery delivery = fixture.deliver(Fixture::alert(QStringLiteral("x")));
    AttemptRecord record = Fixture::result(delivery, DeliveryState::Retrying, 0);
    record.attempt.outcome = Outcome::ProxyFailed;
    record.countsAsTry = false;
    fixture.record(record);
    QCOMPARE(fixture.now(delivery.id).attempts, 1);
    QCOMPARE(fixture.now(delivery.id).roundAttempts, 0);
    QCOMPARE(fixture.now(delivery.id).state, DeliveryState::Retrying);
}

void RecordingTest::showsWhatTakesLong()
{
    Fixture fixture;
    const Destination one = fixture.add(QStringLiteral("A"));
    const Delivery delivery = fixture.deliver(Fixture::alert(QStringLiteral("x")));
    fixture.store().markSending(delivery.id);
    QTRY_COMPARE(fixture.now(delivery.id).state, DeliveryState::Sending);
    QCOMPARE(fixture.summary(delivery.alertId).status, AlertStatus::Sending);
    QVERIFY(fixture.read().due(one.id, startOfTests + 5, {}, 5).isEmpty());
    QCOMPARE(waitFor(fixture.store().resend({delivery.id})).value(), 0);
    fixture.record(Fixture::result(delivery, DeliveryState::Delivered, 200));
    QCOMPARE(fixture.now(delivery.id).state, DeliveryState::Delivered);
    // A mark that comes late changes nothing.
    fixture.store().markSending(delivery.id);
    QVERIFY(waitFor(fixture.store().setSetting(QStringLiteral("after"), QString())).has_value());
    QCOMPARE(fixture.now(delivery.id).state, DeliveryState::Delivered);
}

void RecordingTest::sumsUpAnAlert()
{
    Fixture fixture;
    const Destination a = fixture.add(QStringLiteral("A"));
    const Destination b = fixture.add(QStringLiteral("B"));
    const Destination c = fixture.add(QStringLiteral("C"));
    Q_UNUSED(a)
    const AlertId id = fixture.accept(Fixture::alert(QStringLiteral("x"))).id;
    QList<Delivery> parts = fixture.read().deliveriesOf(id);
    const auto status = [&] { return fixture.summary(id).status; };
    fixture.record(Fixture::result(parts.at(0), DeliveryState::Delivered, 200));
    QCOMPARE(status(), AlertStatus::Queued);
    fixture.record(Fixture::result(parts.at(1), DeliveryState::Retrying));
    QCOMPARE(status(), AlertStatus::Retrying);
    fixture.store().markSending(parts.at(2).id);
    QTRY_COMPARE(status(), AlertStatus::Sending);
    fixture.record(Fixture::result(parts.at(2), DeliveryState::Failed));
    QCOMPARE(status(), AlertStatus::Failed);
    QVERIFY(waitFor(fixture.store().resend({parts.at(2).id})).has_value());
    fixture.record(Fixture::result(fixture.now(parts.at(2).id), DeliveryState::Delivered, 200));
    QVERIFY(waitFor(fixture.store().setPaused(b.id, true)).has_value());
    QCOMPARE(status(), AlertStatus::Held);
    QCOMPARE(fixture.summary(id).settledAt, 0u);
    QVERIFY(waitFor(fixture.store().deleteDestination(b.id)).has_value());
    QCOMPARE(status(), AlertStatus::Delivered);
    QCOMPARE(fixture.summary(id).settledAt, static_cast<quint32>(startOfTests / 1000));
    Q_UNUSED(c)
}

void RecordingTest::leavesOutAnAttemptOfNothing()
{
    Fixture fixture;
    const Destination one = fixture.add(QStringLiteral("A"));
    Delivery nothing;
    nothing.id = DeliveryId{17};
    nothing.destinationId = one.id;
    const Delivery good = fixture.deliver(Fixture::alert(QStringLiteral("x")));
    fixture.store().record(Fixture::result(nothing, DeliveryState::Delivered), {});
    // One that can't be kept at all doesn't take others with it, nor stop those that follow.
    AttemptRecord bad = Fixture::result(good, DeliveryState::Retrying);
    bad.attempt.destinationId = DestinationId{55};
    bool wasCalled = false;
    fixture.store().record(bad, [&wasCalled] { wasCalled = true; });
    fixture.record(Fixture::result(good, DeliveryState::Delivered, 200));
    QVERIFY(wasCalled);
    QVERIFY(fixture.store().health().healthy);
    QCOMPARE(fixture.now(good.id).state, DeliveryState::Delivered);
    QCOMPARE(fixture.read().attemptsOf(good.alertId).size(), 1);
}

QTEST_GUILESS_MAIN(RecordingTest)
#include "tst_recording.moc"
