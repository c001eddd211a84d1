// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#include "intake/fileimport.h"

#include "intake/batches.h"
#include "intake/fixedclock.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <unistd.h>

using namespace courier;

/// Real files, batch by batch.
class TestFileImport : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void readsAFileInBatches();
    void refusesWhatIsNoFile();
    void refusesWhatMayNotBeRead();
    void tellsABlankFile();
    void readsAFileThatGrows();
    void readsAFileThatShrinks();
    void saysWhatCantBeReadFurther();

private:
    QString path(const char *name) const { return m_directory->filePath(QString::fromLatin1(name)); }
    QString write(const QByteArray &bytes) const;

    FixedClock m_clock;
    std::unique_ptr<QTemporaryDir> m_directory;
};

void TestFileImport::init()
{
    m_directory = std::make_unique<QTemporaryDir>();
    QVERIFY(m_directory->isValid());
}

QString TestFileImport::write(const QByteArray &bytes) const
{
    QFile file(path("alerts.json"));
    const bool written = file.open(QIODevice::WriteOnly) && file.write(bytes) == bytes.size();
    return written ? file.fileName() : QString();
}

void TestFileImport::readsAFileInBatches()
{
    QByteArray bytes;
    for (int i = 1; i <= 2500; ++i) {
        bytes += i == 1200 ? QByteArray("{\"id\":\"R.1200\"}\n") : numbered(i);
    }
    const auto reader = AlertFileReader::open(write(bytes), m_clock);
    QVERIFY(reader);

    const auto first = (*reader)->next(100, 1024 * 1024);
    QCOMPARE(first.alerts.size(), 100);
    QCOMPARE(first.alerts[99].alert.ruleId, QStringLiteral("R.100"));
    QCOMPARE(first.alerts[99].line, 100);
    QVERIFY(!first.atEnd);
    QCOMPARE(first.bytesTotal, bytes.size());
    QCOMPARE(first.summary.taken, 100);

    const Total total = readAll(**reader);
    QCOMPARE(total.ids.size(), 2399);
    QCOMPARE(total.ids.last(), QStringLiteral("R.2500"));
    QCOMPARE(total.faults.size(), 1);
    QCOMPARE(placedSentence(total.faults[0]),
             QStringLiteral("1200:1: severity: is missing: one of CRITICAL, HIGH, MEDIUM, LOW, INFO."));
    QCOMPARE(total.last.bytesRead, bytes.size());
    QCOMPARE(total.last.summary.taken, 2499);
    QCOMPARE(total.last.summary.refused, 1);
    QVERIFY(!total.last.summary.endedEarly);
    QVERIFY(!total.last.error);
    QVERIFY((*reader)->next(1, 1).atEnd);
}

void TestFileImport::refusesWhatIsNoFile()
{
    const auto missing = AlertFileReader::open(path("missing.json"), m_clock);
    QVERIFY(!missing);
    QCOMPARE(missing.error().kind, Error::Kind::NotFound);
    QCOMPARE(missing.error().message, QStringLiteral("There is no file %1.").arg(path("missing.json")));

    const auto directory = AlertFileReader::open(m_directory->path(), m_clock);
    QVERIFY(!directory);
    QCOMPARE(directory.error().message,
             QStringLiteral("%1 is a directory. Choose a file of alerts.").arg(m_directory->path()));

    const QString empty = write({});
    const auto nothing = AlertFileReader::open(empty, m_clock);
    QVERIFY(!nothing);
    QCOMPARE(nothing.error().message, QStringLiteral("%1 is empty.").arg(empty));
}

void TestFileImport::refusesWhatMayNotBeRead()
{
    const QString file = write(numbered(1));
    QVERIFY(QFile::setPermissions(file, {}));
    const uid_t user = ::geteuid();
    const bool changed = user != 0 || ::seteuid(65534) == 0; // the superuser may read everything
    const auto reader = AlertFileReader::open(file, m_clock);
    QCOMPARE(::seteuid(user), 0);
    QVERIFY(changed);
    QVERIFY(!reader);
    QCOMPARE(reader.error().message, QStringLiteral("You are not allowed to read %1.").arg(file));
}

void TestFileImport::tellsABlankFile()
{
    const auto reader = AlertFileReader::open(write(" \n"), m_clock);
    QVERIFY(reader);
    const Total total = readAll(**reader);
    QCOMPARE(total.faults.size(), 1);
    QCOMPARE(placedSentence(total.faults[0]), QStringLiteral("1:1: there is no alert here."));
}

void TestFileImport::readsAFileThatGrows()
{
    const QString name = write(numbered(1) + numbered(2) + "{\"id\":\"R.3\",");
    const auto reader = AlertFileReader::open(name, m_clock);
    QVERIFY(reader);
    QCOMPARE((*reader)->next(1, 1).alerts.size(), 1);
    QFile file(name);
    QVERIFY(file.open(QIODevice::Append));
    file.write("\"severity\":\"HIGH\"}\n");
    file.close();
    const Total total = readAll(**reader);
    QCOMPARE(total.ids, (QStringList{QStringLiteral("R.2"), QStringLiteral("R.3")}));
    QCOMPARE(total.last.bytesTotal, QFile(name).size());
    QCOMPARE(total.last.bytesRead, QFile(name).size());
}

void TestFileImport::readsAFileThatShrinks()
{
    const QByteArray bytes = numbered(1, 700'000) + numbered(2, 300'000);
    const QString name = write(bytes);
    const auto reader = AlertFileReader::open(name, m_clock);
    QVERIFY(reader);
    QCOMPARE((*reader)->next(1, 1).alerts.size(), 0); // two chunks of it
    QVERIFY(QFile::resize(name, numbered(1, 700'000).size() + 20));
    const Total total = readAll(**reader);
    QCOMPARE(total.ids, QStringList{QStringLiteral("R.1")});
    QCOMPARE(total.faults.size(), 1);
    QCOMPARE(total.faults[0].place.line, 2);
    QVERIFY(total.last.bytesTotal >= total.last.bytesRead);
}

void TestFileImport::saysWhatCantBeReadFurther()
{
    // A process's memory is a file whose first page can't be read.
    const auto reader = AlertFileReader::open(QStringLiteral("/proc/self/mem"), m_clock);
    QVERIFY(!reader);
    QCOMPARE(reader.error().kind, Error::Kind::Io);
    QVERIFY(reader.error().message.startsWith(QLatin1String("/proc/self/mem can't be read: ")));
}

QTEST_GUILESS_MAIN(TestFileImport)
#include "tst_fileimport.moc"
