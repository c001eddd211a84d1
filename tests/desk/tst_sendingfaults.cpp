// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#include "sendingdesk.h"

#include <QDateTime>
#include <QLocale>

using namespace courier;
using namespace courier::test;
using namespace std::chrono_literals;

namespace {

Answer head(int status, const char *reason)
{
    return Answer::withStatus(status, reason, "because");
}

Answer cutInTheStatusLine()
{
    Answer answer;
    answer.cutAfter = 7;
    return answer;
}

Answer redirectTo(const QByteArray &location)
{
    Answer answer = head(302, "Found");
    answer.headers = {{"Location", location}};
    return answer;
}

Answer dripping()
{
    Answer answer = Answer::ok(QByteArray(10'000, 'x'));
    answer.bodyDrip = 5ms;
    return answer;
}

// "Sun, 06 Nov 1994 08:49:37 GMT"
QByteArray httpDate(qint64 msecsUtc)
{
    return QLocale::c()
        .toString(QDateTime::fromMSecsSinceEpoch(msecsUtc, Qt::UTC), QStringLiteral("ddd, dd MMM yyyy hh:mm:ss"))
        .toLatin1()
        .append(" GMT");
}

} // namespace

/// What becomes of an alert whose attempt fails in one of the many ways: nothing but another attempt, in its time, to
/// the same destination, under the same id; and the record of the first stays as it was.
class SendingFaultsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void cleanupTestCase();
    void cleanup();
    void aFailedAttemptIsMadeAgain_data();
    void aFailedAttemptIsMadeAgain();
    void nobodyThere();
    void aBrokenBodyIsAcknowledged();
    void retryAfterIsHonoured_data();
    void retryAfterIsHonoured();

private:
    std::unique_ptr<SendingDesk> m_fixture; ///< one for all, each with a destination of its own
};

void SendingFaultsTest::initTestCase()
{
    m_fixture = std::make_unique<SendingDesk>();
}

void SendingFaultsTest::cleanupTestCase()
{
    m_fixture.reset();
}

void SendingFaultsTest::cleanup()
{
    m_fixture->removeAll();
}

void SendingFaultsTest::aFailedAttemptIsMadeAgain_data()
{
    QTest::addColumn<Answer>("answer");
    QTest::addColumn<Outcome>("outcome");
    QTest::addColumn<QString>("reason");
    QTest::addColumn<bool>("isWaitedFor"); // until the time-out
    const auto row = [](const char *name, const Answer &answer, Outcome outcome, const char *reason,
                        bool isWaitedFor = false) {
        QTest::newRow(name) << answer << outcome << QString::fromUtf8(reason) << isWaitedFor;
    };
    const char *lost = "The connection was lost before an answer came: the receiver may have got it.";
    row("S2 reset", Answer::reset(), Outcome::Unknown, lost);
    row("S2 cut in the status line", cutInTheStatusLine(), Outcome::Unknown, lost);
    row("S4 no answer", Answer::never(), Outcome::TimedOut, "Timed out after 10 s.", true);
    row("S4 a drip", dripping(), Outcome::TimedOut, "Timed out after 10 s.", true);
    row("S6 noise", Answer::bytes("220 mail.example ESMTP ready\r\n"), Outcome::Unknown, lost);
    row("S7 redirect", redirectTo("/elsewhere"), Outcome::Rejected, "302 Found: redirects are not followed");
    for (const char *status :
         {"400 Bad Request", "401 Unauthorized", "403 Forbidden", "404 Not Found", "405 Method Not Allowed", "410 Gone",
          "413 Content Too Large", "500 Internal Server Error", "501 Not Implemented", "502 Bad Gateway",
          "504 Gateway Timeout"}) {
        row(status, head(QByteArray(status).left(3).toInt(), ""), Outcome::Rejected, status);
    }
}

void SendingFaultsTest::aFailedAttemptIsMadeAgain()
{
    QFETCH(Answer, answer);
    QFETCH(bool, isWaitedFor);
    ScriptedReceiver receiver([answer](const Request &, int nth) { return nth == 1 ? answer : Answer::ok("thanks"); });
    SendingDesk &fixture = *m_fixture;
    fixture.add(receiver.url());
    const AlertId id = fixture.accept();
    QVERIFY(receiver.waitForRequests(1));
    if (isWaitedFor) {
        QTest::qWait(50);
        fixture.advance(10s);
    }
    QTRY_COMPARE(fixture.stateOf(id), DeliveryState::Retrying);
    const Attempt first = fixture.attemptsOf(id).constFirst();
    QTEST(first.outcome, "outcome");
    QFETCH(QString, reason);
    QVERIFY2(first.reason.startsWith(reason), qPrintable(first.reason));
    const qint64 wait = fixture.deliveryOf(id).nextAt - fixture.clock.nowUtc();
    QVERIFY2(wait >= 4000 && wait <= 6000, qPrintable(QString::number(wait)));
    QTest::qWait(20);
    QCOMPARE(receiver.requestCount(), 1); // not before its time

    fixture.advance(6s);
    QTRY_COMPARE(fixture.stateOf(id), DeliveryState::Delivered);
    const QList<Request> requests = receiver.requests();
    QCOMPARE(requests.size(), 2);
    QCOMPARE(requests.at(1).header("webhook-id"), requests.at(0).header("webhook-id"));
    QCOMPARE(requests.at(1).body, requests.at(0).body);
    const QList<Attempt> attempts = fixture.attemptsOf(id);
    QCOMPARE(attempts.size(), 2);
    QCOMPARE(attempts.at(0).reason, first.reason); // what was recorded is never rewritten
    QCOMPARE(attempts.at(0).outcome, first.outcome);
    QCOMPARE(attempts.at(1).number, 2);
    QCOMPARE(attempts.at(1).trigger, Trigger::Automatic);
}

void SendingFaultsTest::nobodyThere()
{
    const quint16 port = ScriptedReceiver::freePort();
    SendingDesk &fixture = *m_fixture;
    fixture.add(QStringLiteral("http://127.0.0.1:%1/hook").arg(port));
    const AlertId id = fixture.accept();
    QTRY_COMPARE(fixture.stateOf(id), DeliveryState::Retrying);
    QCOMPARE(fixture.deliveryOf(id).lastOutcome, Outcome::Unreachable);
    QCOMPARE(fixture.deliveryOf(id).lastReason,
             QStringLiteral("Could not connect: nothing listens on 127.0.0.1:%1.").arg(port));
    const ScriptedReceiver late(Answer::ok(), port);
    fixture.advance(6s);
    QTRY_COMPARE(fixture.stateOf(id), DeliveryState::Delivered);
    QCOMPARE(late.requestCount(), 1);
}

void SendingFaultsTest::aBrokenBodyIsAcknowledged()
{
    Answer answer = Answer::ok("0123456789");
    answer.cutAfterBody = 4;
    const ScriptedReceiver receiver(answer);
    SendingDesk &fixture = *m_fixture;
    fixture.add(receiver.url());
    const AlertId id = fixture.accept();
    QTRY_COMPARE(fixture.stateOf(id), DeliveryState::Delivered);
    const AttemptId attempt = fixture.attemptsOf(id).constFirst().id;
    const Attempt kept =
        *fixture.desk().store().read([attempt](Queries &queries) { return queries.attempt(attempt); }).result();
    QCOMPARE(kept.outcome, Outcome::Acknowledged);
    QCOMPARE(kept.responseBody, QByteArray("0123"));
    QVERIFY(kept.bodyCut);
    fixture.advance(1h);
    QTest::qWait(50);
    QCOMPARE(receiver.requestCount(), 1);
}

void SendingFaultsTest::retryAfterIsHonoured_data()
{
    QTest::addColumn<QByteArray>("value");
    QTest::addColumn<qint64>("least");
    QTest::addColumn<qint64>("most");
    constexpr qint64 own = 4000; // the schedule's own, 5 s and up to a fifth more or less
    constexpr qint64 ownMost = 6000;
    const auto row = [](const char *name, const char *value, qint64 least, qint64 most) {
        QTest::newRow(name) << QByteArray(value) << least << most;
    };
    row("seconds", "120", 120'000, 120'000);
    row("fewer than its own", "1", own, ownMost);
    row("a date", "@90", 89'000, 90'000); // a date has no milliseconds
    row("the past", "@-86400", own, ownMost);
    row("nonsense", "in a while", own, ownMost);
    row("negative", "-5", own, ownMost);
    row("ten years", "315360000", 3'600'000, 3'600'000);
    row("a date in ten years", "@315360000", 3'600'000, 3'600'000);
}

void SendingFaultsTest::retryAfterIsHonoured()
{
    QFETCH(QByteArray, value);
    QFETCH(qint64, least);
    QFETCH(qint64, most);
    for (const int status : {429, 503}) {
        const qint64 ahead = value.mid(1).toLongLong() * 1000;
        const QByteArray said = value.startsWith('@') ? httpDate(m_fixture->clock.nowUtc() + ahead) : value;
        ScriptedReceiver receiver([status, said](const Request &, int nth) {
            Answer answer = nth == 1 ? Answer::withStatus(status, "", "later") : Answer::ok();
            answer.headers = {{"Retry-After", said}};
            return answer;
        });
        SendingDesk &fixture = *m_fixture;
        fixture.add(receiver.url());
        const AlertId id = fixture.accept();
        QTRY_COMPARE(fixture.stateOf(id), DeliveryState::Retrying);
        const qint64 wait = fixture.deliveryOf(id).nextAt - fixture.clock.nowUtc();
        QVERIFY2(wait >= least && wait <= most, qPrintable(QString::number(wait)));
        fixture.advance(std::chrono::milliseconds(wait - 1));
        QTest::qWait(20);
        QCOMPARE(receiver.requestCount(), 1);
        fixture.advance(1ms);
        QTRY_COMPARE(fixture.stateOf(id), DeliveryState::Delivered);
        fixture.removeAll();
    }
}

QTEST_GUILESS_MAIN(SendingFaultsTest)
#include "tst_sendingfaults.moc"
