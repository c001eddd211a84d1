// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#include "domain/clock.h"
#include "flow/intakeprogram.h"
#include "store/store.h"
#include "support/scriptedreceiver.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QStandardPaths>
#include <QTcpSocket>
#include <QTemporaryDir>
#include <QTest>

#include <csignal>

using namespace courier;
using namespace courier::test;

namespace {

constexpr int patience = 30'000;

void write(const QString &path, const QByteArray &content)
{
    QFile file(path);
    if (!file.open(QIODevice::WriteOnly) || file.write(content) != content.size()) {
        qFatal("%s can't be written", qPrintable(path));
    }
}

/// Waits until something listens on \a port of this machine.
bool waitForPort(quint16 port)
{
    return QTest::qWaitFor(
        [port] {
            QTcpSocket socket;
            socket.connectToHost(QStringLiteral("127.0.0.1"), port);
            return socket.waitForConnected(500);
        },
        patience);
}

QByteArray rules(const QByteArray &expression)
{
    return "groups:\n- name: test\n  rules:\n  - alert: AlwaysFiring\n    expr: " + expression +
           "\n    labels: {severity: critical, team: ops}\n    annotations: {summary: It fires}\n";
}

QByteArray prometheusConfig(quint16 port, const QString &rulesFile)
{
    return "global: {evaluation_interval: 500ms}\nrule_files: ['" + rulesFile.toUtf8() +
           "']\nalerting:\n  alertmanagers:\n  - static_configs: [{targets: ['127.0.0.1:" + QByteArray::number(port) +
           "']}]\n";
}

QByteArray alertmanagerConfig(quint16 port)
{
    return "route: {receiver: courier, group_wait: 100ms, group_interval: 200ms, repeat_interval: 1s, group_by: "
           "['alertname']}\nreceivers:\n- name: courier\n  webhook_configs:\n  - url: http://127.0.0.1:" +
           QByteArray::number(port) + "/api/v1/webhook/alertmanager\n";
}

/// The output of a tool that has to succeed.
QByteArray run(const QString &program, const QStringList &arguments, const QByteArray &input = {})
{
    QProcess tool;
    tool.start(program, arguments);
    tool.write(input);
    tool.closeWriteChannel();
    if (!tool.waitForFinished(patience) || tool.exitCode() != 0) {
        QTest::qFail(qPrintable(program + QLatin1Char(' ') + arguments.join(QLatin1Char(' ')) + QStringLiteral(": ") +
                                QString::fromUtf8(tool.readAllStandardError() + tool.readAllStandardOutput())),
                     __FILE__, __LINE__);
    }
    return tool.readAllStandardOutput();
}

/// A server of others', with its files in a directory of its own.
class Server
{
public:
    Server(const QString &program, const QStringList &arguments)
    {
        m_process.setProcessChannelMode(QProcess::MergedChannels);
        m_process.start(program, arguments);
    }
    ~Server()
    {
        m_process.terminate();
        if (!m_process.waitForFinished(5000)) {
            m_process.kill();
            m_process.waitForFinished();
        }
        if (QTest::currentTestFailed()) {
            qInfo().noquote() << m_process.readAll().right(4000);
        }
    }
    Q_DISABLE_COPY_MOVE(Server)
    void reload() const { ::kill(static_cast<pid_t>(m_process.processId()), SIGHUP); }

private:
    QProcess m_process;
};

/// The program without a window, with two destinations: one gets alerts, the other their ends, too.
struct Desk
{
    Desk()
    {
        store = std::move(*Store::open(directory.path(), clock));
        add(QStringLiteral("Ops"), ops.url(), false);
        add(QStringLiteral("Ends"), ends.url(), true);
        program = std::make_unique<IntakeProgram>(directory.path());
    }
    void add(const QString &name, const QString &url, bool resolutions) const
    {
        Destination destination;
        destination.name = name;
        destination.url = url;
        destination.resolutions = resolutions;
        if (!store->addDestination(destination).result()) {
            qFatal("a destination can't be added");
        }
    }
    /// What became of the only alert; nothing while there is none.
    std::optional<Occurrence> occurrence() const
    {
        return store
            ->read([](Queries &queries) {
                const auto alerts = queries.newestSummaries(2);
                return alerts.size() == 1 ? queries.occurrence(alerts.first().id) : std::nullopt;
            })
            .result();
    }
    Alert alert() const
    {
        return store->read([](Queries &queries) { return queries.alert(queries.newestSummaries(1).first().id); })
            .result()
            .value();
    }
    QString url() const { return QStringLiteral("http://127.0.0.1:%1").arg(program->port()); }

