// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#include "delivery/queuesource.h"
#include "delivery/tokenrequest.h"
#include "support/fakeclock.h"
#include "support/scriptedreceiver.h"

#include <QtTest>

#include <atomic>

using namespace courier;
using namespace std::chrono_literals;

namespace {

// An endpoint that gives "token-1", "token-2", ..., each for \a seconds.
test::ScriptedReceiver::Script counting(int seconds, std::chrono::milliseconds delay = 0ms)
{
    return [seconds, delay](const test::Request &, int nth) {
        test::Answer answer =
            test::Answer::ok("{\"access_token\":\"token-" + QByteArray::number(nth) +
                             "\",\"token_type\":\"bearer\",\"expires_in\":" + QByteArray::number(seconds) + "}");
        answer.delay = delay;
        return answer;
    };
}

// A receiver that takes one token alone.
test::ScriptedReceiver::Script onlyFor(const QByteArray &token)
{
    return [token](const test::Request &request, int) {
        return request.header("Authorization") == "Bearer " + token
                   ? test::Answer::ok()
                   : test::Answer::withStatus(401, "Unauthorized", QByteArray(100'000, 'x'));
    };
}

Destination destinationWith(const test::ScriptedReceiver &receiver, const QString &tokenUrl)
{
    Destination destination = test::destinationAt(receiver.url());
    destination.security.authentication = {
        AuthScheme::OAuth2, {}, tokenUrl, QStringLiteral("courier one"), QStringLiteral("alerts:write x")};
    return destination;
}

DestinationSecrets clientSecret()
{
    DestinationSecrets secrets;
    secrets.values.insert(SecretKind::ClientSecret, "s3:cr et");
    return secrets;
}

QList<QByteArray> tokensAt(const test::ScriptedReceiver &receiver)
{
    QList<QByteArray> tokens;
    for (const test::Request &request : receiver.requests()) {
        tokens.append(request.header("Authorization").mid(7));
    }
    return tokens;
}

} // namespace

/// Client credentials of OAuth 2: asked for once, kept, renewed, and what its failures are recorded as.
class OAuthTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void asksAsTheSpecificationSays();
    void keepsATokenUntilShortlyBeforeItExpires();
    void manyAttemptsWaitForOneToken();
    void renewsOnceOn401();
    void renewsNoMoreThanOnce();
    void attemptsThatAreRefusedTogetherShareTheNewToken();
    void otherCredentialsAreAnotherToken();
    void failuresAreTheirOwn_data();
    void failuresAreTheirOwn();
    void anEndpointThatIsNotThere();
    void anEndpointThatNeverAnswers();
    void nothingSecretIsWrittenDown();
    void readsAnswers_data();
    void readsAnswers();
};

void OAuthTest::asksAsTheSpecificationSays()
{
    const test::ScriptedReceiver endpoint(counting(3600));
    const test::ScriptedReceiver receiver;
    test::OneSender sender;
    const Attempt attempt =
        sender.send(destinationWith(receiver, endpoint.url(QStringLiteral("/token?tenant=1"))), clientSecret()).attempt;
    QCOMPARE(attempt.reason, QStringLiteral("200 OK"));
    const test::Request request = endpoint.requests().first();
    QCOMPARE(request.method, QByteArray("POST"));
    QCOMPARE(request.target, QByteArray("/token?tenant=1"));
    QCOMPARE(request.header("Content-Type"), QByteArray("application/x-www-form-urlencoded"));
    QCOMPARE(request.body, QByteArray("grant_type=client_credentials&scope=alerts%3Awrite+x"));
    QCOMPARE(request.header("Authorization"), "Basic " + QByteArray("courier+one:s3%3Acr+et").toBase64());
    QCOMPARE(tokensAt(receiver), QList<QByteArray>{"token-1"});
}

void OAuthTest::keepsATokenUntilShortlyBeforeItExpires()
{
    const test::ScriptedReceiver endpoint(counting(3600));
    const test::ScriptedReceiver receiver;
    test::FakeClock clock;
    test::OneSender sender(clock);
    const Destination destination = destinationWith(receiver, endpoint.url());
    for (const std::chrono::seconds wait : {0s, 1800s, 1739s, 2s}) {
        clock.advance(wait);
        sender.send(destination, clientSecret());
    }
    const QList<QByteArray> tokens{"token-1", "token-1", "token-1", "token-2"};
    QCOMPARE(tokensAt(receiver), tokens);
    QCOMPARE(endpoint.requestCount(), 2);
}

// Over two sender threads, too.
void OAuthTest::manyAttemptsWaitForOneToken()
{
    const test::ScriptedReceiver endpoint(counting(3600, 200ms));
    const test::ScriptedReceiver receiver;
    test::QueueSource source;
    const SystemClock clock;
    SenderPool pool(source, clock);
    const auto destination = std::make_shared<const Destination>(destinationWith(receiver, endpoint.url()));
    const auto secrets = std::make_shared<const DestinationSecrets>(clientSecret());
    for (int i = 0; i < 30; ++i) {
        SendJob job = test::jobFor(destination);
        job.secrets = secrets;
        source.add(job);
    }
    pool.wake();
    QVERIFY(source.waitForResults(30));
    for (const SendResult &result : source.results()) {
        QCOMPARE(result.attempt.outcome, Outcome::Acknowledged);
    }
    QCOMPARE(endpoint.requestCount(), 1);
    QCOMPARE(tokensAt(receiver), QList<QByteArray>(30, "token-1"));
}

void OAuthTest::renewsOnceOn401()
{
    const test::ScriptedReceiver endpoint(counting(3600));
    const test::ScriptedReceiver receiver(onlyFor("token-2"));
    test::OneSender sender;
    const Destination destination = destinationWith(receiver, endpoint.url());
    const Attempt attempt = sender.send(destination, clientSecret()).attempt;
    QCOMPARE(attempt.outcome, Outcome::Acknowledged);
    QCOMPARE(attempt.reason, QStringLiteral("200 OK (with a new access token: the one before was refused)"));
    QCOMPARE(attempt.responseBody, QByteArray("ok"));
    QVERIFY(!attempt.bodyCut);
    QCOMPARE(endpoint.requestCount(), 2);
    const QList<QByteArray> tokens{"token-1", "token-2"};
    QCOMPARE(tokensAt(receiver), tokens);
    QCOMPARE(receiver.requests().at(0).body, receiver.requests().at(1).body);

    QCOMPARE(sender.send(destination, clientSecret()).attempt.reason, QStringLiteral("200 OK"));
    QCOMPARE(endpoint.requestCount(), 2);
}

void OAuthTest::renewsNoMoreThanOnce()
{
    const test::ScriptedReceiver endpoint(counting(3600));
    const test::ScriptedReceiver receiver(onlyFor("another"));
    test::OneSender sender;
    const Attempt attempt = sender.send(destinationWith(receiver, endpoint.url()), clientSecret()).attempt;
    QCOMPARE(attempt.outcome, Outcome::Rejected);
    QCOMPARE(attempt.status, 401);
    QCOMPARE(receiver.requestCount(), 2);
    QCOMPARE(endpoint.requestCount(), 2);
}

void OAuthTest::attemptsThatAreRefusedTogetherShareTheNewToken()
{
    const test::ScriptedReceiver endpoint(counting(3600, 50ms));
    test::ScriptedReceiver receiver;
    test::OneSender sender;
    const auto destination = std::make_shared<const Destination>(destinationWith(receiver, endpoint.url()));
    const auto secrets = std::make_shared<const DestinationSecrets>(clientSecret());
    SendJob job = test::jobFor(destination);
    job.secrets = secrets;
    sender.send(job);
    receiver.setScript(onlyFor("token-2"));
    for (int i = 0; i < 6; ++i) {
        SendJob next = test::jobFor(destination);
        next.secrets = secrets;
        sender.source().add(next);
    }
    sender.pool().wake();
    QVERIFY(sender.source().waitForResults(7));
    for (const SendResult &result : sender.source().results()) {
        QCOMPARE(result.attempt.outcome, Outcome::Acknowledged);
    }
    QCOMPARE(endpoint.requestCount(), 2);
}

void OAuthTest::otherCredentialsAreAnotherToken()
{
    const test::ScriptedReceiver endpoint(counting(3600));
    const test::ScriptedReceiver receiver;
    test::OneSender sender;
    Destination destination = destinationWith(receiver, endpoint.url());
    sender.send(destination, clientSecret());
    DestinationSecrets other = clientSecret();
    other.values.insert(SecretKind::ClientSecret, "rotated");
    sender.send(destination, other);
    destination.security.authentication.scope.clear();
    sender.send(destination, other);
    const QList<QByteArray> tokens{"token-1", "token-2", "token-3"};
    QCOMPARE(tokensAt(receiver), tokens);
    QCOMPARE(endpoint.requests().last().body, QByteArray("grant_type=client_credentials"));
}

void OAuthTest::failuresAreTheirOwn_data()
{
    QTest::addColumn<int>("status");
    QTest::addColumn<QByteArray>("answer");
    QTest::addColumn<QString>("reason");
    QTest::newRow("refused") << 401 << QByteArray(R"({"error":"invalid_client","error_description":"Unknown client"})")
                             << QStringLiteral("No access token: the token endpoint answered 401 Unauthorized, "
                                               "invalid_client, Unknown client.");
    QTest::newRow("repeats the secret") << 400 << QByteArray(R"({"error":"no s3:cr et here"})")
                                        << QStringLiteral("No access token: the token endpoint answered 400 Bad "
                                                          "Request, no (secret) here.");
    QTest::newRow("a page") << 500 << QByteArray("<html>token-secret</html>")
                            << QStringLiteral("No access token: the token endpoint answered 500 Internal Server "
                                              "Error.");
    QTest::newRow("moved") << 302 << QByteArray()
                           << QStringLiteral("No access token: the token endpoint answered 302 Found.");
    QTest::newRow("no token") << 200 << QByteArray("{}")
                              << QStringLiteral("No access token: the token endpoint's answer holds no access_token "
                                                "that can be sent.");
    QTest::newRow("endless") << 200 << QByteArray(300'000, ' ')
                             << QStringLiteral("No access token: the token endpoint's answer is too large.");
}

void OAuthTest::failuresAreTheirOwn()
{
    QFETCH(int, status);
    QFETCH(QByteArray, answer);
    QFETCH(QString, reason);
    const test::ScriptedReceiver endpoint(test::Answer::withStatus(status, "x", answer));
    const test::ScriptedReceiver receiver;
    test::OneSender sender;
    const Destination destination = destinationWith(receiver, endpoint.url());
    const Attempt attempt = sender.send(destination, clientSecret()).attempt;
    QCOMPARE(attempt.reason, reason);
    QCOMPARE(attempt.outcome, Outcome::AuthFailed);
    QCOMPARE(attempt.status, 0);
    QCOMPARE(receiver.connectionCount(), 0);
    // The next attempt asks anew.
    sender.send(destination, clientSecret());
    QCOMPARE(endpoint.requestCount(), 2);
}

void OAuthTest::anEndpointThatIsNotThere()
{
    const test::ScriptedReceiver receiver;
    test::OneSender sender;
    const quint16 port = test::ScriptedReceiver::freePort();
    const QString url = QStringLiteral("http://127.0.0.1:%1/token").arg(port);
    const Attempt attempt = sender.send(destinationWith(receiver, url), clientSecret()).attempt;
    QCOMPARE(attempt.outcome, Outcome::AuthFailed);
    QCOMPARE(attempt.reason,
             QStringLiteral("No access token: Could not connect: nothing listens on 127.0.0.1:%1.").arg(port));
}

void OAuthTest::anEndpointThatNeverAnswers()
{
    const test::ScriptedReceiver endpoint(test::Answer::never());
    const test::ScriptedReceiver receiver;
    SenderOptions options;
    options.timeoutUnit = 100ms;
    test::OneSender sender(options);
    const Destination destination = destinationWith(receiver, endpoint.url());
    const Attempt attempt = sender.send(destination, clientSecret()).attempt;
    QCOMPARE(attempt.outcome, Outcome::AuthFailed);
    QCOMPARE(attempt.reason, QStringLiteral("No access token: the token endpoint didn't answer in time."));
    QVERIFY(attempt.durationUs < 2'000'000);
    QCOMPARE(receiver.connectionCount(), 0);
}

void OAuthTest::nothingSecretIsWrittenDown()
{
    const test::ScriptedReceiver endpoint(counting(3600));
    const test::ScriptedReceiver receiver;
    test::OneSender sender;
    const Attempt attempt = sender.send(destinationWith(receiver, endpoint.url()), clientSecret()).attempt;
    QVERIFY(attempt.requestHeaders.contains("Authorization: Bearer (secret)\r\n"));
    for (const QByteArray &secret : {QByteArray("token-1"), QByteArray("s3"), QByteArray("cr et")}) {
        QVERIFY(!attempt.requestHeaders.contains(secret));
        QVERIFY(!attempt.reason.toUtf8().contains(secret));
    }
}

void OAuthTest::readsAnswers_data()
{
    QTest::addColumn<QByteArray>("answer");
    QTest::addColumn<QByteArray>("token"); // empty: refused
    QTest::addColumn<qint64>("seconds");   // -1: not said
    QTest::newRow("plain") << QByteArray(R"({"access_token":"abc","expires_in":60})") << QByteArray("abc")
                           << qint64(60);
    QTest::newRow("a number in quotes") << QByteArray(R"({"access_token":"abc","expires_in":"60"})")
                                        << QByteArray("abc") << qint64(60);
    QTest::newRow("no end") << QByteArray(R"({"access_token":"abc","token_type":"Bearer"})") << QByteArray("abc")
                            << qint64(-1);
    QTest::newRow("a negative end") << QByteArray(R"({"access_token":"abc","expires_in":-5})") << QByteArray("abc")
                                    << qint64(0);
    QTest::newRow("another type") << QByteArray(R"({"access_token":"abc","token_type":"mac"})") << QByteArray()
                                  << qint64(-1);
    QTest::newRow("two headers") << QByteArray(R"({"access_token":"abc\r\nX-Evil: 1"})") << QByteArray() << qint64(-1);
    QTest::newRow("a space") << QByteArray(R"({"access_token":"a b"})") << QByteArray() << qint64(-1);
    QTest::newRow("not JSON") << QByteArray("access_token=abc") << QByteArray() << qint64(-1);
    QTest::newRow("not an object") << QByteArray("[1]") << QByteArray() << qint64(-1);
    QTest::newRow("not a text") << QByteArray(R"({"access_token":5})") << QByteArray() << qint64(-1);
}

void OAuthTest::readsAnswers()
{
    QFETCH(QByteArray, answer);
    QFETCH(QByteArray, token);
    QFETCH(qint64, seconds);
    const TokenResult result = tokenFrom(200, answer);
    QCOMPARE(result ? result->value : QByteArray(), token);
    if (result) {
        QCOMPARE(result->seconds.value_or(-1), seconds);
    } else {
        QCOMPARE(result.error().outcome, Outcome::AuthFailed);
        QVERIFY(result.error().reason.startsWith(QStringLiteral("No access token: ")));
    }
}

QTEST_GUILESS_MAIN(OAuthTest)
#include "tst_oauth.moc"
