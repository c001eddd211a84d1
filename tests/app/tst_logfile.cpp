// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#include "app/logfile.h"

#include <QDir>
#include <QFile>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

#include <sys/stat.h>
#include <unistd.h>

using namespace courier;

/// The log's files: their turns, their modes, and several processes at one of them.
class TestLogFile : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void goesOnWhereItEnded();
    void takesTurns();
    void neverGrowsPastItsLimit();
    void isForItsUserAlone();
    void twoWritersShareOnePath();
    void processesLoseNoLine();
    void comesBackWhenItWasRemoved();
    void survivesAPathThatCannotBe();
    void followsNoLink();

private:
    QString path() const { return m_directory->filePath(QStringLiteral("test.log")); }
    QByteArray contentOf(const QString &suffix = {}) const;

    std::unique_ptr<QTemporaryDir> m_directory;
};

void TestLogFile::init()
{
    m_directory = std::make_unique<QTemporaryDir>();
    QVERIFY(m_directory->isValid());
}

QByteArray TestLogFile::contentOf(const QString &suffix) const
{
    QFile file(path() + suffix);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray("(not there)");
}

void TestLogFile::goesOnWhereItEnded()
{
    LogFile(path(), {}).append("one\n");
    LogFile(path(), {}).append("two\n");
    QCOMPARE(contentOf(), "one\ntwo\n");
}

void TestLogFile::takesTurns()
{
    LogFile file(path(), {8, 2});
    for (const char *line : {"one\n", "two\n", "three\n", "four\n", "five\n", "six\n"}) {
        file.append(line);
    }
    QCOMPARE(contentOf(), "six\n");
    QCOMPARE(contentOf(QStringLiteral(".1")), "five\n");
    QCOMPARE(contentOf(QStringLiteral(".2")), "four\n");
    QCOMPARE(QDir(m_directory->path()).entryList(QDir::Files).size(), 3);
}

void TestLogFile::neverGrowsPastItsLimit()
{
    LogFile file(path(), {100, 1});
    for (int i = 0; i < 1000; ++i) {
        file.append(QByteArray(i % 50, 'x') + '\n');
        QVERIFY(contentOf().size() <= 100);
    }
    file.append(QByteArray(500, 'y') + '\n'); // longer than a file may be: alone in one
    QCOMPARE(contentOf().size(), 501);
    file.append("z\n");
    QCOMPARE(contentOf(), "z\n");
    LogFile single(path(), {4, 0});
    single.append("one\n");
    single.append("two\n");
    QCOMPARE(contentOf(), "two\n");
}

void TestLogFile::isForItsUserAlone()
{
    const auto modeOf = [](const QString &name) {
        struct stat found = {};
        return ::stat(QFile::encodeName(name).constData(), &found) == 0 ? found.st_mode & 0777U : 0U;
    };
    const mode_t before = ::umask(0);
    LogFile file(path(), {4, 1});
    QCOMPARE(modeOf(path()), 0600U);
    file.append("one\n");
    file.append("two\n");
    ::umask(before);
    QCOMPARE(modeOf(path()), 0600U);
    QCOMPARE(modeOf(path() + QStringLiteral(".1")), 0600U);
    QVERIFY(::chmod(QFile::encodeName(path()).constData(), 0644) == 0);
    const LogFile again(path(), {});
    QCOMPARE(modeOf(path()), 0600U);
}

void TestLogFile::twoWritersShareOnePath()
{
    LogFile one(path(), {8, 2});
    LogFile two(path(), {8, 2});
    one.append("a1\n");
    two.append("b1\n");
    one.append("a2\n"); // the turn
    two.append("b2\n"); // must not go into what was put aside
    QCOMPARE(contentOf(QStringLiteral(".1")), "a1\nb1\n");
    QCOMPARE(contentOf(), "a2\nb2\n");
    two.append("b3\n");
    one.append("a3\n");
    QCOMPARE(contentOf(QStringLiteral(".2")), "a1\nb1\n");
    QCOMPARE(contentOf(QStringLiteral(".1")), "a2\nb2\n");
    QCOMPARE(contentOf(), "b3\na3\n");
}

void TestLogFile::processesLoseNoLine()
{
    constexpr int processes = 3;
    std::vector<std::unique_ptr<QProcess>> writers;
    writers.reserve(processes);
    for (int i = 0; i < processes; ++i) {
        writers.push_back(std::make_unique<QProcess>());
        writers.back()->start(QStringLiteral(APP_HELPER),
                              {QStringLiteral("log"), path(), QStringLiteral("writer%1").arg(i)});
    }
    for (const auto &writer : writers) {
        QVERIFY(writer->waitForFinished());
        QCOMPARE(writer->exitCode(), 0);
    }
    QSet<QByteArray> seen;
    qsizetype lines = 0;
    const QDir directory(m_directory->path());
    for (const QString &name : directory.entryList(QDir::Files)) {
        QFile file(directory.filePath(name));
        QVERIFY(file.open(QIODevice::ReadOnly));
        while (!file.atEnd()) {
            seen.insert(file.readLine());
            ++lines;
        }
    }
    QCOMPARE(lines, processes * 1000);
    QCOMPARE(seen.size(), processes * 1000);
    QVERIFY(directory.entryList(QDir::Files).size() > 3);
}

void TestLogFile::comesBackWhenItWasRemoved()
{
    LogFile file(path(), {});
    file.append("one\n");
    QVERIFY(QFile::remove(path()));
    file.append("two\n");
    QCOMPARE(contentOf(), "two\n");
}

void TestLogFile::survivesAPathThatCannotBe()
{
    LogFile file(m_directory->filePath(QStringLiteral("later/test.log")), {});
    file.append("lost\n");
    QVERIFY(QDir(m_directory->path()).mkdir(QStringLiteral("later")));
    file.append("kept\n");
    QFile written(m_directory->filePath(QStringLiteral("later/test.log")));
    QVERIFY(written.open(QIODevice::ReadOnly));
    QCOMPARE(written.readAll(), "kept\n");
}

void TestLogFile::followsNoLink()
{
    const QString target = m_directory->filePath(QStringLiteral("target"));
    QVERIFY(QFile::link(target, path()));
    LogFile file(path(), {});
    file.append("one\n");
    QVERIFY(!QFile::exists(target));
}

QTEST_GUILESS_MAIN(TestLogFile)
#include "tst_logfile.moc"
