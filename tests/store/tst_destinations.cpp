// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#include "databasefile.h"
#include "storefixture.h"

using namespace courier;
using namespace courier::test;

/// Destinations are kept, changed, paused, deleted and tested.
class DestinationsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void keepsEveryField();
    void refusesATakenName();
    void refusesBadSettings();
    void changesSettingsOnly();
    void pausesAndGoesOn();
    void deletesAndKeepsTheHistory();
    void movesManyInSteps();
    void goesOnWithWhatAKillCutShort();
    void keepsTheLastTenTests();
    void keepsWhichOneStruggles();
};

void DestinationsTest::keepsEveryField()
{
    Fixture fixture;
    Destination given;
    given.name = QString::fromUtf8("  Ops bridgé ");
    given.url = QStringLiteral("https://example.test/hook?key=1");
    given.severities = {Severity::Critical, Severity::Info};
    given.types = {AlertType::Policy};
    given.headers = {{"X-One", "a \"b\" \\"}, {"X-Two", QByteArray("\xfc\x80", 2)}, {"X-One", ""}};
    given.timeoutSeconds = 33;
    given.schedule = RetrySchedule::Patient;
    given.maxRetries = 3;
    given.ratePerSecond = 0.57;
    given.paused = true;
    given.builtInReceiver = true;
    given.security.signing = {SigningScheme::Custom, "X-Signature", "sha256=", 48, 1'700'000'000'000};
    given.security.authentication = {AuthScheme::OAuth2,
                                     {},
                                     QStringLiteral("https://login.example/token"),
                                     QStringLiteral("courier"),
                                     QStringLiteral("alerts.write")};
    given.security.tls = {"-----BEGIN CERTIFICATE-----\nca\n", QByteArray(32, '\xfe'), "-----BEGIN CERTIFICATE-----\n"};
    given.security.proxy = {ProxyKind::Socks5, QStringLiteral("proxy.example"), 1080, QStringLiteral("ann")};
    given.testState = TestState::Passed; // a new one was not tested
    const Destination added = waitFor(fixture.store().addDestination(given)).value();
    fixture.reopen();
    const Destination read = fixture.read().destination(added.id).value();
    QVERIFY(number(read.id) > 0);
    QCOMPARE(read.name, QString::fromUtf8("Ops bridgé"));
    QCOMPARE(read.url, given.url);
    QCOMPARE(read.severities, given.severities);
    QCOMPARE(read.types, given.types);
    QCOMPARE(read.headers, given.headers);
    QCOMPARE(read.timeoutSeconds, 33);
    QCOMPARE(read.schedule, RetrySchedule::Patient);
    QCOMPARE(read.maxRetries, 3);
    QCOMPARE(read.ratePerSecond, 0.57);
    QCOMPARE(read.security, given.security);
    QVERIFY(read.paused);
    QVERIFY(read.builtInReceiver);
    QCOMPARE(read.testState, TestState::NotTested);
    QCOMPARE(read.createdAt, startOfTests);
    QVERIFY(!read.isDeleted());
    QCOMPARE(fixture.read().destinations().size(), 1);
    QVERIFY(!fixture.read().destination(DestinationId{3}).has_value());
}

void DestinationsTest::refusesATakenName()
{
    Fixture fixture;
    const Destination first = fixture.add(QString::fromUtf8("Ops bridgé"));
    Destination second = first;
    second.name = QString::fromUtf8(" OPS BRIDGÉ ");
    const Result<Destination> refused = waitFor(fixture.store().addDestination(second));
    QVERIFY(!refused);
    QCOMPARE(refused.error().kind, Error::Kind::Conflict);
    QVERIFY(refused.error().message.contains(QString::fromUtf8("Ops bridgé")));
    // Its own name is no clash; a deleted one's is free.
    QVERIFY(waitFor(fixture.store().updateDestination(first)).has_value());
    QVERIFY(waitFor(fixture.store().deleteDestination(first.id)).has_value());
    QVERIFY(waitFor(fixture.store().addDestination(second)).has_value());
    QCOMPARE(fixture.read().destinations().size(), 1);
    QCOMPARE(fixture.read().destinations(true).size(), 2);
}

