// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "desk/desk.h"
#include "support/fakeclock.h"
#include "support/scriptedreceiver.h"

#include <QTemporaryDir>
#include <QTest>

#include <memory>

namespace courier::test {

/// A desk that sends, with a real store and real senders; only the clock is the test's.
class SendingDesk
{
public:
    SendingDesk() { reopen(); }

    /// As after a restart of the program.
    void reopen()
    {
        m_desk.reset();
        m_desk = openAnother();
        m_desk->startSending();
        settle([this] { return m_desk->isSending(); });
    }
    /// Another process' view of the same store, which doesn't send.
    std::unique_ptr<Desk> openAnother()
    {
        auto desk = Desk::open(directory.path(), clock);
        if (!desk) {
            qFatal("%s", qPrintable(desk.error().message));
        }
        return std::move(*desk);
    }

    Desk &desk() { return *m_desk; }

    void advance(std::chrono::milliseconds by)
    {
        clock.advance(by);
        m_desk->lookAtClock();
    }

    Destination add(const QString &url, RetrySchedule schedule = RetrySchedule::Standard)
    {
        Destination destination;
        destination.name = QStringLiteral("Ops bridge");
        destination.url = url;
        destination.schedule = schedule;
        const auto added = m_desk->addDestination(destination).result();
        if (!added) {
            qFatal("%s", qPrintable(added.error().message));
        }
        settle([&] { return m_desk->destination(added->id).has_value(); });
        return *added;
    }

    /// Every destination, so that the next alert goes to others.
    void removeAll()
    {
        for (const Destination &one : m_desk->destinations()) {
            m_desk->deleteDestination(one.id).waitForFinished();
        }
        settle([this] { return m_desk->destinations().isEmpty(); });
    }

    QList<AlertId> accept(int count)
    {
        QList<Alert> alerts;
        for (int i = 0; i < count; ++i) {
            Alert alert;
            alert.ruleId = QStringLiteral("R.1");
            alert.createdAt = QStringLiteral("2024-05-01T12:00:00Z");
            alert.severity = Severity::High;
            alert.title = QStringLiteral("Disk full on host %1").arg(i);
            alerts.append(alert);
        }
        QList<AlertId> ids;
        const auto accepted = m_desk->accept(alerts).result();
        for (const Accepted &one : accepted.value()) {
            ids.append(one.id);
        }
        return ids;
    }
    AlertId accept() { return accept(1).constFirst(); }

    Delivery deliveryOf(AlertId id)
    {
        return m_desk->store().read([id](Queries &queries) { return queries.deliveriesOf(id); }).result().value(0);
    }
    DeliveryState stateOf(AlertId id) { return deliveryOf(id).state; }
    QList<Attempt> attemptsOf(AlertId id)
    {
        return m_desk->store().read([id](Queries &queries) { return queries.attemptsOf(id); }).result();
    }
    QByteArray webhookIdOf(AlertId id) { return publicId(deliveryOf(id).id, m_desk->store().key()).toLatin1(); }

    template<typename Condition>
    static void settle(Condition condition)
    {
        if (!QTest::qWaitFor(condition, 20'000)) {
            qFatal("The desk didn't get there in time.");
        }
    }

    QTemporaryDir directory;
    FakeClock clock;

private:
    std::unique_ptr<Desk> m_desk;
};

} // namespace courier::test
