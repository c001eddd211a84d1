// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

// How fast alerts are taken in, by the program as it runs without a window, beside Debian's Alertmanager under the same
// load in the same run. Trust the ratios, not the figures. A part of tests/bench/run.

#include "flow/intakeprogram.h"
#include "support/scriptedreceiver.h"

#include <QCoreApplication>
#include <QElapsedTimer>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTextStream>
#include <QThread>

#include <algorithm>
#include <atomic>
#include <functional>
#include <memory>
#include <thread>
#include <vector>

using namespace courier::test;

namespace {

/// One load: so many connections, each kept alive and waiting for each answer, so many alerts a request.
struct Load
{
    const char *name;
    const char *path;
    int connections;
    int batch;
    int alerts; ///< over all connections
    int wanted; ///< alerts a second; 0: just told
};

constexpr Load loads[] = {
    {"Prometheus' alerts in batches of 100, 4 connections", "/api/v2/alerts", 4, 100, 40'000, 5000},
    {"Prometheus' alerts one by one, 16 connections", "/api/v2/alerts", 16, 1, 16'000, 2000},
    {"Prometheus' alerts one by one, 1 connection", "/api/v2/alerts", 1, 1, 3'000, 0},
    {"our own alerts in batches of 100, 4 connections", "/api/v1/alerts", 4, 100, 40'000, 5000},
    {"our own alerts one by one, 16 connections", "/api/v1/alerts", 16, 1, 16'000, 2000},
    {"our own alerts one by one, 1 connection", "/api/v1/alerts", 1, 1, 3'000, 0},
};

bool isOurs(const Load &load)
{
    return QByteArray(load.path).contains("v1");
}

QByteArray alert(const Load &load, int number)
{
    if (isOurs(load)) {
        return R"({"id":"Disk.Full","severity":"HIGH","title":"Disk 95 % full on host-)" + QByteArray::number(number) +
               R"(","description":"The file system /var has less than 5 % left.","tags":["disk","ops"],)" +
               R"("alertContext":{"host":"host-)" + QByteArray::number(number) + R"(","used":0.953,"device":"sda1"}})";
    }
    return R"({"labels":{"alertname":"DiskFull","severity":"warning","job":"node","instance":"host-)" +
           QByteArray::number(number) +
           R"("},"annotations":{"summary":"Disk 95 % full","description":"The file system /var has less than 5 % )" +
           R"(left."},"startsAt":"2026-01-01T00:00:00Z","endsAt":"2100-01-01T00:00:00Z",)" +
           R"("generatorURL":"http://prometheus.example:9090/graph?g0.expr=node_filesystem_free&g0.tab=1"})";
}

QByteArray request(const Load &load, int first)
{
    QByteArrayList alerts;
    for (int i = 0; i < load.batch; ++i) {
        alerts.append(alert(load, first + i));
    }
    const QByteArray body = '[' + alerts.join(',') + ']';
    return "POST " + QByteArray(load.path) + " HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n" +
           "Content-Length: " + QByteArray::number(body.size()) + "\r\n\r\n" + body;
}

/// Alerts a second; 0 where one was refused.
double run(const Load &load, quint16 port, int offset)
{
    const int each = load.alerts / load.connections / load.batch;
    std::vector<std::vector<QByteArray>> requests(static_cast<size_t>(load.connections));
    int next = offset;
    for (auto &own : requests) {
        for (int i = 0; i < each; ++i, next += load.batch) {
            own.push_back(request(load, next));
        }
    }
    std::atomic<bool> good = true;
    std::vector<std::thread> threads;
    QElapsedTimer time;
    time.start();
    for (const auto &own : requests) {
        threads.emplace_back([&own, &good, port] {
            RawClient client(port);
            for (const QByteArray &one : own) {
                const int status = client.ask(one).status;
                good = good && (status == 200 || status == 202);
            }
        });
    }
    for (std::thread &thread : threads) {
        thread.join();
    }
    const double seconds = static_cast<double>(time.nsecsElapsed()) / 1e9;
    return good ? each * load.batch * load.connections / seconds : 0;
}

qint64 megabytes(qint64 process, const QByteArray &name)
{
    return memoryOf(process, name) / 1024;
}

/// Debian's Alertmanager with a receiver that does nothing; not running where it isn't installed.
class Alertmanager
{
public:
    Alertmanager()
        : m_port(ScriptedReceiver::freePort())
    {
        QFile config(m_directory.filePath(QStringLiteral("alertmanager.yml")));
        if (QStandardPaths::findExecutable(QStringLiteral("prometheus-alertmanager")).isEmpty() ||
            !config.open(QIODevice::WriteOnly)) {
            return;
        }
        config.write("route: {receiver: none, group_by: ['...']}\nreceivers: [{name: none}]\n");
        config.close();
        m_process.setStandardErrorFile(QProcess::nullDevice());
        m_process.start(QStringLiteral("prometheus-alertmanager"),
                        {QStringLiteral("--config.file=") + config.fileName(),
                         QStringLiteral("--storage.path=") + m_directory.filePath(QStringLiteral("data")),
                         QStringLiteral("--web.listen-address=127.0.0.1:%1").arg(m_port),
                         QStringLiteral("--cluster.listen-address=")});
        m_runs = m_process.waitForStarted();
        for (int i = 0; m_runs && i < 100 && !RawClient(m_port).isConnected(); ++i) {
            QThread::msleep(100);
        }
    }
    ~Alertmanager()
    {
        if (m_runs) {
            m_process.terminate();
            m_process.waitForFinished();
        }
    }
    Alertmanager(const Alertmanager &) = delete;
    Alertmanager &operator=(const Alertmanager &) = delete;

    bool runs() const { return m_runs; }
    quint16 port() const { return m_port; }
    qint64 processId() const { return m_process.processId(); }

private:
    QTemporaryDir m_directory;
    QProcess m_process;
    quint16 m_port;
    bool m_runs = false;
};

/// One finding, for table.py.
void say(QTextStream &out, const QJsonObject &finding)
{
    out << QString::fromUtf8(QJsonDocument(finding).toJson(QJsonDocument::Compact)) << Qt::endl;
}

QJsonObject beside(QJsonObject finding, double value)
{
    finding.insert(QStringLiteral("peer"), QStringLiteral("Alertmanager, in memory only"));
    finding.insert(QStringLiteral("theirs"), QJsonArray{value});
    return finding;
}

} // namespace

int main(int argc, char **argv)
{
    const QCoreApplication application(argc, argv);
    QTextStream out(stdout);
    const QTemporaryDir directory;
    const IntakeProgram ours(directory.path());
    const Alertmanager theirs;
    if (ours.port() == 0) {
        out << "alert-courier does not listen\n";
        return 1;
    }
    bool good = true;
    int offset = 0;
    for (const Load &load : loads) {
        const double rate = run(load, ours.port(), offset);
        QJsonObject found{{QStringLiteral("part"), QStringLiteral("intake")},
                          {QStringLiteral("what"), QLatin1String(load.name)},
                          {QStringLiteral("unit"), QStringLiteral("alerts/s")},
                          {QStringLiteral("ours"), QJsonArray{rate}}};
        if (load.wanted > 0) {
            found.insert(QStringLiteral("floor"), load.wanted);
        }
        say(out, found);
        if (theirs.runs() && !isOurs(load)) {
            found.remove(QStringLiteral("floor"));
            say(out, beside(found, run(load, theirs.port(), offset)));
        }
        good = good && rate > 0;
        offset += load.alerts;
    }
    QJsonObject memory{{QStringLiteral("part"), QStringLiteral("intake")},
                       {QStringLiteral("what"), QStringLiteral("memory at most meanwhile")},
                       {QStringLiteral("unit"), QStringLiteral("MB")},
                       {QStringLiteral("better"), QStringLiteral("less")},
                       {QStringLiteral("ours"), QJsonArray{megabytes(ours.processId(), "VmHWM")}}};
    say(out, theirs.runs() ? beside(memory, megabytes(theirs.processId(), "VmHWM")) : memory);
    return good ? 0 : 1;
}
