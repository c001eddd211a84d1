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

void fillAll(Lanes &lanes, int count, qint64 now = 1000)
{
    const QList<Lanes::Fill> fills = lanes.beginFills(now);
    for (const Lanes::Fill &fill : fills) {
        const int id = static_cast<int>(number(fill.destination));
        lanes.fill(fill.destination, due(id, id * 1000, count), false, std::nullopt);
    }
}

} // namespace

class TestLanes : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void atMostSixToOneAndSixteenInAll()
    {
        Lanes lanes({});
        lanes.setDestinations({destinationOf(1), destinationOf(2), destinationOf(3), destinationOf(4)});
        fillAll(lanes, 20);
        QHash<DestinationId, int> taken;
        while (const auto turn = lanes.take()) {
            ++taken[turn->destination->id];
        }
        QCOMPARE(lanes.outstanding(), 16);
        for (const int count : std::as_const(taken)) {
            QVERIFY(count <= 6);
            QVERIFY(count >= 3); // in turn: nobody is left out
        }
        lanes.requestEnded(DestinationId(1));
        QVERIFY(lanes.take());
        QVERIFY(!lanes.take());
    }

    void oneLaneStopsAtSix()
    {
        Lanes lanes({});
        lanes.setDestinations({destinationOf(1)});
        fillAll(lanes, 20);
        int count = 0;
        while (lanes.take()) {
            ++count;
        }
        QCOMPARE(count, 6);
    }

    void inOrderWithinALane()
    {
        Lanes lanes({});
        lanes.setDestinations({destinationOf(1)});
        fillAll(lanes, 5);
        for (int i = 0; i < 5; ++i) {
            QCOMPARE(lanes.take()->due.delivery.id, DeliveryId(1000 + i));
        }
    }

    void whatIsTakenIsNotTakenAgainUntilForgotten()
    {
        Lanes lanes({});
        lanes.setDestinations({destinationOf(1)});
        fillAll(lanes, 1);
        QVERIFY(lanes.take());
        lanes.requestEnded(DestinationId(1));
        lanes.markChanged();
        QCOMPARE(lanes.beginFills(1000).first().taken, QSet<DeliveryId>{DeliveryId(1000)});
        lanes.fill(DestinationId(1), due(1, 1000, 1), false, std::nullopt); // an old snapshot brings it once more
        QVERIFY(!lanes.take());
        lanes.forget(DestinationId(1), DeliveryId(1000));
        lanes.markChanged();
        fillAll(lanes, 1);
        QVERIFY(lanes.take());
    }

    void aPausedLaneIsEmptied()
    {
        Lanes lanes({});
        lanes.setDestinations({destinationOf(1)});
        fillAll(lanes, 5);
        lanes.setDestinations({destinationOf(1, true)});
        QVERIFY(!lanes.take());
        QVERIFY(lanes.beginFills(1000).isEmpty());
        lanes.setDestinations({destinationOf(1)});
        fillAll(lanes, 5);
        QVERIFY(lanes.take());
    }

    void aRemovedLaneIsEmptied()
    {
        Lanes lanes({});
        lanes.setDestinations({destinationOf(1)});
        fillAll(lanes, 5);
        lanes.setDestinations({});
        QVERIFY(!lanes.take());
    }

    void isFilledWhenSomethingComesDue()
    {
        Lanes lanes({});
        lanes.setDestinations({destinationOf(1)});
        QCOMPARE(lanes.beginFills(1000).size(), 1);
        lanes.fill(DestinationId(1), {}, false, 5000);
        QCOMPARE(lanes.nextDueAt(), 5000);
        QVERIFY(lanes.beginFills(4999).isEmpty());
        QCOMPARE(lanes.beginFills(5000).size(), 1);
    }

    // A retry is committed while a lane is being read: the read doesn't know of it, and must not make it forgotten.
    void aRetryNotedDuringAReadIsKept()
    {
        Lanes lanes({});
        lanes.setDestinations({destinationOf(1)});
        QCOMPARE(lanes.beginFills(1000).size(), 1);
        lanes.noteDue(DestinationId(1), 3000);
        lanes.fill(DestinationId(1), {}, false, std::nullopt);
        QCOMPARE(lanes.nextDueAt(), 3000);
        lanes.noteDue(DestinationId(1), 9000);
        QCOMPARE(lanes.nextDueAt(), 3000);
    }

    // A change that is noted while much is ready must not be lost: it is read once little is left.
    void aChangeWaitsUntilTheLaneRunsLow()
    {
        Lanes::Limits limits;
        limits.lowWater = 2;
        Lanes lanes(limits);
        lanes.setDestinations({destinationOf(1)});
        fillAll(lanes, 4);
        lanes.markChanged();
        QVERIFY(lanes.beginFills(1000).isEmpty());
        QVERIFY(!lanes.take()->runsLow);
        QVERIFY(!lanes.take()->runsLow);
        QVERIFY(lanes.take()->runsLow);
        QCOMPARE(lanes.beginFills(1000).size(), 1);
    }

    void editedSettingsHoldForTheNextAttempt()
    {
        Lanes lanes({});
        lanes.setDestinations({destinationOf(1)});
        fillAll(lanes, 2);
        Destination edited = destinationOf(1);
        edited.url = QStringLiteral("http://127.0.0.1:1/new");
        lanes.setDestinations({edited});
        QCOMPARE(lanes.take()->destination->url, edited.url);
    }
};

QTEST_GUILESS_MAIN(TestLanes)
#include "tst_lanes.moc"
