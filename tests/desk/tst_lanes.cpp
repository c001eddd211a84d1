// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#include "desk/lanes.h"

#include <QTest>

using namespace courier;

namespace {

Destination destinationOf(int number, bool paused = false)
{
    Destination destination;
    destination.id = DestinationId(number);
    destination.name = QString::number(number);
    destination.paused = paused;
    return destination;
}

QList<DueDelivery> due(int destination, int first, int count)
{
    QList<DueDelivery> list;
    for (int i = 0; i < count; ++i) {
        DueDelivery one;
        one.delivery.id = DeliveryId(first + i);
        one.delivery.destinationId = DestinationId(destination);
        list.append(one);
    }
    return list;
}

void fillAll(Lanes &lanes, int count, qint64 now)
{
    const QList<Lanes::Fill> fills = lanes.beginFills(now, 1000);
    for (const Lanes::Fill &fill : fills) {
        const int id = static_cast<int>(number(fill.destination));
        lanes.fill(fill.destination, due(id, id * 1000, count), false, std::nullopt, now);
    }
}

Lanes::End ended(Struggle::Sign sign, bool wasSlow = false)
{
    Lanes::End end;
    end.wasSlow = wasSlow;
    end.lasted = wasSlow;
    end.news.sign = sign;
    end.news.reason = QStringLiteral("503 Service Unavailable");
    end.news.isOneOfMany = true;
    return end;
}

int takeAll(Lanes &lanes, qint64 now)
{
    int count = 0;
    while (lanes.take(now)) {
        ++count;
    }
    return count;
}

/// The destination fails until it gets one request at a time, and has to wait.
void failUntilHeld(Lanes &lanes, int destination, qint64 now)
{
    while (lanes.take(now)) {
        lanes.requestEnded(DestinationId(destination), ended(Struggle::Sign::Away), now);
    }
}

constexpr qint64 now = 1'000'000'000; ///< any moment
constexpr qint64 second = 1'000'000;

} // namespace