    ScriptedReceiver ops{Answer::ok()};
    ScriptedReceiver ends{Answer::ok()};
    QTemporaryDir directory;
    SystemClock clock;
    std::unique_ptr<Store> store;
    std::unique_ptr<IntakeProgram> program;
};

} // namespace

/// The real program beside the real Prometheus, Alertmanager and their tools, as Debian has them.
class TestPrometheus : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void prometheusSendsToUs();
    void alertmanagerSendsToOurWebhook();
    void amtoolAsksUs();
    void promtoolAgrees();
};

void TestPrometheus::initTestCase()
{
    for (const char *name : {"prometheus", "prometheus-alertmanager", "amtool", "promtool"}) {
        QVERIFY2(!QStandardPaths::findExecutable(QString::fromLatin1(name)).isEmpty(),
                 "the packages prometheus and prometheus-alertmanager are needed");
    }
}

void TestPrometheus::prometheusSendsToUs()
{
    const Desk desk;
    QVERIFY(desk.program->port() != 0);
    const QString rulesFile = desk.directory.filePath(QStringLiteral("rules.yml"));
    const QString config = desk.directory.filePath(QStringLiteral("prometheus.yml"));
    write(rulesFile, rules("vector(1)"));
    write(config, prometheusConfig(desk.program->port(), rulesFile));
    const quint16 port = ScriptedReceiver::freePort();
    const Server prometheus(QStringLiteral("prometheus"),
                            {QStringLiteral("--config.file=") + config,
                             QStringLiteral("--storage.tsdb.path=") + desk.directory.filePath(QStringLiteral("tsdb")),
                             QStringLiteral("--web.listen-address=127.0.0.1:%1").arg(port),
                             QStringLiteral("--rules.alert.resend-delay=500ms")});
    // It comes, and is delivered once, however often it is sent again.
    QTRY_VERIFY_WITH_TIMEOUT(desk.occurrence() && desk.occurrence()->seen >= 6, patience);
    QVERIFY(!desk.occurrence()->isResolved());
    QTRY_COMPARE(desk.ops.requestCount(), 1);
    const Alert alert = desk.alert();
    QCOMPARE(alert.ruleId, QStringLiteral("AlwaysFiring"));
    QCOMPARE(alert.title, QStringLiteral("It fires"));
    QCOMPARE(alert.severity, Severity::Critical);
    QVERIFY(alert.tags.contains(QStringLiteral("team:ops")) || alert.tags.contains(QStringLiteral("team=ops")));
    QVERIFY2(alert.link.contains(QStringLiteral(":%1/graph").arg(port)), qPrintable(alert.link));
    // It ends.
    write(rulesFile, rules("vector(1) == 2"));
    prometheus.reload();
    QTRY_VERIFY_WITH_TIMEOUT(desk.occurrence() && desk.occurrence()->isResolved(), patience);
    QTRY_COMPARE(desk.ends.requestCount(), 2);
    QCOMPARE(desk.ops.requestCount(), 1);
}

