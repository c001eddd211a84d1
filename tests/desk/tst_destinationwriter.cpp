// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#include "desk/destinationwriter.h"

#include "delivery/signature.h"
#include "support/answer.h"
#include "support/fakeclock.h"
#include "support/nokeyring.h"

#include <QFile>
#include <QJsonDocument>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace courier;
using namespace courier::test;

namespace {

Destination withLogin(const QString &name, AuthScheme scheme)
{
    Destination destination;
    destination.name = name;
    destination.url = QStringLiteral("https://example.test/hook");
    destination.security.authentication.scheme = scheme;
    destination.security.authentication.user = QStringLiteral("courier");
    destination.security.authentication.tokenUrl = QStringLiteral("https://example.test/token");
    destination.security.authentication.clientId = QStringLiteral("courier");
    return destination;
}

Destination signedBy(SigningScheme scheme)
{
    Destination destination = withLogin(QStringLiteral("Signed"), AuthScheme::None);
    destination.security.signing.scheme = scheme;
    return destination;
}

// Of 24 bytes, the least that Standard Webhooks allows.
QByteArray hmacSecret(char byte)
{
    return "whsec_" + QByteArray(24, byte).toBase64();
}

SecretChanges changing(SecretKind kind, const QByteArray &value)
{
    return {{{kind, value}}, {}};
}

} // namespace

