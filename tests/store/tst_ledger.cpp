// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#include "store/inflightledger.h"

#include <QFile>
#include <QFileInfo>
#include <QSet>
#include <QTemporaryDir>
#include <QTest>

using namespace courier;

/// The sends under way outlive the process that made them.
class LedgerTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void remembersWhatWasUnderWay();
    void takesNoMoreThanItHolds();
    void takesADamagedFileAsEmpty_data();
    void takesADamagedFileAsEmpty();
    void overlooksATornEntry();
    void saysWhyItCannotBeOpened();
};

namespace {

InFlight send(qint64 id)
{
    return {DeliveryId{id}, 3, Trigger::ByHand, 2, true, 1'790'000'000'123};
}

std::unique_ptr<InFlightLedger> openIn(const QTemporaryDir &directory)
{
    auto opened = InFlightLedger::open(directory.path());
    if (!opened) {
        qFatal("%s", qPrintable(opened.error().message));
    }
    return std::move(*opened);
}

} // namespace

void LedgerTest::remembersWhatWasUnderWay()
{
    const QTemporaryDir directory;
    {
        const auto ledger = openIn(directory);
        QVERIFY(ledger->leftBehind().isEmpty());
        const int first = ledger->begin(send(11));
        const int second = ledger->begin(send(12));
        QVERIFY(first >= 0 && second >= 0 && first != second);
        ledger->end(first);
    } // nothing is written at the end: as a kill leaves it
    QCOMPARE(QFileInfo(directory.filePath(QStringLiteral("inflight"))).permissions() &
                 (QFileDevice::ReadGroup | QFileDevice::ReadOther | QFileDevice::WriteGroup),
             QFileDevice::Permissions());
    const auto ledger = openIn(directory);
    const QList<InFlight> left = ledger->leftBehind();
    QCOMPARE(left.size(), 1);
    QCOMPARE(left.first().deliveryId, DeliveryId{12});
    QCOMPARE(left.first().number, 3);
    QCOMPARE(left.first().trigger, Trigger::ByHand);
    QCOMPARE(left.first().round, 2);
    QCOMPARE(left.first().resent, true);
    QCOMPARE(left.first().startedAt, 1'790'000'000'123);
    // What begins before clear() stays; what was left is told until then.
    ledger->begin(send(13));
    QCOMPARE(openIn(directory)->leftBehind().size(), 2);
    ledger->clear();
    QVERIFY(ledger->leftBehind().isEmpty());
    QCOMPARE(openIn(directory)->leftBehind().size(), 1);
    QCOMPARE(openIn(directory)->leftBehind().first().deliveryId, DeliveryId{13});
}

void LedgerTest::takesNoMoreThanItHolds()
{
    const QTemporaryDir directory;
    const auto ledger = openIn(directory);
    QSet<int> slots;
    for (int i = 1; i <= 4096; ++i) {
        slots.insert(ledger->begin(send(i)));
    }
    QCOMPARE(slots.size(), 4096);
    QVERIFY(!slots.contains(-1));
    QCOMPARE(ledger->begin(send(5000)), -1);
    QCOMPARE(openIn(directory)->leftBehind().size(), 4096);
    ledger->end(77);
    ledger->end(-1);
    ledger->end(4096);
    QCOMPARE(ledger->begin(send(5000)), 77);
}

void LedgerTest::takesADamagedFileAsEmpty_data()
{
    QTest::addColumn<QByteArray>("content");
    QTest::newRow("noise") << QByteArray(64 + 4096 * 64, '\x5a');
    QTest::newRow("short") << QByteArray("not a ledger");
    QTest::newRow("long") << QByteArray(1'000'000, '\1');
    QTest::newRow("empty") << QByteArray();
}

void LedgerTest::takesADamagedFileAsEmpty()
{
    QFETCH(const QByteArray, content);
    const QTemporaryDir directory;
    QFile file(directory.filePath(QStringLiteral("inflight")));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(content);
    file.close();
    {
        const auto ledger = openIn(directory);
        QVERIFY(ledger->leftBehind().isEmpty());
        QVERIFY(ledger->begin(send(1)) >= 0);
    }
    QCOMPARE(openIn(directory)->leftBehind().size(), 1);
}

void LedgerTest::overlooksATornEntry()
{
    const QTemporaryDir directory;
    int torn = 0;
    {
        const auto ledger = openIn(directory);
        torn = ledger->begin(send(1));
        ledger->begin(send(2));
    }
    QFile file(directory.filePath(QStringLiteral("inflight")));
    QVERIFY(file.open(QIODevice::ReadWrite));
    file.seek(64 + 64 * torn);
    file.write("\x7f", 1);
    file.close();
    const QList<InFlight> left = openIn(directory)->leftBehind();
    QCOMPARE(left.size(), 1);
    QCOMPARE(left.first().deliveryId, DeliveryId{2});
}

void LedgerTest::saysWhyItCannotBeOpened()
{
    const QTemporaryDir directory;
    const auto missing = InFlightLedger::open(directory.filePath(QStringLiteral("nowhere")));
    QVERIFY(!missing);
    QVERIFY(missing.error().message.contains(QStringLiteral("nowhere")));
}

QTEST_GUILESS_MAIN(LedgerTest)
#include "tst_ledger.moc"
