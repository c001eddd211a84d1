// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#include "models/deliveryhours.h"
#include "models/modelsupport.h"

#include <QSignalSpy>
#include <QTest>

using namespace courier;
using namespace courier::test;
using namespace std::chrono_literals;

namespace {

constexpr qint64 minute = 60'000;
constexpr qint64 hour = 60 * minute;

} // namespace

/// The last day of a destination, over a real store. It is noon (UTC) when it begins.
class DeliveryHoursTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();
    void partsTheDayAtFullHours();
    void countsByTheHourThatTheAlertCameIn();
    void tellsHowLongAnswersTook();
    void followsWhatChanges();
    void isOfOneDestination();
    void readsOnlyWhileSomebodyLooks();

private:
    /// An alert that comes in now, and what its only attempt came to; \a status 0: no answer.
    void settle(DeliveryState state, int status, qint64 tookUs, int which = 0);
    void read();
    const DeliveryHour &hourFrom(qint64 begin) const;

    std::unique_ptr<StorePlace> m_place;
    std::unique_ptr<DeliveryHours> m_hours;
    QList<Destination> m_destinations;
};

void DeliveryHoursTest::init()
{
    m_place = std::make_unique<StorePlace>();
    m_destinations = {m_place->addDestination(QStringLiteral("Ops bridge"))};
    m_hours = std::make_unique<DeliveryHours>(m_place->store(), m_place->clock);
}

void DeliveryHoursTest::cleanup()
{
    m_hours.reset();
    m_place.reset();
}

void DeliveryHoursTest::settle(DeliveryState state, int status, qint64 tookUs, int which)
{
    const AlertId id = m_place->accept(StorePlace::alert(QStringLiteral("Disk full")));
    const Delivery delivery = m_place->deliveries(id).at(which);
    AttemptRecord record;
    record.alertId = id;
    record.attempt.deliveryId = delivery.id;
    record.attempt.destinationId = delivery.destinationId;
    record.attempt.number = 1;
    record.attempt.startedAt = m_place->clock.nowUtc();
    record.attempt.durationUs = tookUs;
    record.attempt.status = status;
    record.state = state;
    m_place->record(record);
}

void DeliveryHoursTest::read()
{
    m_hours->setActive(true);
    m_hours->setDestination(m_destinations.constFirst().id);
    QTRY_VERIFY(!m_hours->hours().isEmpty());
}

const DeliveryHour &DeliveryHoursTest::hourFrom(qint64 begin) const
{
    static const DeliveryHour none;
    const QList<DeliveryHour> &hours = m_hours->hours();
    const auto found =
        std::find_if(hours.begin(), hours.end(), [begin](const auto &one) { return one.begin == begin; });
    return found == hours.end() ? none : *found;
}

void DeliveryHoursTest::partsTheDayAtFullHours()
{
    m_place->clock.advance(90min);
    read();
    const QList<DeliveryHour> &hours = m_hours->hours();
    const qint64 now = FakeClock::start + 90 * minute;
    QCOMPARE(hours.size(), 25);
    QCOMPARE(hours.constFirst().begin, now - 24 * hour);
    QCOMPARE(hours.at(1).begin, FakeClock::start - 22 * hour);
    QCOMPARE(hours.constLast().begin, FakeClock::start + hour);
    QCOMPARE(m_hours->day().begin, now - 24 * hour);
    for (qsizetype i = 1; i < hours.size(); ++i) {
        QCOMPARE(hours.at(i).begin, hours.at(i - 1).end);
    }
    QCOMPARE(m_hours->day().settled(), 0);
    QCOMPARE(m_hours->day().answers, 0);
}

