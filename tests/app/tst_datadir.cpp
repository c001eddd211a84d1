// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#include "app/datadir.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTest>

#include <sys/stat.h>
#include <unistd.h>

using namespace courier;

/// The data directory is made for its user alone, and what is wrong with it is said in words.
class TestDataDir : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void makesItForItsUserAlone();
    void takesOneThatIsThere();
    void closesOneThatIsUsedForNothingElse();
    void isCanonical();
    void resolvesRelativePaths();
    void hasADefault();
    void refusesAFile();
    void refusesAFileOnTheWay();
    void refusesWhatCannotBeWritten();
    void refusesWhatCannotBeMade();
    void refusesATooLongPath();
    void refusesADanglingLink();
    void newFilesAreForTheUserAlone();

private:
    QString path(const QString &name) const { return m_directory->filePath(name); }

    std::unique_ptr<QTemporaryDir> m_directory;
};

namespace {

unsigned modeOf(const QString &path)
{
    struct stat found = {};
    return ::stat(QFile::encodeName(path).constData(), &found) == 0 ? found.st_mode & 07777U : 0;
}

/// Root may write anywhere, so it becomes somebody else while this lives.
class Unprivileged
{
public:
    Unprivileged() { isGood = !m_wasRoot || ::setresuid(nobody, nobody, 0) == 0; }
    ~Unprivileged()
    {
        if (m_wasRoot) {
            isGood = ::setresuid(0, 0, 0) == 0;
        }
    }
    Unprivileged(const Unprivileged &) = delete;
    Unprivileged &operator=(const Unprivileged &) = delete;

    bool isGood = false;

private:
    static constexpr uid_t nobody = 65534;
    const bool m_wasRoot = ::geteuid() == 0;
};

} // namespace

void TestDataDir::init()
{
    m_directory = std::make_unique<QTemporaryDir>();
    QVERIFY(m_directory->isValid());
}

void TestDataDir::makesItForItsUserAlone()
{
    const mode_t before = ::umask(0);
    const auto opened = openDataDirectory(path(QStringLiteral("a/b/c")));
    ::umask(before);
    QVERIFY(opened);
    QCOMPARE(*opened, path(QStringLiteral("a/b/c")));
    for (const QString &made : {QStringLiteral("a"), QStringLiteral("a/b"), QStringLiteral("a/b/c")}) {
        QCOMPARE(modeOf(path(made)), 0700U);
    }
}

void TestDataDir::takesOneThatIsThere()
{
    QVERIFY(openDataDirectory(path(QStringLiteral("there"))));
    const auto again = openDataDirectory(path(QStringLiteral("there/")));
    QVERIFY(again);
    QCOMPARE(*again, path(QStringLiteral("there")));
}

void TestDataDir::closesOneThatIsUsedForNothingElse()
{
    for (const char *file : {"", "courier.db", "diary.txt"}) {
        const QString place = path(QStringLiteral("open-") + QLatin1String(file));
        QVERIFY(QDir().mkdir(place));
        if (*file) {
            QVERIFY(QFile(place + QLatin1Char('/') + QLatin1String(file)).open(QIODevice::WriteOnly));
        }
        QCOMPARE(::chmod(QFile::encodeName(place).constData(), 0755), 0);
        QVERIFY(openDataDirectory(place));
        QCOMPARE(modeOf(place), file == QByteArrayView("diary.txt") ? 0755u : 0700u);
    }
}

void TestDataDir::isCanonical()
{
    QVERIFY(QDir(m_directory->path()).mkdir(QStringLiteral("real")));
    QVERIFY(QFile::link(path(QStringLiteral("real")), path(QStringLiteral("link"))));
    const auto opened = openDataDirectory(path(QStringLiteral("link/../link/./")));
    QVERIFY(opened);
    QCOMPARE(*opened, path(QStringLiteral("real")));
}

