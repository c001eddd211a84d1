// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#include "databasefile.h"
#include "storefixture.h"

using namespace courier;
using namespace courier::test;

namespace {

constexpr qint64 minute = 60'000;
constexpr qint64 start = startOfTests - minute;

QString disk()
{
    return QStringLiteral("disk");
}

} // namespace

/// Alerts that their sources repeat are one alert, until they are over.
class OccurrencesTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void takesAnEventAsBefore();
    void countsRepeatsOfOneAlert();
    void knowsRepeatsWithinOneList();
    void takesANewStartAsANewAlert();
    void goesByTheFingerprintWhereThereIsNoStart();
    void takesTheNewestThatLastsWhereThereIsNoStart();
    void goesByTheAlertIdWithoutAFingerprint();
    void resolvesOnce();
    void ignoresTheEndOfWhatWasNeverAnnounced();
    void resolvesByAnEndInThePast();
    void goesOnAfterItsEnd();
    void resolvesWhatIsNotRepeated();
    void keepsTheLatestEnd();
    void keepsThePlaceWithTheAlerts();
    void takesAllOrNothing();
};

void OccurrencesTest::takesAnEventAsBefore()
{
    Fixture fixture;
    const Destination all = fixture.add(QStringLiteral("All"));
    const Accepted one = fixture.take(Fixture::incoming(QString(), 0));
    QCOMPARE(one.kind, Accepted::Kind::New);
    QVERIFY(one.isNew());
    QCOMPARE(one.destinations, QList<DestinationId>{all.id});
    QVERIFY(!fixture.read().occurrence(one.id).has_value());
    QCOMPARE(fixture.summary(one.id).life, AlertLife::Event);
    QCOMPARE(fixture.take(Fixture::incoming(QString(), 0)).kind, Accepted::Kind::New);
    QVERIFY(fixture.take(QList<IncomingAlert>()).isEmpty());
    QCOMPARE(fixture.read().alertCount(), 2);
}

void OccurrencesTest::countsRepeatsOfOneAlert()
{
    Fixture fixture;
    const Destination all = fixture.add(QStringLiteral("All"));
    const Accepted first = fixture.take(Fixture::incoming(disk(), start, startOfTests + minute));
    QCOMPARE(first.kind, Accepted::Kind::New);
    QCOMPARE(fixture.summary(first.id).life, AlertLife::Active);
    for (int i = 1; i <= 5; ++i) {
        fixture.clock.advance(minute);
        IncomingAlert again = Fixture::incoming(disk(), start, fixture.clock.nowUtc() + minute);
        again.alert.title = QStringLiteral("another title");
        const Accepted repeat = fixture.take(again);
        QCOMPARE(repeat.kind, Accepted::Kind::Repeated);
        QVERIFY(!repeat.isNew());
        QCOMPARE(repeat.id, first.id);
        QCOMPARE(repeat.destinations, QList<DestinationId>{all.id});
    }
    fixture.reopen();
    const Occurrence occurrence = fixture.read().occurrence(first.id).value();
    QCOMPARE(occurrence.seen, 6);
    QCOMPARE(occurrence.fingerprint, disk());
    QCOMPARE(occurrence.startsAt, start);
    QCOMPARE(occurrence.lastSeen, startOfTests + 5 * minute);
    QCOMPARE(occurrence.endsAt, startOfTests + 6 * minute);
    QVERIFY(!occurrence.isResolved());
    QCOMPARE(fixture.read().alertCount(), 1);
    QCOMPARE(fixture.read().deliveriesOf(first.id).size(), 1);
    QCOMPARE(fixture.read().alert(first.id)->title, QStringLiteral("Disk full on disk"));
}

