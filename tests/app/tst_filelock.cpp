// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#include "app/filelock.h"

#include <QFile>
#include <QFileInfo>
#include <QProcess>
#include <QRegularExpression>
#include <QTemporaryDir>
#include <QTest>

#include <sys/stat.h>
#include <unistd.h>

using namespace courier;

/// The lock is one process's at a time and ends with it, even when that is killed.
class TestFileLock : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void isHeldByOne();
    void isReleasedByTheDestructor();
    void leavesTheFileForItsUserAlone();
    void endsWithAKilledProcess();
    void isNotHandedToChildren();
    void noticesThatItsFileIsAnother();
    void saysOnceWhyItCannot();

private:
    QString path() const { return m_directory.filePath(QStringLiteral("test.lock")); }

    QTemporaryDir m_directory;
};

void TestFileLock::isHeldByOne()
{
    FileLock first(path());
    FileLock second(path());
    QVERIFY(!first.isHeld());
    QVERIFY(first.tryLock());
    QVERIFY(first.isHeld());
    QVERIFY(first.tryLock()); // still
    QVERIFY(!second.tryLock());
    QVERIFY(!second.isHeld());
    first.release();
    QVERIFY(!first.isHeld());
    QVERIFY(second.tryLock());
    QVERIFY(!first.tryLock());
}

void TestFileLock::isReleasedByTheDestructor()
{
    {
        FileLock first(path());
        QVERIFY(first.tryLock());
    }
    FileLock second(path());
    QVERIFY(second.tryLock());
}

void TestFileLock::leavesTheFileForItsUserAlone()
{
    const QString fresh = m_directory.filePath(QStringLiteral("fresh.lock"));
    const mode_t before = ::umask(0);
    FileLock lock(fresh);
    QVERIFY(lock.tryLock());
    ::umask(before);
    struct stat found = {};
    QCOMPARE(::stat(QFile::encodeName(fresh).constData(), &found), 0);
    QCOMPARE(found.st_mode & 0777U, 0600U);
    lock.release();
    QVERIFY(QFile::exists(fresh));
}

void TestFileLock::endsWithAKilledProcess()
{
    QProcess other;
    other.start(QStringLiteral(APP_HELPER), {QStringLiteral("lock"), path()});
    QVERIFY(other.waitForReadyRead());
    FileLock lock(path());
    QVERIFY(!lock.tryLock());
    other.kill(); // SIGKILL
    QVERIFY(other.waitForFinished());
    QCOMPARE(other.exitStatus(), QProcess::CrashExit);
    QVERIFY(lock.tryLock());
}

void TestFileLock::isNotHandedToChildren()
{
    FileLock lock(path());
    QVERIFY(lock.tryLock());
    QProcess child;
    child.start(QStringLiteral("sleep"), {QStringLiteral("60")});
    QVERIFY(child.waitForStarted());
    lock.release();
    FileLock other(path());
    QVERIFY(other.tryLock());
    child.kill();
    child.waitForFinished();
}

void TestFileLock::noticesThatItsFileIsAnother()
{
    FileLock held(path());
    QVERIFY(held.tryLock());
    QVERIFY(QFile::remove(path()));
    FileLock onAnother(path());
    QVERIFY(onAnother.tryLock()); // a lock is by its file: whoever removes that parts the two
    held.release();
    QVERIFY(!held.tryLock());
    onAnother.release();
    QVERIFY(held.tryLock());
}

void TestFileLock::saysOnceWhyItCannot()
{
    FileLock lock(m_directory.filePath(QStringLiteral("missing/test.lock")));
    QTest::ignoreMessage(QtWarningMsg, QRegularExpression(QStringLiteral("Could not lock .*No such file")));
    QVERIFY(!lock.tryLock());
    QTest::failOnWarning(QRegularExpression(QStringLiteral("Could not lock")));
    QVERIFY(!lock.tryLock());
}

QTEST_GUILESS_MAIN(TestFileLock)
#include "tst_filelock.moc"
