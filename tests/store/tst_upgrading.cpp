// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#include "databasefile.h"
#include "store/schema.h"
#include "storefixture.h"

#include <QCryptographicHash>
#include <QDir>
#include <QFileInfo>
#include <QThread>

#include <future>
#include <sqlite3.h>
#include <thread>

using namespace courier;
using namespace courier::test;

namespace {

qint64 versionOf(const QString &path)
{
    return onDatabase(path, {QStringLiteral("PRAGMA user_version")}).toLongLong();
}

// Puts what a version kept in place of the fixture's database, which isn't open then.
void putBack(Fixture &fixture, int version)
{
    fixture.close();
    for (const char *end : {"", "-wal", "-shm"}) {
        QFile::remove(fixture.path() + QLatin1String(end));
    }
    write(fixture.path(), qUncompress(contentOf(QStringLiteral(DATA "/version%1.db.z").arg(version))));
}

QStringList copiesOf(const Fixture &fixture, int version)
{
    const QDir directory(fixture.directory.path());
    return directory.entryList({QStringLiteral("courier.db.version%1-*").arg(version)});
}

} // namespace

/// Older databases are brought up to date, after a copy was made.
class UpgradingTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void upgradesACopyFirst();
    void takesBackAnUpgradeThatFails();
    void leavesNoCopyOfAnUpgradeThatFails();
    void waitsForWhoeverWrites();
    void upgradesWhatVersion1Kept();
    void upgradesWhatVersion2Kept();
    void upgradesWhatVersion3Kept();
    void upgradesWhatVersion4Kept();
    void leavesReleasedStepsAsTheyWere();
};

void UpgradingTest::upgradesACopyFirst()
{
    Fixture fixture;
    fixture.accept(Fixture::alert(QStringLiteral("old")));
    const StoreKey key = fixture.store().key();
    fixture.close();
    QList<schema::Migration> steps = schema::migrations();
    const int version = steps.last().version;
    steps.append({version + 1, QStringLiteral("CREATE TABLE later(a TEXT DEFAULT 'x;y');\n\n-- a remark\n"
                                              "INSERT INTO later(a) VALUES('kept');\n")});
    const Result<schema::Opened> opened = schema::open(fixture.path(), steps);
    QVERIFY2(opened.has_value(), opened ? "" : qPrintable(opened.error().detail));
    QCOMPARE(opened->key, key);
    QVERIFY(QFileInfo::exists(opened->copy));
    QCOMPARE(modeOf(opened->copy), 0600u);
    QCOMPARE(onDatabase(opened->copy, {QStringLiteral("SELECT title FROM alert")}).toString(), QStringLiteral("old"));
    QCOMPARE(versionOf(opened->copy), version);
    QCOMPARE(onDatabase(fixture.path(), {QStringLiteral("SELECT a FROM later")}).toString(), QStringLiteral("kept"));
    QCOMPARE(versionOf(fixture.path()), version + 1);
    // Only once, and then it is too new for those who don't know the step.
    QCOMPARE(schema::open(fixture.path(), steps)->copy, QString());
    QCOMPARE(Store::open(fixture.directory.path(), fixture.clock).error().kind, Error::Kind::TooNew);
}

void UpgradingTest::takesBackAnUpgradeThatFails()
{
    Fixture fixture;
    fixture.accept(Fixture::alert(QStringLiteral("old")));
    fixture.close();
    QList<schema::Migration> steps = schema::migrations();
    const int version = steps.last().version;
    steps.append({version + 1, QStringLiteral("CREATE TABLE one(a);\n")});
    steps.append({version + 2, QStringLiteral("CREATE TABLE two(a);\nCREATE TABLE one(a);\n")});
    const Result<schema::Opened> opened = schema::open(fixture.path(), steps);
    QVERIFY(!opened.has_value());
    QVERIFY(opened.error().detail.contains(QString::number(version + 2)));
    QCOMPARE(versionOf(fixture.path()), version + 1);
    QCOMPARE(
        onDatabase(fixture.path(), {QStringLiteral("SELECT count(*) FROM sqlite_master WHERE name = 'two'")}).toInt(),
        0);
    // The next start goes on from there.
    steps.last().sql = QStringLiteral("CREATE TABLE two(a);\n");
    QVERIFY(schema::open(fixture.path(), steps).has_value());
    QCOMPARE(versionOf(fixture.path()), version + 2);
}

