// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#include "flow/deskfixture.h"
#include "gui/alertspage.h"
#include "gui/alerttableview.h"
#include "support/sanitized.h"

#include <QDropEvent>
#include <QElapsedTimer>
#include <QFile>
#include <QMimeData>
#include <QTimer>

#include <algorithm>

using namespace courier;
using namespace courier::test;
using namespace std::chrono_literals;

namespace {

constexpr int alertCount = 200'000;
constexpr qint64 memoryLimitKib = 150 * 1024;

/// Peak resident memory of this process, KiB.
qint64 peakMemory()
{
    QFile status(QStringLiteral("/proc/self/status"));
    if (!status.open(QIODevice::ReadOnly)) {
        return -1;
    }
    for (const QByteArray &line : status.readAll().split('\n')) {
        if (line.startsWith("VmHWM:")) {
            return line.mid(6).trimmed().split(' ').first().toLongLong();
        }
    }
    return -1;
}

void writeAlerts(const QString &path)
{
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly));
    const QByteArray severities[] = {"CRITICAL", "HIGH", "MEDIUM", "LOW", "INFO"};
    for (int i = 0; i < alertCount; ++i) {
        const QByteArray number = QByteArray::number(i);
        file.write(R"({"id":"Host.Check","createdAt":"2024-05-01T12:00:00Z","severity":")" + severities[i % 5] +
                   R"(","type":"RULE","title":"Check )" + number + R"( failed on host-)" + QByteArray::number(i % 997) +
                   R"(","alertContext":{"host":"host-)" + QByteArray::number(i % 997) + R"(","value":)" + number +
                   R"(.50,"labels":["a","b"]},"description":"The check did not answer in time.","tags":["check"]})" +
                   "\n");
    }
}

/// Measures how long the event loop is away.
class GapMeter
{
public:
    GapMeter()
    {
        QObject::connect(&m_timer, &QTimer::timeout, &m_timer, [this] { m_gaps.append(m_clock.restart()); });
        m_clock.start();
        m_timer.start(1);
    }
    qint64 longest() const { return *std::max_element(m_gaps.begin(), m_gaps.end()); }
    qint64 beyond(qint64 ms) const
    {
        return std::count_if(m_gaps.begin(), m_gaps.end(), [ms](qint64 gap) { return gap > ms; });
    }
    qsizetype turns() const { return m_gaps.size(); }

private:
    QTimer m_timer;
    QElapsedTimer m_clock;
    QList<qint64> m_gaps;
};

void drop(QWidget &window, const QString &path)
{
    QMimeData data;
    data.setUrls({QUrl::fromLocalFile(path)});
    const QPoint place = window.rect().center();
    QDragEnterEvent enter(place, Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
    QCoreApplication::sendEvent(&window, &enter);
    QVERIFY(enter.isAccepted());
    QDropEvent event(place, Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
    QCoreApplication::sendEvent(&window, &event);
}

} // namespace

/// A large file is dropped on the window, which stays of use while it is read. Memory is judged; how long the event
/// loop was away is printed, since time on a shared machine is not a matter of pass or fail.
class TestBigImport : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void staysOfUse()
    {
        ScriptedReceiver receiver(Answer::ok("ok"));
        receiver.setRecording(false);
        DeskFixture fixture;
        Destination destination;
        destination.name = QStringLiteral("Ops bridge");
        destination.url = receiver.url();
        destination.severities = {Severity::Critical};
        QVERIFY(fixture.desk->addDestination(destination).result());
        const QString path = fixture.directory.filePath(QStringLiteral("alerts.ndjson"));
        writeAlerts(path);
        QTest::qWait(200);

        const GapMeter meter;
        drop(*fixture.window, path);
        const auto *table = fixture.window->findChild<AlertTableView *>();
        QTRY_COMPARE_WITH_TIMEOUT(table->model()->rowCount(), alertCount, 240'000);
        QTRY_VERIFY_WITH_TIMEOUT(hands::says(hands::window(QStringLiteral("Import")), QStringLiteral("200,000 alerts")),
                                 10'000);
        const qint64 peak = peakMemory();
        qInfo("200,000 alerts: the event loop was away for %lld ms at most, %lld times beyond 100 ms in %lld turns; "
              "peak memory %lld MB",
              static_cast<long long>(meter.longest()), static_cast<long long>(meter.beyond(100)),
              static_cast<long long>(meter.turns()), static_cast<long long>(peak / 1024));
        QVERIFY(meter.turns() > 100);                                                    // it came round all the while
        QVERIFY2(sanitized || peak < memoryLimitKib, qPrintable(QString::number(peak))); // it keeps what was freed
    }
};

QTEST_MAIN(TestBigImport)
#include "tst_bigimport.moc"
