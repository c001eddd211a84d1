// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#include "intake/alertmanageranswers.h"
#include "intake/labelmatcher.h"
#include "intake/metricstext.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

#include <array>

using namespace courier;

namespace {

ActiveAlert active(const QString &rule, const QByteArray &context)
{
    ActiveAlert one;
    one.alert.ruleId = rule;
    one.alert.title = QStringLiteral("Title");
    one.alert.link = QStringLiteral("http://prometheus/graph");
    one.alert.receivedAt = 1'714'564'800'000;
    one.alert.context = context;
    one.occurrence.fingerprint = QStringLiteral("00ab");
    one.occurrence.startsAt = 1'714'564'800'000;
    one.occurrence.endsAt = 1'714'565'100'000;
    one.occurrence.lastSeen = 1'714'564'860'000;
    one.destinations = {QStringLiteral("Ops")};
    return one;
}

QStringList namesOf(const QByteArray &query)
{
    const QList<ActiveAlert> alerts{active(QStringLiteral("Up"), R"({"labels":{"alertname":"Up","job":"a b"}})"),
                                    active(QStringLiteral("Disk"), R"({"labels":{"alertname":"Disk"}})")};
    const auto read = readActiveQuery(query);
    if (!read) {
        return {QString::number(read.error().status)};
    }
    QStringList names;
    const QJsonArray list = QJsonDocument::fromJson(activeAlertsAnswer(alerts, *read).body).array();
    for (const QJsonValue alert : list) {
        names.append(alert[u"labels"][u"alertname"].toString());
    }
    return names;
}

} // namespace

/// What tools for Alertmanager and Prometheus get from us.
class TestAlertmanagerAnswers : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void listsAnAlertAsAlertmanagerDoes();
    void makesLabelsWhereThereAreNone();
    void findsByMatchers_data();
    void findsByMatchers();
    void tellsItsStatus();
    void writesSamples();
    void writesHistograms();
};

void TestAlertmanagerAnswers::listsAnAlertAsAlertmanagerDoes()
{
    const HttpResponse answer = activeAlertsAnswer(
        {active(QStringLiteral("Up"), R"({"labels":{"alertname":"Up","job":"x"},"annotations":{"summary":"S"}})")}, {});
    QCOMPARE(answer.status, 200);
    const QJsonObject one = QJsonDocument::fromJson(answer.body).array().at(0).toObject();
    QCOMPARE(one[u"labels"][u"job"].toString(), QStringLiteral("x"));
    QCOMPARE(one[u"annotations"][u"summary"].toString(), QStringLiteral("S"));
    QCOMPARE(one[u"fingerprint"].toString(), QStringLiteral("00ab"));
    QCOMPARE(one[u"startsAt"].toString(), QStringLiteral("2024-05-01T12:00:00.000Z"));
    QCOMPARE(one[u"endsAt"].toString(), QStringLiteral("2024-05-01T12:05:00.000Z"));
    QCOMPARE(one[u"updatedAt"].toString(), QStringLiteral("2024-05-01T12:01:00.000Z"));
    QCOMPARE(one[u"generatorURL"].toString(), QStringLiteral("http://prometheus/graph"));
    QCOMPARE(one[u"receivers"][0][u"name"].toString(), QStringLiteral("Ops"));
    QCOMPARE(one[u"status"][u"state"].toString(), QStringLiteral("active"));
    QVERIFY(one[u"status"][u"silencedBy"].isArray());
}

void TestAlertmanagerAnswers::makesLabelsWhereThereAreNone()
{
    const HttpResponse answer = activeAlertsAnswer({active(QStringLiteral("R.1"), "{}")}, {});
    const QJsonObject one = QJsonDocument::fromJson(answer.body).array().at(0).toObject();
    QCOMPARE(one[u"labels"][u"alertname"].toString(), QStringLiteral("R.1"));
    QCOMPARE(one[u"annotations"][u"summary"].toString(), QStringLiteral("Title"));
}

