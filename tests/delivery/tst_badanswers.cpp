// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#include "delivery/queuesource.h"
#include "support/fakeclock.h"
#include "support/scriptedreceiver.h"

#include <QtTest>

#include <atomic>
#include <cerrno>

#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <unistd.h>

using namespace courier;
using namespace std::chrono_literals;
using test::Answer;

namespace {

constexpr const char *farAway = "192.0.2.1"; ///< an address that stands in examples only (RFC 5737)
std::atomic<int> errorFarAway{0};

} // namespace

// Stands before the C library's own: the network answers for the one address as a router or a kernel would.
extern "C" int connect(int fd, const sockaddr *address, socklen_t size)
{
    if (address->sa_family == AF_INET) {
        const auto *inet = reinterpret_cast<const sockaddr_in *>(address);
        if (ntohl(inet->sin_addr.s_addr) == 0xc0000201 && errorFarAway != 0) {
            errno = errorFarAway;
            return -1;
        }
    }
    return static_cast<int>(syscall(SYS_connect, fd, address, size));
}

/// Answers beyond what HTTP allows, or that pack what they say: what is made of them, and what is left for the next.
class BadAnswersTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void noRoute_data();
    void noRoute();
    void endlessAnswersAreLeft_data();
    void endlessAnswersAreLeft();
    void moreThanItsLength();
    void anAnswerTooMany();
    void noConnectionWaitsForLong();
    void interimAnswersFirst_data();
    void interimAnswersFirst();
    void packedBodies_data();
    void packedBodies();
    void aBodyThatUnpacksToMuch();
    void anAnswerNobodyAskedFor();
    void aRedirectToItself();

private:
    test::OneSender m_sender;
};

void BadAnswersTest::noRoute_data()
{
    QTest::addColumn<int>("error");
    QTest::newRow("host unreachable") << EHOSTUNREACH;
    QTest::newRow("network unreachable") << ENETUNREACH;
    QTest::newRow("forbidden by a firewall") << EACCES;
    QTest::newRow("no answer to the connection") << ETIMEDOUT;
}

void BadAnswersTest::noRoute()
{
    QFETCH(int, error);
    errorFarAway = error;
    const Attempt attempt = m_sender.send(QStringLiteral("http://%1/hook").arg(QLatin1String(farAway))).attempt;
    QCOMPARE(attempt.outcome, Outcome::Unreachable);
    QCOMPARE(attempt.reason, QStringLiteral("Could not connect: 192.0.2.1:80 can't be reached."));
    QCOMPARE(attempt.status, 0);
    QCOMPARE(attempt.timing.requestSent, qint64(-1));
}

void BadAnswersTest::endlessAnswersAreLeft_data()
{
    QTest::addColumn<Answer>("answer");
    Answer answer = Answer::ok(QByteArray(1000, 'x'));
    answer.bodySize = Answer::endless;
    answer.framing = Answer::Framing::Chunked;
    QTest::newRow("chunks") << answer;
    answer.framing = Answer::Framing::UntilClose;
    QTest::newRow("no length") << answer;
    answer.framing = Answer::Framing::ContentLength;
    answer.announcedLength = qint64(1) << 62;
    QTest::newRow("a length of four exabytes") << answer;
}

// As soon as there is more than is kept, the connection is dropped, and the receiver stops.
void BadAnswersTest::endlessAnswersAreLeft()
{
    QFETCH(Answer, answer);
    const test::ScriptedReceiver receiver(answer);
    const Attempt attempt = m_sender.send(receiver.url()).attempt;
    QCOMPARE(attempt.outcome, Outcome::Acknowledged);
    QCOMPARE(attempt.responseBody.size(), storedBodyLimit);
    QVERIFY(attempt.bodyCut);
    QTRY_COMPARE(receiver.openConnections(), 0);
    QCOMPARE(receiver.requestCount(), 1);
}

