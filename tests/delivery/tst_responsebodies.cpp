// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#include "delivery/queuesource.h"
#include "support/scriptedreceiver.h"

#include <QtTest>

using namespace courier;
using test::Answer;

/// What is kept of the bodies that receivers answer with: their bytes, up to the limit, whatever they are.
class ResponseBodiesTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void brokenBodies_data();
    void brokenBodies();
    void bodiesAsBytes_data();
    void bodiesAsBytes();
    void bodyLimit_data();
    void bodyLimit();

private:
    test::OneSender m_sender;
};

void ResponseBodiesTest::brokenBodies_data()
{
    QTest::addColumn<Answer>("answer");
    QTest::addColumn<Outcome>("outcome");
    QTest::addColumn<qint64>("size");
    Answer answer = Answer::ok("0123456789");
    answer.cutAfterBody = 4;
    QTest::newRow("reset inside the body") << answer << Outcome::Acknowledged << qint64(10);
    answer.cutByReset = false;
    QTest::newRow("closed inside the body") << answer << Outcome::Acknowledged << qint64(10);
    answer.status = 500;
    QTest::newRow("closed inside the body of a 500") << answer << Outcome::Rejected << qint64(10);
    answer = Answer::ok("0123");
    answer.announcedLength = 50;
    answer.then = Answer::Then::CloseUnannounced;
    QTest::newRow("a Content-Length that promises too much") << answer << Outcome::Acknowledged << qint64(50);
    answer = Answer::ok("0123");
    answer.framing = Answer::Framing::Chunked;
    answer.cutAfterBody = 9; // "4\r\n0123\r\n"
    answer.cutByReset = false;
    QTest::newRow("closed between chunks") << answer << Outcome::Acknowledged << qint64(-1);
}

void ResponseBodiesTest::brokenBodies()
{
    QFETCH(Answer, answer);
    QFETCH(Outcome, outcome);
    QFETCH(qint64, size);
    const SendResult result = m_sender.sendOnceTo(answer);
    QCOMPARE(result.attempt.outcome, outcome);
    QCOMPARE(result.attempt.responseBody, QByteArray("0123"));
    QVERIFY(result.attempt.bodyCut);
    QCOMPARE(result.attempt.responseBodySize, size);
    QCOMPARE(result.attempt.timing.finished, qint64(-1));
}

void ResponseBodiesTest::bodiesAsBytes_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::newRow("NUL and controls") << QByteArray("a\0b\x01\x1b[31m\r\n", 11);
    QTest::newRow("invalid UTF-8") << QByteArray("\xff\xfe\x80 \xc3(");
    QTest::newRow("HTML and script") << QByteArray("<html><script>alert(1)</script>");
    QTest::newRow("what claims to be gzip") << QByteArray("\x1f\x8b\x08\x00 not really", 15);
    QByteArray all;
    for (int i = 0; i < 256; ++i) {
        all.append(static_cast<char>(i));
    }
    QTest::newRow("every byte") << all;
}

void ResponseBodiesTest::bodiesAsBytes()
{
    QFETCH(QByteArray, body);
    for (const Answer::Framing framing :
         {Answer::Framing::ContentLength, Answer::Framing::Chunked, Answer::Framing::UntilClose}) {
        Answer answer = Answer::ok(body);
        answer.framing = framing;
        answer.headers = {{"Content-Encoding", "gzip"}, {"Content-Type", "text/html"}};
        const SendResult result = m_sender.sendOnceTo(answer);
        QCOMPARE(result.attempt.responseBody, body);
        QCOMPARE(result.attempt.responseBodySize, qint64(body.size()));
        QCOMPARE(result.attempt.outcome, Outcome::Acknowledged);
        QVERIFY(!result.attempt.bodyCut);
    }
}

void ResponseBodiesTest::bodyLimit_data()
{
    QTest::addColumn<qint64>("size");
    QTest::addColumn<Answer::Framing>("framing");
    using Framing = Answer::Framing;
    const auto row = [](const char *name, qint64 size, Framing framing) {
        QTest::addRow("%s, %d", name, static_cast<int>(framing)) << size << framing;
    };
    for (const Framing framing : {Framing::ContentLength, Framing::Chunked, Framing::UntilClose}) {
        row("one byte less", storedBodyLimit - 1, framing);
        row("as much as is kept", storedBodyLimit, framing);
        row("one byte more", storedBodyLimit + 1, framing);
        row("10 MB on one line", 10'000'000, framing);
        row("2 GB", 2'000'000'000, framing);
    }
    row("endless, no length", Answer::endless, Framing::UntilClose);
    row("endless, chunked", Answer::endless, Framing::Chunked);
}

void ResponseBodiesTest::bodyLimit()
{
    QFETCH(qint64, size);
    QFETCH(Answer::Framing, framing);
    for (const int status : {200, 503}) {
        Answer answer = Answer::withStatus(status, "", "x");
        answer.framing = framing;
        if (size < 100'000) {
            answer.body = QByteArray(size, 'x');
        } else {
            answer.body = QByteArray(1000, 'x');
            answer.bodySize = size;
        }
        const qint64 before = test::peakMemory();
        const SendResult result = m_sender.sendOnceTo(answer);
        QCOMPARE(result.attempt.outcome, status == 200 ? Outcome::Acknowledged : Outcome::Rejected);
        QCOMPARE(result.attempt.responseBody.size(), qsizetype(std::min<qint64>(size, storedBodyLimit)));
        QCOMPARE(result.attempt.bodyCut, size > storedBodyLimit);
        const bool isKnown = framing == Answer::Framing::ContentLength || size <= storedBodyLimit;
        QCOMPARE(result.attempt.responseBodySize, isKnown ? size : -1);
        const qint64 grown = test::peakMemory() - before;
        QVERIFY2(grown < 40 * 1024, qPrintable(QStringLiteral("%1 KiB").arg(grown)));
    }
}

QTEST_GUILESS_MAIN(ResponseBodiesTest)
#include "tst_responsebodies.moc"
