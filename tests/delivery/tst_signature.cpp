// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#include "delivery/signature.h"

#include <QtTest>

#include <limits>

using namespace courier;

namespace {

constexpr qint64 hour = 3'600'000;
// The example of the libraries of Standard Webhooks.
const QByteArray exampleId = "msg_p5jXN8AQM9LWM0D4loKWxJek";
const QByteArray exampleBody = R"({"test": 2432232314})";
constexpr qint64 exampleTime = 1'614'265'330'000;
const QByteArray exampleSecret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
const QByteArray exampleKey = "whsk_VEVTVFNJR05JTkdLRVlET05PVFVTRVRISVNGT1JBTlk=";

std::shared_ptr<const Signer> signerOf(const Signing &signing, const QByteArray &secret, const QByteArray &before = {})
{
    DestinationSecrets secrets;
    secrets.values.insert(SecretKind::SigningSecret, secret);
    if (!before.isEmpty()) {
        secrets.values.insert(SecretKind::PreviousSigningSecret, before);
    }
    const auto signer = Signer::make(signing, secrets);
    return signer ? *signer : nullptr;
}

Signing schemeOf(SigningScheme scheme)
{
    Signing signing;
    signing.scheme = scheme;
    return signing;
}

QByteArray valueOf(const QList<Header> &headers, const QByteArray &name)
{
    for (const Header &header : headers) {
        if (header.name == name) {
            return header.value;
        }
    }
    return {};
}

} // namespace

/// Signatures against the vectors of their specifications, and what is taken as a secret.
class SignatureTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void rfc8032_data();
    void rfc8032();
    void standardWebhooks_data();
    void standardWebhooks();
    void hmacStyles_data();
    void hmacStyles();
    void bothSignWhileTheOverlapLasts();
    void theSecretBeforeMayBeOfTheOtherKind();
    void newSecretsAreGoodAndDiffer_data();
    void newSecretsAreGoodAndDiffer();
    void secretsAreChecked_data();
    void secretsAreChecked();
    void publicKeys();
    void aMissingSecretIsTold();
};

// RFC 8032, 7.1, tests 1 to 3 and "SHA(abc)".
void SignatureTest::rfc8032_data()
{
    QTest::addColumn<QByteArray>("seed");
    QTest::addColumn<QByteArray>("publicKey");
    QTest::addColumn<QByteArray>("message");
    QTest::addColumn<QByteArray>("signature");
    QTest::newRow("1") << QByteArray("9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60")
                       << QByteArray("d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a") << QByteArray()
                       << QByteArray("e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc"
                                     "61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b");
    QTest::newRow("2") << QByteArray("4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb")
                       << QByteArray("3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c")
                       << QByteArray("72")
                       << QByteArray("92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e4"
                                     "58f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00");
    QTest::newRow("3") << QByteArray("c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7")
                       << QByteArray("fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025")
                       << QByteArray("af82")
                       << QByteArray("6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290a"
                                     "e67f760984dc6594a7c15e9716ed28dc027beceea1ec40a");
    QTest::newRow("SHA(abc)")
        << QByteArray("833fe62409237b9d62ec77587520911e9a759cec1d19755b7da901b96dca3d42")
        << QByteArray("ec172b93ad5e563bf4932c70e1245034c35467ef2efd4d64ebf819683467e2bf")
        << QByteArray(
               "ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a2192992a274fc1a836ba3c23a3feebbd4"
               "54d4423643ce80e2a9ac94fa54ca49f")
        << QByteArray(
               "dc2a4459e7369633a52b1bf277839a00201009a3efbf3ecb69bea2186c26b58909351fc9ac90b3ecfdfbc7c66431e0303"
               "dca179c138ac17ad9bef1177331a704");
}

void SignatureTest::rfc8032()
{
    QFETCH(QByteArray, seed);
    QFETCH(QByteArray, publicKey);
    QFETCH(QByteArray, message);
    QFETCH(QByteArray, signature);
    const auto key = Ed25519Key::fromSeed(QByteArray::fromHex(seed));
    QVERIFY(key);
    QCOMPARE(key->publicKey().toHex(), publicKey);
    QCOMPARE(key->sign(QByteArray::fromHex(message)).toHex(), signature);
}