// What comes beyond the announced length must not be taken for the answer to the next request.
void BadAnswersTest::moreThanItsLength()
{
    const test::ScriptedReceiver receiver([](const test::Request &, int nth) {
        Answer answer = nth == 1 ? Answer::ok("ok") : Answer::withStatus(500, "", "really");
        if (nth == 1) {
            answer.after = "HTTP/1.1 200 Not asked for\r\nContent-Length: 5\r\n\r\nfalse";
        }
        return answer;
    });
    const Attempt first = m_sender.send(receiver.url()).attempt;
    QCOMPARE(first.outcome, Outcome::Acknowledged);
    QCOMPARE(first.responseBody, QByteArray("ok"));
    QCOMPARE(first.responseBodySize, qint64(2));
    QVERIFY(!first.bodyCut);
    const Attempt second = m_sender.send(receiver.url()).attempt;
    QCOMPARE(second.reason, QStringLiteral("500 Internal Server Error"));
    QCOMPARE(second.responseBody, QByteArray("really"));
}

// The same later, when the connection waits for the next request already: that one gets another connection.
void BadAnswersTest::anAnswerTooMany()
{
    const test::ScriptedReceiver receiver([](const test::Request &, int nth) {
        Answer answer = nth == 1 ? Answer::ok("ok") : Answer::withStatus(500, "", "really");
        if (nth == 1) {
            answer.after = "HTTP/1.1 200 Not asked for\r\nContent-Length: 5\r\n\r\nfalse";
            answer.pauseBeforeAfter = 60ms;
        }
        return answer;
    });
    test::FakeClock clock;
    test::OneSender sender(clock);
    QCOMPARE(sender.send(receiver.url()).attempt.outcome, Outcome::Acknowledged);
    QTest::qWait(120);
    clock.advance(1001ms);
    QCOMPARE(sender.send(receiver.url()).attempt.reason, QStringLiteral("500 Internal Server Error"));
    QCOMPARE(receiver.connectionCount(), 2);
}

// Two connections, of which one is enough from then on: the other waits unseen, and must not be taken up again.
void BadAnswersTest::noConnectionWaitsForLong()
{
    const test::ScriptedReceiver receiver([](const test::Request &, int) {
        Answer answer = Answer::ok();
        answer.delay = 20ms;
        return answer;
    });
    test::FakeClock clock;
    test::OneSender sender(clock);
    const auto sendTwo = [&](int sentBefore) {
        sender.source().add(test::jobFor(test::destinationAt(receiver.url())));
        sender.source().add(test::jobFor(test::destinationAt(receiver.url())));
        sender.pool().wake();
        return sender.source().waitForResults(sentBefore + 2);
    };
    QVERIFY(sendTwo(0));
    QCOMPARE(receiver.connectionCount(), 2);
    QVERIFY(sendTwo(2));
    QCOMPARE(receiver.connectionCount(), 2);
    clock.advance(600ms);
    sender.send(receiver.url());
    QCOMPARE(receiver.connectionCount(), 2);
    clock.advance(600ms);
    sender.send(receiver.url());
    QCOMPARE(receiver.connectionCount(), 3);
    clock.advance(600ms);
    sender.send(receiver.url());
    QCOMPARE(receiver.connectionCount(), 3); // the one that is used stays
}

void BadAnswersTest::interimAnswersFirst_data()
{
    QTest::addColumn<QByteArray>("before");
    QTest::addColumn<int>("status");
    QTest::newRow("100, 200") << QByteArray("HTTP/1.1 100 Continue\r\n\r\n") << 200;
    QTest::newRow("100, 503") << QByteArray("HTTP/1.1 100 Continue\r\n\r\n") << 503;
    QTest::newRow("100 five times, 204") << QByteArray("HTTP/1.1 100 Continue\r\n\r\n").repeated(5) << 204;
}

void BadAnswersTest::interimAnswersFirst()
{
    QFETCH(QByteArray, before);
    QFETCH(int, status);
    Answer answer = Answer::withStatus(status, "Final");
    answer.before = before;
    const Attempt attempt = m_sender.sendOnceTo(answer).attempt;
    QCOMPARE(attempt.reason, QStringLiteral("%1 Final").arg(status));
    QCOMPARE(attempt.outcome, status < 300 ? Outcome::Acknowledged : Outcome::Rejected);
}