void DestinationsTest::refusesBadSettings()
{
    Fixture fixture;
    Destination bad;
    bad.name = QStringLiteral("Bad");
    bad.url = QStringLiteral("javascript:alert(1)");
    const Result<Destination> refused = waitFor(fixture.store().addDestination(bad));
    QVERIFY(!refused);
    QCOMPARE(refused.error().kind, Error::Kind::Invalid);
    QVERIFY(!refused.error().message.isEmpty());
    QVERIFY(fixture.read().destinations().isEmpty());
    bad.id = DestinationId{12};
    bad.url = QStringLiteral("https://example.test/");
    QCOMPARE(waitFor(fixture.store().updateDestination(bad)).error().kind, Error::Kind::NotFound);
    QCOMPARE(waitFor(fixture.store().setPaused(bad.id, true)).error().kind, Error::Kind::NotFound);
    QCOMPARE(waitFor(fixture.store().deleteDestination(bad.id)).error().kind, Error::Kind::NotFound);
}

void DestinationsTest::changesSettingsOnly()
{
    Fixture fixture;
    Destination changed = fixture.add(QStringLiteral("A"), SeveritySet::all(), true);
    changed.name = QStringLiteral("B");
    changed.url = QStringLiteral("https://other.test/");
    changed.paused = false;
    changed.testState = TestState::Passed;
    changed.createdAt = 5;
    const Destination stored = waitFor(fixture.store().updateDestination(changed)).value();
    QCOMPARE(stored.name, QStringLiteral("B"));
    QCOMPARE(stored.url, changed.url);
    QVERIFY(stored.paused);
    QCOMPARE(stored.testState, TestState::NotTested);
    QCOMPARE(stored.createdAt, startOfTests);
}

void DestinationsTest::pausesAndGoesOn()
{
    Fixture fixture;
    const Destination one = fixture.add(QStringLiteral("A"));
    const Delivery queued = fixture.deliver(Fixture::alert(QStringLiteral("queued")));
    const Delivery retrying = fixture.deliver(Fixture::alert(QStringLiteral("retrying")));
    const Delivery failed = fixture.deliver(Fixture::alert(QStringLiteral("failed")));
    AttemptRecord retry = Fixture::result(retrying, DeliveryState::Retrying);
    retry.nextAt = startOfTests + 5000;
    fixture.record(retry);
    fixture.record(Fixture::result(failed, DeliveryState::Failed));

    QCOMPARE(waitFor(fixture.store().setPaused(one.id, true)).value(), 2);
    QVERIFY(fixture.read().destination(one.id)->paused);
    QCOMPARE(fixture.now(queued.id).state, DeliveryState::Held);
    QCOMPARE(fixture.now(retrying.id).state, DeliveryState::Held);
    QCOMPARE(fixture.now(failed.id).state, DeliveryState::Failed);
    QCOMPARE(fixture.summary(queued.alertId).status, AlertStatus::Held);
    QVERIFY(fixture.read().due(one.id, startOfTests + 10000, {}, 10).isEmpty());
    QCOMPARE(waitFor(fixture.store().setPaused(one.id, true)).value(), 0);

    QCOMPARE(waitFor(fixture.store().setPaused(one.id, false)).value(), 2);
    QCOMPARE(fixture.now(queued.id).state, DeliveryState::Queued);
    QCOMPARE(fixture.now(retrying.id).state, DeliveryState::Retrying);
    QCOMPARE(fixture.now(retrying.id).nextAt, startOfTests + 5000);
    QCOMPARE(fixture.summary(retrying.alertId).status, AlertStatus::Retrying);
    QCOMPARE(fixture.read().due(one.id, startOfTests, {}, 10).size(), 1);
    QCOMPARE(fixture.read().due(one.id, startOfTests + 5000, {}, 10).size(), 2);
}

