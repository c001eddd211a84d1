// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#include "databasefile.h"
#include "storefixture.h"

#include <QElapsedTimer>
#include <QProcess>
#include <QRandomGenerator>
#include <QRegularExpression>
#include <QScopeGuard>

#include <sys/mount.h>
#include <unistd.h>

using namespace courier;
using namespace courier::test;

/// Kills, full disks and locks: what was said to be kept is kept, and what can't be kept is said.
class FaultsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void losesNothingToAKill();
    void isMadeWholeOrNotAtAll();
    void refusesWhatItCannotKeep();
    void saysThatTheDiskIsFull();
    void refusesAPlaceItCannotWriteTo();
    void waitsForAnotherWriter();
    void writesBesideOneThatNeverStops();
    void saysThatAnotherOneKeepsIt();
};

namespace {

QStringList linesOf(const QByteArray &output)
{
    // The last one may be cut.
    QStringList lines = QString::fromUtf8(output).split(u'\n');
    lines.removeLast();
    return lines;
}

QStringList runHelper(const QStringList &arguments)
{
    QProcess process;
    process.start(QStringLiteral(STORE_HELPER), arguments);
    process.waitForFinished(60000);
    return linesOf(process.readAllStandardOutput());
}

QString firstWith(const QStringList &lines, const QString &start)
{
    return lines.filter(start).value(0);
}

} // namespace

void FaultsTest::losesNothingToAKill()
{
    Fixture fixture;
    fixture.add(QStringLiteral("A"));
    fixture.add(QStringLiteral("B"));
    qint64 alerts = 0;
    qint64 attempts = 0;
    for (int round = 0; round < 10; ++round) {
        fixture.close();
        QProcess process;
        process.start(QStringLiteral(STORE_HELPER), {QStringLiteral("accept"), fixture.directory.path()});
        QVERIFY(process.waitForReadyRead(20000));
        QTest::qWait(20 + static_cast<int>(QRandomGenerator::global()->bounded(150)));
        process.kill();
        QVERIFY(process.waitForFinished(20000));
        fixture.reopen();
        for (const QString &line : linesOf(process.readAllStandardOutput())) {
            const QStringList parts = line.split(u' ');
            const qint64 id = parts.value(1).toLongLong();
            if (parts.value(0) == QLatin1String("alert")) {
                ++alerts;
                QVERIFY(fixture.read().alert(AlertId{id}).has_value());
                QCOMPARE(fixture.read().deliveriesOf(AlertId{id}).size(), parts.value(2).toInt());
                QCOMPARE(fixture.summary(AlertId{id}).id, AlertId{id});
            } else {
                ++attempts;
                QCOMPARE(fixture.now(DeliveryId{id}).state, DeliveryState::Delivered);
                QCOMPARE(fixture.now(DeliveryId{id}).attempts, 1);
            }
        }
        // And it goes on.
        AlertFilter filter;
        filter.words = {QStringLiteral("another"), QStringLiteral("proc")};
        QCOMPARE(fixture.read().matching(filter).size(), fixture.read().alertCount());
        QVERIFY(fixture.store().health().healthy);
    }
    QVERIFY(alerts > 10);
    QVERIFY(attempts > 0);
}

void FaultsTest::isMadeWholeOrNotAtAll()
{
    for (int round = 0; round < 15; ++round) {
        const QTemporaryDir directory;
        QProcess process;
        process.start(QStringLiteral(STORE_HELPER), {QStringLiteral("accept-one"), directory.path()});
        QVERIFY(process.waitForStarted(20000));
        QTest::qWait(2 * round);
        process.kill();
        // It may have ended before, and then there is nothing to wait for.
        QVERIFY(process.state() == QProcess::NotRunning || process.waitForFinished(20000));
        const StillClock clock;
        const auto opened = Store::open(directory.path(), clock);
        QVERIFY2(opened.has_value(), opened ? "" : qPrintable(opened.error().message));
        QVERIFY(waitFor((*opened)->accept({Fixture::alert(QStringLiteral("x"))})).has_value());
    }
}

void FaultsTest::refusesWhatItCannotKeep()
{
    Fixture fixture;
    fixture.add(QStringLiteral("A"));
    fixture.close();
    const QStringList lines =
        runHelper({QStringLiteral("fill"), fixture.directory.path(), QString::number(3 * 1024 * 1024)});
    QVERIFY2(firstWith(lines, QStringLiteral("refused")) != QString(), qPrintable(lines.join(u'\n')));
    QVERIFY(lines.indexOf(QRegularExpression(QStringLiteral("^unhealthy (io|full)$"))) >= 0);
    QVERIFY(lines.contains(QStringLiteral("waiting")));
    QVERIFY(lines.contains(QStringLiteral("healthy")));
    QVERIFY(lines.contains(QStringLiteral("recorded")));
    // Nothing of what was refused is there, all of what was taken is.
    const QStringList kept = firstWith(lines, QStringLiteral("kept")).split(u' ');
    QVERIFY(kept.value(1).toInt() > 4);
    QCOMPARE(kept.value(1), kept.value(3));
    fixture.reopen();
    QCOMPARE(QString::number(fixture.read().alertCount()), kept.value(1));
}

