// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#include "secrets/secretfile.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <atomic>
#include <thread>
#include <vector>

#include <sys/stat.h>
#include <unistd.h>

using namespace courier;

namespace {

DestinationSecrets secretsOf(const QByteArray &token)
{
    return {{{SecretKind::Token, token}}, {}};
}

int modeOf(const QString &path)
{
    struct stat facts = {};
    return ::stat(QFile::encodeName(path).constData(), &facts) == 0 ? static_cast<int>(facts.st_mode & 07777) : -1;
}

void put(const QString &path, const QByteArray &bytes, QFile::Permissions more = {})
{
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(bytes);
    file.setPermissions(QFile::ReadOwner | QFile::WriteOwner | more);
}

} // namespace

/// The private file of secrets; row X3 of the faults where it concerns it.
class TstSecretFile : public QObject
{
    Q_OBJECT

private:
    std::unique_ptr<QTemporaryDir> m_directory;
    QString path() const { return m_directory->filePath(QStringLiteral("secrets.json")); }

private Q_SLOTS:
    void init() { m_directory = std::make_unique<QTemporaryDir>(); }

    void isNotMadeUnasked()
    {
        SecretFile file(m_directory->path());
        QCOMPARE(file.isChosen().value(), false);
        QCOMPARE(file.read(SecretsId{1}).value(), std::nullopt);
        QCOMPARE(file.remove(SecretsId{1}).value(), false);
        QVERIFY(QDir(m_directory->path()).isEmpty());
    }

    void keepsAndForgets()
    {
        SecretFile file(m_directory->path());
        QVERIFY(file.choose(true));
        QVERIFY(file.write(SecretsId{1}, secretsOf("one")));
        QVERIFY(file.write(SecretsId{2}, secretsOf("two")));
        SecretFile other(m_directory->path());
        QCOMPARE(other.isChosen().value(), true);
        QCOMPARE(other.read(SecretsId{1}).value(), secretsOf("one"));
        QCOMPARE(other.remove(SecretsId{1}).value(), true);
        QCOMPARE(file.read(SecretsId{1}).value(), std::nullopt);
        QCOMPARE(file.read(SecretsId{2}).value(), secretsOf("two"));
        QFile raw(path());
        QVERIFY(raw.open(QIODevice::ReadOnly));
        QVERIFY(!raw.readAll().contains("one")); // gone from the disk's file, too
        QVERIFY(file.choose(false));
        QVERIFY(QFile::exists(path())); // it holds something
        QCOMPARE(file.remove(SecretsId{2}).value(), true);
        QVERIFY(!QFile::exists(path()));
    }

    // Whatever the umask, and at every moment: somebody who looks all the time never sees a mode that others can use.
    void isPrivateFromTheFirstByte()
    {
        SecretFile file(m_directory->path());
        const mode_t before = ::umask(0);
        std::atomic<bool> isOver = false;
        std::atomic<int> widest = 0;
        std::atomic<int> seen = 0;
        std::thread looking([&] {
            const QStringList names{path(), path() + QStringLiteral(".new"),
                                    m_directory->filePath(QStringLiteral("secrets.lock"))};
            while (!isOver) {
                for (const QString &name : names) {
                    if (const int mode = modeOf(name); mode >= 0) {
                        ++seen;
                        widest = widest | mode;
                    }
                }
            }
        });
        QVERIFY(file.choose(true));
        for (int i = 1; i <= 100; ++i) {
            QVERIFY(file.write(SecretsId{i}, secretsOf(QByteArray::number(i))));
        }
        isOver = true;
        looking.join();
        ::umask(before);
        QVERIFY(seen > 100);
        QCOMPARE(widest.load(), 0600);
        QCOMPARE(modeOf(path()), 0600);
    }

    void takesBackWhatOthersCouldRead()
    {
        SecretFile file(m_directory->path());
        QVERIFY(file.choose(true));
        QVERIFY(
            QFile::setPermissions(path(), QFile::ReadOwner | QFile::WriteOwner | QFile::ReadGroup | QFile::ReadOther));
        QTest::ignoreMessage(QtWarningMsg, QRegularExpression(QStringLiteral("Others could read .*secrets.json")));
        QCOMPARE(file.isChosen().value(), true);
        QCOMPARE(modeOf(path()), 0600);
    }

    void refusesWhatIsNoFileOfItsOwn_data()
    {
        QTest::addColumn<QByteArray>("contents");
        QTest::newRow("empty") << QByteArray();
        QTest::newRow("cut") << QByteArray("{\"alertCourierSecrets\":1,\"secrets\":{\"1\":{\"tok");
        QTest::newRow("another's") << QByteArray("{\"secrets\":{}}");
        QTest::newRow("of a version to come") << QByteArray("{\"alertCourierSecrets\":2,\"secrets\":{}}");
    }

    void refusesWhatIsNoFileOfItsOwn()
    {
        QFETCH(QByteArray, contents);
        put(path(), contents);
        SecretFile file(m_directory->path());
        QCOMPARE(file.read(SecretsId{1}).error().kind, Error::Kind::Damaged);
        QCOMPARE(file.write(SecretsId{1}, secretsOf("x")).error().kind, Error::Kind::Damaged);
        QCOMPARE(file.choose(true).error().kind, Error::Kind::Damaged);
        QFile raw(path());
        QVERIFY(raw.open(QIODevice::ReadOnly));
        QCOMPARE(raw.readAll(), contents); // as it was: somebody may still make sense of it
    }

    void followsNoLink()
    {
        const QString target = m_directory->filePath(QStringLiteral("target"));
        put(target, "{\"alertCourierSecrets\":1,\"chosen\":true,\"secrets\":{}}");
        QVERIFY(QFile::link(target, path()));
        SecretFile file(m_directory->path());
        QVERIFY(!file.read(SecretsId{1}));
        QVERIFY(!file.choose(false));
        QVERIFY(QFile::exists(target));
    }

    void manyWritersLoseNothing()
    {
        SecretFile(m_directory->path()).choose(true);
        constexpr int writers = 4;
        constexpr int each = 25;
        std::vector<std::thread> threads;
        std::atomic<int> failed = 0;
        threads.reserve(writers);
        for (int writer = 0; writer < writers; ++writer) {
            threads.emplace_back([&, writer] {
                SecretFile file(m_directory->path());
                for (int i = 0; i < each; ++i) {
                    failed += file.write(SecretsId{writer * each + i + 1}, secretsOf("x")) ? 0 : 1;
                }
            });
        }
        for (std::thread &thread : threads) {
            thread.join();
        }
        QCOMPARE(failed.load(), 0);
        const SecretFile file(m_directory->path());
        for (int id = 1; id <= writers * each; ++id) {
            QVERIFY2(file.read(SecretsId{id}).value(), qPrintable(QString::number(id)));
        }
    }

    void fullOrReadOnlyDirectorySaysSo()
    {
        if (::geteuid() == 0) {
            QSKIP("the superuser may write everywhere");
        }
        SecretFile file(m_directory->path());
        QVERIFY(file.choose(true));
        ::chmod(QFile::encodeName(m_directory->path()).constData(), 0500);
        const Result<void> written = file.write(SecretsId{1}, secretsOf("x"));
        ::chmod(QFile::encodeName(m_directory->path()).constData(), 0700);
        QCOMPARE(written.error().kind, Error::Kind::ReadOnly);
        QCOMPARE(file.isChosen().value(), true);
    }
};

QTEST_GUILESS_MAIN(TstSecretFile)
#include "tst_secretfile.moc"
