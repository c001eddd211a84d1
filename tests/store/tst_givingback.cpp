// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#include "retentionfixture.h"

#include <QFileInfo>
#include <QProcess>

using namespace courier;
using namespace courier::test;

/// What the retention leaves behind: room, a search that forgets, attempts without bodies, and a whole database.
class GivingBackTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void givesTheSpaceBack();
    void forgetsTheWords();
    void dropsBodiesAndNothingElse();
    void tellsWhoWatches();
    void othersReadMeanwhile();
    void aKillLeavesItWhole();
    void usesSpaceAgainWhereItCannotBeGivenBack();
};

void GivingBackTest::givesTheSpaceBack()
{
    Kept kept;
    kept.deliveredMany(100, QStringLiteral("alert number "), QByteArray(60'000, 'x'));
    kept.clock.advance(10 * day);
    kept.delivered(QStringLiteral("newest"));
    kept.read().foldLog();
    const qint64 before = QFileInfo(kept.path()).size();
    QVERIFY(before > 100 * 60'000);
    QVERIFY(kept.read().size().givesBack);
    QCOMPARE(kept.remove(kept.olderThan(5)), 100);
    QVERIFY(kept.read().size().free > 5'500'000);
    QVERIFY(kept.giveBack() > 1400);
    QCOMPARE(kept.read().size().free, 0);
    kept.read().foldLog();
    QVERIFY2(QFileInfo(kept.path()).size() < 500'000, qPrintable(QString::number(QFileInfo(kept.path()).size())));
    kept.checkItIsSound();
    QVERIFY(kept.isThere(kept.delivered(QStringLiteral("and on"))));
}

void GivingBackTest::forgetsTheWords()
{
    Kept kept;
    Alert worded = Fixture::alert(QStringLiteral("Zebra crossing"));
    worded.description = QStringLiteral("a giraffe");
    worded.tags = {QStringLiteral("okapi")};
    const Delivery delivery = kept.deliver(worded);
    kept.record(Fixture::result(delivery, DeliveryState::Delivered, 200));
    kept.clock.advance(10 * day);
    kept.delivered(QStringLiteral("Zebra two"));
    QCOMPARE(kept.found(QStringLiteral("zebra")), 2);
    QCOMPARE(kept.found(QStringLiteral("gir")), 1);
    QCOMPARE(kept.remove(kept.olderThan(5)), 1);
    QCOMPARE(kept.found(QStringLiteral("zebra")), 1);
    QCOMPARE(kept.found(QStringLiteral("gir")), 0);
    QCOMPARE(kept.found(QStringLiteral("okapi")), 0);
    for (int i = 0; valueOf(waitFor(kept.store().retain(MergeWords{}))) > 0; ++i) {
        QVERIFY(i < 100);
    }
    QCOMPARE(kept.found(QStringLiteral("zebra")), 1);
    kept.checkItIsSound();
}

void GivingBackTest::dropsBodiesAndNothingElse()
{
    Kept kept;
    const QList<AlertId> old = kept.deliveredMany(20, QStringLiteral("old "), "body");
    const AlertId failed = kept.settled(QStringLiteral("failed"), DeliveryState::Failed, "why");
    kept.clock.advance(10 * day);
    const AlertId young = kept.delivered(QStringLiteral("young"), "kept");
    const auto attempt = [&kept](AlertId id) { return *kept.read().attempt(kept.read().attemptsOf(id).first().id); };
    const Attempt before = attempt(old.first());
    QCOMPARE(kept.dropBodies(11), 0);
    QCOMPARE(kept.dropBodies(7), 20);
    const Attempt after = attempt(old.first());
    QCOMPARE(after.responseBody, QByteArray());
    QCOMPARE(after.bodyDroppedDays, 7);
    QCOMPARE(after.responseBodySize, before.responseBodySize);
    QCOMPARE(after.responseHeaders, before.responseHeaders);
    QCOMPARE(after.startedAt, before.startedAt);
    QCOMPARE(after.status, before.status);
    QCOMPARE(after.reason, before.reason);
    QCOMPARE(attempt(failed).responseBody, QByteArray("why")); // somebody will want to know
    QCOMPARE(attempt(failed).bodyDroppedDays, 0);
    QCOMPARE(attempt(young).responseBody, QByteArray("kept"));
    QCOMPARE(kept.dropBodies(7), 0);
    kept.clock.advance(10 * day);
    QCOMPARE(kept.dropBodies(5), 1);
    QCOMPARE(attempt(young).bodyDroppedDays, 5);
    QCOMPARE(attempt(old.first()).bodyDroppedDays, 7);
    kept.checkItIsSound();
}

void GivingBackTest::tellsWhoWatches()
{
    Kept kept;
    const AlertId old = kept.delivered(QStringLiteral("old"));
    kept.clock.advance(10 * day);
    kept.delivered(QStringLiteral("newest"));
    auto other = std::move(*Store::open(kept.directory.path(), kept.clock));
    QObject here;
    QList<AlertId> ownTold;
    QList<AlertId> otherTold;
    QObject::connect(&kept.store(), &Store::changed, &here,
                     [&](const StoreChanges &changes) { ownTold.append(changes.removed); });
    QObject::connect(other.get(), &Store::changed, &here,
                     [&](const StoreChanges &changes) { otherTold.append(changes.removed); });
    QCOMPARE(kept.remove(kept.olderThan(5)), 1);
    QTRY_COMPARE(ownTold, QList<AlertId>{old});
    QTRY_COMPARE(otherTold, QList<AlertId>{old});
}

void GivingBackTest::othersReadMeanwhile()
{
    Kept kept;
    kept.deliveredMany(200, QStringLiteral("alert number "), QByteArray(3000, 'x'));
    kept.clock.advance(10 * day);
    kept.delivered(QStringLiteral("newest"));
    std::atomic<bool> over = false;
    std::atomic<int> looks = 0;
    std::atomic<int> torn = 0;
    const std::unique_ptr<QThread> reader(QThread::create([&] {
        const auto queries = std::move(*kept.store().connectQueries());
        while (!over) {
            const QList<AlertSummary> all = queries->summaries(AlertId{}, 1000);
            const QList<AlertId> byText = queries->idsBy(QStringLiteral("headline"));
            torn += byText.size() > all.size() || all.isEmpty() ? 1 : 0; // it only ever shrinks
            ++looks;
        }
    }));
    reader->start();
    ExpiryStep step;
    step.alerts = 5;
    QCOMPARE(kept.remove(kept.olderThan(5), step), 200);
    kept.giveBack();
    QTRY_VERIFY(looks > 3);
    over = true;
    reader->wait();
    QCOMPARE(torn, 0);
    kept.checkItIsSound();
}

void GivingBackTest::aKillLeavesItWhole()
{
    Kept kept;
    kept.deliveredMany(300, QStringLiteral("alert number "), QByteArray(5000, 'x'));
    kept.clock.advance(10 * day);
    kept.delivered(QStringLiteral("newest"));
    kept.close();
    for (int killedAfter = 2; killedAfter < 10; killedAfter += 3) {
        QProcess helper;
        helper.start(QStringLiteral(STORE_HELPER), {QStringLiteral("retain"), kept.directory.path()});
        int steps = 0;
        while (steps < killedAfter && helper.waitForReadyRead(10'000)) {
            steps += static_cast<int>(helper.readAllStandardOutput().count('\n'));
        }
        helper.kill();
        helper.waitForFinished();
        QVERIFY(steps >= killedAfter);
        kept.checkItIsSound();
    }
    kept.reopen();
    const qint64 left = kept.read().alertCount();
    QVERIFY2(left < 300 && left > 1, qPrintable(QString::number(left)));
    QCOMPARE(kept.rows("attempt"), left);
    QCOMPARE(kept.rows("delivery"), left);
    QCOMPARE(kept.found(QStringLiteral("number")), left - 1);
    QCOMPARE(kept.remove(kept.olderThan(5)), left - 1);
    kept.checkItIsSound();
}

void GivingBackTest::usesSpaceAgainWhereItCannotBeGivenBack()
{
    Kept kept;
    kept.close();
    QVERIFY(isRun(kept.path(), QStringLiteral("PRAGMA journal_mode = DELETE")));
    onDatabase(kept.path(), {QStringLiteral("PRAGMA auto_vacuum = NONE"), QStringLiteral("VACUUM")});
    kept.reopen();
    QVERIFY(!kept.read().size().givesBack);
    kept.deliveredMany(50, QStringLiteral("alert number "), QByteArray(60'000, 'x'));
    kept.clock.advance(10 * day);
    kept.delivered(QStringLiteral("newest"));
    QCOMPARE(kept.remove(kept.olderThan(5)), 50);
    kept.read().foldLog();
    const qint64 before = QFileInfo(kept.path()).size();
    QCOMPARE(kept.giveBack(), 0);
    kept.deliveredMany(45, QStringLiteral("alert number "), QByteArray(60'000, 'x'));
    kept.read().foldLog();
    QCOMPARE(QFileInfo(kept.path()).size(), before);
}

QTEST_GUILESS_MAIN(GivingBackTest)
#include "tst_givingback.moc"