class TestLanes : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void atMostSixToOneAndThirtyTwoInAll()
    {
        Lanes lanes({});
        QList<Destination> eight;
        for (int i = 1; i <= 8; ++i) {
            eight.append(destinationOf(i));
        }
        lanes.setDestinations(eight);
        fillAll(lanes, 20, now);
        QHash<DestinationId, int> taken;
        while (const auto turn = lanes.take(now)) {
            ++taken[turn->destination->id];
        }
        QCOMPARE(lanes.outstanding(), 32);
        for (const int count : std::as_const(taken)) {
            QVERIFY(count <= 6);
            QVERIFY(count >= 3); // in turn: nobody is left out
        }
        lanes.requestEnded(DestinationId(1), {}, now);
        QVERIFY(lanes.take(now));
        QVERIFY(!lanes.take(now));
    }

    void waitsForTheSecretsThatItNames()
    {
        Lanes lanes({});
        Destination secret = destinationOf(1);
        secret.secrets.id = SecretsId{7};
        lanes.setDestinations({secret, destinationOf(2)});
        fillAll(lanes, 2, now);
        QCOMPARE(lanes.take(now)->destination->id, DestinationId(2)); // the other one isn't held up
        QVERIFY(!lanes.take(now)->secrets);
        QVERIFY(!lanes.take(now));
        const auto secrets = std::make_shared<const DestinationSecrets>();
        lanes.setSecrets(DestinationId(1), SecretsId{6}, secrets); // those of before
        QVERIFY(!lanes.take(now));
        lanes.setSecrets(DestinationId(1), SecretsId{7}, secrets);
        const auto turn = lanes.take(now);
        QCOMPARE(turn->destination->id, DestinationId(1));
        QCOMPARE(turn->secrets, secrets);
        secret.secrets.id = SecretsId{8}; // edited: what is here is not what it names
        lanes.setDestinations({secret, destinationOf(2)});
        QVERIFY(!lanes.take(now));
        secret.secrets = {};
        lanes.setDestinations({secret, destinationOf(2)});
        QVERIFY(!lanes.take(now)->secrets);
    }

    void oneLaneStopsAtSix()
    {
        Lanes lanes({});
        lanes.setDestinations({destinationOf(1)});
        fillAll(lanes, 20, now);
        int count = 0;
        while (lanes.take(now)) {
            ++count;
        }
        QCOMPARE(count, 6);
    }

    void inOrderWithinALane()
    {
        Lanes lanes({});
        lanes.setDestinations({destinationOf(1)});
        fillAll(lanes, 5, now);
        for (int i = 0; i < 5; ++i) {
            QCOMPARE(lanes.take(now)->due.delivery.id, DeliveryId(1000 + i));
        }
    }

    void whatIsTakenIsNotTakenAgainUntilForgotten()
    {
        Lanes lanes({});
        lanes.setDestinations({destinationOf(1)});
        fillAll(lanes, 1, now);
        QVERIFY(lanes.take(now));
        lanes.requestEnded(DestinationId(1), {}, now);
        lanes.markChanged();
        QCOMPARE(lanes.beginFills(now, 1000).first().taken, QSet<DeliveryId>{DeliveryId(1000)});
        lanes.fill(DestinationId(1), due(1, 1000, 1), false, std::nullopt, now); // an old snapshot brings it once more
        QVERIFY(!lanes.take(now));
        lanes.forget(DestinationId(1), DeliveryId(1000));
        lanes.markChanged();
        fillAll(lanes, 1, now);
        QVERIFY(lanes.take(now));
    }

    void aPausedLaneIsEmptied()
    {
        Lanes lanes({});
        lanes.setDestinations({destinationOf(1)});
        fillAll(lanes, 5, now);
        lanes.setDestinations({destinationOf(1, true)});
        QVERIFY(!lanes.take(now));
        QVERIFY(lanes.beginFills(now, 1000).isEmpty());
        lanes.setDestinations({destinationOf(1)});
        fillAll(lanes, 5, now);
        QVERIFY(lanes.take(now));
    }

    void aRemovedLaneIsEmptied()
    {
        Lanes lanes({});
        lanes.setDestinations({destinationOf(1)});
        fillAll(lanes, 5, now);
        lanes.setDestinations({});
        QVERIFY(!lanes.take(now));
    }

    void isFilledWhenSomethingComesDue()
    {
        Lanes lanes({});
        lanes.setDestinations({destinationOf(1)});
        QCOMPARE(lanes.beginFills(now, 1000).size(), 1);
        lanes.fill(DestinationId(1), {}, false, 5000, now);
        QCOMPARE(lanes.nextDueAt(now), 5000);
        QVERIFY(lanes.beginFills(now, 4999).isEmpty());
        QCOMPARE(lanes.beginFills(now, 5000).size(), 1);
    }

    // A retry is committed while a lane is being read: the read doesn't know of it, and must not make it forgotten.
    void aRetryNotedDuringAReadIsKept()
    {
        Lanes lanes({});
        lanes.setDestinations({destinationOf(1)});
        QCOMPARE(lanes.beginFills(now, 1000).size(), 1);
        lanes.noteDue(DestinationId(1), 3000);
        lanes.fill(DestinationId(1), {}, false, std::nullopt, now);
        QCOMPARE(lanes.nextDueAt(now), 3000);
        lanes.noteDue(DestinationId(1), 9000);
        QCOMPARE(lanes.nextDueAt(now), 3000);
    }

    // A change that is noted while much is ready must not be lost: it is read once little is left.
    void aChangeWaitsUntilTheLaneRunsLow()
    {
        Lanes::Limits limits;
        limits.lowWater = 2;
        Lanes lanes(limits);
        lanes.setDestinations({destinationOf(1)});
        fillAll(lanes, 4, now);
        lanes.markChanged();
        QVERIFY(lanes.beginFills(now, 1000).isEmpty());
        QVERIFY(!lanes.take(now)->runsLow);
        QVERIFY(!lanes.take(now)->runsLow);
        QVERIFY(lanes.take(now)->runsLow);
        QCOMPARE(lanes.beginFills(now, 1000).size(), 1);
    }

    void editedSettingsHoldForTheNextAttempt()
    {
        Lanes lanes({});
        lanes.setDestinations({destinationOf(1)});
        fillAll(lanes, 2, now);
        Destination edited = destinationOf(1);
        edited.url = QStringLiteral("http://127.0.0.1:1/new");
        lanes.setDestinations({edited});
        QCOMPARE(lanes.take(now)->destination->url, edited.url);
    }

    void oneThatAnswersAtOnceGetsMore()
    {
        Lanes lanes({});
        lanes.setDestinations({destinationOf(1)});
        fillAll(lanes, 100, now);
        Lanes::End quick = ended(Struggle::Sign::Well);
        quick.wasQuick = true;
        for (int i = 0; i < 12; ++i) {
            const auto turn = lanes.take(now);
            QVERIFY(turn && !turn->isQuick);
            lanes.requestEnded(DestinationId(1), quick, now);
        }
        QVERIFY(lanes.take(now)->isQuick);
        QCOMPARE(takeAll(lanes, now), 23);
        lanes.requestEnded(DestinationId(1), ended(Struggle::Sign::Well), now); // this one took its time
        QVERIFY(!lanes.take(now));
        for (int i = 0; i < 11; ++i) {
            lanes.requestEnded(DestinationId(1), quick, now);
            QVERIFY(!lanes.take(now)); // more than six are still under way
        }
        lanes.requestEnded(DestinationId(1), quick, now);
        QVERIFY(lanes.take(now));
    }

    // A slow destination has all it may have, and takes no place from others for it.
    void whatLastsGivesItsPlaceToOthers()
    {
        Lanes::Limits limits;
        limits.brisk = 16;
        Lanes lanes(limits);
        lanes.setDestinations({destinationOf(1), destinationOf(2), destinationOf(3)});
        fillAll(lanes, 20, now);
        QCOMPARE(takeAll(lanes, now), 16);
        for (int i = 0; i < 5; ++i) {
            lanes.lasts(DestinationId(1));
        }
        QCOMPARE(takeAll(lanes, now), 2); // each has six now
        QCOMPARE(lanes.outstanding(), 18);
        lanes.requestEnded(DestinationId(1), ended(Struggle::Sign::Well, true), now);
        const auto next = lanes.take(now);
        QCOMPARE(next->destination->id, DestinationId(1));
        QVERIFY(next->isSlow); // as it was before: from the start
    }

    void aDestinationThatIsQuickAgainIsCountedSo()
    {
        Lanes lanes({});
        lanes.setDestinations({destinationOf(1)});
        fillAll(lanes, 20, now);
        QVERIFY(!lanes.take(now)->isSlow);
        lanes.lasts(DestinationId(1));
        lanes.requestEnded(DestinationId(1), ended(Struggle::Sign::Well, true), now);
        QVERIFY(lanes.take(now)->isSlow);
        Lanes::End quick = ended(Struggle::Sign::Well, true);
        quick.lasted = false;
        lanes.requestEnded(DestinationId(1), quick, now);
        QVERIFY(!lanes.take(now)->isSlow);
    }

    // However many are slow, there is a bound: of memory, too.
    void theSlowOnesHaveABound()
    {
        Lanes lanes({});
        QList<Destination> destinations;
        for (int id = 1; id <= 40; ++id) {
            destinations.append(destinationOf(id));
        }
        lanes.setDestinations(destinations);
        fillAll(lanes, 20, now);
        for (int round = 0; round < 40; ++round) {
            while (const auto turn = lanes.take(now)) {
                if (!turn->isSlow) {
                    lanes.lasts(turn->destination->id);
                }
            }
        }
        QCOMPARE(lanes.outstanding(), Lanes::Limits().slow); // and none of them keeps a brisk one waiting
        lanes.setDestinations(destinations << destinationOf(41));
        fillAll(lanes, 20, now);
        QCOMPARE(takeAll(lanes, now), 6);
    }

    void aRateIsKept()
    {
        Lanes lanes({});
        Destination limited = destinationOf(1);
        limited.ratePerSecond = 10;
        lanes.setDestinations({limited, destinationOf(2)});
        fillAll(lanes, 20, now);
        QCOMPARE(takeAll(lanes, now), 7); // one of the limited, six of the other
        const auto next = lanes.nextTurnAt(now);
        QVERIFY(next && *next > now + second / 20 && *next <= now + second / 10);
        QVERIFY(!lanes.take(*next - 1));
        QCOMPARE(lanes.take(*next)->destination->id, DestinationId(1));
        limited.ratePerSecond = 0;
        lanes.setDestinations({limited, destinationOf(2)});
        QCOMPARE(takeAll(lanes, now), 4);
        QVERIFY(!lanes.nextTurnAt(now));
    }

    void fewerAtOnceThenOneThenAWait()
    {
        Lanes lanes({});
        lanes.setDestinations({destinationOf(1)});
        fillAll(lanes, 100, now);
        QCOMPARE(takeAll(lanes, now), 6);
        for (int i = 0; i < 6; ++i) {
            lanes.requestEnded(DestinationId(1), ended(Struggle::Sign::Away), now);
        }
        QCOMPARE(lanes.standingOf(DestinationId(1), now)->reason, QStringLiteral("503 Service Unavailable"));
        QCOMPARE(takeAll(lanes, now), 3);
        for (int i = 0; i < 3; ++i) {
            lanes.requestEnded(DestinationId(1), ended(Struggle::Sign::Away), now);
        }
        QCOMPARE(takeAll(lanes, now), 0);
        QCOMPARE(lanes.nextTurnAt(now), now + second);
        // What waits, waits in the store, where it can be resent, held and cancelled.
        QVERIFY(lanes.beginFills(now, 1000).constFirst().isOnlyByHand);
        const QList<Lanes::Fill> fills = lanes.beginFills(now + second, 1000);
        QCOMPARE(fills.size(), 1);
        QVERIFY(!fills.constFirst().isOnlyByHand);
        QCOMPARE(fills.constFirst().taken.size(), 9); // those whose results are not committed
        lanes.fill(DestinationId(1), due(1, 5000, 50), false, std::nullopt, now + second);
        QCOMPARE(takeAll(lanes, now + second), 1);
        lanes.requestEnded(DestinationId(1), ended(Struggle::Sign::Away), now + second);
        QCOMPARE(lanes.nextTurnAt(now + second), now + 3 * second); // twice as long
    }

    void allOfItAgainOnceItAnswers()
    {
        Lanes lanes({});
        lanes.setDestinations({destinationOf(1)});
        fillAll(lanes, 100, now);
        failUntilHeld(lanes, 1, now);
        QVERIFY(lanes.standingOf(DestinationId(1), now)->heldUntil);
        const qint64 later = now + second;
        fillAll(lanes, 100, later);
        int expected = 1;
        for (const int atOnce : {1, 2, 4, 6}) {
            QCOMPARE(takeAll(lanes, later), atOnce - expected + 1);
            lanes.requestEnded(DestinationId(1), ended(Struggle::Sign::Well), later);
            expected = atOnce;
        }
        QVERIFY(lanes.standingOf(DestinationId(1), later)); // a few answers are not taken for all
        for (int i = 0; i < 20; ++i) {
            lanes.take(later);
            lanes.requestEnded(DestinationId(1), ended(Struggle::Sign::Well), later);
        }
        QVERIFY(!lanes.standingOf(DestinationId(1), later));
    }

    // Few deliveries go by their own schedules: a wait would make them late and spare nothing.
    void noWaitWhereNothingElseIsDue()
    {
        Lanes lanes({});
        lanes.setDestinations({destinationOf(1)});
        for (int i = 0; i < 20; ++i) {
            lanes.markChanged();
            fillAll(lanes, 1, now);
            QVERIFY(lanes.take(now));
            lanes.requestEnded(DestinationId(1), ended(Struggle::Sign::Away), now);
            lanes.forget(DestinationId(1), DeliveryId(1000));
        }
        QVERIFY(lanes.standingOf(DestinationId(1), now));
        QVERIFY(!lanes.nextTurnAt(now));
    }

    void oneResentByHandGoesInSpiteOfAWait()
    {
        Lanes lanes({});
        lanes.setDestinations({destinationOf(1)});
        fillAll(lanes, 100, now);
        failUntilHeld(lanes, 1, now);
        lanes.markChanged();
        const QList<Lanes::Fill> fills = lanes.beginFills(now, 1000);
        QVERIFY(fills.constFirst().isOnlyByHand);
        QList<DueDelivery> resent = due(1, 7000, 2);
        for (DueDelivery &one : resent) {
            one.delivery.round = 1;
        }
        lanes.fillByHand(DestinationId(1), resent);
        const auto turn = lanes.take(now);
        QVERIFY(turn && turn->isProbe);
        QCOMPARE(turn->due.delivery.id, DeliveryId(7000));
        QVERIFY(!lanes.take(now)); // many of them go one after the other
        Lanes::End end = ended(Struggle::Sign::Well);
        end.news.wasProbe = true;
        lanes.requestEnded(DestinationId(1), end, now);
        QCOMPARE(lanes.take(now)->due.delivery.id, DeliveryId(7001)); // the wait is over
    }

    void anEditedOneGetsANewChance()
    {
        Lanes lanes({});
        lanes.setDestinations({destinationOf(1)});
        fillAll(lanes, 100, now);
        failUntilHeld(lanes, 1, now);
        Destination edited = destinationOf(1);
        edited.name = QStringLiteral("renamed");
        lanes.setDestinations({edited});
        QVERIFY(lanes.standingOf(DestinationId(1), now)); // not by its name alone
        edited.url = QStringLiteral("https://example.com/other");
        lanes.setDestinations({edited});
        QVERIFY(!lanes.standingOf(DestinationId(1), now));
        fillAll(lanes, 100, now);
        QCOMPARE(takeAll(lanes, now), 6);
    }

    void aNewSecretIsANewChance()
    {
        Lanes lanes({});
        Destination secret = destinationOf(1);
        secret.secrets.id = SecretsId{7};
        lanes.setDestinations({secret});
        lanes.setSecrets(DestinationId(1), SecretsId{7}, std::make_shared<const DestinationSecrets>());
        fillAll(lanes, 100, now);
        failUntilHeld(lanes, 1, now);
        lanes.setDestinations({secret});
        QVERIFY(lanes.standingOf(DestinationId(1), now));
        secret.secrets.id = SecretsId{8};
        lanes.setDestinations({secret});
        QVERIFY(!lanes.standingOf(DestinationId(1), now));
    }

    void aReadThatComesAfterTheWaitBeganIsLeft()
    {
        Lanes lanes({});
        lanes.setDestinations({destinationOf(1)});
        fillAll(lanes, 9 + 20, now);
        failUntilHeld(lanes, 1, now);
        lanes.fill(DestinationId(1), due(1, 9000, 10), false, std::nullopt, now);
        QVERIFY(!lanes.take(now));
        QCOMPARE(lanes.beginFills(now + second, 1000).size(), 1); // read once more
    }
};

QTEST_GUILESS_MAIN(TestLanes)
#include "tst_lanes.moc"
