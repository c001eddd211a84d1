// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#include "delivery/queuesource.h"
#include "delivery/signature.h"
#include "support/fakeclock.h"
#include "support/scriptedreceiver.h"

#include <QMessageAuthenticationCode>
#include <QtTest>

using namespace courier;
using namespace std::chrono_literals;

namespace {

constexpr qint64 hour = 3'600'000;

DestinationSecrets signingWith(const QByteArray &secret, const QByteArray &before = {})
{
    DestinationSecrets secrets;
    secrets.values.insert(SecretKind::SigningSecret, secret);
    if (!before.isEmpty()) {
        secrets.values.insert(SecretKind::PreviousSigningSecret, before);
    }
    return secrets;
}

Destination signedAt(const QString &url, SigningScheme scheme)
{
    Destination destination = test::destinationAt(url);
    destination.security.signing.scheme = scheme;
    return destination;
}

// As a receiver works it out, from the bytes that came.
QByteArray expected(const test::Request &request, const QByteArray &secret)
{
    const QByteArray content =
        request.header("webhook-id") + '.' + request.header("webhook-timestamp") + '.' + request.body;
    const QByteArray key = QByteArray::fromBase64(secret.mid(6));
    return "v1," + QMessageAuthenticationCode::hash(content, key, QCryptographicHash::Sha256).toBase64();
}

} // namespace

/// Signed requests as they arrive.
class SigningTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void signsWhatArrives();
    void signsAnewAtEachAttempt();
    void rotates();
    void signsTheBytesOfAnyAlert();
    void signsInTheOtherStyles();
    void isWrittenDownAsItWent();
    void sendsNothingUnsigned_data();
    void sendsNothingUnsigned();
    void usesTheSecretInForce();
};

void SigningTest::signsWhatArrives()
{
    const test::ScriptedReceiver receiver;
    test::OneSender sender;
    const QByteArray secret = newSigningSecret(SigningScheme::StandardHmac);
    const qint64 before = QDateTime::currentSecsSinceEpoch();
    const SendResult result = sender.send(signedAt(receiver.url(), SigningScheme::StandardHmac), signingWith(secret));
    QCOMPARE(result.attempt.reason, QStringLiteral("200 OK"));
    const test::Request request = receiver.requests().first();
    QCOMPARE(request.header("webhook-id"), result.job.webhookId);
    const qint64 timestamp = request.header("webhook-timestamp").toLongLong();
    QVERIFY(timestamp >= before && timestamp <= QDateTime::currentSecsSinceEpoch());
    QCOMPARE(request.header("webhook-signature"), expected(request, secret));
}

void SigningTest::signsAnewAtEachAttempt()
{
    const test::ScriptedReceiver receiver(test::Answer::withStatus(503, "Service Unavailable"));
    test::FakeClock clock;
    test::OneSender sender(clock);
    const QByteArray secret = newSigningSecret(SigningScheme::StandardHmac);
    SendJob job = test::jobFor(signedAt(receiver.url(), SigningScheme::StandardHmac), signingWith(secret));
    sender.send(job);
    clock.advance(30s);
    job.number = 2;
    sender.send(job);
    const QList<test::Request> requests = receiver.requests();
    QCOMPARE(requests.size(), 2);
    QCOMPARE(requests.at(0).header("webhook-id"), requests.at(1).header("webhook-id"));
    QCOMPARE(requests.at(0).header("webhook-timestamp"), QByteArray("1714564800"));
    QCOMPARE(requests.at(1).header("webhook-timestamp"), QByteArray("1714564830"));
    for (const test::Request &request : requests) {
        QCOMPARE(request.header("webhook-signature"), expected(request, secret));
    }
    QVERIFY(requests.at(0).header("webhook-signature") != requests.at(1).header("webhook-signature"));
}

void SigningTest::rotates()
{
    const test::ScriptedReceiver receiver;
    test::FakeClock clock;
    test::OneSender sender(clock);
    const QByteArray before = newSigningSecret(SigningScheme::StandardHmac);
    const QByteArray after = newSigningSecret(SigningScheme::StandardHmac);
    Destination destination = signedAt(receiver.url(), SigningScheme::StandardHmac);
    destination.security.signing.rotatedAt = test::FakeClock::start;
    destination.security.signing.overlapHours = 2;
    const SendJob job = test::jobFor(destination, signingWith(after, before));
    sender.send(job);
    clock.setNowUtc(test::FakeClock::start + 2 * hour - 1);
    sender.send(job);
    clock.setNowUtc(test::FakeClock::start + 2 * hour);
    sender.send(job);
    const QList<test::Request> requests = receiver.requests();
    QCOMPARE(requests.size(), 3);
    for (int i : {0, 1}) {
        const QByteArray both = expected(requests.at(i), after) + ' ' + expected(requests.at(i), before);
        QCOMPARE(requests.at(i).header("webhook-signature"), both);
    }
    QCOMPARE(requests.at(2).header("webhook-signature"), expected(requests.at(2), after));
}

