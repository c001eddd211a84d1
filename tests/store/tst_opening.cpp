// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#include "databasefile.h"
#include "storefixture.h"

#include <QFileInfo>
#include <QScopeGuard>

#include <atomic>
#include <thread>

#include <sys/stat.h>

using namespace courier;
using namespace courier::test;

/// How a store is made, found again and refused.
class OpeningTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void makesAPrivateFile();
    void isPrivateFromTheFirstByte();
    void keepsItsKey();
    void makesOneStoreForTwo();
    void refusesWhatIsNotOurs_data();
    void refusesWhatIsNotOurs();
    void refusesANewerOne();
    void refusesALogThatIsLeft();
    void refusesDamageInside();
    void saysSoWhenItIsDamagedLater();
};

namespace {

Error refusal(const QString &directory)
{
    const StillClock clock;
    const auto opened = Store::open(directory, clock);
    return opened ? Error{Error::Kind::Cancelled, QStringLiteral("was opened"), {}} : opened.error();
}

// A database with alerts in many pages.
QByteArray goodDatabase()
{
    Fixture fixture;
    fixture.add(QStringLiteral("A"));
    fixture.accept(QList<Alert>(500, Fixture::alert(QString(300, u'x'))));
    fixture.close();
    return contentOf(fixture.path());
}

} // namespace

void OpeningTest::makesAPrivateFile()
{
    const mode_t before = ::umask(0);
    const auto restore = qScopeGuard([before] { ::umask(before); });
    Fixture fixture;
    fixture.add(QStringLiteral("A"));
    for (const char *suffix : {"", "-wal", "-shm"}) {
        const QString file = fixture.path() + QString::fromUtf8(suffix);
        QVERIFY2(QFileInfo::exists(file), suffix);
        QCOMPARE(modeOf(file), 0600u);
    }
    QCOMPARE(QDir(fixture.directory.path()).entryList(QDir::Files).size(), 3);
    fixture.close();
    QCOMPARE(QDir(fixture.directory.path()).entryList(QDir::Files), QStringList{QStringLiteral("courier.db")});
    QFile::setPermissions(fixture.path(), QFile::permissions(fixture.path()) | QFile::ReadGroup | QFile::ReadOther);
    fixture.reopen();
    QCOMPARE(modeOf(fixture.path()), 0600u);
}

void OpeningTest::isPrivateFromTheFirstByte()
{
    const mode_t before = ::umask(0);
    const auto restore = qScopeGuard([before] { ::umask(before); });
    const QTemporaryDir directory;
    std::atomic<bool> isOver = false;
    std::atomic<mode_t> widest = 0;
    std::atomic<int> seen = 0;
    std::thread looking([&] {
        while (!isOver) {
            for (const QFileInfo &one : QDir(directory.path()).entryInfoList(QDir::Files | QDir::Hidden)) {
                widest = widest | modeOf(one.filePath());
                ++seen;
            }
        }
    });
    const StillClock clock;
    for (int i = 0; i < 6; ++i) {
        const bool isMade = Store::open(directory.path(), clock).has_value(); // and closed again
        QDir(directory.path()).remove(QStringLiteral("courier.db"));
        if (!isMade) {
            break;
        }
    }
    isOver = true;
    looking.join();
    QVERIFY2(seen > 6, qPrintable(QString::number(seen)));
    QCOMPARE(widest.load(), 0600u);
}

void OpeningTest::keepsItsKey()
{
    Fixture fixture;
    const StoreKey key = fixture.store().key();
    QVERIFY(static_cast<quint64>(key) > 0);
    QVERIFY(static_cast<quint64>(key) < (quint64(1) << 53));
    fixture.reopen();
    QCOMPARE(fixture.store().key(), key);
    const Fixture other;
    QVERIFY(const_cast<Fixture &>(other).store().key() != key);
}

void OpeningTest::makesOneStoreForTwo()
{
    const QTemporaryDir directory;
    const StillClock clock;
    QList<QFuture<quint64>> keys;
    std::vector<std::unique_ptr<QThread>> threads;
    for (int i = 0; i < 6; ++i) {
        auto promise = std::make_shared<QPromise<quint64>>();
        promise->start();
        keys.append(promise->future());
        threads.emplace_back(QThread::create([&, promise] {
            const auto opened = Store::open(directory.path(), clock);
            promise->addResult(opened ? static_cast<quint64>((*opened)->key()) : 0);
            promise->finish();
        }));
        threads.back()->start();
    }
    for (const auto &thread : threads) {
        thread->wait();
    }
    for (const auto &key : keys) {
        QVERIFY(key.result() != 0);
        QCOMPARE(key.result(), keys.first().result());
    }
    QCOMPARE(QDir(directory.path()).entryList(QDir::Files), QStringList{QStringLiteral("courier.db")});
}

