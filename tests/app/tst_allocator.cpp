// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#include "support/sanitized.h"

#include <QFile>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

using namespace courier::test;

/// What the process that sends in the background takes its memory from. It looks into itself: nobody else may.
class TstAllocator : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void isTheFastOneUnlessAnotherLibraryIsPutBefore_data()
    {
        QTest::addColumn<QString>("preload");
        QTest::addColumn<QString>("name");
        const QString fast = sanitized ? QStringLiteral("the C library's") : QStringLiteral("jemalloc");
        QTest::newRow("by itself") << QString() << fast;
        if (!sanitized) { // a sanitizer's library has to be the first
            QTest::newRow("with a library put before")
                << QStringLiteral("libm.so.6") << QStringLiteral("the C library's");
        }
    }

    void isTheFastOneUnlessAnotherLibraryIsPutBefore()
    {
        QFETCH(QString, preload);
        QFETCH(QString, name);
        const QTemporaryDir directory;
        QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
        environment.remove(QStringLiteral("LD_PRELOAD"));
        if (!preload.isEmpty()) {
            environment.insert(QStringLiteral("LD_PRELOAD"), preload);
        }
        QProcess program;
        program.setProcessEnvironment(environment);
        program.setReadChannel(QProcess::StandardError);
        program.start(QStringLiteral(COURIER_PROGRAM),
                      {QStringLiteral("--background"), QStringLiteral("--no-intake"), QStringLiteral("--data-dir"),
                       directory.path(), QStringLiteral("--log"), QStringLiteral("debug")});
        QVERIFY(program.waitForStarted());
        const qint64 id = program.processId();
        QByteArray log;
        while (!log.contains("Sending has begun") && program.waitForReadyRead(20'000)) {
            log += program.readAllStandardError();
        }
        QVERIFY2(log.contains(QStringLiteral("The allocator is %1.").arg(name).toUtf8()), log.constData());
        // It is one and the same, and called what pgrep, killall and top go by.
        QVERIFY2(log.contains(QByteArray("process ").append(QByteArray::number(id))), log.constData());
        QFile called(QStringLiteral("/proc/%1/comm").arg(id));
        QVERIFY(called.open(QIODevice::ReadOnly));
        QCOMPARE(called.readAll(), QByteArray("alert-courier\n"));
        program.terminate();
        QVERIFY(program.waitForFinished(20'000));
        QCOMPARE(program.exitStatus(), QProcess::NormalExit);
        QCOMPARE(program.exitCode(), 0);
    }
};

QTEST_GUILESS_MAIN(TstAllocator)
#include "tst_allocator.moc"
