// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#include "databasefile.h"
#include "storefixture.h"
#include "support/failingdisk.h"

#include <QDeadlineTimer>
#include <QDir>
#include <QProcess>
#include <QRegularExpression>

using namespace courier;
using namespace courier::test;

namespace {

constexpr int patience = 20'000;

/// The helper as another process on a disk that can fail.
class Served
{
public:
    explicit Served(const QString &directory)
        : m_disk(QStringLiteral(FAILING_DISK), directory)
    {
        m_process.setProcessEnvironment(m_disk.environment());
        m_process.start(QStringLiteral(STORE_HELPER), {QStringLiteral("serve"), directory});
    }
    ~Served()
    {
        m_process.closeWriteChannel();
        m_process.waitForFinished(patience);
    }
    Served(const Served &) = delete;
    Served &operator=(const Served &) = delete;

    FailingDisk &disk() { return m_disk; }

    void tell(const QByteArray &word) { m_process.write(word + '\n'); }

    /// The next line that begins so; others stay for later. Empty where none came in time.
    QString hear(const QString &beginning, int within = patience)
    {
        const QDeadlineTimer deadline(within);
        for (;;) {
            while (m_process.canReadLine()) {
                m_heard.append(QString::fromUtf8(m_process.readLine()).trimmed());
            }
            const qsizetype at =
                m_heard.indexOf(QRegularExpression(u'^' + QRegularExpression::escape(beginning) + u".*"));
            if (at >= 0) {
                return m_heard.takeAt(at);
            }
            if (!m_process.waitForReadyRead(static_cast<int>(deadline.remainingTime()))) {
                return {};
            }
        }
    }
    QString ask(const QByteArray &word, const QString &beginning)
    {
        tell(word);
        return hear(beginning);
    }

private:
    FailingDisk m_disk;
    QProcess m_process;
    QStringList m_heard;
};

QString refused()
{
    return QStringLiteral("refused ");
}

} // namespace

/// A disk that fails while the store is open, and one that is cut off in the middle of an upgrade.
class FailingDiskTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void keepsOnlyWhatItCan_data();
    void keepsOnlyWhatItCan();
    void survivesACutInAnUpgrade_data();
    void survivesACutInAnUpgrade();

private:
    static bool upgradeUntil(const QString &directory, int call);
};

void FailingDiskTest::init()
{
    if (!FailingDisk::isOfUse) {
        QSKIP("A sanitizer doesn't go with a preloaded library");
    }
}

void FailingDiskTest::keepsOnlyWhatItCan_data()
{
    QTest::addColumn<QByteArray>("fault");
    QTest::addColumn<QString>("kind");
    QTest::addColumn<QString>("words");
    const QString failing = QStringLiteral("%1 can't be read or written.");
    QTest::newRow("fsync fails") << QByteArray("sync EIO") << QStringLiteral("io") << failing;
    QTest::newRow("the disk fails") << QByteArray("write EIO") << QStringLiteral("io") << failing;
    QTest::newRow("turned read-only") << QByteArray("write EROFS") << QStringLiteral("io") << failing;
    QTest::newRow("full") << QByteArray("write ENOSPC") << QStringLiteral("full")
                          << QStringLiteral("The disk is full: nothing can be kept in %1 until there is room.");
}