void TestPrometheus::alertmanagerSendsToOurWebhook()
{
    const Desk desk;
    QVERIFY(desk.program->port() != 0);
    const QString config = desk.directory.filePath(QStringLiteral("alertmanager.yml"));
    write(config, alertmanagerConfig(desk.program->port()));
    const quint16 port = ScriptedReceiver::freePort();
    const Server alertmanager(QStringLiteral("prometheus-alertmanager"),
                              {QStringLiteral("--config.file=") + config,
                               QStringLiteral("--storage.path=") + desk.directory.filePath(QStringLiteral("am")),
                               QStringLiteral("--web.listen-address=127.0.0.1:%1").arg(port),
                               QStringLiteral("--cluster.listen-address=")});
    QVERIFY(waitForPort(port));
    const QString its = QStringLiteral("--alertmanager.url=http://127.0.0.1:%1").arg(port);
    const QString start = QStringLiteral("--start=2026-01-01T00:00:00Z");
    const QStringList labels{QStringLiteral("alert"),
                             QStringLiteral("add"),
                             QStringLiteral("alertname=DiskFull"),
                             QStringLiteral("severity=warning"),
                             its,
                             start};
    run(QStringLiteral("amtool"), labels);
    QTRY_VERIFY_WITH_TIMEOUT(desk.occurrence() && desk.occurrence()->seen >= 2, patience);
    QCOMPARE(desk.alert().ruleId, QStringLiteral("DiskFull"));
    QCOMPARE(desk.alert().severity, Severity::Medium);
    QTRY_COMPARE(desk.ops.requestCount(), 1);
    run(QStringLiteral("amtool"), labels + QStringList{QStringLiteral("--end=2026-01-02T00:00:00Z")});
    QTRY_VERIFY_WITH_TIMEOUT(desk.occurrence() && desk.occurrence()->isResolved(), patience);
    QTRY_COMPARE(desk.ends.requestCount(), 2);
    QCOMPARE(desk.ops.requestCount(), 1);
}

void TestPrometheus::amtoolAsksUs()
{
    const Desk desk;
    const QString ours = QStringLiteral("--alertmanager.url=") + desk.url();
    for (const QString &name : {QStringLiteral("alertname=Up"), QStringLiteral("alertname=Disk")}) {
        run(QStringLiteral("amtool"),
            {QStringLiteral("alert"), QStringLiteral("add"), name, QStringLiteral("severity=critical"),
             QStringLiteral("--annotation=summary=Sum"), ours});
    }
    QTRY_COMPARE(desk.ops.requestCount(), 2);
    const auto query = [&ours](const QStringList &matchers) {
        return QJsonDocument::fromJson(
                   run(QStringLiteral("amtool"), QStringList{QStringLiteral("alert"), QStringLiteral("query"), ours,
                                                             QStringLiteral("-o"), QStringLiteral("json")} +
                                                     matchers))
            .array();
    };
    QCOMPARE(query({}).size(), 2);
    const QJsonArray one = query({QStringLiteral("alertname=Up"), QStringLiteral("severity=~crit.*")});
    QCOMPARE(one.size(), 1);
    QCOMPARE(one[0][u"annotations"][u"summary"].toString(), QStringLiteral("Sum"));
    QVERIFY(one[0][u"receivers"].toArray().size() == 2);
    QCOMPARE(query({QStringLiteral("alertname!=Up"), QStringLiteral("severity!~crit.*")}).size(), 0);
}

void TestPrometheus::promtoolAgrees()
{
    const Desk desk;
    const QByteArray empty = desk.program->get("/metrics");
    QCOMPARE(run(QStringLiteral("promtool"), {QStringLiteral("check"), QStringLiteral("metrics")}, empty), "");
    run(QStringLiteral("amtool"), {QStringLiteral("alert"), QStringLiteral("add"), QStringLiteral("alertname=Up"),
                                   QStringLiteral("--alertmanager.url=") + desk.url()});
    QTRY_VERIFY(desk.program->get("/metrics").contains("{destination=\"Ops\",state=\"delivered\"} 1\n"));
    const QByteArray full = desk.program->get("/metrics");
    QVERIFY(full.contains("alert_courier_alerts_total{source=\"Prometheus\"} 1\n"));
    QCOMPARE(run(QStringLiteral("promtool"), {QStringLiteral("check"), QStringLiteral("metrics")}, full), "");
}

QTEST_GUILESS_MAIN(TestPrometheus)
#include "tst_prometheus.moc"
