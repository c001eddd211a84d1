// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#include "httpd/answerbox.h"

#include <QTest>

#include <poll.h>

using namespace courier;

/// The box between the threads that answer and the server's own.
class TestAnswerBox : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void wakesForTheFirstAnswer();
    void takesOneAlone();
    void aTicketAnswersOnce();
    void anUnusedTicketSaysSo();
    void aClosedBoxTakesNothing();
};

namespace {

bool isReadable(const AnswerBox &box)
{
    pollfd watched{box.wakeFd(), POLLIN, 0};
    return ::poll(&watched, 1, 0) == 1;
}

} // namespace

void TestAnswerBox::wakesForTheFirstAnswer()
{
    AnswerBox box;
    QVERIFY(box.isValid());
    QVERIFY(!isReadable(box));
    box.post({1, textResponse(200, "one")});
    box.post({2, textResponse(201, "two")});
    QVERIFY(isReadable(box));
    const auto answers = box.takeAll();
    QCOMPARE(answers.size(), 2U);
    QCOMPARE(answers[0].requestId, 1U);
    QCOMPARE(answers[1].response.value().body, "two\n");
    QVERIFY(!isReadable(box));
    QVERIFY(box.takeAll().empty());
}

void TestAnswerBox::takesOneAlone()
{
    AnswerBox box;
    for (const quint64 id : {1, 2, 3}) {
        box.post({id, textResponse(200, QByteArray::number(id))});
    }
    QCOMPARE(box.take(2).value().response.value().body, "2\n");
    QVERIFY(!box.take(2));
    const auto rest = box.takeAll();
    QCOMPARE(rest.size(), 2U);
    QCOMPARE(rest[0].requestId, 1U);
    QCOMPARE(rest[1].requestId, 3U);
}

void TestAnswerBox::aTicketAnswersOnce()
{
    const auto box = std::make_shared<AnswerBox>();
    {
        AnswerTicket ticket(box, 7);
        ticket.answer(textResponse(200, "first"));
        ticket.answer(textResponse(500, "second"));
    }
    const auto answers = box->takeAll();
    QCOMPARE(answers.size(), 1U);
    QCOMPARE(answers[0].response.value().status, 200);
}

void TestAnswerBox::anUnusedTicketSaysSo()
{
    const auto box = std::make_shared<AnswerBox>();
    {
        const AnswerTicket ticket(box, 7);
    }
    const auto answers = box->takeAll();
    QCOMPARE(answers.size(), 1U);
    QCOMPARE(answers[0].requestId, 7U);
    QVERIFY(!answers[0].response);
}

void TestAnswerBox::aClosedBoxTakesNothing()
{
    AnswerBox box;
    box.post({1, textResponse(200, "one")});
    box.close();
    QVERIFY(box.takeAll().empty());
    box.post({2, textResponse(200, "two")});
    QVERIFY(box.takeAll().empty());
    QVERIFY(!isReadable(box));
}

QTEST_GUILESS_MAIN(TestAnswerBox)
#include "tst_answerbox.moc"
