// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#include "desk/watchedfile.h"
#include "domain/clock.h"
#include "store/databasefile.h"
#include "store/store.h"

#include <QElapsedTimer>
#include <QFile>
#include <QProcess>
#include <QRandomGenerator>
#include <QTemporaryDir>
#include <QTest>

#include <csignal>

using namespace courier;
using namespace courier::test;

namespace {

constexpr int lineCount = 100'000;
constexpr int chunkLines = 500;
constexpr int rotateAfter = 7; ///< chunks
constexpr int killAfter = 23;  ///< chunks
constexpr int waitMsecs = 120'000;
constexpr int longestPause = 40; ///< ms, between chunks

/// The program itself, without a window.
class Background
{
public:
    explicit Background(const QString &directory)
    {
        m_process.setProcessChannelMode(QProcess::ForwardedErrorChannel);
        m_process.start(QStringLiteral(COURIER_PROGRAM), {QStringLiteral("--background"), QStringLiteral("--no-intake"),
                                                          QStringLiteral("--data-dir"), directory});
        if (!m_process.waitForStarted()) {
            qFatal("the program doesn't start");
        }
    }
    ~Background()
    {
        ::kill(static_cast<pid_t>(m_process.processId()), SIGKILL);
        m_process.waitForFinished();
    }

private:
    QProcess m_process;
};

/// A source that writes a line for each number, to a file that is rotated.
class Writer
{
public:
    Writer(const QString &path, bool copies)
        : m_path(path)
        , m_copies(copies)
    {
    }

    void write(int first, int count)
    {
        QByteArray lines;
        for (int i = first; i < first + count; ++i) {
            lines += R"({"timestamp":"2026-11-24T10:00:00Z","event_type":"alert","alert":{"signature_id":)" +
                     QByteArray::number(i) + R"(,"signature":"line )" + QByteArray::number(i) + "\"}}\n";
        }
        // In two parts, of which the first ends within a line.
        append(lines.first(lines.size() / 2 + 3));
        append(lines.sliced(lines.size() / 2 + 3));
    }

    void rotate()
    {
        for (int i = ++m_rotations; i > 1; --i) {
            QFile::rename(m_path + QStringLiteral(".%1").arg(i - 1), m_path + QStringLiteral(".%1").arg(i));
        }
        const QString old = m_path + QStringLiteral(".1");
        if (m_copies) {
            QVERIFY(QFile::copy(m_path, old));
            QVERIFY(QFile::resize(m_path, 0));
        } else {
            QVERIFY(QFile::rename(m_path, old));
        }
    }
    int rotations() const { return m_rotations; }

private:
    void append(const QByteArray &bytes)
    {
        QFile file(m_path);
        QVERIFY(file.open(QIODevice::Append));
        QCOMPARE(file.write(bytes), bytes.size());
    }

    QString m_path;
    bool m_copies;
    int m_rotations = 0;
};

} // namespace

/// The real program follows a file that is rotated, and is killed meanwhile: each line becomes one alert.
class TestWatchedFiles : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void takesEachLineOnce_data();
    void takesEachLineOnce();

private:
    static void prepare(const QString &directory, const QString &file);
};

void TestWatchedFiles::prepare(const QString &directory, const QString &file)
{
    const SystemClock clock;
    const auto store = Store::open(directory, clock);
    QVERIFY(store);
    const QList<WatchedFile> files{{1, file, {}, QStringLiteral("suricata"), true, true}};
    QVERIFY((*store)->setSetting(sourcesKey(), QString::fromUtf8(toJson(files))).result());
}

void TestWatchedFiles::takesEachLineOnce_data()
{
    QTest::addColumn<bool>("copies");
    QTest::newRow("rotated by rename") << false;
    QTest::newRow("copied and truncated") << true;
}

void TestWatchedFiles::takesEachLineOnce()
{
    QFETCH(bool, copies);
    const QTemporaryDir data;
    const QTemporaryDir files;
    const QString path = files.filePath(QStringLiteral("eve.json"));
    const QString database = data.filePath(QStringLiteral("courier.db"));
    prepare(data.path(), path);
    Writer writer(path, copies);
    writer.write(0, chunkLines);
    auto program = std::make_unique<Background>(data.path());
    // A file that is moved away before the program has ever seen it is another matter.
    const auto taken = [&database] {
        return onDatabase(database, {QStringLiteral("SELECT count(*) FROM alert")}).toInt();
    };
    QTRY_VERIFY_WITH_TIMEOUT(taken() > 0, 30'000);
    QRandomGenerator random(copies ? 5 : 3);
    int kills = 0;
    int takenBefore = 0; // in earlier lives of the program
    for (int chunk = 1; chunk < lineCount / chunkLines; ++chunk) {
        writer.write(chunk * chunkLines, chunkLines);
        if (chunk % rotateAfter == rotateAfter - 1) {
            writer.rotate();
        }
        if (chunk % killAfter == killAfter - 1) {
            // At work, however slow the machine is.
            QTRY_VERIFY_WITH_TIMEOUT(taken() > takenBefore, 30'000);
            program.reset();
            ++kills;
            takenBefore = taken();
        } else if (!program && chunk % killAfter == 4) {
            program = std::make_unique<Background>(data.path());
        }
        QTest::qWait(static_cast<int>(random.bounded(longestPause)));
    }
    program.reset();
    program = std::make_unique<Background>(data.path());
    QElapsedTimer waiting;
    waiting.start();
    while (taken() < lineCount && !waiting.hasExpired(waitMsecs)) {
        QTest::qWait(200);
    }
    QTest::qWait(1500); // what would be there twice has come by then
    QCOMPARE(taken(), lineCount);
    QCOMPARE(onDatabase(database, {QStringLiteral("SELECT count(DISTINCT title) FROM alert")}).toInt(), lineCount);
    QVERIFY(kills > 5);
    QVERIFY(writer.rotations() > 20);
}

QTEST_GUILESS_MAIN(TestWatchedFiles)
#include "tst_watchedfiles.moc"
