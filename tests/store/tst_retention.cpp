// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#include "retentionfixture.h"

using namespace courier;
using namespace courier::test;

/// What is old or too much goes, in short steps, and nothing else.
class RetentionTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void removesByAgeAWholeAlert();
    void neverRemovesWhatIsNotDelivered_data();
    void neverRemovesWhatIsNotDelivered();
    void looksAgainInTheTransaction();
    void keepsWhatIsInUseStill();
    void keepsTheNewestOfEach();
    void keepsItsStepsShort();
    void removesTheOldestUntilItIsSmall();
};

void RetentionTest::removesByAgeAWholeAlert()
{
    Kept kept;
    const AlertId old = kept.delivered(QStringLiteral("old"));
    const AlertId lasting = kept.take(Fixture::incoming(QStringLiteral("disk"))).id;
    kept.record(Fixture::result(kept.read().deliveriesOf(lasting).first(), DeliveryState::Delivered, 200));
    kept.take(Fixture::resolved(Fixture::incoming(QStringLiteral("disk"))));
    kept.clock.advance(10 * day);
    const AlertId young = kept.delivered(QStringLiteral("young"));
    QCOMPARE(kept.remove(kept.olderThan(11)), 0);
    QCOMPARE(kept.remove(kept.olderThan(9)), 2);
    QVERIFY(!kept.isThere(old));
    QVERIFY(!kept.isThere(lasting));
    QVERIFY(kept.isThere(young));
    for (const char *table : {"alert", "alert_status", "delivery", "attempt"}) {
        QVERIFY2(kept.rows(table) == 1, table);
    }
    QCOMPARE(kept.rows("occurrence"), 0);
    QCOMPARE(kept.read().attemptsOf(young).size(), 1);
    kept.checkItIsSound();
}

void RetentionTest::neverRemovesWhatIsNotDelivered_data()
{
    QTest::addColumn<QString>("what");
    for (const char *what : {"queued", "sending", "retrying", "held", "failed", "one of two"}) {
        QTest::newRow(what) << QString::fromLatin1(what);
    }
}

void RetentionTest::neverRemovesWhatIsNotDelivered()
{
    QFETCH(const QString, what);
    Kept kept;
    if (what == QLatin1String("one of two")) {
        kept.add(QStringLiteral("Second"));
    }
    const Delivery delivery = kept.deliver(Fixture::alert(what));
    if (what == QLatin1String("sending")) {
        kept.store().markSending(delivery.id);
    } else if (what == QLatin1String("retrying")) {
        kept.record(Fixture::result(delivery, DeliveryState::Retrying));
    } else if (what == QLatin1String("held")) {
        QVERIFY(waitFor(kept.store().setPaused(kept.destination.id, true)).has_value());
    } else if (what == QLatin1String("failed")) {
        kept.record(Fixture::result(delivery, DeliveryState::Failed));
    } else if (what == QLatin1String("one of two")) {
        kept.record(Fixture::result(delivery, DeliveryState::Delivered, 200));
    }
    kept.clock.advance(1000 * day);
    kept.delivered(QStringLiteral("newest"));
    QCOMPARE(kept.remove(kept.olderThan(1)), 0);
    QCOMPARE(kept.remove(kept.whatever()), 0);
    QVERIFY(kept.isThere(delivery.alertId));
    if (what == QLatin1String("failed")) { // put aside, it isn't missed
        QVERIFY(waitFor(kept.store().dismiss({delivery.alertId})).has_value());
        QCOMPARE(kept.remove(kept.olderThan(1)), 1);
    }
}

void RetentionTest::looksAgainInTheTransaction()
{
    Kept kept;
    const AlertId one = kept.delivered(QStringLiteral("one"));
    const AlertId other = kept.delivered(QStringLiteral("other"));
    kept.clock.advance(10 * day);
    kept.delivered(QStringLiteral("newest"));
    const ExpiryRule rule = kept.olderThan(5);
    const Expiring found = kept.read().expiring(rule, {});
    QCOMPARE(found.alerts, (QList<AlertId>{one, other}));
    QVERIFY(waitFor(kept.store().resend({kept.read().deliveriesOf(one).first().id})).has_value());
    QCOMPARE(valueOf(waitFor(kept.store().retain(RemoveAlerts{found.alerts, rule}))), 1);
    QVERIFY(kept.isThere(one));
    QVERIFY(!kept.isThere(other));
}