void DeliveryHoursTest::countsByTheHourThatTheAlertCameIn()
{
    settle(DeliveryState::Delivered, 200, 84'000); // at noon sharp
    m_place->clock.advance(59min);
    settle(DeliveryState::Failed, 401, 61'000);
    m_place->clock.advance(1min);
    settle(DeliveryState::Delivered, 204, 90'000);
    m_place->accept(StorePlace::alert(QStringLiteral("Waits")));
    read();
    QCOMPARE(hourFrom(FakeClock::start).delivered, 1);
    QCOMPARE(hourFrom(FakeClock::start).failed, 1);
    QCOMPARE(hourFrom(FakeClock::start + hour).delivered, 1); // just now
    QCOMPARE(hourFrom(FakeClock::start + hour).failed, 0);
    QCOMPARE(m_hours->day().settled(), 3);
    QCOMPARE(m_hours->day().failed, 1);
}

void DeliveryHoursTest::tellsHowLongAnswersTook()
{
    for (qint64 ms = 20; ms >= 1; --ms) {
        settle(DeliveryState::Delivered, 200, ms * 1000);
    }
    settle(DeliveryState::Failed, 0, 30'000'000); // no answer: not slow, but none
    m_place->clock.advance(1h);
    settle(DeliveryState::Failed, 503, 12'345);
    read();
    QCOMPARE(hourFrom(FakeClock::start).answers, 20);
    QCOMPARE(hourFrom(FakeClock::start).halfUs, 10'000);
    QCOMPARE(hourFrom(FakeClock::start).mostUs, 19'000);
    QCOMPARE(hourFrom(FakeClock::start + hour).answers, 1);
    QCOMPARE(hourFrom(FakeClock::start + hour).halfUs, 12'300);
    QCOMPARE(hourFrom(FakeClock::start + hour).mostUs, 12'300);
    QCOMPARE(hourFrom(FakeClock::start - hour).halfUs, 0);
    QCOMPARE(m_hours->day().answers, 21);
    QCOMPARE(m_hours->day().halfUs, 11'000);
    QCOMPARE(m_hours->day().mostUs, 19'000);
}

void DeliveryHoursTest::followsWhatChanges()
{
    settle(DeliveryState::Delivered, 200, 84'000);
    read();
    QCOMPARE(m_hours->day().delivered, 1);
    settle(DeliveryState::Failed, 500, 20'000);
    QTRY_COMPARE(m_hours->day().failed, 1);
    m_place->clock.advance(24h);
    settle(DeliveryState::Delivered, 200, 84'000);
    QTRY_COMPARE(m_hours->day().delivered, 2); // a day ago to the millisecond still counts
    m_place->clock.advance(1ms);
    settle(DeliveryState::Delivered, 200, 84'000);
    QTRY_COMPARE(m_hours->day().failed, 0);
    QCOMPARE(m_hours->day().delivered, 2);
}

void DeliveryHoursTest::isOfOneDestination()
{
    m_destinations.append(m_place->addDestination(QStringLiteral("Legacy SIEM")));
    settle(DeliveryState::Delivered, 200, 84'000, 0);
    settle(DeliveryState::Failed, 401, 9'000, 1);
    settle(DeliveryState::Failed, 401, 9'000, 1);
    read();
    QCOMPARE(m_hours->day().delivered, 1);
    QCOMPARE(m_hours->day().failed, 0);
    QSignalSpy changed(m_hours.get(), &DeliveryHours::changed);
    m_hours->setDestination(m_destinations.constLast().id);
    QCOMPARE(changed.size(), 1);
    QVERIFY(m_hours->hours().isEmpty());
    QCOMPARE(m_hours->day().delivered, 0);
    QTRY_COMPARE(m_hours->day().failed, 2);
    QCOMPARE(m_hours->day().delivered, 0);
    QCOMPARE(m_hours->day().halfUs, 9'000);
}

void DeliveryHoursTest::readsOnlyWhileSomebodyLooks()
{
    settle(DeliveryState::Delivered, 200, 84'000);
    m_hours->setDestination(m_destinations.constFirst().id);
    QSignalSpy changed(m_hours.get(), &DeliveryHours::changed);
    QTest::qWait(300);
    QVERIFY(changed.isEmpty());
    read();
    m_hours->setActive(false);
    changed.clear();
    settle(DeliveryState::Delivered, 200, 84'000);
    QTest::qWait(1500); // longer than it waits for its next look
    QVERIFY(changed.isEmpty());
    m_hours->setActive(true);
    QTRY_COMPARE(m_hours->day().delivered, 2);
}

QTEST_GUILESS_MAIN(DeliveryHoursTest)
#include "tst_deliveryhours.moc"
