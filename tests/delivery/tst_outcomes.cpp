// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#include "delivery/queuesource.h"
#include "support/scriptedreceiver.h"

#include <QtTest>

using namespace courier;
using test::Answer;

/// What one attempt comes to, answer by answer, over a real socket. Whatever the answer, it is asked for once.
class OutcomesTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void answers_data();
    void answers();
    void redirects_data();
    void redirects();
    void challengesAreNotAnswered_data();
    void challengesAreNotAnswered();
    void noAnswer_data();
    void noAnswer();
    void unreachable();
    void unknownHost();
    void addressesThatCantBeUsed_data();
    void addressesThatCantBeUsed();

private:
    test::OneSender m_sender;
};

void OutcomesTest::answers_data()
{
    QTest::addColumn<Answer>("answer");
    QTest::addColumn<Outcome>("outcome");
    QTest::addColumn<QString>("reason");
    const auto row = [](const Answer &answer, Outcome outcome, const char *reason) {
        QTest::newRow(reason) << answer << outcome << QString::fromUtf8(reason);
    };
    row(Answer::withStatus(200, "OK", "success"), Outcome::Acknowledged, "200 OK");
    row(Answer::withStatus(200, "Fine by me", "success"), Outcome::Acknowledged, "200 Fine by me");
    row(Answer::withStatus(201, "", "made"), Outcome::Acknowledged, "201 Created");
    row(Answer::withStatus(202, "Accepted"), Outcome::Acknowledged, "202 Accepted");
    row(Answer::withStatus(204, "No Content"), Outcome::Acknowledged, "204 No Content");
    row(Answer::withStatus(299, ""), Outcome::Acknowledged, "299");
    row(Answer::withStatus(300, ""), Outcome::Rejected, "300 Multiple Choices");
    row(Answer::withStatus(304, "Not Modified"), Outcome::Rejected, "304 Not Modified");
    for (const char *reason :
         {"400 Bad Request", "401 Unauthorized", "403 Forbidden", "404 Not Found", "405 Method Not Allowed",
          "407 Proxy Authentication Required", "410 Gone", "413 Content Too Large", "429 Too Many Requests",
          "500 Internal Server Error", "501 Not Implemented", "502 Bad Gateway", "503 Service Unavailable",
          "504 Gateway Timeout"}) {
        row(Answer::withStatus(QByteArray(reason).left(3).toInt(), "", "no"), Outcome::Rejected, reason);
    }
    row(Answer::withStatus(499, "", "no"), Outcome::Rejected, "499");
    row(Answer::withStatus(599, "Out\tof   order", "no"), Outcome::Rejected, "599 Out of order");
    Answer interim = Answer::withStatus(200, "After 100", "ok");
    interim.before = "HTTP/1.1 100 Continue\r\n\r\n";
    row(interim, Outcome::Acknowledged, "200 After 100");
    interim = Answer::withStatus(500, "After 100", "ok");
    interim.before = "HTTP/1.1 100 Continue\r\nX-Early: yes\r\n\r\nHTTP/1.1 100 Continue\r\n\r\n";
    row(interim, Outcome::Rejected, "500 After 100");
    row(Answer::bytes("HTTP/1.1 200 Bare\r\n\r\n"), Outcome::Acknowledged, "200 Bare");
    row(Answer::bytes("HTTP/1.0 200 Old\r\n\r\nold"), Outcome::Acknowledged, "200 Old");
}

void OutcomesTest::answers()
{
    QFETCH(Answer, answer);
    QFETCH(Outcome, outcome);
    QFETCH(QString, reason);
    const SendResult result = m_sender.sendOnceTo(answer);
    QCOMPARE(result.attempt.reason, reason);
    QCOMPARE(result.attempt.outcome, outcome);
    QCOMPARE(result.attempt.status, QStringView(reason).left(3).toInt());
    QVERIFY(!result.attempt.bodyCut);
    if (!answer.raw) {
        QCOMPARE(result.attempt.responseBody, answer.body);
        QCOMPARE(result.attempt.responseBodySize, qint64(answer.body.size()));
    }
}

void OutcomesTest::redirects_data()
{
    QTest::addColumn<int>("status");
    QTest::addColumn<QByteArray>("location");
    QTest::addColumn<QString>("target"); // what Location comes to
    QTest::addColumn<QString>("reason");
    const auto row = [](int status, const char *location, const char *target, const char *reason) {
        QTest::addRow("%d %s", status, location)
            << status << QByteArray(location) << QString::fromUtf8(target) << QString::fromUtf8(reason);
    };
    row(301, "https://example.com/secret/path", "https://example.com/secret/path", "301 Moved Permanently");
    row(302, "http://127.0.0.1:1/x", "http://127.0.0.1:1/x", "302 Found");
    row(303, "", "", "303 See Other");
    row(307, "//example.com:8080/x", "http://example.com:8080/x", "307 Temporary Redirect");
    row(308, "https://example.com", "https://example.com", "308 Permanent Redirect");
}