void OccurrencesTest::knowsRepeatsWithinOneList()
{
    Fixture fixture;
    const IncomingAlert one = Fixture::incoming(disk());
    const QList<Accepted> taken =
        fixture.take({one, Fixture::incoming(QStringLiteral("other")), one, Fixture::resolved(one)});
    QCOMPARE(taken.at(0).kind, Accepted::Kind::New);
    QCOMPARE(taken.at(1).kind, Accepted::Kind::New);
    QCOMPARE(taken.at(2).kind, Accepted::Kind::Repeated);
    QCOMPARE(taken.at(3).kind, Accepted::Kind::Resolved);
    QCOMPARE(taken.at(3).id, taken.at(0).id);
    QCOMPARE(fixture.read().occurrence(taken.at(0).id)->seen, 2);
    QCOMPARE(fixture.summary(taken.at(0).id).life, AlertLife::Resolved);
    QCOMPARE(fixture.summary(taken.at(1).id).life, AlertLife::Active);
}

void OccurrencesTest::takesANewStartAsANewAlert()
{
    Fixture fixture;
    const Accepted first = fixture.take(Fixture::incoming(disk(), start));
    fixture.take(Fixture::resolved(Fixture::incoming(disk(), start)));
    const Accepted second = fixture.take(Fixture::incoming(disk(), start + minute));
    QCOMPARE(second.kind, Accepted::Kind::New);
    QVERIFY(second.id != first.id);
    QCOMPARE(fixture.summary(first.id).life, AlertLife::Resolved);
    QCOMPARE(fixture.summary(second.id).life, AlertLife::Active);
}

void OccurrencesTest::goesByTheFingerprintWhereThereIsNoStart()
{
    Fixture fixture;
    const Accepted started = fixture.take(Fixture::incoming(disk(), start));
    QCOMPARE(fixture.take(Fixture::incoming(disk(), 0)).id, started.id);
    QCOMPARE(fixture.take(Fixture::resolved(Fixture::incoming(disk(), 0))).id, started.id);
    // What is over doesn't begin again: it is a new one.
    const Accepted second = fixture.take(Fixture::incoming(disk(), 0));
    QCOMPARE(second.kind, Accepted::Kind::New);
    QCOMPARE(fixture.take(Fixture::incoming(disk(), 0)).kind, Accepted::Kind::Repeated);
    QCOMPARE(fixture.take(Fixture::resolved(Fixture::incoming(disk(), 0))).id, second.id);
    QCOMPARE(fixture.take(Fixture::incoming(disk(), 0)).kind, Accepted::Kind::New);
    QCOMPARE(fixture.read().alertCount(), 3);
}

void OccurrencesTest::takesTheNewestThatLastsWhereThereIsNoStart()
{
    Fixture fixture;
    const IncomingAlert undated = Fixture::incoming(disk(), 0);
    const IncomingAlert other = Fixture::incoming(QStringLiteral("other"), 0);
    const Accepted first = fixture.take(undated);
    const Accepted second = fixture.take(Fixture::incoming(disk(), start));
    QCOMPARE(second.kind, Accepted::Kind::New);
    const Accepted third = fixture.take(Fixture::incoming(disk(), start + minute));
    QCOMPARE(fixture.take(other).kind, Accepted::Kind::New);
    QCOMPARE(fixture.take(undated).id, third.id);
    QCOMPARE(fixture.take(Fixture::resolved(Fixture::incoming(disk(), start + minute))).id, third.id);
    QCOMPARE(fixture.take(undated).id, second.id);
    QCOMPARE(fixture.take(Fixture::resolved(undated)).id, second.id);
    QCOMPARE(fixture.take(undated).id, first.id);
    // It goes on after its end, and is the newest that lasts again.
    QCOMPARE(fixture.take(Fixture::incoming(disk(), start)).id, second.id);
    QCOMPARE(fixture.take(undated).id, second.id);
    QCOMPARE(fixture.read().alertCount(), 4);
}