void DestinationsTest::deletesAndKeepsTheHistory()
{
    Fixture fixture;
    const Destination one = fixture.add(QStringLiteral("A"));
    const Destination other = fixture.add(QStringLiteral("B"), {Severity::Low});
    const Delivery delivered = fixture.deliver(Fixture::alert(QStringLiteral("delivered")));
    fixture.record(Fixture::result(delivered, DeliveryState::Delivered, 200));
    const Delivery waiting = fixture.deliver(Fixture::alert(QStringLiteral("waiting")));
    const AlertId both = fixture.accept(Fixture::alert(QStringLiteral("both"), Severity::Low)).id;

    fixture.clock.advance(1000);
    QCOMPARE(waitFor(fixture.store().deleteDestination(one.id)).value(), 2);
    QCOMPARE(fixture.now(waiting.id).state, DeliveryState::Cancelled);
    QCOMPARE(fixture.now(waiting.id).settledAt, startOfTests + 1000);
    QCOMPARE(fixture.now(delivered.id).state, DeliveryState::Delivered);
    QCOMPARE(fixture.summary(waiting.alertId).status, AlertStatus::Cancelled);
    QCOMPARE(fixture.summary(both).status, AlertStatus::Queued);
    QCOMPARE(fixture.read().attemptsOf(delivered.alertId).size(), 1);
    QCOMPARE(fixture.read().destination(one.id)->deletedAt.value_or(0), startOfTests + 1000);
    QCOMPARE(fixture.read().destinations().size(), 1);
    QCOMPARE(fixture.read().destinations().first().id, other.id);
    QVERIFY(fixture.accept(Fixture::alert(QStringLiteral("later"))).destinations.isEmpty());
    QVERIFY(fixture.read().due(one.id, startOfTests + 5000, {}, 10).isEmpty());
    QCOMPARE(waitFor(fixture.store().deleteDestination(one.id)).error().kind, Error::Kind::NotFound);
    QCOMPARE(waitFor(fixture.store().resend({waiting.id, delivered.id})).value(), 0);
}

void DestinationsTest::movesManyInSteps()
{
    Fixture fixture;
    const Destination one = fixture.add(QStringLiteral("A"));
    const QList<Alert> alerts(4500, Fixture::alert(QStringLiteral("x")));
    fixture.accept(alerts);
    const quint64 before = fixture.store().transactions();
    QFuture<Result<qint64>> paused = fixture.store().setPaused(one.id, true);
    // Another write gets in between; it sees the mark already.
    const Accepted between = fixture.accept(Fixture::alert(QStringLiteral("between")));
    QCOMPARE(fixture.read().deliveriesOf(between.id).first().state, DeliveryState::Held);
    QVERIFY(fixture.read().due(one.id, startOfTests + 5000, {}, 10).isEmpty());
    QCOMPARE(waitFor(paused).value(), 4500);
    QVERIFY(fixture.store().transactions() - before >= 3);
    QCOMPARE(fixture.read().queueState().held, 4501);
    QCOMPARE(waitFor(fixture.store().deleteDestination(one.id)).value(), 4501);
    QCOMPARE(fixture.read().queueState().held, 0);
}

void DestinationsTest::goesOnWithWhatAKillCutShort()
{
    Fixture fixture;
    const Destination one = fixture.add(QStringLiteral("A"));
    const Destination two = fixture.add(QStringLiteral("B"), SeveritySet::all(), true);
    fixture.accept(QList<Alert>(10, Fixture::alert(QStringLiteral("x"))));
    fixture.close();
    // As a kill between two steps leaves it: marked, with deliveries in their old states.
    onDatabase(fixture.path(), {QStringLiteral("UPDATE destination SET deleted_at = 5 WHERE name = 'A'"),
                                QStringLiteral("UPDATE destination SET paused = 0 WHERE name = 'B'")});
    fixture.reopen();
    QVERIFY(fixture.read().due(one.id, startOfTests, {}, 10).isEmpty());
    QCOMPARE(waitFor(fixture.store().recoverInterrupted({})).value(), 0);
    QTRY_COMPARE(fixture.read().due(two.id, startOfTests, {}, 100).size(), 10);
    QTRY_COMPARE(fixture.read().queueState().queued, 10);
    QCOMPARE(fixture.read().queueState().held, 0);
}