void RetentionTest::keepsWhatIsInUseStill()
{
    Kept kept;
    const AlertId resent = kept.delivered(QStringLiteral("resent"));
    const AlertId lasting = kept.take(Fixture::incoming(QStringLiteral("disk"))).id;
    kept.record(Fixture::result(kept.read().deliveriesOf(lasting).first(), DeliveryState::Delivered, 200));
    kept.clock.advance(10 * day);
    QVERIFY(waitFor(kept.store().resend({kept.read().deliveriesOf(resent).first().id})).has_value());
    kept.record(Fixture::result(kept.read().deliveriesOf(resent).first(), DeliveryState::Delivered, 200));
    kept.take(Fixture::incoming(QStringLiteral("disk")));
    kept.delivered(QStringLiteral("newest"));
    QCOMPARE(kept.remove(kept.olderThan(5)), 0);
    kept.clock.advance(6 * day);
    kept.delivered(QStringLiteral("newest of all"));
    QCOMPARE(kept.remove(kept.olderThan(5)), 3);
}

void RetentionTest::keepsTheNewestOfEach()
{
    Kept kept;
    const AlertId resent = kept.delivered(QStringLiteral("resent"));
    const AlertId newest = kept.delivered(QStringLiteral("newest"));
    QVERIFY(waitFor(kept.store().resend({kept.read().deliveriesOf(resent).first().id})).has_value());
    kept.record(Fixture::result(kept.read().deliveriesOf(resent).first(), DeliveryState::Delivered, 200));
    kept.clock.advance(100 * day);
    QCOMPARE(kept.remove(kept.olderThan(1)), 0);
    QVERIFY(kept.isThere(resent)); // has the newest attempt
    QVERIFY(kept.isThere(newest));
    kept.clock.set(startOfTests - day);
    QVERIFY(kept.delivered(QStringLiteral("later, by an earlier clock")) > newest);
}

void RetentionTest::keepsItsStepsShort()
{
    Kept kept;
    kept.deliveredMany(10, QStringLiteral("alert number "), QByteArray(5000, 'x'));
    Delivery often = kept.deliver(Fixture::alert(QStringLiteral("often")));
    for (int i = 0; i < 7; ++i) {
        kept.record(Fixture::result(kept.now(often.id), DeliveryState::Retrying));
    }
    kept.record(Fixture::result(kept.now(often.id), DeliveryState::Delivered, 200));
    kept.clock.advance(10 * day);
    kept.delivered(QStringLiteral("newest"));
    const ExpiryRule rule = kept.olderThan(5);
    const auto sizes = [&kept, &rule](const ExpiryStep &step) {
        QList<qsizetype> list;
        Expiring found;
        do {
            found = kept.read().expiring(rule, found.lookedTo, step);
            list.append(found.alerts.size());
        } while (!found.isEnd);
        return list;
    };
    ExpiryStep step;
    QCOMPARE(sizes(step), QList<qsizetype>{11});
    step.alerts = 4;
    QCOMPARE(sizes(step), (QList<qsizetype>{4, 4, 3}));
    step = {};
    step.attempts = 6; // the last one has more than that, and goes alone
    QCOMPARE(sizes(step), (QList<qsizetype>{6, 4, 1}));
    step = {};
    step.bytes = 17'500;
    QCOMPARE(sizes(step), (QList<qsizetype>{3, 3, 3, 2}));
    step = {};
    step.looked = 5;
    QCOMPARE(sizes(step), (QList<qsizetype>{5, 5, 1}));
    const quint64 before = kept.store().transactions();
    step = {};
    step.alerts = 4;
    QCOMPARE(kept.remove(rule, step), 11);
    QCOMPARE(kept.store().transactions(), before + 3);
    kept.checkItIsSound();
}

void RetentionTest::removesTheOldestUntilItIsSmall()
{
    Kept kept;
    const QList<AlertId> ids = kept.deliveredMany(60, QStringLiteral("large "), QByteArray(60'000, 'x'));
    kept.clock.advance(1000);
    const qint64 full = kept.read().size().used;
    QVERIFY(full > 60 * 60'000);
    ExpiryStep step;
    step.alerts = 3;
    const qint64 removed = kept.remove(kept.whatever(), [&] { return kept.read().size().used > full / 2; }, step);
    QVERIFY(removed >= 29 && removed <= 36);
    QVERIFY(kept.read().size().used <= full / 2);
    for (int i = 0; i < ids.size(); ++i) {
        QCOMPARE(kept.isThere(ids.at(i)), i >= removed);
    }
}

QTEST_GUILESS_MAIN(RetentionTest)
#include "tst_retention.moc"