// Each start tries again: copies would fill the disk.
void UpgradingTest::leavesNoCopyOfAnUpgradeThatFails()
{
    Fixture fixture;
    fixture.accept(Fixture::alert(QStringLiteral("old")));
    fixture.close();
    QList<schema::Migration> steps = schema::migrations();
    steps.append({steps.last().version + 1, QStringLiteral("CREATE TABLE alert(a);\n")});
    const QDir directory(fixture.directory.path());
    const QStringList before = directory.entryList(QDir::Files);
    QVERIFY(!schema::open(fixture.path(), steps).has_value());
    QVERIFY(!schema::open(fixture.path(), steps).has_value());
    QStringList after = directory.entryList(QDir::Files);
    after.removeIf([](const QString &name) {
        return name.endsWith(QLatin1String("-wal")) || name.endsWith(QLatin1String("-shm"));
    });
    QCOMPARE(after, before);
}

// An older process that goes on sending.
void UpgradingTest::waitsForWhoeverWrites()
{
    Fixture fixture;
    fixture.accept(Fixture::alert(QStringLiteral("old")));
    fixture.close();
    QList<schema::Migration> steps = schema::migrations();
    steps.append({steps.last().version + 1, QStringLiteral("CREATE TABLE later(a);\n")});
    std::promise<void> locked;
    std::thread other([&] {
        sqlite3 *database = nullptr;
        sqlite3_open(fixture.path().toUtf8().constData(), &database);
        sqlite3_exec(database, "BEGIN IMMEDIATE", nullptr, nullptr, nullptr);
        locked.set_value();
        QThread::msleep(400);
        sqlite3_exec(database, "COMMIT", nullptr, nullptr, nullptr);
        sqlite3_close(database);
    });
    locked.get_future().wait();
    const Result<schema::Opened> opened = schema::open(fixture.path(), steps);
    other.join();
    QVERIFY2(opened.has_value(), opened ? "" : qPrintable(opened.error().detail));
    QVERIFY(QFileInfo::exists(opened->copy));
}

// data/version1.db.z: a database as version 1 of the schema kept it, by qCompress(): two destinations, one of them
// paused; an alert delivered, one failed, one waiting; a test; a setting.
void UpgradingTest::upgradesWhatVersion1Kept()
{
    Fixture fixture;
    putBack(fixture, 1);
    QCOMPARE(versionOf(fixture.path()), 1);
    fixture.reopen();
    const QStringList copies = copiesOf(fixture, 1);
    QCOMPARE(copies.size(), 1);
    const QString copy = fixture.directory.filePath(copies.first());
    QCOMPARE(modeOf(copy), 0600u);
    QCOMPARE(versionOf(copy), 1);
    QCOMPARE(onDatabase(copy, {QStringLiteral("SELECT count(*) FROM delivery")}).toInt(), 4);

    QVERIFY(fixture.read().size().givesBack);

    const QList<Destination> destinations = fixture.read().destinations();
    QCOMPARE(destinations.size(), 2);
    QCOMPARE(destinations.first().name, QStringLiteral("Ops bridge"));
    QCOMPARE(destinations.first().headers, (QList<Header>{{"X-Tenant", "blue"}}));
    QVERIFY(!destinations.first().resolutions);
    QCOMPARE(fixture.read().testAttempts(destinations.first().id).size(), 1);
    QCOMPARE(fixture.read().setting(QStringLiteral("intake.enabled")), QStringLiteral("0"));
    const QList<AlertSummary> summaries = fixture.read().summaries(AlertId{}, 10);
    QCOMPARE(summaries.size(), 3);
    QCOMPARE(summaries.at(0).status, AlertStatus::Held);
    QCOMPARE(summaries.at(1).status, AlertStatus::Failed);
    QVERIFY(summaries.at(1).needsAttention);
    QCOMPARE(summaries.at(2).status, AlertStatus::Queued);
    QCOMPARE(summaries.at(0).life, AlertLife::Event);
    QCOMPARE(fixture.read().alert(summaries.at(0).id)->context, QByteArray("{ \"n\": 1.0e400, \"z\":1 }"));
    QCOMPARE(fixture.read().deliveriesOf(summaries.at(0).id).first().kind, DeliveryKind::Alert);
    QCOMPARE(fixture.read().attemptsOf(summaries.at(0).id).first().status, 200);
    Alert again = Fixture::alert(QStringLiteral("again"));
    again.alertId = QStringLiteral("sender-1");
    QCOMPARE(fixture.accept(again).kind, Accepted::Kind::Known);
    QCOMPARE(fixture.read().due(destinations.first().id, fixture.clock.nowUtc(), {}, 10).size(), 1);
}

