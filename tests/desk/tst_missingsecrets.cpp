// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#include "desk/desk.h"
#include "support/fakeclock.h"
#include "support/keyringdesktop.h"
#include "support/scriptedreceiver.h"

#include <QTemporaryDir>
#include <QTest>

using namespace courier;
using namespace courier::test;

namespace {

Alert anAlert()
{
    Alert alert;
    alert.ruleId = QStringLiteral("R.1");
    alert.createdAt = QStringLiteral("2024-05-01T12:00:00Z");
    alert.severity = Severity::High;
    alert.title = QStringLiteral("Disk full");
    return alert;
}

template<typename T>
T answerOf(QFuture<T> future)
{
    (void)QTest::qWaitFor([&] { return future.isFinished(); }, 10'000);
    return future.result();
}

} // namespace

/// Secrets that somebody removed from the key ring: they are missing, and not locked.
class TstMissingSecrets : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    // A delivery fails at once and says why; once they are entered again it can be resent.
    void aDeliveryFailsAtOnce()
    {
        const QTemporaryDir directory;
        const ScriptedReceiver receiver(Answer::ok("success"));
        const FakeClock clock;
        auto desk = std::move(*Desk::open(directory.path(), clock));
        Destination destination;
        destination.name = QStringLiteral("Ops bridge");
        destination.url = receiver.url();
        destination.security.authentication.scheme = AuthScheme::Bearer;
        const SecretChanges first{{{SecretKind::Token, "t0ken"}}, {}};
        destination = answerOf(desk->addDestination(destination, first)).value();
        QVERIFY(answerOf(desk->secrets().remove(destination.secrets.id)));
        desk.reset();

        desk = std::move(*Desk::open(directory.path(), clock));
        desk->startSending();
        const AlertId alert = desk->accept({anAlert()}).result()->first().id;
        const auto delivery = [&] {
            return desk->store()
                .read([alert](Queries &queries) { return queries.deliveriesOf(alert); })
                .result()
                .first();
        };
        QTRY_COMPARE(delivery().state, DeliveryState::Failed);
        QCOMPARE(delivery().attempts, 1);
        QCOMPARE(receiver.requestCount(), 0);
        QVERIFY2(desk->waitReason(destination.id).endsWith(QStringLiteral("Enter them again.")),
                 qPrintable(desk->waitReason(destination.id)));

        const SecretChanges again{{{SecretKind::Token, "n3w"}}, {}};
        QVERIFY(answerOf(desk->updateDestination(destination, again)));
        QTRY_COMPARE(desk->waitReason(destination.id), QString());
        QVERIFY(desk->resend(QList<DeliveryId>{delivery().id}).result().has_value());
        QTRY_COMPARE(delivery().state, DeliveryState::Delivered);
    }
};

int main(int argc, char **argv)
{
    KeyRingDesktop desktop;
    const QCoreApplication application(argc, argv);
    if (!desktop.hasBus() || !desktop.startKeyRing()) {
        qCritical("There is no key ring to test with.");
        return 1;
    }
    TstMissingSecrets test;
    return QTest::qExec(&test, argc, argv);
}

#include "tst_missingsecrets.moc"
