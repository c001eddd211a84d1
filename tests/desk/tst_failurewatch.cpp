// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#include "desk/failurewatch.h"
#include "sendingdesk.h"

#include <QSignalSpy>

using namespace courier;
using namespace courier::test;

namespace {

Destination refusedOnce(SendingDesk &sending, const ScriptedReceiver &receiver)
{
    Destination destination;
    destination.name = QStringLiteral("Ops bridge");
    destination.url = receiver.url();
    destination.maxRetries = 0;
    const Destination added = sending.desk().addDestination(destination).result().value();
    SendingDesk::settle([&] { return sending.desk().destination(added.id).has_value(); });
    return added;
}

FailedDelivery failureOf(const QSignalSpy &told, int nth)
{
    return told.at(nth).constFirst().value<FailedDelivery>();
}

} // namespace

/// What a process that doesn't send hears of what failed for good.
class TestFailureWatch : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void tellsWhatAnotherProcessFailedToDeliver()
    {
        SendingDesk sending;
        ScriptedReceiver receiver(Answer::withStatus(401, "Unauthorized"));
        const Destination destination = refusedOnce(sending, receiver);
        const auto other = sending.openAnother();
        FailureWatch watch(other->store(), sending.clock);
        QSignalSpy told(&watch, &FailureWatch::failedForGood);
        const AlertId alert = sending.accept();
        QTRY_COMPARE(told.size(), 1);
        const FailedDelivery failed = failureOf(told, 0);
        QCOMPARE(failed.alert, alert);
        QCOMPARE(failed.id, sending.deliveryOf(alert).id);
        QCOMPARE(failed.destination, destination.id);
        QCOMPARE(failed.headline, QStringLiteral("Disk full on host 0"));
        QCOMPARE(failed.reason, QStringLiteral("401 Unauthorized"));
    }

    void tellsEachOnce()
    {
        SendingDesk sending;
        ScriptedReceiver receiver(Answer::withStatus(401, "Unauthorized"));
        refusedOnce(sending, receiver);
        const AlertId before = sending.accept();
        QTRY_COMPARE(sending.stateOf(before), DeliveryState::Failed);
        sending.advance(std::chrono::seconds(1));
        const auto other = sending.openAnother();
        FailureWatch watch(other->store(), sending.clock);
        QSignalSpy told(&watch, &FailureWatch::failedForGood);
        const AlertId first = sending.accept();
        QTRY_COMPARE(told.size(), 1);
        QCOMPARE(failureOf(told, 0).alert, first);
        // One more destination, and both alerts change without a failure of the first delivery.
        receiver.setAnswer(Answer::ok());
        Destination good;
        good.name = QStringLiteral("Pager");
        good.url = receiver.url();
        const DestinationId pager = sending.desk().addDestination(good).result().value().id;
        for (const AlertId id : {before, first}) {
            QVERIFY(sending.desk().sendAnyway(id, pager).result().has_value());
        }
        QTRY_COMPARE(receiver.requestCount(), 4);
        receiver.setAnswer(Answer::withStatus(401, "Unauthorized"));
        const AlertId second = sending.accept();
        QTRY_VERIFY(told.size() > 1);
        QCOMPARE(failureOf(told, 1).alert, second);
        // Resent, it fails anew.
        sending.advance(std::chrono::seconds(1));
        const qsizetype count = told.size();
        QCOMPARE(sending.desk().resend({sending.deliveryOf(first).id}).result().value(), 1);
        QTRY_COMPARE(told.size(), count + 1);
        QCOMPARE(failureOf(told, static_cast<int>(count)).alert, first);
    }

    void isSilentOnceItSendsItself()
    {
        SendingDesk sending;
        ScriptedReceiver receiver(Answer::withStatus(401, "Unauthorized"));
        refusedOnce(sending, receiver);
        const auto other = sending.openAnother();
        FailureWatch stopped(other->store(), sending.clock);
        FailureWatch goesOn(other->store(), sending.clock);
        QSignalSpy silent(&stopped, &FailureWatch::failedForGood);
        QSignalSpy told(&goesOn, &FailureWatch::failedForGood);
        stopped.stop();
        sending.accept();
        QTRY_COMPARE(told.size(), 1);
        QVERIFY(silent.isEmpty());
    }
};

QTEST_GUILESS_MAIN(TestFailureWatch)
#include "tst_failurewatch.moc"
