// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#include "intake/fileimport.h"

#include "intake/batches.h"
#include "intake/fixedclock.h"
#include "support/sanitized.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <array>
#include <thread>

#include <sys/stat.h>
#include <unistd.h>

using namespace courier;
using test::sanitized;

namespace {

/// The most memory this process ever had, in KiB.
qint64 peakMemory()
{
    QFile file(QStringLiteral("/proc/self/status"));
    if (!file.open(QIODevice::ReadOnly)) {
        return -1;
    }
    const QByteArray status = file.readAll();
    const QByteArray key = "VmHWM:";
    return status.mid(status.indexOf(key) + key.size()).trimmed().split(' ').first().toLongLong();
}

} // namespace

/// Real pipes, standard input, and how much memory a long stream takes.
class TestPipeImport : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void readsAPipe();
    void givesASilentPipesAlertsAtOnce();
    void readsStandardInput();
    void staysSmall_data();
    void staysSmall();

private:
    FixedClock m_clock;
    std::unique_ptr<QTemporaryDir> m_directory;
    QString m_pipe;
};

void TestPipeImport::init()
{
    m_directory = std::make_unique<QTemporaryDir>();
    m_pipe = m_directory->filePath(QStringLiteral("pipe"));
    QCOMPARE(::mkfifo(QFile::encodeName(m_pipe).constData(), 0600), 0);
}

void TestPipeImport::readsAPipe()
{
    // Opening doesn't wait for a writer, and reading tells that nothing is there.
    const auto reader = AlertFileReader::open(m_pipe, m_clock);
    QVERIFY(reader);
    const auto silent = (*reader)->next(10, 1000);
    QVERIFY(silent.alerts.isEmpty() && silent.faults.isEmpty() && !silent.atEnd);
    QCOMPARE(silent.bytesTotal, -1);

    std::thread writer([this] {
        QFile file(m_pipe);
        if (file.open(QIODevice::WriteOnly | QIODevice::Unbuffered)) {
            for (int i = 1; i <= 5000; ++i) {
                file.write(numbered(i, 100));
            }
        }
    });
    const Total total = readAll(**reader);
    writer.join();
    QCOMPARE(total.ids.size(), 5000);
    QCOMPARE(total.ids.last(), QStringLiteral("R.5000"));
    QVERIFY(total.faults.isEmpty());
}

void TestPipeImport::givesASilentPipesAlertsAtOnce()
{
    const auto reader = AlertFileReader::open(m_pipe, m_clock);
    QVERIFY(reader);
    QFile writer(m_pipe);
    QVERIFY(writer.open(QIODevice::WriteOnly | QIODevice::Unbuffered));
    writer.write(numbered(1) + "{\"id\":");
    const auto batch = (*reader)->next(10, 1000);
    QCOMPARE(batch.alerts.size(), 1);
    QVERIFY(!batch.atEnd);
    writer.close();
    const Total total = readAll(**reader);
    QCOMPARE(total.faults.size(), 1);
    QCOMPARE(total.faults[0].place.line, 2);
}

void TestPipeImport::readsStandardInput()
{
    std::array<int, 2> ends{};
    QCOMPARE(::pipe(ends.data()), 0);
    const int before = ::dup(STDIN_FILENO);
    QVERIFY(::dup2(ends[0], STDIN_FILENO) >= 0);
    const auto reader = AlertFileReader::open(QStringLiteral("-"), m_clock);
    ::dup2(before, STDIN_FILENO);
    ::close(before);
    ::close(ends[0]);
    QVERIFY(reader);
    const QByteArray bytes = "[" + numbered(1) + "," + numbered(2) + "]";
    QCOMPARE(::write(ends[1], bytes.constData(), static_cast<size_t>(bytes.size())), bytes.size());
    ::close(ends[1]);
    const Total total = readAll(**reader);
    QCOMPARE(total.ids, (QStringList{QStringLiteral("R.1"), QStringLiteral("R.2")}));
    QCOMPARE(total.last.bytesTotal, -1);
}

void TestPipeImport::staysSmall_data()
{
    QTest::addColumn<QByteArray>("head");
    QTest::addColumn<QByteArray>("separator");
    QTest::addColumn<QByteArray>("tail");
    QTest::addColumn<int>("megabytes");
    QTest::addColumn<int>("alertsInMegabyte");
    QTest::newRow("lines") << QByteArray() << QByteArray("\n") << QByteArray() << 50 << 1024;
    QTest::newRow("an array on one line") << QByteArray("[") << QByteArray(",") << QByteArray("]") << 50 << 1024;
    QTest::newRow("a gigabyte of lines") << QByteArray() << QByteArray("\n") << QByteArray() << 1024 << 8;
}

/// A bad one in the middle of many, through a pipe so that no disk is filled.
void TestPipeImport::staysSmall()
{
    QFETCH(const QByteArray, head);
    QFETCH(const QByteArray, separator);
    QFETCH(const QByteArray, tail);
    QFETCH(const int, megabytes);
    QFETCH(const int, alertsInMegabyte);
    const int blocks = sanitized ? 50 : megabytes;
    const int alertsInBlock = alertsInMegabyte;
    const QByteArray one = numbered(7, 1024 * 1024 / alertsInMegabyte).trimmed();
    const QByteArray block = QByteArray(one + separator).repeated(alertsInBlock);
    const auto reader = AlertFileReader::open(m_pipe, m_clock);
    QVERIFY(reader);
    const qint64 before = peakMemory();
    std::thread writer([&] {
        QFile file(m_pipe);
        if (file.open(QIODevice::WriteOnly | QIODevice::Unbuffered)) {
            file.write(head);
            for (int i = 0; i < blocks; ++i) {
                file.write(block);
                file.write(i == blocks / 2 ? "{\"id\":\"bad\"}" + separator : QByteArray());
            }
            file.write(one + tail);
        }
    });
    qint64 alerts = 0;
    QList<AlertFault> faults;
    AlertFileReader::Batch batch;
    do {
        batch = (*reader)->next(512, 1024 * 1024);
        alerts += batch.alerts.size();
        faults.append(batch.faults);
    } while (!batch.atEnd);
    writer.join();
    QCOMPARE(alerts, blocks * alertsInBlock + 1);
    QCOMPARE(faults.size(), 1);
    QCOMPARE(faults[0].place.line, separator == "\n" ? (blocks / 2 + 1) * alertsInBlock + 1 : 1);
    if (!sanitized) {
        QVERIFY(before > 0);
        QVERIFY2(peakMemory() - before < 30 * 1024, qPrintable(QString::number(peakMemory() - before)));
    }
}

QTEST_GUILESS_MAIN(TestPipeImport)
#include "tst_pipeimport.moc"