void SignatureTest::standardWebhooks_data()
{
    QTest::addColumn<SigningScheme>("scheme");
    QTest::addColumn<QByteArray>("secret");
    QTest::addColumn<QByteArray>("signature");
    QTest::newRow("v1") << SigningScheme::StandardHmac << exampleSecret
                        << QByteArray("v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
    QTest::newRow("v1a") << SigningScheme::StandardEd25519 << exampleKey
                         << QByteArray(
                                "v1a,tQ9V2XOqn7jL/DQenEFpqIugdBVtiMmER5mhSkXBNwM0mkATuDe6KYYUuxqtaiHeYGb7KaaBRdM5"
                                "WqyeFiL8Ag==");
}

void SignatureTest::standardWebhooks()
{
    QFETCH(SigningScheme, scheme);
    QFETCH(QByteArray, secret);
    QFETCH(QByteArray, signature);
    const auto signer = signerOf(schemeOf(scheme), secret);
    QVERIFY(signer);
    const QList<Header> headers = signer->headers(exampleId, exampleBody, exampleTime + 999);
    QCOMPARE(headers.size(), 2);
    QCOMPARE(valueOf(headers, "webhook-timestamp"), QByteArray("1614265330"));
    QCOMPARE(valueOf(headers, "webhook-signature"), signature);
    // Another body, id or second is another signature.
    const auto other = [&](const QByteArray &id, const QByteArray &body, qint64 at) {
        return valueOf(signer->headers(id, body, at), "webhook-signature") != signature;
    };
    QVERIFY(other("msg_p5jXN8AQM9LWM0D4loKWxJel", exampleBody, exampleTime));
    QVERIFY(other(exampleId, exampleBody + ' ', exampleTime));
    QVERIFY(other(exampleId, exampleBody, exampleTime + 1000));
}

// The vector of GitHub's documentation.
void SignatureTest::hmacStyles_data()
{
    QTest::addColumn<SigningScheme>("scheme");
    QTest::addColumn<QByteArray>("header");
    QTest::addColumn<QByteArray>("prefix");
    QTest::newRow("GitHub") << SigningScheme::GitHub << QByteArray("X-Hub-Signature-256") << QByteArray("sha256=");
    QTest::newRow("own") << SigningScheme::Custom << QByteArray("X-Signature") << QByteArray("hmac ");
    QTest::newRow("own without a prefix") << SigningScheme::Custom << QByteArray("X-Signature") << QByteArray();
}

void SignatureTest::hmacStyles()
{
    QFETCH(SigningScheme, scheme);
    QFETCH(QByteArray, header);
    QFETCH(QByteArray, prefix);
    Signing signing = schemeOf(scheme);
    signing.header = scheme == SigningScheme::Custom ? header : QByteArray();
    signing.prefix = scheme == SigningScheme::Custom ? prefix : QByteArray();
    const auto signer = signerOf(signing, "It's a Secret to Everybody");
    QVERIFY(signer);
    const QList<Header> headers = signer->headers("id", "Hello, World!", exampleTime);
    QCOMPARE(headers.size(), 1);
    QCOMPARE(headers.first().name, header);
    QCOMPARE(headers.first().value, prefix + "757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17");
}

void SignatureTest::bothSignWhileTheOverlapLasts()
{
    const QByteArray newSecret = newSigningSecret(SigningScheme::StandardHmac);
    Signing signing = schemeOf(SigningScheme::StandardHmac);
    signing.rotatedAt = exampleTime;
    signing.overlapHours = 24;
    const auto signer = signerOf(signing, newSecret, exampleSecret);
    const auto alone = [](const QByteArray &secret, qint64 at) {
        const auto one = signerOf(schemeOf(SigningScheme::StandardHmac), secret);
        return valueOf(one->headers(exampleId, exampleBody, at), "webhook-signature");
    };
    const auto signature = [&](qint64 at) {
        return valueOf(signer->headers(exampleId, exampleBody, at), "webhook-signature");
    };
    for (const qint64 at : {exampleTime, exampleTime + 24 * hour - 1}) {
        const QByteArray both = alone(newSecret, at) + ' ' + alone(exampleSecret, at);
        QCOMPARE(signature(at), both);
    }
    QCOMPARE(signature(exampleTime + 24 * hour), alone(newSecret, exampleTime + 24 * hour));

    // As it may stand in a configuration that somebody wrote.
    signing.rotatedAt = std::numeric_limits<qint64>::max();
    QVERIFY(valueOf(signerOf(signing, newSecret, exampleSecret)->headers(exampleId, exampleBody, exampleTime),
                    "webhook-signature")
                .contains(' '));
    signing.rotatedAt = exampleTime;

    signing.overlapHours = 0;
    const auto atOnce = signerOf(signing, newSecret, exampleSecret);
    QCOMPARE(valueOf(atOnce->headers(exampleId, exampleBody, exampleTime), "webhook-signature"),
             alone(newSecret, exampleTime));
    signing.overlapHours = 24;
    signing.rotatedAt = 0;
    const auto never = signerOf(signing, newSecret, exampleSecret);
    QCOMPARE(valueOf(never->headers(exampleId, exampleBody, exampleTime), "webhook-signature"),
             alone(newSecret, exampleTime));
}

void SignatureTest::theSecretBeforeMayBeOfTheOtherKind()
{
    Signing signing = schemeOf(SigningScheme::StandardEd25519);
    signing.rotatedAt = exampleTime;
    const auto signer = signerOf(signing, exampleKey, exampleSecret);
    const QByteArray both = valueOf(signer->headers(exampleId, exampleBody, exampleTime), "webhook-signature");
    QVERIFY(both.startsWith("v1a,tQ9V2XOqn7jL/"));
    QVERIFY(both.endsWith(" v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="));
}

void SignatureTest::newSecretsAreGoodAndDiffer_data()
{
    QTest::addColumn<SigningScheme>("scheme");
    QTest::addColumn<QByteArray>("prefix");
    QTest::newRow("v1") << SigningScheme::StandardHmac << QByteArray("whsec_");
    QTest::newRow("v1a") << SigningScheme::StandardEd25519 << QByteArray("whsk_");
    QTest::newRow("GitHub") << SigningScheme::GitHub << QByteArray();
}

void SignatureTest::newSecretsAreGoodAndDiffer()
{
    QFETCH(SigningScheme, scheme);
    QFETCH(QByteArray, prefix);
    const QByteArray secret = newSigningSecret(scheme);
    QVERIFY(secret.startsWith(prefix));
    QVERIFY(checkSigningSecret(scheme, secret));
    QVERIFY(secret != newSigningSecret(scheme));
    const QByteArray bytes =
        prefix.isEmpty() ? QByteArray::fromHex(secret) : QByteArray::fromBase64(secret.mid(prefix.size()));
    QCOMPARE(bytes.size(), 32);
}

void SignatureTest::secretsAreChecked_data()
{
    QTest::addColumn<SigningScheme>("scheme");
    QTest::addColumn<QByteArray>("secret");
    QTest::addColumn<QString>("fault"); // empty: none
    const auto bytes = [](int count) -> QByteArray { return "whsec_" + QByteArray(count, 'x').toBase64(); };
    const auto hmac = SigningScheme::StandardHmac;
    QTest::newRow("24 bytes") << hmac << bytes(24) << QString();
    QTest::newRow("64 bytes") << hmac << bytes(64) << QString();
    QTest::newRow("23 bytes") << hmac << bytes(23)
                              << QStringLiteral("The secret stands for 23 bytes; it has to be 24 to 64.");
    QTest::newRow("65 bytes") << hmac << bytes(65)
                              << QStringLiteral("The secret stands for 65 bytes; it has to be 24 to 64.");
    QTest::newRow("without padding") << hmac << QByteArray("whsec_" + QByteArray(25, 'x').toBase64().chopped(2))
                                     << QString();
    QTest::newRow("no prefix") << hmac << exampleSecret.mid(6)
                               << QStringLiteral("The secret has to begin with whsec_.");
    QTest::newRow("empty") << hmac << QByteArray() << QStringLiteral("The secret has to begin with whsec_.");
    QTest::newRow("not base64") << hmac << QByteArray("whsec_" + QByteArray(40, '-'))
                                << QStringLiteral("What follows whsec_ is not base64: use letters, digits, + and /.");
    QTest::newRow("a line break") << hmac << exampleSecret + '\n'
                                  << QStringLiteral("What follows whsec_ is not base64: use letters, digits, + and /.");
    const auto ed = SigningScheme::StandardEd25519;
    QTest::newRow("a key") << ed << exampleKey << QString();
    QTest::newRow("a secret for a key") << ed << exampleSecret << QStringLiteral("The secret has to begin with whsk_.");
    QTest::newRow("the public key")
        << ed << QByteArray("whpk_" + QByteArray(32, 'x').toBase64())
        << QStringLiteral("This is the public key, which goes to the receiver. The secret begins with whsk_.");
    QTest::newRow("31 bytes") << ed << QByteArray("whsk_" + QByteArray(31, 'x').toBase64())
                              << QStringLiteral(
                                     "The key stands for 31 bytes; a private key of Ed25519 has 32, or 64 with "
                                     "its public key.");
    QTest::newRow("another's public key")
        << ed << QByteArray("whsk_" + QByteArray(64, 'x').toBase64())
        << QStringLiteral("The public key in the second half doesn't belong to the private one.");
    QTest::newRow("GitHub, any text") << SigningScheme::GitHub << QByteArray("It's a Secret to Everybody") << QString();
    QTest::newRow("GitHub, none") << SigningScheme::GitHub << QByteArray()
                                  << QStringLiteral("Enter the secret that the receiver knows too.");
    QTest::newRow("own, a line break")
        << SigningScheme::Custom << QByteArray("a\r\nb")
        << QStringLiteral("Use a secret of at most 1024 bytes without line breaks and control characters.");
}

void SignatureTest::secretsAreChecked()
{
    QFETCH(SigningScheme, scheme);
    QFETCH(QByteArray, secret);
    QFETCH(QString, fault);
    const Result<void> fine = checkSigningSecret(scheme, secret);
    QCOMPARE(fine ? QString() : fine.error().message, fault);
    DestinationSecrets secrets;
    secrets.values.insert(SecretKind::SigningSecret, secret);
    const auto signer = Signer::make(schemeOf(scheme), secrets);
    QCOMPARE(signer.has_value(), fault.isEmpty());
}

// The public key was worked out with another library (node:crypto).
void SignatureTest::publicKeys()
{
    const auto key = signingPublicKey(exampleKey);
    QVERIFY(key);
    QCOMPARE(*key, QByteArray("whpk_ZlN4eg7dSSqi0moX9hQUk3orrOouK3QVQSlJa248c/g="));
    const QByteArray halves = QByteArray::fromBase64(exampleKey.mid(5)) + QByteArray::fromBase64(key->mid(5));
    const QByteArray pair = "whsk_" + halves.toBase64();
    QCOMPARE(signingPublicKey(pair).value(), *key);
    QVERIFY(!signingPublicKey(exampleSecret));
}

void SignatureTest::aMissingSecretIsTold()
{
    const auto signer = Signer::make(schemeOf(SigningScheme::StandardHmac), {});
    QVERIFY(!signer);
    QCOMPARE(signer.error().kind, Error::Kind::NotFound);
    QCOMPARE(signer.error().message, QStringLiteral("Not sent: the secret to sign with isn't there."));
}

QTEST_GUILESS_MAIN(SignatureTest)
#include "tst_signature.moc"