// data/version2.db.z: of version 2, in the same way: three destinations, one told of ends, one paused; alerts
// delivered, failed and held, one of Prometheus' still active; how far a file was read; a setting.
void UpgradingTest::upgradesWhatVersion2Kept()
{
    Fixture fixture;
    putBack(fixture, 2);
    QCOMPARE(versionOf(fixture.path()), 2);
    fixture.reopen();
    QCOMPARE(copiesOf(fixture, 2).size(), 1);

    const QList<Destination> destinations = fixture.read().destinations();
    QCOMPARE(destinations.size(), 3);
    QVERIFY(std::any_of(destinations.begin(), destinations.end(), [](const Destination &one) { return one.paused; }));
    for (const Destination &one : destinations) {
        QCOMPARE(one.resolutions, one.name == QLatin1String("Ops bridge"));
        QCOMPARE(one.security, DestinationSecurity());
        QCOMPARE(one.certificate, ServerCertificate());
        QCOMPARE(one.ratePerSecond, 0.0);
    }
    QCOMPARE(fixture.read().setting(QStringLiteral("intake.enabled")), QStringLiteral("0"));
    const QList<AlertSummary> summaries = fixture.read().summaries(AlertId{}, 10);
    QCOMPARE(summaries.size(), 4);
    QCOMPARE(std::count_if(summaries.begin(), summaries.end(),
                           [](const AlertSummary &one) { return one.life == AlertLife::Active; }),
             1);
    Alert again = Fixture::alert(QStringLiteral("again"));
    again.alertId = QStringLiteral("sender-1");
    QCOMPARE(fixture.accept(again).kind, Accepted::Kind::Known);
}

// data/version3.db.z: of version 3, in the same way: a destination with a rate that is told of ends, and a paused one;
// alerts delivered after a retry, delivered with its body dropped, failed and held; one that lasts.
void UpgradingTest::upgradesWhatVersion3Kept()
{
    Fixture fixture;
    putBack(fixture, 3);
    QCOMPARE(versionOf(fixture.path()), 3);
    fixture.reopen();
    QCOMPARE(copiesOf(fixture, 3).size(), 1);

    QCOMPARE(fixture.read().destinations().size(), 2);
    QCOMPARE(fixture.read().destinations().first().ratePerSecond, 2.5);
    const QList<AlertSummary> summaries = fixture.read().summaries(AlertId{}, 10);
    QCOMPARE(summaries.size(), 5);
    const QList<Attempt> listed = fixture.read().attemptsOf(summaries.at(0).id);
    QCOMPARE(listed.size(), 2);
    const Attempt second = fixture.read().attempt(listed.last().id).value();
    QCOMPARE(second.responseHeaders,
             QByteArray("Server: nginx\r\nDate: Mon, 21 Sep 2026 12:00:02 GMT\r\nContent-Length: 6\r\n"));
    QCOMPARE(second.responseBody, QByteArray("thanks"));
    QVERIFY(second.requestHeaders.endsWith("webhook-signature: v1,abc=\r\n"));
    const Attempt dropped = fixture.read().attempt(fixture.read().attemptsOf(summaries.at(1).id).first().id).value();
    QCOMPARE(dropped.responseBody, QByteArray());
    QCOMPARE(dropped.bodyDroppedDays, 7);
    QVERIFY(dropped.responseHeaders.startsWith("Server: nginx\r\n"));
    Alert again = Fixture::alert(QStringLiteral("again"));
    again.alertId = QStringLiteral("sender-1");
    QCOMPARE(fixture.accept(again).kind, Accepted::Kind::Known);
}