// "gzip" of the command line, of "Thanks for the alert!" thirty times.
void BadAnswersTest::packedBodies_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<bool>("isCut");
    const QByteArray packed =
        QByteArray::fromHex("1f8b08000000000002030bc948cccb2e5648cb2f5228c9485548cc492d2a5154081915"
                            "1d151d3051003ab6c96194020000");
    QTest::newRow("gzip") << packed << false;
    QTest::newRow("gzip that ends early") << packed.chopped(20) << false;
    QTest::newRow("gzip that is none") << QByteArray("plain words") << false;
    QTest::newRow("gzip, and the connection breaks") << packed << true;
}

// Unpacked by who shows it: an answer is asked for as it is (Accept-Encoding: identity), and kept as it came.
void BadAnswersTest::packedBodies()
{
    QFETCH(QByteArray, body);
    QFETCH(bool, isCut);
    for (const char *coding : {"gzip", "deflate", "br", "zstd", "gzip, gzip"}) {
        Answer answer = Answer::ok(body);
        answer.headers = {{"Content-Encoding", coding}};
        answer.cutAfterBody = isCut ? 10 : -1;
        const Attempt attempt = m_sender.sendOnceTo(answer).attempt;
        QCOMPARE(attempt.outcome, Outcome::Acknowledged);
        QCOMPARE(attempt.responseBody, isCut ? body.left(10) : body);
        QCOMPARE(attempt.responseBodySize, qint64(body.size()));
        QCOMPARE(attempt.bodyCut, isCut);
        QVERIFY(attempt.responseHeaders.contains(QByteArray(QByteArray("Content-Encoding: ") + coding + "\r\n")));
    }
}

void BadAnswersTest::aBodyThatUnpacksToMuch()
{
    // 64 MiB of zeros are some 300 KiB when packed in haste: what zlib makes of them, with a gzip head before it.
    const QByteArray zeros = qCompress(QByteArray(64 * 1024 * 1024, '\0'), 1);
    const QByteArray packed = QByteArray::fromHex("1f8b0800000000000203") + zeros.mid(6).chopped(4);
    const qint64 before = test::peakMemory();
    Answer answer = Answer::ok(packed);
    answer.headers = {{"Content-Encoding", "gzip"}};
    const Attempt attempt = m_sender.sendOnceTo(answer).attempt;
    QCOMPARE(attempt.outcome, Outcome::Acknowledged);
    QCOMPARE(attempt.responseBody, packed.left(storedBodyLimit));
    QVERIFY(attempt.bodyCut);
    const qint64 grown = test::peakMemory() - before;
    QVERIFY2(grown < 40 * 1024, qPrintable(QStringLiteral("%1 KiB").arg(grown)));
}

// As some proxies do before they close a connection that nothing came over.
void BadAnswersTest::anAnswerNobodyAskedFor()
{
    const test::ScriptedReceiver receiver([](const test::Request &, int nth) {
        Answer answer = Answer::ok("ok");
        if (nth == 1) {
            answer.after = "HTTP/1.1 408 Request Timeout\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";
            answer.pauseBeforeAfter = 40ms;
            answer.then = Answer::Then::CloseUnannounced;
        }
        return answer;
    });
    QCOMPARE(m_sender.send(receiver.url()).attempt.reason, QStringLiteral("200 OK"));
    QTest::qWait(100);
    QCOMPARE(m_sender.send(receiver.url()).attempt.reason, QStringLiteral("200 OK"));
    QCOMPARE(receiver.requestCount(), 2);
}

// A loop that is never entered.
void BadAnswersTest::aRedirectToItself()
{
    for (const int status : {301, 302, 303, 307, 308}) {
        Answer answer = Answer::withStatus(status, "", "");
        answer.headers = {{"Location", "/hook"}};
        const Attempt attempt = m_sender.sendOnceTo(answer).attempt;
        QCOMPARE(attempt.outcome, Outcome::Rejected);
        QVERIFY2(attempt.reason.contains(QStringLiteral(": redirects are not followed (Location: http://127.0.0.1:")),
                 qPrintable(attempt.reason));
        QVERIFY(attempt.responseHeaders.contains("Location: /hook\r\n"));
    }
}

QTEST_GUILESS_MAIN(BadAnswersTest)
#include "tst_badanswers.moc"
