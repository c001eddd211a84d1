// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#include "domain/clock.h"
#include "store/store.h"
#include "support/scriptedreceiver.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

#include <csignal>

using namespace courier;
using namespace courier::test;

namespace {

constexpr int settledFirst = 8; ///< answered before the receiver falls silent: too few to count as quick
constexpr int inFlight = 6;
constexpr int queued = 500;

/// The program itself, without a window.
class Background
{
public:
    explicit Background(const QString &directory)
    {
        m_process.setProcessChannelMode(QProcess::ForwardedErrorChannel);
        m_process.start(QStringLiteral(COURIER_PROGRAM),
                        {QStringLiteral("--background"), QStringLiteral("--data-dir"), directory});
        if (!m_process.waitForStarted()) {
            qFatal("the program doesn't start");
        }
    }
    ~Background() { kill(); }

    void kill()
    {
        if (m_process.state() == QProcess::Running) {
            ::kill(static_cast<pid_t>(m_process.processId()), SIGKILL);
            m_process.waitForFinished();
        }
    }

private:
    QProcess m_process;
};

QString titleOf(const Request &request)
{
    return QJsonDocument::fromJson(request.body).object().value(QStringLiteral("title")).toString();
}

QList<Alert> alerts(int count)
{
    QList<Alert> list;
    for (int i = 0; i < count; ++i) {
        Alert alert;
        alert.ruleId = QStringLiteral("R.1");
        alert.createdAt = QStringLiteral("2024-05-01T12:00:00Z");
        alert.severity = Severity::High;
        alert.title = QStringLiteral("alert %1").arg(i);
        list.append(alert);
    }
    return list;
}

} // namespace

/// The real program is killed while it sends, and started again.
class TestKilled : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everyAlertArrivesAndNothingRecordedIsLost();

private:
    template<typename Query>
    auto read(Query query)
    {
        return m_store->read(std::move(query)).result();
    }
    QList<Attempt> attempts();
    int countOf(const QList<Attempt> &attempts, Outcome outcome) const;
    void prepare(const QString &directory, const QString &url);

    SystemClock m_clock;
    std::unique_ptr<Store> m_store;
    QList<AlertId> m_ids;
};

void TestKilled::prepare(const QString &directory, const QString &url)
{
    auto opened = Store::open(directory, m_clock);
    QVERIFY(opened);
    m_store = std::move(*opened);
    Destination destination;
    destination.name = QStringLiteral("Ops bridge");
    destination.url = url;
    destination.timeoutSeconds = 60;
    QVERIFY(m_store->addDestination(destination).result());
    const auto accepted = m_store->accept(alerts(settledFirst + inFlight + queued)).result();
    QVERIFY(accepted);
    for (const Accepted &one : *accepted) {
        m_ids.append(one.id);
    }
}

QList<Attempt> TestKilled::attempts()
{
    return read([ids = m_ids](Queries &queries) {
        QList<Attempt> all;
        for (const AlertId id : ids) {
            all += queries.attemptsOf(id);
        }
        return all;
    });
}

int TestKilled::countOf(const QList<Attempt> &attempts, Outcome outcome) const
{
    return static_cast<int>(std::count_if(attempts.begin(), attempts.end(),
                                          [outcome](const Attempt &one) { return one.outcome == outcome; }));
}

void TestKilled::everyAlertArrivesAndNothingRecordedIsLost()
{
    const QTemporaryDir directory;
    ScriptedReceiver receiver(
        [](const Request &, int nth) { return nth <= settledFirst ? Answer::ok("ok") : Answer::never(); });
    prepare(directory.path(), receiver.url());
    QList<Attempt> before;
    {
        Background program(directory.path());
        QVERIFY(receiver.waitForRequests(settledFirst + inFlight, std::chrono::seconds(20)));
        QTRY_COMPARE(attempts().size(), settledFirst);
        before = attempts();
        QTest::qWait(300); // no more than six at once, however long they take
        QCOMPARE(receiver.requestCount(), settledFirst + inFlight);
        program.kill();
    }
    receiver.setAnswer(Answer::ok("ok"));
    const Background again(directory.path());
    QVERIFY(receiver.waitForRequests(settledFirst + inFlight + inFlight + queued, std::chrono::seconds(60)));
    QTRY_COMPARE_WITH_TIMEOUT(attempts().size(), settledFirst + 2 * inFlight + queued, 20'000);

    const QList<Attempt> after = attempts();
    QCOMPARE(countOf(after, Outcome::Interrupted), inFlight);
    QCOMPARE(countOf(after, Outcome::Acknowledged), settledFirst + inFlight + queued);
    for (const Attempt &one : before) {
        const auto kept =
            std::find_if(after.begin(), after.end(), [&](const Attempt &each) { return each.id == one.id; });
        QVERIFY(kept != after.end());
        QCOMPARE(kept->deliveryId, one.deliveryId);
        QCOMPARE(kept->outcome, one.outcome);
        QCOMPARE(kept->startedAt, one.startedAt);
    }
    QHash<QString, QSet<QByteArray>> idsByTitle;
    const QList<Request> all = receiver.requests();
    QCOMPARE(all.size(), settledFirst + 2 * inFlight + queued);
    for (const Request &request : all) {
        idsByTitle[titleOf(request)].insert(request.header("webhook-id"));
    }
    QCOMPARE(idsByTitle.size(), m_ids.size());
    for (const QSet<QByteArray> &ids : std::as_const(idsByTitle)) {
        QCOMPARE(ids.size(), 1); // sent again under the same id
    }
    m_store.reset();
}

QTEST_GUILESS_MAIN(TestKilled)
#include "tst_killed.moc"
