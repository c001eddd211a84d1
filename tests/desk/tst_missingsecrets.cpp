// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#include "sendingdesk.h"
#include "support/answer.h"
#include "support/keyringdesktop.h"

using namespace courier;
using namespace courier::test;

/// Secrets that somebody removed from the key ring: they are missing, and not locked.
class TstMissingSecrets : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    // A delivery fails at once and says why; once they are entered again it can be resent.
    void aDeliveryFailsAtOnce()
    {
        SendingDesk sending;
        const ScriptedReceiver receiver(Answer::ok("success"));
        Destination destination;
        destination.name = QStringLiteral("Ops bridge");
        destination.url = receiver.url();
        destination.security.authentication.scheme = AuthScheme::Bearer;
        const SecretChanges first{{{SecretKind::Token, "t0ken"}}, {}};
        destination = answer(sending.desk().addDestination(destination, first)).value();
        QVERIFY(answer(sending.desk().secrets().remove(destination.secrets.id)));
        sending.reopen();
        const AlertId alert = sending.accept();
        QTRY_COMPARE(sending.stateOf(alert), DeliveryState::Failed);
        QCOMPARE(sending.deliveryOf(alert).attempts, 1);
        QCOMPARE(receiver.requestCount(), 0);
        const auto waitReason = [&] { return sending.desk().waitReason(destination.id); };
        QVERIFY2(waitReason().endsWith(QStringLiteral("Enter them again.")), qPrintable(waitReason()));

        const SecretChanges again{{{SecretKind::Token, "n3w"}}, {}};
        QVERIFY(answer(sending.desk().updateDestination(destination, again)));
        QTRY_COMPARE(waitReason(), QString());
        QVERIFY(sending.desk().resend({sending.deliveryOf(alert).id}).result().has_value());
        QTRY_COMPARE(sending.stateOf(alert), DeliveryState::Delivered);
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