/// Settings and secrets change together, or not at all: a real store, and a real vault that keeps to its private file.
class TstDestinationWriter : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_directory = std::make_unique<QTemporaryDir>();
        m_clock = std::make_unique<FakeClock>();
        m_store = std::move(*Store::open(m_directory->path(), *m_clock));
        m_vault = std::make_unique<SecretVault>(m_directory->path(), m_store->key());
        m_writer = std::make_unique<DestinationWriter>(*m_store, *m_vault, *m_clock);
        QVERIFY(answer(m_vault->allowPrivateFile()));
    }
    void cleanup()
    {
        m_writer.reset();
        m_vault.reset();
        m_store.reset();
    }

    void addsBoth()
    {
        const auto added = add(withLogin(QStringLiteral("Ops"), AuthScheme::Bearer), "t0ken");
        QVERIFY(added.secrets.exist());
        QCOMPARE(added.secrets.kinds, SecretKinds{SecretKind::Token});
        QCOMPARE(secretsOf(added).value(SecretKind::Token), QByteArray("t0ken"));
        QCOMPARE(kept(), 1);
    }

    void needsNoVaultWithoutSecrets()
    {
        QFile::remove(m_vault->privateFilePath()); // there is no key ring either
        Destination plain = withLogin(QStringLiteral("Plain"), AuthScheme::None);
        auto future = m_writer->add(plain, {});
        future.waitForFinished(); // no event is needed
        plain = future.result().value();
        QVERIFY(!plain.secrets.exist());
        plain.timeoutSeconds = 20;
        auto updating = m_writer->update(plain, plain, {});
        updating.waitForFinished();
        QCOMPARE(updating.result()->timeoutSeconds, 20);
        QVERIFY(answer(m_writer->remove(plain)));
    }

    void settingsAloneLeaveSecretsAlone()
    {
        const auto before = add(withLogin(QStringLiteral("Ops"), AuthScheme::Bearer), "t0ken");
        Destination after = before;
        after.name = QStringLiteral("Renamed");
        after.secrets = {}; // as from a form that knows nothing of them
        auto future = m_writer->update(before, after, {});
        future.waitForFinished();
        QCOMPARE(future.result()->secrets, before.secrets);
    }

    void anEditNamesNewOnesAndLetsTheOldGo()
    {
        const auto before = add(withLogin(QStringLiteral("Ops"), AuthScheme::Bearer), "t0ken");
        const auto after = update(before, before, changing(SecretKind::Token, "n3w"));
        QVERIFY(after.secrets.id != before.secrets.id);
        QCOMPARE(secretsOf(after).value(SecretKind::Token), QByteArray("n3w"));
        settle();
        QCOMPARE(kept(), 1);
    }

    void whatIsNoLongerCalledForGoes()
    {
        Destination destination = withLogin(QStringLiteral("Ops"), AuthScheme::Basic);
        destination.headers = {{"X-Plain", "1"}, {"X-Api-Key", {}, true}};
        auto before = *answer(m_writer->add(destination, {{{SecretKind::Password, "pw"}}, {{"x-api-key", "k3y"}}}));
        QCOMPARE(before.headers, destination.headers);
        QCOMPARE(secretsOf(before).headers.value("x-api-key"), QByteArray("k3y"));
        Destination after = before;
        after.security.authentication = {};
        after = update(before, after, {});
        QCOMPARE(after.secrets.kinds, SecretKinds{});
        QCOMPARE(secretsOf(after), (DestinationSecrets{{}, {{"x-api-key", "k3y"}}}));
        before = after;
        after.headers.removeLast();
        after = update(before, after, {});
        QVERIFY(!after.secrets.exist());
        settle();
        QCOMPARE(kept(), 0);
    }

    void whatIsMissingIsSaid_data()
    {
        QTest::addColumn<Destination>("destination");
        QTest::addColumn<QString>("says");
        QTest::newRow("token") << withLogin(QStringLiteral("A"), AuthScheme::Bearer) << "Enter the token.";
        QTest::newRow("client secret") << withLogin(QStringLiteral("A"), AuthScheme::OAuth2)
                                       << "Enter the client secret.";
        QTest::newRow("signing") << signedBy(SigningScheme::GitHub) << "Enter the signing secret.";
        Destination header = withLogin(QStringLiteral("A"), AuthScheme::None);
        header.headers = {{"X-Api-Key", {}, true}};
        QTest::newRow("header") << header << "Enter the value of the secret header X-Api-Key.";
    }

    void whatIsMissingIsSaid()
    {
        QFETCH(Destination, destination);
        QFETCH(QString, says);
        const auto refused = answer(m_writer->add(destination, {}));
        QCOMPARE(refused.error().kind, Error::Kind::Invalid);
        QCOMPARE(refused.error().message, says);
        QCOMPARE(kept(), 0);
    }

    void aLineBreakInATokenIsRefused()
    {
        const auto refused = answer(m_writer->add(withLogin(QStringLiteral("Ops"), AuthScheme::Bearer),
                                                  changing(SecretKind::Token, "abc\r\nX-Evil: 1")));
        QCOMPARE(refused.error().kind, Error::Kind::Invalid);
        QVERIFY(!refused.error().message.contains(QStringLiteral("abc")));
        Destination header = withLogin(QStringLiteral("A"), AuthScheme::None);
        header.headers = {{"X-Api-Key", {}, true}};
        QVERIFY(!answer(m_writer->add(header, {{}, {{"x-api-key", "a\nb"}}})));
        QCOMPARE(kept(), 0);
    }

    void aCommitThatFailsLeavesNothing()
    {
        add(withLogin(QStringLiteral("Ops"), AuthScheme::Bearer), "t0ken");
        const auto refused = answer(
            m_writer->add(withLogin(QStringLiteral("ops"), AuthScheme::Bearer), changing(SecretKind::Token, "other")));
        QCOMPARE(refused.error().kind, Error::Kind::Conflict);
        settle();
        QCOMPARE(kept(), 1);
        const auto second = add(withLogin(QStringLiteral("Second"), AuthScheme::Bearer), "second");
        Destination taken = second;
        taken.name = QStringLiteral("Ops");
        QVERIFY(!answer(m_writer->update(second, taken, changing(SecretKind::Token, "third"))));
        settle();
        QCOMPARE(secretsOf(second).value(SecretKind::Token), QByteArray("second"));
        QCOMPARE(kept(), 2);
    }

    void aCopyHasItsOwn()
    {
        const auto first = add(withLogin(QStringLiteral("Ops"), AuthScheme::Bearer), "t0ken");
        Destination copy = first;
        copy.name = QStringLiteral("Copy");
        copy = *answer(m_writer->add(copy, {}, first.secrets));
        QVERIFY(copy.secrets.id != first.secrets.id);
        QVERIFY(answer(m_writer->remove(first)));
        settle();
        QCOMPARE(secretsOf(copy).value(SecretKind::Token), QByteArray("t0ken"));
        QCOMPARE(kept(), 1);
    }

    void theSigningSecretBeforeGoesOn()
    {
        const auto first = *answer(
            m_writer->add(signedBy(SigningScheme::StandardHmac), changing(SecretKind::SigningSecret, hmacSecret('1'))));
        QCOMPARE(first.security.signing.rotatedAt, 0);
        m_clock->advance(std::chrono::hours(1));
        const auto second = update(first, first, changing(SecretKind::SigningSecret, hmacSecret('2')));
        QCOMPARE(second.security.signing.rotatedAt, m_clock->nowUtc());
        QCOMPARE(secretsOf(second).value(SecretKind::SigningSecret), hmacSecret('2'));
        QCOMPARE(secretsOf(second).value(SecretKind::PreviousSigningSecret), hmacSecret('1'));
        Destination renamed = second;
        renamed.name = QStringLiteral("Renamed");
        renamed = update(second, renamed, {});
        QCOMPARE(renamed.security.signing.rotatedAt, second.security.signing.rotatedAt);

        const auto ended = update(renamed, renamed, changing(SecretKind::PreviousSigningSecret, {}));
        QCOMPARE(ended.security.signing.rotatedAt, 0);
        QCOMPARE(secretsOf(ended).kinds(), SecretKinds{SecretKind::SigningSecret});

        Destination noOverlap = ended;
        noOverlap.security.signing.overlapHours = 0;
        noOverlap = update(ended, noOverlap, changing(SecretKind::SigningSecret, hmacSecret('3')));
        QCOMPARE(secretsOf(noOverlap).kinds(), SecretKinds{SecretKind::SigningSecret});
        QCOMPARE(noOverlap.security.signing.rotatedAt, 0);
    }

    void anotherSchemesSecretIsNoSecretBefore()
    {
        const auto first =
            *answer(m_writer->add(signedBy(SigningScheme::GitHub), changing(SecretKind::SigningSecret, "one")));
        Destination after = first;
        after.security.signing.scheme = SigningScheme::StandardHmac;
        after = update(first, after, changing(SecretKind::SigningSecret, hmacSecret('2')));
        QCOMPARE(secretsOf(after).kinds(), SecretKinds{SecretKind::SigningSecret});
    }

    void aSecretThatCantSignIsRefused()
    {
        const Destination hmac = signedBy(SigningScheme::StandardHmac);
        const auto tooShort = answer(m_writer->add(hmac, changing(SecretKind::SigningSecret, "whsec_MQ==")));
        QCOMPARE(tooShort.error().kind, Error::Kind::Invalid);
        QCOMPARE(tooShort.error().message,
                 checkSigningSecret(SigningScheme::StandardHmac, "whsec_MQ==").error().message);

        const auto before =
            *answer(m_writer->add(signedBy(SigningScheme::GitHub), changing(SecretKind::SigningSecret, "one")));
        Destination after = before;
        after.security.signing.scheme = SigningScheme::StandardHmac; // with the secret that is stored
        QCOMPARE(answer(m_writer->update(before, after, {})).error().kind, Error::Kind::Invalid);
        QCOMPARE(secretsOf(before).value(SecretKind::SigningSecret), QByteArray("one"));
        QCOMPARE(kept(), 1);
    }

    void whatCantBeReadIsNotWrittenOver()
    {
        const auto before = add(withLogin(QStringLiteral("Ops"), AuthScheme::Bearer), "t0ken");
        const QString path = m_vault->privateFilePath();
        QVERIFY(QFile::rename(path, path + QStringLiteral(".away")));
        const auto refused = answer(m_writer->update(before, before, changing(SecretKind::Token, "n3w")));
        QCOMPARE(refused.error().kind, Error::Kind::Busy);
        QVERIFY(QFile::rename(path + QStringLiteral(".away"), path));
        QCOMPARE(secretsOf(before).value(SecretKind::Token), QByteArray("t0ken"));
    }

