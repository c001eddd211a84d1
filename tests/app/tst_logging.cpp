// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#include "app/logging.h"

#include <QFile>
#include <QLoggingCategory>
#include <QRegularExpression>
#include <QTemporaryDir>
#include <QTest>

#include <thread>
#include <vector>

#include <fcntl.h>
#include <unistd.h>

using namespace courier;

namespace {

Q_LOGGING_CATEGORY(lcTest, "courier.test")

/// What goes to stderr while this lives.
class CapturedStderr
{
public:
    explicit CapturedStderr(const QString &path)
        : m_path(path)
        , m_before(::dup(STDERR_FILENO))
    {
        const int file = ::open(QFile::encodeName(path).constData(), O_WRONLY | O_CREAT | O_TRUNC, 0600);
        ::dup2(file, STDERR_FILENO);
        ::close(file);
    }
    ~CapturedStderr() { restore(); }
    CapturedStderr(const CapturedStderr &) = delete;
    CapturedStderr &operator=(const CapturedStderr &) = delete;

    QByteArray text()
    {
        restore();
        QFile file(m_path);
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }

private:
    void restore()
    {
        if (m_before >= 0) {
            ::dup2(m_before, STDERR_FILENO);
            ::close(m_before);
            m_before = -1;
        }
    }

    QString m_path;
    int m_before;
};

} // namespace

/// What the program logs, as it stands in the file and on stderr.
class TestLogging : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void writesLinesOfOneForm();
    void levels_data();
    void levels();
    void staysOneLine();
    void escapes_data();
    void escapes();
    void cutsAnEndlessMessage();
    void manyThreadsManyTurns();
    void givesTheHandlerBack();

private:
    QString file(const QString &suffix = {}) const;
    QList<QByteArray> lines(const QString &suffix = {}) const;

    std::unique_ptr<QTemporaryDir> m_directory;
};

void TestLogging::init()
{
    m_directory = std::make_unique<QTemporaryDir>();
    QVERIFY(m_directory->isValid());
}

QString TestLogging::file(const QString &suffix) const
{
    return m_directory->filePath(QStringLiteral("alert-courier.log")) + suffix;
}

QList<QByteArray> TestLogging::lines(const QString &suffix) const
{
    QFile log(file(suffix));
    if (!log.open(QIODevice::ReadOnly)) {
        return {};
    }
    QList<QByteArray> result = log.readAll().split('\n');
    result.removeLast(); // what follows the last line's end: nothing
    return result;
}

void TestLogging::writesLinesOfOneForm()
{
    {
        const CapturedStderr quiet(m_directory->filePath(QStringLiteral("stderr")));
        const Logging logging(m_directory->path(), QtCriticalMsg);
        qCInfo(lcTest, "started %s", "\xc3\xa4");
        qWarning("careful");
    }
    const QList<QByteArray> written = lines();
    QCOMPARE(written.size(), 2);
    static const QRegularExpression form(QStringLiteral("^\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z (.*)$"));
    QCOMPARE(form.match(QString::fromUtf8(written[0])).captured(1), QStringLiteral(u"INFO courier.test: started ä"));
    QCOMPARE(form.match(QString::fromUtf8(written[1])).captured(1), QStringLiteral("WARNING default: careful"));
}

void TestLogging::levels_data()
{
    QTest::addColumn<QtMsgType>("level");
    QTest::addColumn<QByteArray>("inFile");
    QTest::addColumn<QByteArray>("onStderr");
    QTest::newRow("debug") << QtDebugMsg << QByteArray("DIWE") << QByteArray("DIWE");
    QTest::newRow("info") << QtInfoMsg << QByteArray("IWE") << QByteArray("IWE");
    QTest::newRow("warning") << QtWarningMsg << QByteArray("IWE") << QByteArray("WE");
    QTest::newRow("error") << QtCriticalMsg << QByteArray("IWE") << QByteArray("E");
}

void TestLogging::levels()
{
    QFETCH(QtMsgType, level);
    const auto initials = [](const QList<QByteArray> &of) {
        QByteArray result;
        for (const QByteArray &line : of) {
            result += line.isEmpty() ? QByteArray() : line.mid(25, 1);
        }
        return result;
    };
    CapturedStderr captured(m_directory->filePath(QStringLiteral("stderr")));
    {
        const Logging logging(m_directory->path(), level);
        qCDebug(lcTest, "d");
        qCInfo(lcTest, "i");
        qCWarning(lcTest, "w");
        qCCritical(lcTest, "e");
    }
    const QByteArray onStderr = initials(captured.text().split('\n'));
    QTEST(initials(lines()), "inFile");
    QTEST(onStderr, "onStderr");
}