void TestAlertmanagerAnswers::findsByMatchers_data()
{
    QTest::addColumn<QByteArray>("query");
    QTest::addColumn<QStringList>("names");
    const QString up = QStringLiteral("Up");
    const QString disk = QStringLiteral("Disk");
    const QStringList refused{QStringLiteral("400")};
    QTest::newRow("all") << QByteArray("active=true&inhibited=false") << QStringList{up, disk};
    QTest::newRow("none") << QByteArray("active=false") << QStringList();
    QTest::newRow("is") << QByteArray("filter=alertname%3D%22Up%22") << QStringList{up};
    QTest::newRow("without quotes") << QByteArray("filter=alertname=Up") << QStringList{up};
    QTest::newRow("plus for a blank") << QByteArray("filter=job%3D%22a+b%22") << QStringList{up};
    QTest::newRow("is not") << QByteArray("filter=alertname!=%22Up%22") << QStringList{disk};
    QTest::newRow("like, whole") << QByteArray("filter=alertname%3D~%22D.%22") << QStringList();
    QTest::newRow("like") << QByteArray("filter=alertname%3D~%22D.%2B%7CX%22") << QStringList{disk};
    QTest::newRow("unlike") << QByteArray("filter=alertname!~%22D.*%22") << QStringList{up};
    QTest::newRow("both") << QByteArray("filter=alertname=Up&filter=job=x") << QStringList();
    QTest::newRow("no such label") << QByteArray("filter=job=%22%22") << QStringList{disk};
    QTest::newRow("nonsense") << QByteArray("filter=nonsense") << refused;
    QTest::newRow("bad pattern") << QByteArray("filter=a%3D~%22(%22") << refused;
}

void TestAlertmanagerAnswers::findsByMatchers()
{
    QFETCH(QByteArray, query);
    QTEST(namesOf(query), "names");
}

void TestAlertmanagerAnswers::tellsItsStatus()
{
    const QJsonObject status = QJsonDocument::fromJson(alertmanagerStatusAnswer(0).body).object();
    QCOMPARE(status[u"cluster"][u"status"].toString(), QStringLiteral("disabled"));
    QCOMPARE(status[u"uptime"].toString(), QStringLiteral("1970-01-01T00:00:00.000Z"));
    QVERIFY(!status[u"versionInfo"][u"version"].toString().isEmpty());
    QVERIFY(status[u"config"][u"original"].isString());
}

void TestAlertmanagerAnswers::writesSamples()
{
    MetricsText text;
    text.family("a_total", MetricsText::Type::Counter, "What it is.");
    text.sample(3, {{"name", QStringLiteral("a \"b\" \\ c\nd")}, {"state", QStringLiteral("ok")}});
    text.family("b_seconds", MetricsText::Type::Gauge, "How long.");
    text.sample(0.25);
    text.sample(1e9);
    QCOMPARE(text.text(), QByteArray("# HELP a_total What it is.\n# TYPE a_total counter\n"
                                     "a_total{name=\"a \\\"b\\\" \\\\ c\\nd\",state=\"ok\"} 3\n"
                                     "# HELP b_seconds How long.\n# TYPE b_seconds gauge\n"
                                     "b_seconds 0.25\nb_seconds 1000000000\n"));
}

void TestAlertmanagerAnswers::writesHistograms()
{
    MetricsText text;
    text.family("t_seconds", MetricsText::Type::Histogram, "How long.");
    const std::array<double, 2> bounds{0.5, 10};
    const std::array<quint64, 3> counts{2, 0, 1};
    text.histogram(bounds, counts, 12.5);
    QCOMPARE(text.text(), QByteArray("# HELP t_seconds How long.\n# TYPE t_seconds histogram\n"
                                     "t_seconds_bucket{le=\"0.5\"} 2\nt_seconds_bucket{le=\"10\"} 2\n"
                                     "t_seconds_bucket{le=\"+Inf\"} 3\nt_seconds_sum 12.5\nt_seconds_count 3\n"));
}

QTEST_GUILESS_MAIN(TestAlertmanagerAnswers)
#include "tst_alertmanageranswers.moc"