// data/version4.db.z: of version 4, in the same way: an alert of its sender's id, and three of Prometheus: one that
// lasts and says since when, one that lasts and doesn't, one that is over; all of them delivered with one answer.
void UpgradingTest::upgradesWhatVersion4Kept()
{
    const qint64 start = 1'796'040'000'000;
    Fixture fixture;
    putBack(fixture, 4);
    QCOMPARE(versionOf(fixture.path()), 4);
    fixture.reopen();
    QCOMPARE(copiesOf(fixture, 4).size(), 1);
    QCOMPARE(onDatabase(fixture.path(),
                        {QStringLiteral("SELECT group_concat(name) FROM (SELECT name FROM sqlite_master WHERE type = "
                                        "'index' AND tbl_name = 'occurrence' ORDER BY name)")})
                 .toString(),
             QStringLiteral("occurrence_ending,occurrence_start,occurrence_undated"));

    const QList<AlertSummary> summaries = fixture.read().summaries(AlertId{}, 10);
    QCOMPARE(summaries.size(), 4);
    QVERIFY(std::all_of(summaries.begin(), summaries.end(),
                        [](const AlertSummary &one) { return one.status == AlertStatus::Delivered; }));
    const QList<Attempt> listed = fixture.read().attemptsOf(summaries.at(3).id);
    QCOMPARE(fixture.read().attempt(listed.first().id).value().responseBody, QByteArray("thanks"));

    const QString dated = QStringLiteral("f3c83a14c2bce620");
    const Accepted again = fixture.take(Fixture::incoming(dated, start));
    QCOMPARE(again.kind, Accepted::Kind::Repeated);
    QCOMPARE(fixture.take(Fixture::incoming(dated, 0)).id, again.id);
    QCOMPARE(fixture.take(Fixture::incoming(QStringLiteral("5ccf256e413e1ebb"), 0)).kind, Accepted::Kind::Repeated);
    const QString over = QStringLiteral("22949b1bce30d6a8");
    QCOMPARE(fixture.take(Fixture::incoming(over, 0)).kind, Accepted::Kind::New);
    QCOMPARE(fixture.take(Fixture::incoming(over, start)).kind, Accepted::Kind::Repeated);
    QCOMPARE(fixture.read().alertCount(), 5);
}

// Databases out there were made by them; whoever wants a change makes a new step.
void UpgradingTest::leavesReleasedStepsAsTheyWere()
{
    const QByteArray first = schema::migrations().first().sql.toUtf8();
    QCOMPARE(QCryptographicHash::hash(first, QCryptographicHash::Sha256).toHex(),
             QByteArray("e8b8b86f87401e607842a284c1eccec841b51644552db861058393dff441377a"));
    const QByteArray second = schema::migrations().at(1).sql.toUtf8();
    QCOMPARE(QCryptographicHash::hash(second, QCryptographicHash::Sha256).toHex(),
             QByteArray("7a30d9e3a6661e381be047348154d41222767c54d7ae02a8d1dfcdc5d197b117"));
    const QByteArray third = schema::migrations().at(2).sql.toUtf8();
    QCOMPARE(QCryptographicHash::hash(third, QCryptographicHash::Sha256).toHex(),
             QByteArray("c18e7b13f099407ae9a3f20ebebf891556a802946426c309140b910c82ab8d83"));
    const QByteArray fourth = schema::migrations().at(3).sql.toUtf8();
    QCOMPARE(QCryptographicHash::hash(fourth, QCryptographicHash::Sha256).toHex(),
             QByteArray("1226134f83f9ce24e6232baedff32dae5f475855128b015781b5494e71641d0a"));
}

QTEST_GUILESS_MAIN(UpgradingTest)
#include "tst_upgrading.moc"