void TestDataDir::resolvesRelativePaths()
{
    const QString before = QDir::currentPath();
    QVERIFY(QDir::setCurrent(m_directory->path()));
    const auto opened = openDataDirectory(QStringLiteral("desk/./one"));
    QVERIFY(QDir::setCurrent(before));
    QVERIFY(opened);
    QCOMPARE(*opened, path(QStringLiteral("desk/one")));
}

void TestDataDir::hasADefault()
{
    QStandardPaths::setTestModeEnabled(true);
    qputenv("XDG_DATA_HOME", QFile::encodeName(m_directory->path()));
    const auto opened = openDataDirectory({});
    QVERIFY(opened);
    QCOMPARE(*opened, QFileInfo(QStandardPaths::writableLocation(QStandardPaths::AppDataLocation)).canonicalFilePath());
    QStandardPaths::setTestModeEnabled(false);
}

void TestDataDir::refusesAFile()
{
    const QString file = path(QStringLiteral("file"));
    QVERIFY(QFile(file).open(QIODevice::WriteOnly));
    const auto opened = openDataDirectory(file);
    QVERIFY(!opened);
    QCOMPARE(opened.error().kind, Error::Kind::Invalid);
    QCOMPARE(opened.error().message, QString(file + QStringLiteral(" is a file. Give a directory with --data-dir.")));
}

void TestDataDir::refusesAFileOnTheWay()
{
    QVERIFY(QFile(path(QStringLiteral("file"))).open(QIODevice::WriteOnly));
    const auto opened = openDataDirectory(path(QStringLiteral("file/desk")));
    QVERIFY(!opened);
    QVERIFY2(opened.error().message.endsWith(QStringLiteral("can't be made: Not a directory.")),
             qPrintable(opened.error().message));
}

void TestDataDir::refusesWhatCannotBeWritten()
{
    const QString closed = path(QStringLiteral("closed"));
    QVERIFY(openDataDirectory(closed));
    QCOMPARE(::chmod(QFile::encodeName(m_directory->path()).constData(), 0711), 0);
    QCOMPARE(::chmod(QFile::encodeName(closed).constData(), 0555), 0);
    const Unprivileged somebody;
    QVERIFY(somebody.isGood);
    const auto opened = openDataDirectory(closed);
    QVERIFY(!opened);
    QCOMPARE(opened.error().kind, Error::Kind::ReadOnly);
    QCOMPARE(opened.error().message,
             QStringLiteral("The data directory %1 can't be written to: Permission denied.").arg(closed));
}

void TestDataDir::refusesWhatCannotBeMade()
{
    const auto opened = openDataDirectory(QStringLiteral("/proc/alert-courier/desk"));
    QVERIFY(!opened);
    QVERIFY2(opened.error().message.startsWith(
                 QStringLiteral("The data directory /proc/alert-courier/desk can't be made: ")),
             qPrintable(opened.error().message));
}

void TestDataDir::refusesATooLongPath()
{
    for (const int length : {300, 5000}) { // of a name, of a path
        const QString name(length, QLatin1Char('n'));
        const auto opened = openDataDirectory(path(name));
        QVERIFY(!opened);
        QCOMPARE(opened.error().kind, Error::Kind::Invalid);
        QVERIFY(opened.error().message.startsWith(QStringLiteral("The path of the data directory is too long: ")));
    }
}

void TestDataDir::refusesADanglingLink()
{
    QVERIFY(QFile::link(path(QStringLiteral("nowhere")), path(QStringLiteral("link"))));
    const auto opened = openDataDirectory(path(QStringLiteral("link")));
    QVERIFY(!opened);
    QVERIFY(!QFile::exists(path(QStringLiteral("nowhere"))));
}

void TestDataDir::newFilesAreForTheUserAlone()
{
    const mode_t before = ::umask(022);
    restrictFileModes();
    QFile file(path(QStringLiteral("new")));
    const bool opened = file.open(QIODevice::WriteOnly);
    ::umask(before);
    QVERIFY(opened);
    QCOMPARE(modeOf(file.fileName()), 0600U);
}

QTEST_GUILESS_MAIN(TestDataDir)
#include "tst_datadir.moc"