void OpeningTest::refusesWhatIsNotOurs_data()
{
    QTest::addColumn<QByteArray>("content");
    const QByteArray good = goodDatabase();
    QTest::newRow("text") << QByteArray("This is not a database.\n");
    QTest::newRow("long text") << QByteArray("This is not a database.\n").repeated(1000);
    QTest::newRow("empty") << QByteArray();
    QTest::newRow("one byte") << QByteArray("S");
    QTest::newRow("cut in its head") << good.left(60);
    QTest::newRow("cut after a page") << good.left(4096);
    QTest::newRow("cut in the middle") << good.left(good.size() / 2);
    QTest::newRow("cut by a page") << good.chopped(4096);
    QTest::newRow("cut by a byte") << good.chopped(1);
    QTest::newRow("zeros") << QByteArray(good.size(), '\0');
    QByteArray head = good;
    head.replace(16, 84, QByteArray(84, '\x55'));
    QTest::newRow("spoiled head") << head;
    QByteArray schema = good;
    schema.replace(100, 3000, QByteArray(3000, '\x55'));
    QTest::newRow("spoiled schema") << schema;
    const QTemporaryDir directory;
    const QString foreign = directory.filePath(QStringLiteral("foreign.db"));
    onDatabase(foreign, {QStringLiteral("CREATE TABLE alert(id INTEGER PRIMARY KEY)"),
                         QStringLiteral("PRAGMA user_version = 1")});
    QTest::newRow("foreign") << contentOf(foreign);
    onDatabase(foreign, {QStringLiteral("PRAGMA application_id = 1129272658")});
    QTest::newRow("only looks like ours") << contentOf(foreign);
}

void OpeningTest::refusesWhatIsNotOurs()
{
    QFETCH(const QByteArray, content);
    const QTemporaryDir directory;
    const QString path = directory.filePath(QStringLiteral("courier.db"));
    write(path, content);
    const Error error = refusal(directory.path());
    QCOMPARE(error.kind, Error::Kind::Damaged);
    QVERIFY(error.message.contains(path));
    QVERIFY(error.message.contains(QStringLiteral("--data-dir")));
    QVERIFY(contentOf(path) == content);
}

void OpeningTest::refusesANewerOne()
{
    Fixture fixture;
    fixture.add(QStringLiteral("A"));
    fixture.close();
    onDatabase(fixture.path(), {QStringLiteral("PRAGMA user_version = 999")});
    const QByteArray before = contentOf(fixture.path());
    const Error error = refusal(fixture.directory.path());
    QCOMPARE(error.kind, Error::Kind::TooNew);
    QVERIFY(error.message.contains(fixture.path()));
    QVERIFY(error.message.contains(QStringLiteral("newer")));
    QVERIFY(contentOf(fixture.path()) == before);
}

void OpeningTest::refusesALogThatIsLeft()
{
    const QTemporaryDir directory;
    const QString log = directory.filePath(QStringLiteral("courier.db-wal"));
    write(log, "what is left of a database that was moved");
    const Error error = refusal(directory.path());
    QCOMPARE(error.kind, Error::Kind::Damaged);
    QVERIFY(error.message.contains(log));
    QCOMPARE(contentOf(log), QByteArray("what is left of a database that was moved"));
    QVERIFY(!QFileInfo::exists(directory.filePath(QStringLiteral("courier.db"))));
}

void OpeningTest::refusesDamageInside()
{
    // A table that is gone shows at once, not when it is needed.
    Fixture fixture;
    fixture.close();
    onDatabase(fixture.path(), {QStringLiteral("DROP TABLE attempt")});
    QCOMPARE(refusal(fixture.directory.path()).kind, Error::Kind::Damaged);
    Fixture other;
    other.close();
    onDatabase(other.path(), {QStringLiteral("DELETE FROM meta")});
    QCOMPARE(refusal(other.directory.path()).kind, Error::Kind::Damaged);
}

void OpeningTest::saysSoWhenItIsDamagedLater()
{
    Fixture fixture;
    fixture.add(QStringLiteral("A"));
    fixture.close();
    // Pages that opening doesn't look at.
    const int root =
        onDatabase(fixture.path(), {QStringLiteral("SELECT rootpage FROM sqlite_master WHERE name = 'delivery_alert'")})
            .toInt();
    QByteArray content = contentOf(fixture.path());
    content.replace((root - 1) * 4096, 4096, QByteArray(4096, '\x55'));
    write(fixture.path(), content);
    fixture.reopen();
    const auto accepted = waitFor(fixture.store().accept({Fixture::alert(QStringLiteral("x"))}));
    QVERIFY(!accepted);
    QCOMPARE(accepted.error().kind, Error::Kind::Damaged);
    QVERIFY(accepted.error().message.contains(fixture.path()));
    QVERIFY(!fixture.store().health().healthy);
    QCOMPARE(fixture.read().alertCount(), 0);
}

QTEST_GUILESS_MAIN(OpeningTest)
#include "tst_opening.moc"
