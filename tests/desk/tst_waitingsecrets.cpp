// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#include "desk/desk.h"
#include "support/answer.h"
#include "support/fakeclock.h"
#include "support/nokeyring.h"
#include "support/scriptedreceiver.h"

#include <QElapsedTimer>
#include <QFile>
#include <QJsonDocument>
#include <QJsonObject>
#include <QSignalSpy>
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

} // namespace

/// A sender whose secrets can't be read: row X2 of the faults, from the operator's side.
class TstWaitingSecrets : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_directory = std::make_unique<QTemporaryDir>();
        m_receiver = std::make_unique<ScriptedReceiver>(Answer::ok("success"));
        open();
        QVERIFY(answer(m_desk->secrets().allowPrivateFile()));
    }
    void cleanup()
    {
        m_desk.reset();
        m_receiver.reset();
    }

    void deliveriesWaitAndThenGo()
    {
        const Destination secret = add(QStringLiteral("Secret"), true);
        const Destination plain = add(QStringLiteral("Plain"), false);
        m_desk.reset();
        hideFile();
        QElapsedTimer opening;
        opening.start();
        open();
        QSignalSpy waiting(m_desk.get(), &Desk::waitingChanged);
        m_desk->startSending();
        QVERIFY2(opening.elapsed() < 5'000, "the start waits for no key ring");
        const AlertId alert = m_desk->accept({anAlert()}).result()->first().id;
        QTRY_VERIFY(!m_desk->waitReason(secret.id).isEmpty());
        QVERIFY(!waiting.isEmpty());
        QVERIFY(m_desk->waitReason(secret.id).startsWith(QStringLiteral("Waiting for the key ring")));
        QCOMPARE(m_desk->waitReason(plain.id), QString());
        QTRY_COMPARE(m_receiver->requestCount(), 1); // the other destination's
        QTest::qWait(300);
        QCOMPARE(m_receiver->requestCount(), 1);
        const Delivery held = deliveryTo(alert, secret.id);
        QCOMPARE(held.state, DeliveryState::Queued);
        QCOMPARE(held.attempts, 0); // none was spent

        const auto test = sendTest(secret); // a test says why, at once
        QCOMPARE(test.outcome, Outcome::NotSent);
        QVERIFY2(test.reason.startsWith(QStringLiteral("Not sent: its secrets can't be read. ")),
                 qPrintable(test.reason));

        bringFileBack();
        QTRY_COMPARE_WITH_TIMEOUT(m_receiver->requestCount(), 2, 15'000);
        QCOMPARE(m_desk->waitReason(secret.id), QString());
        QTRY_COMPARE(deliveryTo(alert, secret.id).state, DeliveryState::Delivered);
        QCOMPARE(deliveryTo(alert, secret.id).attempts, 1);
    }

    // It isn't waited for: each delivery says what is missing, and can be resent once it is there.
    void whatIsMissingForGoodFailsAtOnce()
    {
        const Destination secret = add(QStringLiteral("Secret"), true);
        m_desk.reset();
        emptyFile();
        open();
        m_desk->startSending();
        const AlertId alert = m_desk->accept({anAlert()}).result()->first().id;
        QTRY_COMPARE(deliveryTo(alert, secret.id).state, DeliveryState::Failed);
        QCOMPARE(deliveryTo(alert, secret.id).attempts, 1);
        QCOMPARE(m_receiver->requestCount(), 0);

        const SecretChanges changes{{{SecretKind::Token, "n3w"}}, {}};
        QVERIFY(answer(m_desk->updateDestination(secret, changes)));
        QVERIFY(m_desk->resend(QList<DeliveryId>{deliveryTo(alert, secret.id).id}).result().has_value());
        QTRY_COMPARE(deliveryTo(alert, secret.id).state, DeliveryState::Delivered);
    }

    void anotherProcessChangesThem()
    {
        Destination secret = add(QStringLiteral("Secret"), true);
        m_desk->startSending();
        m_desk->accept({anAlert()}).result();
        QTRY_COMPARE(m_receiver->requestCount(), 1);
        { // another process: its own store and vault
            auto other = std::move(*Desk::open(m_directory->path(), m_clock));
            const SecretChanges changes{{{SecretKind::Token, "n3w"}}, {}};
            secret = answer(other->updateDestination(secret, changes)).value();
        }
        QTRY_COMPARE(m_desk->destination(secret.id)->secrets.id, secret.secrets.id);
        m_desk->accept({anAlert()}).result();
        QTRY_COMPARE(m_receiver->requestCount(), 2);
        QCOMPARE(m_desk->waitReason(secret.id), QString());
    }

    void aCopyGetsThemAndDeletingLetsThemGo()
    {
        const Destination secret = add(QStringLiteral("Secret"), true);
        const Destination copy = answer(m_desk->duplicateDestination(secret.id)).value();
        QCOMPARE(copy.secrets.kinds, secret.secrets.kinds);
        QTRY_VERIFY(m_desk->destination(copy.id).has_value());
        QVERIFY(answer(m_desk->deleteDestination(secret.id)));
        QTRY_VERIFY(!answer(m_desk->secrets().read(secret.secrets.id)));
        QCOMPARE(answer(m_desk->secrets().read(copy.secrets.id)).value().value(SecretKind::Token), QByteArray("t0ken"));
    }

private:
    void open() { m_desk = std::move(*Desk::open(m_directory->path(), m_clock)); }
    Destination add(const QString &name, bool isSecret)
    {
        Destination destination;
        destination.name = name;
        destination.url = m_receiver->url();
        SecretChanges changes;
        if (isSecret) {
            destination.security.authentication.scheme = AuthScheme::Bearer;
            changes.values.insert(SecretKind::Token, "t0ken");
        }
        const Destination added = answer(m_desk->addDestination(destination, changes)).value();
        (void)QTest::qWaitFor([&] { return m_desk->destination(added.id).has_value(); });
        return added;
    }
    Delivery deliveryTo(AlertId alert, DestinationId destination)
    {
        const auto all =
            m_desk->store().read([alert](Queries &queries) { return queries.deliveriesOf(alert); }).result();
        const auto found =
            std::find_if(all.begin(), all.end(), [&](const Delivery &one) { return one.destinationId == destination; });
        return found == all.end() ? Delivery() : *found;
    }
    Attempt sendTest(const Destination &destination)
    {
        QSignalSpy finished(m_desk.get(), &Desk::testFinished);
        m_desk->sendTest(destination);
        return finished.wait(10'000) ? finished.first().at(1).value<Attempt>() : Attempt();
    }
    QString file() const { return m_directory->filePath(QStringLiteral("secrets.json")); }
    /// Its entries stay, without what was in them.
    void emptyFile() const
    {
        QFile kept(file());
        QVERIFY(kept.open(QIODevice::ReadWrite));
        QJsonObject all = QJsonDocument::fromJson(kept.readAll()).object();
        QJsonObject entries = all.value(QLatin1String("secrets")).toObject();
        QVERIFY(!entries.isEmpty());
        for (QJsonValueRef entry : entries) {
            entry = QJsonObject();
        }
        all.insert(QLatin1String("secrets"), entries);
        QVERIFY(kept.resize(0) && kept.seek(0));
        kept.write(QJsonDocument(all).toJson());
    }
    void hideFile() const { QVERIFY(QFile::rename(file(), file() + QStringLiteral(".away"))); }
    void bringFileBack() const { QVERIFY(QFile::rename(file() + QStringLiteral(".away"), file())); }

    std::unique_ptr<QTemporaryDir> m_directory;
    FakeClock m_clock;
    std::unique_ptr<ScriptedReceiver> m_receiver;
    std::unique_ptr<Desk> m_desk;
};

int main(int argc, char **argv)
{
    haveNoKeyRing();
    const QCoreApplication application(argc, argv);
    TstWaitingSecrets test;
    return QTest::qExec(&test, argc, argv);
}

#include "tst_waitingsecrets.moc"