void SigningTest::signsTheBytesOfAnyAlert()
{
    const test::ScriptedReceiver receiver;
    test::OneSender sender;
    const QByteArray secret = newSigningSecret(SigningScheme::StandardHmac);
    SendJob job = test::jobFor(signedAt(receiver.url(), SigningScheme::StandardHmac), signingWith(secret));
    job.alert.title = QStringLiteral("Ünïcödé \u2028 \U0001f525");
    job.alert.context = "{\"a\" : 1.50,\n \"b\":\"\\u00e9\"}";
    sender.send(job);
    job.resent = true;
    sender.send(job);
    for (const test::Request &request : receiver.requests()) {
        QVERIFY(request.body.contains("\"b\":\"\\u00e9\""));
        QCOMPARE(request.header("webhook-signature"), expected(request, secret));
    }
}

void SigningTest::signsInTheOtherStyles()
{
    const test::ScriptedReceiver receiver;
    test::OneSender sender;
    const QByteArray secret = "It's a Secret to Everybody";
    sender.send(signedAt(receiver.url(), SigningScheme::GitHub), signingWith(secret));
    Destination own = signedAt(receiver.url(), SigningScheme::Custom);
    own.security.signing.header = "X-Acme-Signature";
    own.security.signing.prefix = "v0=";
    sender.send(own, signingWith(secret));
    const QList<test::Request> requests = receiver.requests();
    const auto hex = [&](int i) {
        return QMessageAuthenticationCode::hash(requests.at(i).body, secret, QCryptographicHash::Sha256).toHex();
    };
    QCOMPARE(requests.at(0).header("X-Hub-Signature-256"), QByteArray("sha256=" + hex(0)));
    QVERIFY(requests.at(0).header("webhook-signature").isNull());
    QVERIFY(!requests.at(0).header("webhook-id").isNull());
    QCOMPARE(requests.at(1).header("X-Acme-Signature"), QByteArray("v0=" + hex(1)));
}

void SigningTest::isWrittenDownAsItWent()
{
    const test::ScriptedReceiver receiver;
    test::OneSender sender;
    const QByteArray secret = newSigningSecret(SigningScheme::StandardEd25519);
    const Attempt attempt =
        sender.send(signedAt(receiver.url(), SigningScheme::StandardEd25519), signingWith(secret)).attempt;
    const test::Request request = receiver.requests().first();
    const QByteArray lines = "webhook-timestamp: " + request.header("webhook-timestamp") +
                             "\r\nwebhook-signature: " + request.header("webhook-signature") + "\r\n";
    QVERIFY(request.header("webhook-signature").startsWith("v1a,"));
    QCOMPARE(attempt.requestHeaders.last(attempt.signatureSize), lines);
    QVERIFY(!attempt.requestHeaders.contains(secret.mid(5)));
}

void SigningTest::sendsNothingUnsigned_data()
{
    QTest::addColumn<QByteArray>("secret");
    QTest::addColumn<QString>("reason");
    QTest::newRow("none") << QByteArray() << QStringLiteral("Not sent: the secret to sign with isn't there.");
    QTest::newRow("too short") << QByteArray("whsec_AAAA")
                               << QStringLiteral("Not sent: the secret can't be signed with. The secret stands for 3 "
                                                 "bytes; it has to be 24 to 64.");
}

void SigningTest::sendsNothingUnsigned()
{
    QFETCH(QByteArray, secret);
    QFETCH(QString, reason);
    const test::ScriptedReceiver receiver;
    test::OneSender sender;
    const Attempt attempt =
        sender.send(signedAt(receiver.url(), SigningScheme::StandardHmac), signingWith(secret)).attempt;
    QCOMPARE(attempt.outcome, Outcome::NotSent);
    QCOMPARE(attempt.reason, reason);
    QCOMPARE(receiver.connectionCount(), 0);
}

// S15: the same destination, its secret changed between two attempts.
void SigningTest::usesTheSecretInForce()
{
    const test::ScriptedReceiver receiver;
    test::OneSender sender;
    const auto destination = std::make_shared<const Destination>(signedAt(receiver.url(), SigningScheme::StandardHmac));
    QList<QByteArray> used;
    for (int i = 0; i < 3; ++i) {
        used.append(newSigningSecret(SigningScheme::StandardHmac));
        SendJob job = test::jobFor(destination);
        job.secrets = std::make_shared<const DestinationSecrets>(signingWith(used.last()));
        sender.send(job);
    }
    const QList<test::Request> requests = receiver.requests();
    for (int i = 0; i < 3; ++i) {
        QCOMPARE(requests.at(i).header("webhook-signature"), expected(requests.at(i), used.at(i)));
    }
}

QTEST_GUILESS_MAIN(SigningTest)
#include "tst_signing.moc"