void DestinationsTest::keepsTheLastTenTests()
{
    Fixture fixture;
    const Destination one = fixture.add(QStringLiteral("A"), SeveritySet::all(), true);
    Attempt attempt;
    attempt.destinationId = one.id;
    attempt.trigger = Trigger::Test;
    attempt.maskedUrl = QStringLiteral("https://example.test/ abcdef");
    attempt.requestHeaders = "webhook-id: 1\r\nContent-Length: 7\r\n";
    attempt.responseHeaders = "Server: x\r\n";
    for (int i = 1; i <= 12; ++i) {
        attempt.number = i;
        attempt.startedAt = startOfTests + i;
        attempt.outcome = i == 12 ? Outcome::Acknowledged : Outcome::Rejected;
        attempt.status = i == 12 ? 200 : 401;
        attempt.reason = QStringLiteral("answer %1").arg(i);
        attempt.responseBody = QByteArray("\0body\xff", 6) + QByteArray::number(i);
        const Destination after = waitFor(fixture.store().recordTest(attempt)).value();
        QCOMPARE(after.testState, i == 12 ? TestState::Passed : TestState::Failed);
        QCOMPARE(after.testResult, attempt.reason);
        QCOMPARE(after.testedAt, attempt.startedAt);
    }
    const QList<Attempt> tests = fixture.read().testAttempts(one.id);
    QCOMPARE(tests.size(), 10);
    QCOMPARE(tests.first().number, 12);
    QCOMPARE(tests.last().number, 3);
    QCOMPARE(tests.first().requestHeaders, attempt.requestHeaders);
    QCOMPARE(tests.first().responseHeaders, attempt.responseHeaders);
    QCOMPARE(tests.first().responseBody, attempt.responseBody);
    QCOMPARE(tests.first().maskedUrl, attempt.maskedUrl);
    QCOMPARE(fixture.read().alertCount(), 0);
    attempt.destinationId = DestinationId{4};
    QCOMPARE(waitFor(fixture.store().recordTest(attempt)).error().kind, Error::Kind::NotFound);
}

// Written by the process that sends, for all others to see; the next one that sends begins anew.
void DestinationsTest::keepsWhichOneStruggles()
{
    Fixture fixture;
    const Destination one = fixture.add(QStringLiteral("A"));
    const Destination other = fixture.add(QStringLiteral("B"));
    const auto stats = [&fixture](const Destination &of) {
        const QList<DestinationStats> all = fixture.read().destinationStats(startOfTests);
        return *std::find_if(all.begin(), all.end(), [&of](const DestinationStats &some) { return some.id == of.id; });
    };
    fixture.store().noteStruggle({one.id, QStringLiteral("503 Service Unavailable"), startOfTests + 1000});
    fixture.store().noteStruggle({one.id, QStringLiteral("502 Bad Gateway"), startOfTests + 2000});
    QTRY_COMPARE(stats(one).struggle, QStringLiteral("502 Bad Gateway"));
    QCOMPARE(stats(one).nextTryAt, startOfTests + 2000);
    QVERIFY(!stats(other).isStruggling());
    QCOMPARE(fixture.read().metricFacts(AlertId{}).struggling, QList<DestinationId>{one.id});
    fixture.store().noteStruggle({one.id, {}, 0});
    QTRY_VERIFY(!stats(one).isStruggling());
    fixture.store().noteStruggle({other.id, QStringLiteral("Timed out"), 0});
    QTRY_VERIFY(stats(other).isStruggling());
    QVERIFY(waitFor(fixture.store().recoverInterrupted({})).has_value());
    QVERIFY(!stats(other).isStruggling());
}

QTEST_GUILESS_MAIN(DestinationsTest)
#include "tst_destinations.moc"
