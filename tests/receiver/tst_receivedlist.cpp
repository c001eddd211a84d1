// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#include "receiver/receivedrequest.h"

#include <QTest>

using namespace courier;

/// The list is bounded in number and in bytes.
class TestReceivedList : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void keepsTheLatest200();
    void keepsAtMost8Mebibytes();
    void countsHeadersToo();
    void isEmptyAfterTake();
};

namespace {

ReceivedRequest requestOf(qsizetype bodySize, qint64 at = 0)
{
    ReceivedRequest request;
    request.at = at;
    request.body = QByteArray(bodySize, 'x');
    return request;
}

constexpr qsizetype mebibyte = 1024 * 1024;

} // namespace

void TestReceivedList::keepsTheLatest200()
{
    ReceivedList list;
    for (int i = 0; i < 250; ++i) {
        list.add(requestOf(10, i));
    }
    QCOMPARE(list.all().size(), 200);
    QCOMPARE(list.all().first().at, 50);
    QCOMPARE(list.all().last().at, 249);
}

void TestReceivedList::keepsAtMost8Mebibytes()
{
    ReceivedList list;
    for (int i = 0; i < 20; ++i) {
        list.add(requestOf(mebibyte, i));
    }
    QCOMPARE(list.all().size(), 8);
    QCOMPARE(list.all().last().at, 19);
    list.add(requestOf(1, 20));
    QCOMPARE(list.all().size(), 8);
    QCOMPARE(list.all().first().at, 13);
}

void TestReceivedList::countsHeadersToo()
{
    ReceivedList list;
    ReceivedRequest request;
    request.headers = {{"X-Large", QByteArray(3 * mebibyte, 'x')}};
    for (int i = 0; i < 5; ++i) {
        list.add(request);
    }
    QCOMPARE(list.all().size(), 2);
}

void TestReceivedList::isEmptyAfterTake()
{
    ReceivedList list;
    for (int i = 0; i < 8; ++i) {
        list.add(requestOf(mebibyte - 1));
    }
    QCOMPARE(list.take().size(), 8);
    QVERIFY(list.all().isEmpty());
    for (int i = 0; i < 8; ++i) {
        list.add(requestOf(mebibyte - 1));
    }
    QCOMPARE(list.all().size(), 8); // the bytes were forgotten as well
    list.clear();
    QVERIFY(list.all().isEmpty());
}

QTEST_GUILESS_MAIN(TestReceivedList)
#include "tst_receivedlist.moc"