void OccurrencesTest::goesByTheAlertIdWithoutAFingerprint()
{
    Fixture fixture;
    IncomingAlert one = Fixture::incoming(QString(), 0);
    one.alert.alertId = QStringLiteral("same");
    const Accepted first = fixture.take(one);
    const Accepted again = fixture.take(one);
    QCOMPARE(again.kind, Accepted::Kind::Known);
    QCOMPARE(again.id, first.id);
    one.fingerprint = disk();
    QCOMPARE(fixture.take(one).kind, Accepted::Kind::Known);
    QVERIFY(!fixture.read().occurrence(first.id).has_value());
}

void OccurrencesTest::resolvesOnce()
{
    Fixture fixture;
    const Accepted one = fixture.take(Fixture::incoming(disk(), start, startOfTests + minute));
    fixture.clock.advance(1000);
    const Accepted end = fixture.take(Fixture::resolved(Fixture::incoming(disk(), start)));
    QCOMPARE(end.kind, Accepted::Kind::Resolved);
    QCOMPARE(end.id, one.id);
    const Occurrence over = fixture.read().occurrence(one.id).value();
    QCOMPARE(over.resolvedAt, startOfTests + 1000);
    QCOMPARE(over.seen, 1);
    QCOMPARE(over.lastSeen, startOfTests);
    fixture.clock.advance(minute);
    QCOMPARE(fixture.take(Fixture::resolved(Fixture::incoming(disk(), start))).kind, Accepted::Kind::Resolved);
    QCOMPARE(fixture.read().occurrence(one.id).value(), over);
    QCOMPARE(fixture.read().alertCount(), 1);
}

void OccurrencesTest::ignoresTheEndOfWhatWasNeverAnnounced()
{
    Fixture fixture;
    fixture.add(QStringLiteral("All"));
    for (const QString &fingerprint : {disk(), QString()}) {
        const Accepted end = fixture.take(Fixture::resolved(Fixture::incoming(fingerprint)));
        QCOMPARE(end.kind, Accepted::Kind::Resolved);
        QCOMPARE(number(end.id), 0);
        QVERIFY(end.destinations.isEmpty());
    }
    QCOMPARE(fixture.read().alertCount(), 0);
}

void OccurrencesTest::resolvesByAnEndInThePast()
{
    Fixture fixture;
    const Accepted one = fixture.take(Fixture::incoming(disk(), start, startOfTests + minute));
    fixture.clock.advance(minute / 2);
    QCOMPARE(fixture.take(Fixture::incoming(disk(), start, startOfTests + 1)).kind, Accepted::Kind::Resolved);
    QCOMPARE(fixture.read().occurrence(one.id)->resolvedAt, startOfTests + 1);
    QCOMPARE(number(fixture.take(Fixture::incoming(QStringLiteral("x"), start, fixture.clock.nowUtc())).id), 0);
}

void OccurrencesTest::goesOnAfterItsEnd()
{
    Fixture fixture;
    const Accepted one = fixture.take(Fixture::incoming(disk(), start));
    fixture.take(Fixture::incoming(disk(), start));
    fixture.take(Fixture::resolved(Fixture::incoming(disk(), start)));
    fixture.clock.advance(minute);
    const Accepted again = fixture.take(Fixture::incoming(disk(), start));
    QCOMPARE(again.kind, Accepted::Kind::Repeated);
    QCOMPARE(again.id, one.id);
    QVERIFY(!fixture.read().occurrence(one.id)->isResolved());
    QCOMPARE(fixture.read().occurrence(one.id)->seen, 3);
    QCOMPARE(fixture.summary(one.id).life, AlertLife::Active);
}