void FaultsTest::saysThatTheDiskIsFull()
{
    const QTemporaryDir directory;
    if (::mount("tmpfs", qPrintable(directory.path()), "tmpfs", 0, "size=3m,mode=0700") != 0) {
        QSKIP("Only root can mount a small disk");
    }
    const auto unmount = qScopeGuard([&] { ::umount2(qPrintable(directory.path()), MNT_DETACH); });
    const StillClock clock;
    auto store = std::move(*Store::open(directory.path(), clock));
    const QList<Alert> alerts(100, Fixture::alert(QString(1000, u'x')));
    Result<QList<Accepted>> accepted;
    qint64 kept = 0;
    while ((accepted = waitFor(store->accept(alerts)))) {
        kept += accepted->size();
    }
    QCOMPARE(accepted.error().kind, Error::Kind::DiskFull);
    QVERIFY(accepted.error().message.startsWith(QStringLiteral("The disk is full")));
    QVERIFY(accepted.error().message.contains(directory.path()));
    QVERIFY(!store->health().healthy);
    QCOMPARE(store->health().error.kind, Error::Kind::DiskFull);
    auto queries = std::move(*store->connectQueries());
    QCOMPARE(queries->alertCount(), kept);
    QVERIFY(::mount("tmpfs", qPrintable(directory.path()), "tmpfs", MS_REMOUNT, "size=30m,mode=0700") == 0);
    QTRY_VERIFY_WITH_TIMEOUT(store->health().healthy, 20000);
    QVERIFY(waitFor(store->accept(alerts)).has_value());
    QCOMPARE(queries->alertCount(), kept + 100);
    queries.reset();
    store.reset();
}

void FaultsTest::refusesAPlaceItCannotWriteTo()
{
    if (::geteuid() != 0) {
        QSKIP("Only root can become somebody else");
    }
    Fixture fixture;
    fixture.close();
    QFile::setPermissions(fixture.directory.path(), QFileDevice::ReadOwner | QFileDevice::WriteOwner |
                                                        QFileDevice::ExeOwner | QFileDevice::ReadOther |
                                                        QFileDevice::ExeOther);
    const QStringList lines = runHelper({QStringLiteral("open-as-nobody"), fixture.directory.path()});
    QVERIFY2(lines.value(0).startsWith(QStringLiteral("error readonly")), qPrintable(lines.join(u'\n')));
    QVERIFY(lines.value(0).contains(fixture.directory.path()));
    const QTemporaryDir empty;
    QFile::setPermissions(empty.path(), QFileDevice::ReadOwner | QFileDevice::ReadOther | QFileDevice::ExeOther);
    QVERIFY(runHelper({QStringLiteral("open-as-nobody"), empty.path()})
                .value(0)
                .startsWith(QStringLiteral("error readonly")));
    const StillClock clock;
    const auto nowhere = Store::open(empty.filePath(QStringLiteral("missing")), clock);
    QVERIFY(!nowhere);
    QCOMPARE(nowhere.error().kind, Error::Kind::NotFound);
}

void FaultsTest::waitsForAnotherWriter()
{
    Fixture fixture;
    fixture.add(QStringLiteral("A"));
    QFuture<Result<QList<Accepted>>> accepted;
    {
        const OtherWriter other(fixture.path());
        QVERIFY(other.holds());
        accepted = fixture.store().accept({Fixture::alert(QStringLiteral("x"))});
        QTest::qWait(300);
        QVERIFY(!accepted.isFinished());
    }
    QVERIFY(waitFor(accepted).has_value());
    QVERIFY(fixture.store().health().healthy);
}

void FaultsTest::writesBesideOneThatNeverStops()
{
    Fixture fixture;
    fixture.add(QStringLiteral("A"));
    QProcess process;
    process.start(QStringLiteral(STORE_HELPER), {QStringLiteral("accept"), fixture.directory.path()});
    QVERIFY(process.waitForReadyRead(20000));
    // A hundred, and on until the other has written some among them, too.
    constexpr int most = 20'000;
    int ours = 0;
    while (ours < 100 || (ours < most && fixture.read().alertCount() < ours + 10)) {
        QVERIFY(waitFor(fixture.store().accept({Fixture::alert(QStringLiteral("x"))})).has_value());
        ++ours;
    }
    process.kill();
    QVERIFY(process.waitForFinished(20000));
    QVERIFY(fixture.read().alertCount() >= ours + 10);
}

void FaultsTest::saysThatAnotherOneKeepsIt()
{
    Fixture fixture;
    fixture.add(QStringLiteral("A"));
    const Delivery delivery = fixture.deliver(Fixture::alert(QStringLiteral("x")));
    std::atomic<bool> recorded = false;
    {
        const OtherWriter other(fixture.path());
        QVERIFY(other.holds());
        fixture.store().record(Fixture::result(delivery, DeliveryState::Delivered, 200), [&] { recorded = true; });
        QElapsedTimer waiting;
        waiting.start();
        const auto refused = waitFor(fixture.store().accept({Fixture::alert(QStringLiteral("y"))}));
        QVERIFY(!refused);
        QCOMPARE(refused.error().kind, Error::Kind::Busy);
        QVERIFY(refused.error().message.contains(fixture.path()));
        QVERIFY(!fixture.store().health().healthy);
        QVERIFY(!recorded);

        const qint64 first = waiting.restart(); // who comes after it isn't kept waiting for as long
        QVERIFY(!waitFor(fixture.store().accept({Fixture::alert(QStringLiteral("z"))})));
        QVERIFY2(waiting.elapsed() * 2 < first, qPrintable(QString::number(waiting.elapsed())));
    }
    QTRY_VERIFY_WITH_TIMEOUT(recorded, 20000);
    QVERIFY(fixture.store().health().healthy);
    QCOMPARE(fixture.now(delivery.id).state, DeliveryState::Delivered);
    QCOMPARE(fixture.read().alertCount(), 1);
}

QTEST_GUILESS_MAIN(FaultsTest)
#include "tst_faults.moc"
