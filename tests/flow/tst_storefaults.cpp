// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#include "flow/intakeprogram.h"
#include "store/databasefile.h"
#include "store/storefixture.h"
#include "support/failingdisk.h"
#include "support/scriptedreceiver.h"

#include <QDir>
#include <QTest>

using namespace courier;
using namespace courier::test;
using namespace std::chrono_literals;

namespace {

QByteArray posted(int count)
{
    const QByteArray body =
        '[' + QByteArrayList(count, R"({"id":"R.1","severity":"HIGH","title":"x"})").join(',') + ']';
    return "POST /api/v1/alerts HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: " +
           QByteArray::number(body.size()) + "\r\n\r\n" + body;
}

/// A program that ended by itself.
struct End
{
    int code = -1;
    QString out;
    QString err;
};

End run(const QString &directory, const QStringList &arguments)
{
    QProcess process;
    process.start(QStringLiteral(COURIER_PROGRAM), QStringList{QStringLiteral("--data-dir"), directory} + arguments);
    process.closeWriteChannel();
    if (!process.waitForFinished(30'000)) {
        process.kill();
        process.waitForFinished();
        return {};
    }
    return {process.exitCode(), QString::fromUtf8(process.readAllStandardOutput()),
            QString::fromUtf8(process.readAllStandardError())};
}

} // namespace

/// The program itself on a disk that fails, and on databases that are none, or older or newer than it.
class StoreFaultsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void takesAndSendsNothingItCannotRecord_data();
    void takesAndSendsNothingItCannotRecord();
    void leavesWhatIsNoDatabaseOfItsOwn_data();
    void leavesWhatIsNoDatabaseOfItsOwn();
    void tellsOfTheCopyBeforeAnUpgrade();
};

void StoreFaultsTest::takesAndSendsNothingItCannotRecord_data()
{
    QTest::addColumn<QByteArray>("fault");
    QTest::addColumn<int>("status");
    QTest::addColumn<QByteArray>("words");
    QTest::newRow("fsync fails") << QByteArray("sync EIO") << 503 << QByteArray("can't be kept");
    QTest::newRow("read-only") << QByteArray("write EROFS") << 503 << QByteArray("can't be kept");
    QTest::newRow("full") << QByteArray("write ENOSPC") << 507 << QByteArray("the disk is full");
}