private:
    Destination add(const Destination &destination, const QByteArray &token)
    {
        return answer(m_writer->add(destination, changing(SecretKind::Token, token))).value();
    }
    Destination update(const Destination &before, const Destination &after, const SecretChanges &changes)
    {
        return answer(m_writer->update(before, after, changes)).value();
    }
    DestinationSecrets secretsOf(const Destination &destination)
    {
        return answer(m_vault->read(destination.secrets.id)).value();
    }
    void settle() { QTRY_VERIFY(m_writer->isSettled()); }
    /// How many sets of secrets the file holds.
    qsizetype kept() const
    {
        QFile file(m_vault->privateFilePath());
        if (!file.open(QIODevice::ReadOnly)) {
            return -1;
        }
        return QJsonDocument::fromJson(file.readAll()).object().value(QLatin1String("secrets")).toObject().size();
    }

    std::unique_ptr<QTemporaryDir> m_directory;
    std::unique_ptr<FakeClock> m_clock;
    std::unique_ptr<Store> m_store;
    std::unique_ptr<SecretVault> m_vault;
    std::unique_ptr<DestinationWriter> m_writer;
};

int main(int argc, char **argv)
{
    haveNoKeyRing();
    const QCoreApplication application(argc, argv);
    TstDestinationWriter test;
    return QTest::qExec(&test, argc, argv);
}

#include "tst_destinationwriter.moc"