void OutcomesTest::redirects()
{
    QFETCH(int, status);
    QFETCH(QByteArray, location);
    QFETCH(QString, target);
    QFETCH(QString, reason);
    Answer answer = Answer::withStatus(status, "", "elsewhere");
    if (!location.isEmpty()) {
        answer.headers = {{"Location", location}};
    }
    const SendResult result = m_sender.sendOnceTo(answer);
    const QString where = target.isEmpty() ? QString() : QStringLiteral(" (Location: %1)").arg(maskedUrl(target));
    QCOMPARE(result.attempt.reason, QString(reason + QStringLiteral(": redirects are not followed") + where));
    QVERIFY(!result.attempt.reason.contains(QStringLiteral("secret")));
    QCOMPARE(result.attempt.outcome, Outcome::Rejected);
    QCOMPARE(result.attempt.responseBody, QByteArray("elsewhere"));
    QVERIFY(location.isEmpty() ||
            result.attempt.responseHeaders.contains(QByteArray("Location: " + location + "\r\n")));
}

void OutcomesTest::challengesAreNotAnswered_data()
{
    QTest::addColumn<int>("status");
    QTest::addColumn<QByteArray>("challenge");
    for (const char *challenge :
         {"Basic realm=\"x\"", "Digest realm=\"x\", nonce=\"n\"", "NTLM", "Negotiate", "Bearer"}) {
        QTest::addRow("401 %s", challenge) << 401 << QByteArray(challenge);
        QTest::addRow("407 %s", challenge) << 407 << QByteArray(challenge);
    }
}

void OutcomesTest::challengesAreNotAnswered()
{
    QFETCH(int, status);
    QFETCH(QByteArray, challenge);
    Answer answer = Answer::withStatus(status, "No", "who are you?");
    answer.headers = {{status == 401 ? "WWW-Authenticate" : "Proxy-Authenticate", challenge}};
    const SendResult result = m_sender.sendOnceTo(answer);
    QCOMPARE(result.attempt.outcome, Outcome::Rejected);
    QCOMPARE(result.attempt.status, status);
    QCOMPARE(result.attempt.responseBody, answer.body);
}

void OutcomesTest::noAnswer_data()
{
    QTest::addColumn<Answer>("answer");
    QTest::newRow("reset") << Answer::reset();
    Answer closed = Answer::reset();
    closed.cutByReset = false;
    QTest::newRow("closed") << closed;
    Answer cut;
    cut.cutAfter = 7;
    QTest::newRow("reset inside the status line") << cut;
    cut.cutAfter = 25;
    QTest::newRow("reset inside the headers") << cut;
    cut.cutByReset = false;
    QTest::newRow("closed inside the headers") << cut;
    QTest::newRow("noise") << Answer::bytes("220 mail.example ESMTP ready\r\n");
    QTest::newRow("HTTP/0.9") << Answer::bytes("<html>hello</html>\n");
    QTest::newRow("binary noise") << Answer::bytes(QByteArray("\x15\x03\x01\x00\x02\x02\x46", 7));
    QTest::newRow("a status that is none") << Answer::bytes("HTTP/1.1 OK\r\n\r\n");
}

void OutcomesTest::noAnswer()
{
    QFETCH(Answer, answer);
    const SendResult result = m_sender.sendOnceTo(answer);
    QCOMPARE(result.attempt.outcome, Outcome::Unknown);
    QCOMPARE(result.attempt.reason,
             QStringLiteral("The connection was lost before an answer came: the receiver may have got it."));
    QCOMPARE(result.attempt.status, 0);
    QVERIFY(result.attempt.responseHeaders.isEmpty());
    QVERIFY(result.attempt.responseBody.isEmpty());
}

void OutcomesTest::unreachable()
{
    const quint16 port = test::ScriptedReceiver::freePort();
    const Attempt attempt = m_sender.send(QStringLiteral("http://127.0.0.1:%1/hook").arg(port)).attempt;
    QCOMPARE(attempt.outcome, Outcome::Unreachable);
    QCOMPARE(attempt.reason, QStringLiteral("Could not connect: nothing listens on 127.0.0.1:%1.").arg(port));
    QCOMPARE(attempt.status, 0);
    QVERIFY(attempt.timing.connectStarted >= 0);
    QCOMPARE(attempt.timing.requestSent, qint64(-1));
}

void OutcomesTest::unknownHost()
{
    const Attempt attempt = m_sender.send(QStringLiteral("http://nobody.invalid/hook")).attempt;
    QCOMPARE(attempt.outcome, Outcome::Unreachable);
    QCOMPARE(attempt.reason, QStringLiteral("Could not connect: no host named nobody.invalid was found."));
}

void OutcomesTest::addressesThatCantBeUsed_data()
{
    QTest::addColumn<QString>("url");
    for (const char *url : {"", "example.com/hook", "ftp://127.0.0.1/", "http://", "http:///path", "http://a b/",
                            "http://127.0.0.1:0/", "http://127.0.0.1:99999/", "http://user:pw@127.0.0.1/",
                            "http://127.0.0.1/%zz", "javascript:alert(1)", "file:///etc/passwd"}) {
        QTest::newRow(*url ? url : "(empty)") << QString::fromLatin1(url);
    }
}

void OutcomesTest::addressesThatCantBeUsed()
{
    QFETCH(QString, url);
    const SendResult result = m_sender.send(url);
    QCOMPARE(result.attempt.outcome, Outcome::NotSent);
    QCOMPARE(result.attempt.reason, QStringLiteral("Not sent: the destination's address can't be used."));
    QCOMPARE(result.attempt.destinationId, DestinationId(7));
    QVERIFY(result.attempt.startedAt > 0);
    QVERIFY(!result.attempt.maskedUrl.contains(QStringLiteral("pw")));
}

QTEST_GUILESS_MAIN(OutcomesTest)
#include "tst_outcomes.moc"