void StoreFaultsTest::takesAndSendsNothingItCannotRecord()
{
    if (!FailingDisk::isOfUse) {
        QSKIP("A sanitizer doesn't go with a preloaded library");
    }
    QFETCH(QByteArray, fault);
    QFETCH(int, status);
    QFETCH(QByteArray, words);
    Answer slow = Answer::ok();
    slow.delay = 150ms;
    const ScriptedReceiver receiver(slow);
    Fixture fixture;
    Destination destination = fixture.add(QStringLiteral("Ops bridge"));
    destination.url = receiver.url();
    QVERIFY(waitFor(fixture.store().updateDestination(destination)).has_value());
    fixture.close();
    FailingDisk disk(QStringLiteral(FAILING_DISK), fixture.directory.path());
    {
        const IntakeProgram program(fixture.directory.path(), {}, disk.environment());
        QVERIFY(program.port() != 0);
        QCOMPARE(RawClient(program.port()).ask(posted(60)).status, 202);
        QVERIFY(receiver.waitForRequests(6));
        disk.fail(fault);
        const RawReply refused = RawClient(program.port()).ask(posted(1));
        QCOMPARE(refused.status, status);
        QVERIFY2(refused.body.contains(words), refused.body.constData());
        QVERIFY(refused.head.contains("Retry-After: "));
        QCOMPARE(RawClient(program.port()).ask("GET /-/ready HTTP/1.1\r\nHost: localhost\r\n\r\n").status, 503);
        // What is under way ends, and nothing more is begun.
        QTest::qWait(400);
        const int sent = receiver.requestCount();
        QVERIFY2(sent < 60, qPrintable(QString::number(sent)));
        QTest::qWait(600);
        QCOMPARE(receiver.requestCount(), sent);
        disk.fail({});
        QTRY_COMPARE_WITH_TIMEOUT(receiver.requestCount(), 60, 20'000);
        QCOMPARE(RawClient(program.port()).ask(posted(1)).status, 202);
        QTRY_COMPARE_WITH_TIMEOUT(receiver.requestCount(), 61, 20'000);
    }
    fixture.reopen();
    QCOMPARE(fixture.read().alertCount(), 61);
    int attempts = 0;
    for (const AlertSummary &one : fixture.read().summaries(AlertId{}, 100)) {
        QCOMPARE(one.status, AlertStatus::Delivered);
        attempts += static_cast<int>(fixture.read().attemptsOf(one.id).size());
    }
    QCOMPARE(attempts, 61); // each POST is recorded, none was made twice
    QCOMPARE(receiver.requestCount(), 61);
}

void StoreFaultsTest::leavesWhatIsNoDatabaseOfItsOwn_data()
{
    QTest::addColumn<QByteArray>("content");
    QTest::addColumn<QString>("words");
    const QString damaged = QStringLiteral("%1 is not an Alert Courier database, or it is damaged. It was left as it "
                                           "is. Move it aside, or start with another --data-dir.");
    Fixture fixture;
    fixture.accept(QList<Alert>(50, Fixture::alert(QString(300, u'x'))));
    fixture.close();
    const QByteArray good = contentOf(fixture.path());
    QTest::newRow("not a database") << QByteArray("What is this?\n").repeated(100) << damaged;
    QTest::newRow("cut in the middle") << good.left(good.size() / 2) << damaged;
    QTest::newRow("damaged") << QByteArray(good).replace(16, 84, QByteArray(84, '\x55')) << damaged;
    QTest::newRow("empty") << QByteArray() << damaged;
    onDatabase(fixture.path(), {QStringLiteral("PRAGMA user_version = 999")});
    QTest::newRow("newer") << contentOf(fixture.path())
                           << QStringLiteral("%1 was written by a newer Alert Courier and was left as it is. Install "
                                             "that version, or start with another --data-dir.");
}

void StoreFaultsTest::leavesWhatIsNoDatabaseOfItsOwn()
{
    QFETCH(QByteArray, content);
    QFETCH(QString, words);
    const QTemporaryDir directory;
    const QString path = directory.filePath(QStringLiteral("courier.db"));
    write(path, content);
    for (const QStringList &arguments :
         {QStringList{QStringLiteral("--background"), QStringLiteral("--no-intake")},
          QStringList{QStringLiteral("alert"), QStringLiteral("list")}, QStringList{QStringLiteral("submit")}}) {
        const End end = run(directory.path(), arguments);
        QCOMPARE(end.code, 1);
        QCOMPARE(end.out, QString());
        QVERIFY2(end.err.endsWith(QString(QStringLiteral("alert-courier: ") + words.arg(path) + u'\n')),
                 qPrintable(end.err));
        QVERIFY(contentOf(path) == content);
    }
    // The window says the same before it ends.
    QProcess window;
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert(QStringLiteral("QT_QPA_PLATFORM"), QStringLiteral("offscreen"));
    window.setProcessEnvironment(environment);
    window.setProcessChannelMode(QProcess::MergedChannels);
    window.start(QStringLiteral(COURIER_PROGRAM), {QStringLiteral("--data-dir"), directory.path()});
    QByteArray said;
    while (!said.contains("\n") || !QString::fromUtf8(said).contains(words.arg(path))) {
        QVERIFY2(window.waitForReadyRead(10'000) || window.state() == QProcess::NotRunning, said.constData());
        said += window.readAll();
    }
    window.kill();
    window.waitForFinished();
    QVERIFY(contentOf(path) == content);
    QVERIFY(QDir(directory.path()).entryList({QStringLiteral("courier.db.*")}).isEmpty()); // nor made another
}

void StoreFaultsTest::tellsOfTheCopyBeforeAnUpgrade()
{
    for (const int version : {1, 2}) {
        const QTemporaryDir directory;
        write(directory.filePath(QStringLiteral("courier.db")),
              qUncompress(contentOf(QStringLiteral(STORE_DATA "/version%1.db.z").arg(version))));
        const End end = run(directory.path(), {QStringLiteral("alert"), QStringLiteral("list")});
        QCOMPARE(end.code, 0);
        const QStringList copies =
            QDir(directory.path()).entryList({QStringLiteral("courier.db.version%1-*").arg(version)});
        QCOMPARE(copies.size(), 1);
        QVERIFY2(end.err.contains(directory.filePath(copies.constFirst())), qPrintable(end.err));
        QVERIFY(run(directory.path(), {QStringLiteral("alert"), QStringLiteral("list")}).err.isEmpty());
    }
}

QTEST_GUILESS_MAIN(StoreFaultsTest)
#include "tst_storefaults.moc"
