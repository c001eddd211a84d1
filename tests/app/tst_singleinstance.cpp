// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#include "app/singleinstance.h"

#include <QDir>
#include <QElapsedTimer>
#include <QFile>
#include <QFileInfo>
#include <QLocalSocket>
#include <QProcess>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace courier;
using namespace std::chrono_literals;

/// A second start reaches the first, in another process, wherever the data directory is.
class TestSingleInstance : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();
    void asksTheFirst_data();
    void asksTheFirst();
    void passesTheToken_data();
    void passesTheToken();
    void desksAreApart();
    void waitsForAFirstThatStarts();
    void nobodyThere();
    void takesOverWhatAKilledOneLeft();
    void whoIsSilentBlocksNobody();
    void whoAsksNonsenseGetsNothing();
    void trustsNoForeignRuntimeDirectory();

private:
    QString dataDirectory(int nameLength = 4);
    void startFirst(QProcess &process, const QString &directory);

    std::unique_ptr<QTemporaryDir> m_runtime;
    std::unique_ptr<QTemporaryDir> m_data;
};

namespace {

/// The next line of another process.
QByteArray lineFrom(QProcess &process)
{
    while (!process.canReadLine()) {
        if (!process.waitForReadyRead(10000)) {
            return "(nothing)";
        }
    }
    return process.readLine().trimmed();
}

} // namespace

void TestSingleInstance::init()
{
    m_runtime = std::make_unique<QTemporaryDir>();
    m_data = std::make_unique<QTemporaryDir>();
    qputenv("XDG_RUNTIME_DIR", QFile::encodeName(m_runtime->path()));
    qunsetenv("XDG_ACTIVATION_TOKEN");
    qunsetenv("DESKTOP_STARTUP_ID");
}

void TestSingleInstance::cleanup()
{
    qunsetenv("XDG_RUNTIME_DIR");
}

QString TestSingleInstance::dataDirectory(int nameLength)
{
    const QString name(nameLength, QLatin1Char('d'));
    QDir(m_data->path()).mkdir(name);
    return m_data->filePath(name);
}

void TestSingleInstance::startFirst(QProcess &process, const QString &directory)
{
    process.start(QStringLiteral(APP_HELPER), {QStringLiteral("listen"), directory});
    QCOMPARE(lineFrom(process), "ready");
}

void TestSingleInstance::asksTheFirst_data()
{
    QTest::addColumn<bool>("runtimeDirectory");
    QTest::addColumn<int>("nameLength");
    QTest::newRow("runtime directory") << true << 4;
    QTest::newRow("runtime directory, long path") << true << 250;
    QTest::newRow("data directory") << false << 4;
    QTest::newRow("data directory, long path") << false << 250;
}

void TestSingleInstance::asksTheFirst()
{
    QFETCH(bool, runtimeDirectory);
    QFETCH(int, nameLength);
    if (!runtimeDirectory) {
        qunsetenv("XDG_RUNTIME_DIR");
    }
    const QString directory = dataDirectory(nameLength);
    QProcess first;
    startFirst(first, directory);
    SingleInstance second(directory);
    QVERIFY(second.raiseOther());
    QCOMPARE(lineFrom(first), "raise");
    QVERIFY(second.raiseOther()); // and again
    QCOMPARE(lineFrom(first), "raise");
    const QDir place(runtimeDirectory ? m_runtime->path() : directory);
    const QFileInfoList sockets = place.entryInfoList(QDir::System | QDir::Files);
    QCOMPARE(sockets.size(), 1);
    QCOMPARE(sockets.first().permissions() &
                 (QFile::ReadGroup | QFile::WriteGroup | QFile::ReadOther | QFile::WriteOther),
             QFile::Permissions());
    first.kill();
    first.waitForFinished();
}

