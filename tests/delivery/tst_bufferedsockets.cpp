// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#include "delivery/queuesource.h"
#include "support/scriptedreceiver.h"

#include <QtTest>

#include <atomic>

#include <sys/syscall.h>
#include <unistd.h>

using namespace courier;

namespace {

std::atomic<int> reads{0};

} // namespace

// Stands before the C library's own: every read() of this process, Qt's included, is counted. The scripted receiver
// uses recv() and doesn't count.
extern "C" ssize_t read(int fd, void *buffer, size_t size)
{
    ++reads;
    return syscall(SYS_read, fd, buffer, size);
}

/// Guards the way answers are read: in blocks, not a byte a system call. Should a later Qt change what makes it so,
/// this notices.
class BufferedSocketsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void readsAnswersInBlocks();
};

void BufferedSocketsTest::readsAnswersInBlocks()
{
    test::Answer answer;
    answer.headers = {{"X-Filling", QByteArray(600, 'x')}};
    const test::ScriptedReceiver receiver(answer);
    test::OneSender sender;
    QCOMPARE(sender.send(receiver.url()).attempt.reason, QStringLiteral("200 OK"));
    constexpr int count = 100;
    const int before = reads;
    for (int i = 0; i < count; ++i) {
        sender.send(receiver.url());
    }
    const int each = (reads - before) / count;
    QVERIFY(each > 0); // else the count counts nothing
    QVERIFY2(each < 40, qPrintable(QStringLiteral("%1 reads an answer").arg(each)));
}

QTEST_GUILESS_MAIN(BufferedSocketsTest)
#include "tst_bufferedsockets.moc"