void FailingDiskTest::keepsOnlyWhatItCan()
{
    QFETCH(QByteArray, fault);
    QFETCH(QString, kind);
    QFETCH(QString, words);
    Fixture fixture;
    fixture.add(QStringLiteral("A"));
    const QString place =
        kind == QLatin1String("full") ? fixture.directory.path() : fixture.path(); // what the sentence names
    fixture.close();
    {
        Served served(fixture.directory.path());
        QVERIFY(!served.hear(QStringLiteral("ready")).isEmpty());
        QVERIFY(!served.ask("accept", QStringLiteral("accepted")).isEmpty());
        served.disk().fail(fault);
        QCOMPARE(served.ask("accept", refused()), QString(refused() + kind + u' ' + words.arg(place)));
        QCOMPARE(served.hear(QStringLiteral("unhealthy")),
                 QString(QStringLiteral("unhealthy ") + kind + u' ' + words.arg(place)));
        // An attempt that was made meanwhile is kept once that is possible, and not called kept before.
        QVERIFY(!served.ask("record", QStringLiteral("posted")).isEmpty());
        QVERIFY(served.hear(QStringLiteral("recorded"), 1500).isEmpty());
        QCOMPARE(served.ask("count", QStringLiteral("count")), QStringLiteral("count 1"));
        served.disk().fail({});
        QVERIFY(!served.hear(QStringLiteral("recorded")).isEmpty());
        QVERIFY(!served.hear(QStringLiteral("healthy")).isEmpty());
        QVERIFY(!served.ask("accept", QStringLiteral("accepted")).isEmpty());
        QCOMPARE(served.ask("count", QStringLiteral("count")), QStringLiteral("count 2"));
    }
    fixture.reopen();
    QCOMPARE(fixture.read().alertCount(), 2);
    const QList<AlertSummary> alerts = fixture.read().summaries(AlertId{}, 10);
    QCOMPARE(fixture.read().attemptsOf(alerts.constFirst().id).size(), 1);
    QCOMPARE(onDatabase(fixture.path(), {QStringLiteral("PRAGMA integrity_check")}).toString(), QStringLiteral("ok"));
}

void FailingDiskTest::survivesACutInAnUpgrade_data()
{
    QTest::addColumn<int>("version");
    QTest::addColumn<int>("alerts");
    QTest::addColumn<int>("step"); // how many calls farther the next cut is
    QTest::newRow("from version 1") << 1 << 3 << 13;
    QTest::newRow("from version 2") << 2 << 4 << 5;
}

// True where it ended before that many calls.
bool FailingDiskTest::upgradeUntil(const QString &directory, int call)
{
    const FailingDisk disk(QStringLiteral(FAILING_DISK), directory);
    QProcess process;
    process.setProcessEnvironment(disk.environment(call));
    process.start(QStringLiteral(STORE_HELPER), {QStringLiteral("open"), directory});
    process.waitForFinished(patience);
    return process.exitStatus() == QProcess::NormalExit && process.exitCode() == 0;
}

void FailingDiskTest::survivesACutInAnUpgrade()
{
    QFETCH(int, version);
    QFETCH(int, alerts);
    QFETCH(int, step);
    const QByteArray old = qUncompress(contentOf(QStringLiteral(DATA "/version%1.db.z").arg(version)));
    const StillClock clock;
    int cuts = 0;
    for (int call = 1;; call += step) {
        const QTemporaryDir directory;
        const QString path = directory.filePath(QStringLiteral("courier.db"));
        write(path, old);
        if (upgradeUntil(directory.path(), call)) {
            break;
        }
        ++cuts;
        // The next start goes on, and all is there.
        const auto store = Store::open(directory.path(), clock);
        QVERIFY2(store.has_value(), store ? "" : qPrintable(store.error().message + store.error().detail));
        auto queries = std::move(*(*store)->connectQueries());
        QCOMPARE(queries->alertCount(), alerts);
        QVERIFY(waitFor((*store)->accept({Fixture::alert(QStringLiteral("x"))})).has_value());
        queries.reset();
        // What bears the name of a copy is one, of what it was before.
        const QStringList copies =
            QDir(directory.path()).entryList({QStringLiteral("courier.db.version*[0-9]")}, QDir::Files);
        QVERIFY2(!copies.isEmpty(), qPrintable(QString::number(call)));
        for (const QString &name : copies) {
            const QString copy = directory.filePath(name);
            QCOMPARE(onDatabase(copy, {QStringLiteral("PRAGMA integrity_check")}).toString(), QStringLiteral("ok"));
            QCOMPARE(onDatabase(copy, {QStringLiteral("SELECT count(*) FROM alert")}).toInt(), alerts);
            QVERIFY(onDatabase(copy, {QStringLiteral("PRAGMA user_version")}).toInt() >= version);
        }
        const QString first = directory.filePath(copies.constFirst());
        QCOMPARE(onDatabase(first, {QStringLiteral("PRAGMA user_version")}).toInt(), version);
    }
    qInfo("cut %d times", cuts);
    QVERIFY(cuts > 10);
}

QTEST_GUILESS_MAIN(FailingDiskTest)
#include "tst_failingdisk.moc"