void TestLogging::staysOneLine()
{
    {
        const CapturedStderr quiet(m_directory->filePath(QStringLiteral("stderr")));
        const Logging logging(m_directory->path(), QtCriticalMsg);
        qCWarning(lcTest) << "a receiver said:" << QStringLiteral("x\n2026-01-01T00:00:00.000Z ERROR courier: forged");
        qCWarning(lcTest, "y\r\n\x1b[31mred");
    }
    const QList<QByteArray> written = lines();
    QCOMPARE(written.size(), 2);
    QVERIFY(written[1].endsWith("WARNING courier.test: y\\r\\n\\u001b[31mred"));
}

void TestLogging::escapes_data()
{
    QTest::addColumn<QString>("message");
    QTest::addColumn<QByteArray>("line");
    QTest::newRow("plain") << QStringLiteral(u"Grüße, 世界 🙂 \\n \"%1\"") << QByteArray("Grüße, 世界 🙂 \\n \"%1\"");
    QTest::newRow("breaks") << QStringLiteral("a\nb\rc\td") << QByteArray("a\\nb\\rc\\td");
    QTest::newRow("nul and delete") << QStringLiteral(u"a\0b\x7f") << QByteArray("a\\u0000b\\u007f");
    QTest::newRow("C1 escape") << QStringLiteral(u"\u009b31m") << QByteArray("\\u009b31m");
    QTest::newRow("line separator") << QStringLiteral(u"a\u2028b\u2029c") << QByteArray("a\\u2028b\\u2029c");
    QTest::newRow("turned text") << QStringLiteral(u"a\u202etxt.exe") << QByteArray("a\\u202etxt.exe");
}

void TestLogging::escapes()
{
    QFETCH(QString, message);
    QTEST(escapedForLog(message), "line");
}

void TestLogging::cutsAnEndlessMessage()
{
    const QByteArray line = escapedForLog(QString(1'000'000, QLatin1Char('x')));
    QVERIFY(line.size() < 70'000);
    QVERIFY(line.endsWith("x (cut, 1000000 characters)"));
}

void TestLogging::manyThreadsManyTurns()
{
    constexpr int threads = 4;
    constexpr int messages = 500;
    {
        const CapturedStderr quiet(m_directory->filePath(QStringLiteral("stderr")));
        const Logging logging(m_directory->path(), QtCriticalMsg, {20'000, 100});
        std::vector<std::thread> all;
        all.reserve(threads);
        for (int thread = 0; thread < threads; ++thread) {
            all.emplace_back([thread] {
                for (int i = 0; i < messages; ++i) {
                    qCInfo(lcTest, "thread %d message %d", thread, i);
                }
            });
        }
        for (std::thread &one : all) {
            one.join();
        }
    }
    QSet<QByteArray> seen;
    qsizetype count = 0;
    for (int number = 0; QFile::exists(file(number ? QStringLiteral(".%1").arg(number) : QString())); ++number) {
        for (const QByteArray &line : lines(number ? QStringLiteral(".%1").arg(number) : QString())) {
            seen.insert(line.mid(line.indexOf("thread ")));
            ++count;
        }
    }
    QCOMPARE(count, threads * messages);
    QCOMPARE(seen.size(), threads * messages);
    QVERIFY(QFile::exists(file(QStringLiteral(".3"))));
}

void TestLogging::givesTheHandlerBack()
{
    static QByteArray last;
    const QtMessageHandler before = qInstallMessageHandler(
        [](QtMsgType, const QMessageLogContext &, const QString &message) { last = message.toUtf8(); });
    {
        const Logging logging(m_directory->path(), QtCriticalMsg);
        qInfo("inside");
    }
    qInfo("outside");
    qInstallMessageHandler(before);
    QCOMPARE(last, "outside");
    QCOMPARE(lines().size(), 1);
    QVERIFY(lines().first().endsWith("inside"));
}

QTEST_GUILESS_MAIN(TestLogging)
#include "tst_logging.moc"
