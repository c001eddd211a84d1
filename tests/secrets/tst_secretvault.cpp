// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#include "secrets/secretvault.h"
#include "support/keyringdesktop.h"

#include <QElapsedTimer>
#include <QSignalSpy>

using namespace courier;
using namespace courier::test;
using namespace std::chrono_literals;

namespace {

const DestinationSecrets sample{{{SecretKind::Token, "s3cret-token"}, {SecretKind::PrivateKey, "-----BEGIN\nabc\n"}},
                                {{"x-api-key", "k\"\\\xc3\xa4"}}};
constexpr StoreKey storeKey{0x1234};
const SecretVault::Limits quick{1500ms, 100ms};

template<typename T>
std::optional<Result<T>> answerOf(const QFuture<Result<T>> &future, int withinMs = 10'000)
{
    const bool isDone = QTest::qWaitFor([&] { return future.isFinished(); }, withinMs);
    if (!isDone || future.resultCount() == 0) {
        return std::nullopt;
    }
    if (const auto result = future.result(); !result) {
        qInfo("Refused: %s (%s)", qUtf8Printable(result.error().message), qUtf8Printable(result.error().detail));
    }
    return future.result();
}

std::unique_ptr<KeyRingDesktop> desktop;

} // namespace

/// Rows X2 of the faults: with the real key ring, without one, with a locked one, and with one that never answers.
class TstSecretVault : public QObject
{
    Q_OBJECT

private:
    std::unique_ptr<QTemporaryDir> m_directory;

    std::unique_ptr<SecretVault> open() const
    {
        return std::make_unique<SecretVault>(m_directory->path(), storeKey, quick);
    }

private Q_SLOTS:
    void init()
    {
        m_directory = std::make_unique<QTemporaryDir>();
        QVERIFY(desktop->hasBus());
        QVERIFY(desktop->startKeyRing());
    }
    void cleanup() { desktop->stopKeyRing(); }

    void comesBackFromTheKeyRing()
    {
        const auto vault = open();
        QCOMPARE(vault->state(), VaultState::NotNeeded);
        const auto id = answerOf(vault->write(sample));
        QVERIFY(id && *id);
        QCOMPARE(vault->state(), VaultState::Service);
        const QFuture<Result<DestinationSecrets>> tooLate = open()->read(**id); // that vault is gone
        QCOMPARE(answerOf(tooLate), std::nullopt);
        const auto other = open();
        const auto read = answerOf(other->read(**id));
        QVERIFY(read && *read);
        QCOMPARE(**read, sample);
        QVERIFY(QDir(m_directory->path()).isEmpty()); // nothing on the disk
        SecretVault stranger(m_directory->path(), StoreKey{0x99}, quick);
        QCOMPARE(answerOf(stranger.read(**id)).value().error().kind, Error::Kind::NotFound);
        QVERIFY(answerOf(other->remove(**id)).value());
        QCOMPARE(answerOf(other->read(**id)).value().error().kind, Error::Kind::NotFound);
        QVERIFY(answerOf(other->remove(**id)).value()); // what isn't there is removed
    }

    void noService()
    {
        desktop->stopKeyRing();
        const auto vault = open();
        QSignalSpy available(vault.get(), &SecretVault::becameAvailable);
        const auto written = answerOf(vault->write(sample));
        QCOMPARE(written.value().error().kind, Error::Kind::Busy);
        QCOMPARE(vault->state(), VaultState::NoService);
        QCOMPARE(answerOf(vault->read(SecretsId{7})).value().error().kind, Error::Kind::Busy);
        QVERIFY(QDir(m_directory->path()).entryList({QStringLiteral("secrets.json*")}).isEmpty()); // nobody agreed

        QVERIFY(answerOf(vault->allowPrivateFile()).value());
        const auto id = answerOf(vault->write(sample));
        QVERIFY(id && *id);
        QCOMPARE(vault->state(), VaultState::File);
        const auto other = open(); // another process, or the next start, knows of the choice
        QCOMPARE(other->state(), VaultState::File);
        QCOMPARE(answerOf(other->read(**id)).value().value(), sample);
        QVERIFY(answerOf(other->remove(**id)).value());
        QCOMPARE(answerOf(other->read(**id)).value().error().kind, Error::Kind::Busy);
    }

    void tellsWhenTheServiceComesUp()
    {
        const auto vault = open();
        const auto id = answerOf(vault->write(sample));
        QVERIFY(id && *id);
        desktop->stopKeyRing();
        QVERIFY(!answerOf(vault->read(**id)).value());
        QCOMPARE(vault->state(), VaultState::NoService);
        QSignalSpy available(vault.get(), &SecretVault::becameAvailable);
        QVERIFY(desktop->startKeyRing());
        QTRY_VERIFY(!available.isEmpty());
        QCOMPARE(answerOf(vault->read(**id)).value().value(), sample);
        QCOMPARE(vault->state(), VaultState::Service);
    }

    void lockedIsNotLost()
    {
        const auto vault = open();
        const auto id = answerOf(vault->write(sample));
        QVERIFY(id && *id);
        QVERIFY(desktop->lock());
        const auto read = answerOf(vault->read(**id));
        QCOMPARE(read.value().error().kind, Error::Kind::Busy); // and not NotFound, as the key ring says itself
        QCOMPARE(vault->state(), VaultState::Locked);
        QVERIFY(vault->stateSentence().contains(QStringLiteral("locked")));
        const auto written = answerOf(vault->write(sample));
        QCOMPARE(written.value().error().kind, Error::Kind::Busy);
        QVERIFY(QDir(m_directory->path()).entryList({QStringLiteral("secrets.json*")}).isEmpty());

        QSignalSpy available(vault.get(), &SecretVault::becameAvailable);
        QVERIFY(desktop->unlock());
        QTRY_VERIFY(!available.isEmpty());
        QCOMPARE(answerOf(vault->read(**id)).value().value(), sample);
    }

    void promptThatNobodyAnswers()
    {
        const auto vault = open();
        const auto id = answerOf(vault->write(sample));
        QVERIFY(id && *id);
        QVERIFY(desktop->lock());
        QVERIFY(desktop->ignorePrompts());
        QElapsedTimer took;
        took.start();
        const QFuture<Result<DestinationSecrets>> reading = vault->read(**id);
        QVERIFY(took.elapsed() < 100); // the call itself waits for nothing
        const auto read = answerOf(reading);
        QVERIFY(desktop->prompts() > 0);
        QCOMPARE(read.value().error().kind, Error::Kind::Busy);
        QVERIFY2(took.elapsed() >= 1400 && took.elapsed() < 4000, qPrintable(QString::number(took.elapsed())));
        QCOMPARE(vault->state(), VaultState::Locked);
        took.restart();
        QCOMPARE(answerOf(vault->write(sample)).value().error().kind, Error::Kind::Busy); // at once: it is known
        QVERIFY(took.elapsed() < 1000);
        desktop->heedNoPrompts();
    }
};

int main(int argc, char **argv)
{
    desktop = std::make_unique<KeyRingDesktop>();
    const QCoreApplication application(argc, argv);
    TstSecretVault test;
    const int failed = QTest::qExec(&test, argc, argv);
    desktop.reset();
    return failed;
}

#include "tst_secretvault.moc"
