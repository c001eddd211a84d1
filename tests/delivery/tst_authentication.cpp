// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#include "delivery/queuesource.h"
#include "support/scriptedreceiver.h"

#include <QtTest>

using namespace courier;

/// What a receiver knows us by, but for signatures and tokens of OAuth 2: as it arrives, and that nothing of it is
/// written down.
class AuthenticationTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void logsInByBasic();
    void logsInByBearer();
    void sendsSecretHeaders();
    void aSecretHeaderReplacesAnOpenOne();
    void sendsNothingWithoutItsSecret_data();
    void sendsNothingWithoutItsSecret();
    void neverAsksForALogin();

private:
    test::OneSender m_sender;
};

void AuthenticationTest::logsInByBasic()
{
    const test::ScriptedReceiver receiver;
    Destination destination = test::destinationAt(receiver.url());
    destination.security.authentication.scheme = AuthScheme::Basic;
    destination.security.authentication.user = QStringLiteral("Aladdin");
    DestinationSecrets secrets;
    secrets.values.insert(SecretKind::Password, "open sesame");
    const Attempt attempt = m_sender.send(destination, secrets).attempt;
    QCOMPARE(attempt.outcome, Outcome::Acknowledged);
    // The example of RFC 7617.
    QCOMPARE(receiver.requests().first().header("Authorization"), QByteArray("Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ=="));
    QVERIFY(attempt.requestHeaders.contains("Authorization: Basic (secret)\r\n"));
    QVERIFY(!attempt.requestHeaders.contains("QWxhZGRpb"));
}

void AuthenticationTest::logsInByBearer()
{
    const test::ScriptedReceiver receiver;
    Destination destination = test::destinationAt(receiver.url());
    destination.security.authentication.scheme = AuthScheme::Bearer;
    DestinationSecrets secrets;
    secrets.values.insert(SecretKind::Token, "mF_9.B5f-4.1JqM");
    const Attempt attempt = m_sender.send(destination, secrets).attempt;
    QCOMPARE(receiver.requests().first().header("Authorization"), QByteArray("Bearer mF_9.B5f-4.1JqM"));
    QVERIFY(attempt.requestHeaders.contains("Authorization: Bearer (secret)\r\n"));
    QVERIFY(!attempt.requestHeaders.contains("mF_9"));
}

void AuthenticationTest::sendsSecretHeaders()
{
    const test::ScriptedReceiver receiver;
    Destination destination = test::destinationAt(receiver.url());
    destination.headers = {{"X-Api-Key", {}, true}, {"X-Tenant", "acme"}};
    DestinationSecrets secrets;
    secrets.headers.insert("x-api-key", "k-0815");
    const Attempt attempt = m_sender.send(destination, secrets).attempt;
    const test::Request request = receiver.requests().first();
    QCOMPARE(request.header("X-Api-Key"), QByteArray("k-0815"));
    QCOMPARE(request.header("X-Tenant"), QByteArray("acme"));
    QVERIFY(attempt.requestHeaders.contains("X-Api-Key: (secret)\r\n"));
    QVERIFY(attempt.requestHeaders.contains("X-Tenant: acme\r\n"));
    QVERIFY(!attempt.requestHeaders.contains("0815"));
}

void AuthenticationTest::aSecretHeaderReplacesAnOpenOne()
{
    const test::ScriptedReceiver receiver;
    Destination destination = test::destinationAt(receiver.url());
    destination.headers = {{"User-Agent", {}, true}};
    DestinationSecrets secrets;
    secrets.headers.insert("user-agent", "between you and me");
    const Attempt attempt = m_sender.send(destination, secrets).attempt;
    QCOMPARE(receiver.requests().first().header("User-Agent"), QByteArray("between you and me"));
    QVERIFY(!attempt.requestHeaders.contains("between"));
    QCOMPARE(attempt.requestHeaders.toLower().count("user-agent:"), 1);
}

void AuthenticationTest::sendsNothingWithoutItsSecret_data()
{
    QTest::addColumn<AuthScheme>("scheme");
    QTest::addColumn<QByteArray>("token");
    QTest::addColumn<QString>("reason");
    const QString token =
        QStringLiteral("Not sent: the token to log in with isn't there, or is none that a header can hold.");
    QTest::newRow("bearer") << AuthScheme::Bearer << QByteArray() << token;
    QTest::newRow("a token that would be two headers") << AuthScheme::Bearer << QByteArray("a\r\nX-Evil: 1") << token;
    QTest::newRow("a client's secret") << AuthScheme::OAuth2 << QByteArray()
                                       << QStringLiteral("Not sent: the client's secret isn't there.");
    QTest::newRow("a header's value") << AuthScheme::None << QByteArray()
                                      << QStringLiteral(
                                             "Not sent: the secret value of X-Api-Key isn't there, or is none "
                                             "that a header can hold.");
}

void AuthenticationTest::sendsNothingWithoutItsSecret()
{
    QFETCH(AuthScheme, scheme);
    QFETCH(QByteArray, token);
    QFETCH(QString, reason);
    const test::ScriptedReceiver receiver;
    Destination destination = test::destinationAt(receiver.url());
    destination.security.authentication.scheme = scheme;
    destination.security.authentication.tokenUrl = receiver.url();
    if (scheme == AuthScheme::None) {
        destination.headers = {{"X-Api-Key", {}, true}};
    }
    DestinationSecrets secrets;
    if (!token.isEmpty()) {
        secrets.values.insert(SecretKind::Token, token);
    }
    for (const SendJob &job : {test::jobFor(destination, secrets), test::jobFor(destination)}) {
        const Attempt attempt = m_sender.send(job).attempt;
        QCOMPARE(attempt.outcome, Outcome::NotSent);
        QCOMPARE(attempt.reason, reason);
    }
    QCOMPARE(receiver.connectionCount(), 0);
}

// A challenge is an answer like any other: a password goes where the operator says, not where a receiver asks for it.
void AuthenticationTest::neverAsksForALogin()
{
    test::Answer challenge = test::Answer::withStatus(401, "Unauthorized", "no");
    challenge.headers = {{"WWW-Authenticate", "Basic realm=\"x\""}};
    const test::ScriptedReceiver receiver(challenge);
    const Attempt attempt = m_sender.send(receiver.url()).attempt;
    QCOMPARE(attempt.outcome, Outcome::Rejected);
    QCOMPARE(attempt.reason, QStringLiteral("401 Unauthorized"));
    QCOMPARE(receiver.requestCount(), 1);
    QVERIFY(receiver.requests().first().header("Authorization").isNull());
}

QTEST_GUILESS_MAIN(AuthenticationTest)
#include "tst_authentication.moc"