void TestSingleInstance::passesTheToken_data()
{
    QTest::addColumn<QByteArray>("activation");
    QTest::addColumn<QByteArray>("startup");
    QTest::addColumn<QByteArray>("token");
    QTest::newRow("none") << QByteArray() << QByteArray() << QByteArray();
    QTest::newRow("Wayland") << QByteArray("wl-1 2") << QByteArray("x11") << QByteArray("wl-1 2");
    QTest::newRow("X11") << QByteArray() << QByteArray("host+1_TIME99") << QByteArray("host+1_TIME99");
    QTest::newRow("two lines") << QByteArray("a\nraise b") << QByteArray() << QByteArray();
    QTest::newRow("endless") << QByteArray(100'000, 'x') << QByteArray() << QByteArray();
}

void TestSingleInstance::passesTheToken()
{
    QFETCH(QByteArray, activation);
    QFETCH(QByteArray, startup);
    const QString directory = dataDirectory();
    QProcess first;
    startFirst(first, directory);
    if (!activation.isEmpty()) {
        qputenv("XDG_ACTIVATION_TOKEN", activation);
    }
    if (!startup.isEmpty()) {
        qputenv("DESKTOP_STARTUP_ID", startup);
    }
    SingleInstance second(directory);
    QVERIFY(second.raiseOther());
    QTEST(lineFrom(first).mid(6), "token");
    first.kill();
    first.waitForFinished();
}

void TestSingleInstance::desksAreApart()
{
    SingleInstance one(dataDirectory(4));
    SingleInstance two(dataDirectory(5));
    QVERIFY(one.listen());
    QVERIFY(two.listen());
    SingleInstance third(dataDirectory(6));
    QVERIFY(!third.raiseOther(100ms));
}

void TestSingleInstance::waitsForAFirstThatStarts()
{
    const QString directory = dataDirectory();
    QProcess first;
    first.start(QStringLiteral(APP_HELPER), {QStringLiteral("listen"), directory});
    SingleInstance second(directory); // the first is not there yet, or just so
    QVERIFY(second.raiseOther(20s));
    first.kill();
    first.waitForFinished();
}

void TestSingleInstance::nobodyThere()
{
    SingleInstance second(dataDirectory());
    QElapsedTimer timer;
    timer.start();
    QVERIFY(!second.raiseOther(200ms));
    QVERIFY(timer.elapsed() >= 200);
}

void TestSingleInstance::takesOverWhatAKilledOneLeft()
{
    const QString directory = dataDirectory();
    QProcess first;
    startFirst(first, directory);
    first.kill(); // SIGKILL: the socket stays behind
    QVERIFY(first.waitForFinished());
    QCOMPARE(QDir(m_runtime->path()).entryList(QDir::System | QDir::Files).size(), 1);
    SingleInstance second(directory);
    QVERIFY(!second.raiseOther(100ms));
    QProcess third;
    startFirst(third, directory);
    QVERIFY(second.raiseOther());
    third.kill();
    third.waitForFinished();
}

void TestSingleInstance::whoIsSilentBlocksNobody()
{
    const QString directory = dataDirectory();
    QProcess first;
    startFirst(first, directory);
    const QString path = SocketPath(directory).path();
    QLocalSocket silent;
    silent.connectToServer(path);
    QVERIFY(silent.waitForConnected());
    QLocalSocket half;
    half.connectToServer(path);
    QVERIFY(half.waitForConnected());
    half.write("rai");
    QVERIFY(half.waitForBytesWritten());
    SingleInstance second(directory);
    QVERIFY(second.raiseOther());
    QCOMPARE(lineFrom(first), "raise");
    first.kill();
    first.waitForFinished();
}

void TestSingleInstance::whoAsksNonsenseGetsNothing()
{
    const QString directory = dataDirectory();
    SingleInstance first(directory);
    QVERIFY(first.listen());
    QSignalSpy raised(&first, &SingleInstance::raiseRequested);
    for (const QByteArray &nonsense : {QByteArray("close\n"), QByteArray("raisex\n"), QByteArray(100'000, 'x')}) {
        QLocalSocket socket;
        socket.connectToServer(SocketPath(directory).path());
        QVERIFY(socket.waitForConnected());
        socket.write(nonsense);
        QTRY_COMPARE(socket.state(), QLocalSocket::UnconnectedState);
        QCOMPARE(socket.readAll(), "");
    }
    QCOMPARE(raised.count(), 0);
}

void TestSingleInstance::trustsNoForeignRuntimeDirectory()
{
    const QString directory = dataDirectory();
    QVERIFY(QFile::setPermissions(m_runtime->path(), QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner |
                                                         QFile::ReadOther | QFile::WriteOther | QFile::ExeOther));
    QCOMPARE(SocketPath(directory).path(), QString(directory + QStringLiteral("/window.socket")));
    qputenv("XDG_RUNTIME_DIR", "/nonexistent");
    QCOMPARE(SocketPath(directory).path(), QString(directory + QStringLiteral("/window.socket")));
    qputenv("XDG_RUNTIME_DIR", "relative");
    QCOMPARE(SocketPath(directory).path(), QString(directory + QStringLiteral("/window.socket")));
}

QTEST_GUILESS_MAIN(TestSingleInstance)
#include "tst_singleinstance.moc"