void OccurrencesTest::resolvesWhatIsNotRepeated()
{
    Fixture fixture;
    QList<IncomingAlert> many;
    for (int i = 0; i < 1200; ++i) { // more than one step
        many.append(Fixture::incoming(QString::number(i), start, startOfTests + minute));
    }
    const QList<Accepted> taken = fixture.take(many);
    const Accepted open = fixture.take(Fixture::incoming(disk(), start));
    QCOMPARE(fixture.read().nextEndAt(), startOfTests + minute);
    QCOMPARE(valueOf(waitFor(fixture.store().resolveEnded())), 0);
    fixture.clock.advance(minute / 2);
    many.first().endsAt = startOfTests + 2 * minute;
    fixture.take(many.first());
    fixture.clock.set(startOfTests + minute);
    QCOMPARE(valueOf(waitFor(fixture.store().resolveEnded())), 1199);
    QCOMPARE(fixture.read().nextEndAt(), startOfTests + 2 * minute);
    QCOMPARE(fixture.read().occurrence(taken.at(1).id)->resolvedAt, startOfTests + minute);
    QCOMPARE(fixture.summary(taken.last().id).life, AlertLife::Resolved);
    QCOMPARE(fixture.summary(taken.first().id).life, AlertLife::Active);
    QCOMPARE(fixture.summary(open.id).life, AlertLife::Active);
    fixture.clock.advance(minute);
    QCOMPARE(valueOf(waitFor(fixture.store().resolveEnded())), 1);
    QVERIFY(!fixture.read().nextEndAt().has_value());
}

void OccurrencesTest::keepsTheLatestEnd()
{
    Fixture fixture;
    const Accepted one = fixture.take(Fixture::incoming(disk(), start, startOfTests + 4 * minute));
    fixture.take(Fixture::incoming(disk(), start, startOfTests + 3 * minute));
    QCOMPARE(fixture.read().occurrence(one.id)->endsAt, startOfTests + 4 * minute);
    fixture.take(Fixture::incoming(disk(), start, startOfTests + 5 * minute));
    QCOMPARE(fixture.read().occurrence(one.id)->endsAt, startOfTests + 5 * minute);
    fixture.take(Fixture::incoming(disk(), start, 0)); // not before it is said
    QVERIFY(!fixture.read().nextEndAt().has_value());
}

void OccurrencesTest::keepsThePlaceWithTheAlerts()
{
    Fixture fixture;
    QCOMPARE(fixture.read().filePlace(1), QByteArray());
    const QByteArray state("\0 17\xff", 5);
    fixture.take({Fixture::incoming(QString(), 0)}, FilePlace{1, state});
    fixture.take({}, FilePlace{2, "two"});
    fixture.take({}, FilePlace{2, "three"});
    fixture.reopen();
    QCOMPARE(fixture.read().filePlace(1), state);
    QCOMPARE(fixture.read().filePlace(2), QByteArray("three"));
    fixture.take({}, FilePlace{2, {}});
    QCOMPARE(fixture.read().filePlace(2), QByteArray());
}

void OccurrencesTest::takesAllOrNothing()
{
    Fixture fixture;
    fixture.take({}, FilePlace{1, "before"});
    fixture.take(Fixture::incoming(disk()));
    QCOMPARE(onDatabase(fixture.path(),
                        {QStringLiteral("CREATE TRIGGER t BEFORE INSERT ON alert WHEN new.title = 'bad' BEGIN SELECT "
                                        "RAISE(ABORT, 'no'); END"),
                         QStringLiteral("SELECT 1")})
                 .toInt(),
             1);
    IncomingAlert bad = Fixture::incoming(QStringLiteral("bad"));
    bad.alert.title = QStringLiteral("bad");
    const auto taken = waitFor(fixture.store().take(
        {Fixture::incoming(QStringLiteral("good")), Fixture::incoming(disk()), bad}, FilePlace{1, "after"}));
    QVERIFY(!taken.has_value());
    QCOMPARE(fixture.read().alertCount(), 1);
    QCOMPARE(fixture.read().filePlace(1), QByteArray("before"));
    QCOMPARE(fixture.take(Fixture::incoming(QStringLiteral("good"))).kind, Accepted::Kind::New);
}

QTEST_GUILESS_MAIN(OccurrencesTest)
#include "tst_occurrences.moc"
