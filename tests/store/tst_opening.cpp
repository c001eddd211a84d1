// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#include "storefixture.h"

#include "store/schema.h"

#include <QFile>
#include <QFileInfo>
#include <QScopeGuard>
#include <QSqlDatabase>
#include <QSqlQuery>

#include <csignal>

#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

using namespace courier;
using namespace courier::test;

/// How a store is made, found again, refused and upgraded.
class OpeningTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void makesAPrivateFile();
    void keepsItsKey();
    void makesOneStoreForTwo();
    void refusesWhatIsNotOurs_data();
    void refusesWhatIsNotOurs();
    void refusesANewerOne();
    void refusesALogThatIsLeft();
    void refusesDamageInside();
    void saysSoWhenItIsDamagedLater();
    void goesOnAfterAKill();
    void upgradesACopyFirst();
    void takesBackAnUpgradeThatFails();
};

namespace {

QByteArray contentOf(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray("can't be read");
}

void write(const QString &path, const QByteArray &content)
{
    QFile file(path);
    if (!file.open(QIODevice::WriteOnly) || file.write(content) != content.size()) {
        qFatal("%s can't be written", qPrintable(path));
    }
}

// Runs statements on the database behind the store's back; gives the first value of the last one.
QVariant onDatabase(const QString &path, const QStringList &statements)
{
    QVariant value;
    {
        QSqlDatabase database = QSqlDatabase::addDatabase(QStringLiteral("QSQLITE"), QStringLiteral("aside"));
        database.setDatabaseName(path);
        database.open();
        QSqlQuery query(database);
        for (const QString &statement : statements) {
            if (!query.exec(statement)) {
                qWarning("%s", qPrintable(statement));
            }
        }
        value = query.next() ? query.value(0) : QVariant();
    }
    QSqlDatabase::removeDatabase(QStringLiteral("aside"));
    return value;
}

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

mode_t modeOf(const QString &path)
{
    struct stat facts = {};
    ::stat(qPrintable(path), &facts);
    return facts.st_mode & 0777;
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

void OpeningTest::goesOnAfterAKill()
{
    const QTemporaryDir directory;
    const pid_t child = ::fork();
    if (child == 0) {
        const StillClock clock;
        const auto store = Store::open(directory.path(), clock);
        waitFor((*store)->accept({Fixture::alert(QStringLiteral("x"))}));
        ::raise(SIGKILL);
    }
    int status = 0;
    ::waitpid(child, &status, 0);
    QVERIFY(WIFSIGNALED(status));
    const StillClock clock;
    const auto store = Store::open(directory.path(), clock);
    QVERIFY(store.has_value());
    QCOMPARE((*(*store)->connectQueries())->alertCount(), 1);
}

void OpeningTest::upgradesACopyFirst()
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
    QCOMPARE(onDatabase(opened->copy, {QStringLiteral("PRAGMA user_version")}).toInt(), version);
    QCOMPARE(onDatabase(fixture.path(), {QStringLiteral("SELECT a FROM later")}).toString(), QStringLiteral("kept"));
    QCOMPARE(onDatabase(fixture.path(), {QStringLiteral("PRAGMA user_version")}).toInt(), version + 1);
    // Only once, and then it is too new for those who don't know the step.
    QCOMPARE(schema::open(fixture.path(), steps)->copy, QString());
    QCOMPARE(refusal(fixture.directory.path()).kind, Error::Kind::TooNew);
}

void OpeningTest::takesBackAnUpgradeThatFails()
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
    QCOMPARE(onDatabase(fixture.path(), {QStringLiteral("PRAGMA user_version")}).toInt(), version + 1);
    QCOMPARE(
        onDatabase(fixture.path(), {QStringLiteral("SELECT count(*) FROM sqlite_master WHERE name = 'two'")}).toInt(),
        0);
    // The next start goes on from there.
    steps.last().sql = QStringLiteral("CREATE TABLE two(a);\n");
    QVERIFY(schema::open(fixture.path(), steps).has_value());
    QCOMPARE(onDatabase(fixture.path(), {QStringLiteral("PRAGMA user_version")}).toInt(), version + 2);
}

QTEST_GUILESS_MAIN(OpeningTest)
#include "tst_opening.moc"
