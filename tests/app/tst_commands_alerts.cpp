// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#include "app/program.h"

using namespace courier::test;

namespace {

QString text(const QJsonObject &object, const char *key)
{
    return object.value(QLatin1String(key)).toString();
}

QByteArray alertLine(const QByteArray &title, const QByteArray &severity, const QByteArray &more = {})
{
    return "{\"id\":\"R.1\",\"severity\":\"" + severity + "\",\"title\":\"" + title + '"' + more + "}\n";
}

void addDestination(const Program &program, const QString &name, const QString &url, const QString &more = {})
{
    const auto added =
        program.run(words(QStringLiteral("destination add --name '%1' --url %2 %3").arg(name, url, more)));
    QCOMPARE(added.err, QString());
    QCOMPARE(added.code, 0);
}

QStringList titles(const Program::End &end)
{
    QStringList titles;
    for (const QJsonObject &object : end.objects()) {
        titles.append(text(object, "title"));
    }
    return titles;
}

} // namespace

class TstCommandsAlerts : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void submitTellsEachAlert()
    {
        const Program program;
        addDestination(program, QStringLiteral("Ops bridge"), QStringLiteral("https://example.com/a"));
        addDestination(program, QStringLiteral("Audit lake"), QStringLiteral("https://example.com/b"),
                       QStringLiteral("--severity all"));
        const auto end = program.run(words(QStringLiteral("submit --json")),
                                     alertLine("one", "HIGH", ",\"alertId\":\"a\"") + alertLine("two", "LOW") +
                                         alertLine("one", "HIGH", ",\"alertId\":\"a\""));
        QCOMPARE(end.code, 0);
        const QList<QJsonObject> all = end.objects();
        QCOMPARE(all.size(), 3);
        QCOMPARE(all.at(0).value(QLatin1String("destinations")).toArray(),
                 (QJsonArray{QStringLiteral("Audit lake"), QStringLiteral("Ops bridge")}));
        QCOMPARE(all.at(1).value(QLatin1String("destinations")).toArray(), (QJsonArray{QStringLiteral("Audit lake")}));
        QCOMPARE(all.at(2).value(QLatin1String("new")), QJsonValue(false));
        QCOMPARE(text(all.at(2), "kind"), QStringLiteral("known"));
        QCOMPARE(text(all.at(2), "id"), text(all.at(0), "id"));
    }

    void submitTakesTheGoodOnesAndNamesTheBad()
    {
        const Program program;
        program.write(QStringLiteral("alerts.ndjson"),
                      alertLine("one", "HIGH") + alertLine("two", "LOUD") + alertLine("three", "LOW"));
        const auto end = program.run(words(QStringLiteral("submit alerts.ndjson")));
        QCOMPARE(end.code, 1);
        QCOMPARE(end.lines().size(), 2);
        QVERIFY2(end.err.startsWith(QLatin1String("alerts.ndjson:2:")), qPrintable(end.err));
        QCOMPARE(end.err.count(u'\n'), 1);
        const auto missing = program.run(words(QStringLiteral("submit nowhere.json")));
        QCOMPARE(missing.code, 1);
        QCOMPARE(missing.err.count(u'\n'), 1);
        QCOMPARE(program.run(words(QStringLiteral("submit a b"))).code, 2);
    }

    void dryRunSaysWhyAndStoresNothing()
    {
        const Program program;
        addDestination(program, QStringLiteral("Ops bridge"), QStringLiteral("https://example.com/a"),
                       QStringLiteral("--type policy"));
        addDestination(program, QStringLiteral("Audit lake"), QStringLiteral("https://example.com/b"),
                       QStringLiteral("--severity all"));
        addDestination(program, QStringLiteral("Night SIEM"), QStringLiteral("https://example.com/c"),
                       QStringLiteral("--severity low"));
        const auto end = program.run(words(QStringLiteral("submit --dry-run")), alertLine("one", "HIGH"));
        QCOMPARE(end.code, 0);
        QCOMPARE(end.out, QStringLiteral("High  one\n"
                                         "  goes to  Audit lake: Takes every alert\n"
                                         "  not to   Night SIEM: High is not among its severities\n"
                                         "  not to   Ops bridge: Rule Matches is not among its alert types\n"));
        const auto json = program.run(words(QStringLiteral("submit --dry-run --json")),
                                      alertLine("two", "HIGH", ",\"destinations\":[\"Ops bridge\"]"));
        const QJsonArray routes = json.object().value(QLatin1String("destinations")).toArray();
        QCOMPARE(text(routes.at(0).toObject(), "rule"), QStringLiteral("not-named"));
        QCOMPARE(text(routes.at(2).toObject(), "rule"), QStringLiteral("named"));
        QCOMPARE(routes.at(2).toObject().value(QLatin1String("takes")), QJsonValue(true));
        QCOMPARE(program.run(words(QStringLiteral("submit --dry-run")), "nonsense").code, 1);
        QCOMPARE(program.run(words(QStringLiteral("alert list --json"))).out, QString());
    }

    void takesTheFormatThatIsSaid()
    {
        const Program program;
        const QByteArray record = "{\"timestamp\":\"2026-11-24T05:00:00.000000+0000\",\"event_type\":\"alert\","
                                  "\"alert\":{\"signature\":\"ET SCAN\",\"signature_id\":7,\"severity\":1}}\n";
        for (const char *line : {"submit --json --dry-run --format suricata", "submit --json --dry-run"}) {
            const auto end = program.run(words(QLatin1String(line)), record);
            QCOMPARE(end.code, 0);
            QCOMPARE(text(end.object(), "title"), QStringLiteral("ET SCAN"));
            QCOMPARE(text(end.object(), "severity"), QStringLiteral("HIGH"));
        }
        QCOMPARE(program.run(words(QStringLiteral("submit --format alerts")), record).code, 1);
        const auto unknown = program.run(words(QStringLiteral("submit --format nonsense")), record);
        QCOMPARE(unknown.code, 2);
        QVERIFY(unknown.err.contains(QLatin1String("suricata")));
        QCOMPARE(program.run(words(QStringLiteral("submit --format suricata")), record).code, 0);
        QCOMPARE(titles(program.run(words(QStringLiteral("alert list --json")))),
                 (QStringList{QStringLiteral("ET SCAN")}));
    }

    void listsAsTheSearchFieldDoes()
    {
        const Program program;
        addDestination(program, QStringLiteral("Ops bridge"), QStringLiteral("https://example.com/a"));
        addDestination(program, QStringLiteral("Audit"), QStringLiteral("https://example.com/b"),
                       QStringLiteral("--severity low"));
        program.run(words(QStringLiteral("submit")), alertLine("disk full", "HIGH") + alertLine("disk slow", "LOW") +
                                                         alertLine("login", "CRITICAL") + alertLine("noise", "INFO"));
        const auto list = [&](const QString &filter) {
            return titles(program.run(words(QStringLiteral("alert list --json ") + filter)));
        };
        QCOMPARE(list({}), (QStringList{QStringLiteral("noise"), QStringLiteral("login"), QStringLiteral("disk slow"),
                                        QStringLiteral("disk full")}));
        QCOMPARE(list(QStringLiteral("severity:critical,high")),
                 (QStringList{QStringLiteral("login"), QStringLiteral("disk full")}));
        QCOMPARE(list(QStringLiteral("disk severity:low")), (QStringList{QStringLiteral("disk slow")}));
        QCOMPARE(list(QStringLiteral("'dest:Ops bridge,Audit' disk")),
                 (QStringList{QStringLiteral("disk slow"), QStringLiteral("disk full")}));
        QCOMPARE(list(QStringLiteral("'dest:\"Ops bridge\" severity:high'")),
                 (QStringList{QStringLiteral("disk full")}));
        QCOMPARE(list(QStringLiteral("status:no-destination")), (QStringList{QStringLiteral("noise")}));
        QCOMPARE(list(QStringLiteral("'source:Command line' --limit 1")), (QStringList{QStringLiteral("noise")}));
        QCOMPARE(list(QStringLiteral("since:1h --limit 0")).size(), 4);
        QCOMPARE(list(QStringLiteral("until:1h")).size(), 0);
        const auto bad = program.run(words(QStringLiteral("alert list severity:loud")));
        QCOMPARE(bad.code, 2);
        QVERIFY(bad.err.contains(QStringLiteral("“loud” is no severity")));
        QCOMPARE(program.run(words(QStringLiteral("alert list --limit many"))).code, 2);
    }

    void listsByPages()
    {
        const Program program;
        QByteArray lines;
        for (int i = 0; i < 1203; ++i) {
            lines += alertLine(QByteArray::number(i), "INFO");
        }
        program.run(words(QStringLiteral("submit")), lines);
        const QStringList all = titles(program.run(words(QStringLiteral("alert list --json --limit 0"))));
        QCOMPARE(all.size(), 1203);
        QCOMPARE(all.first(), QStringLiteral("1202"));
        QCOMPARE(all.last(), QStringLiteral("0"));
        QCOMPARE(program.run(words(QStringLiteral("alert list --json --limit 700"))).objects().size(), 700);
        QCOMPARE(program.run(words(QStringLiteral("alert list"))).lines().size(), 101);
    }

    void tablesAreAligned()
    {
        const Program program;
        program.run(words(QStringLiteral("submit")), alertLine("short", "HIGH") +
                                                         alertLine("\xe6\xbc\xa2\xe5\xad\x97 wide", "INFO") +
                                                         alertLine("line\\nbreak\\u001b[1m", "LOW"));
        const QStringList lines = program.run(words(QStringLiteral("alert list"))).lines();
        QCOMPARE(lines.size(), 4);
        const auto head = lines.at(0);
        QVERIFY(head.startsWith(QLatin1String("ID")));
        QCOMPARE(lines.at(3).indexOf(QLatin1String("Command line")), head.indexOf(QLatin1String("SOURCE")));
        QCOMPARE(lines.at(2).indexOf(QLatin1String("Command line")),
                 head.indexOf(QLatin1String("SOURCE")) - 2); // two wide signs
        QVERIFY(lines.at(1).contains(QLatin1String("line\\nbreak\\u001b[1m")));
    }

    void tablesFitTheTerminal()
    {
        const Program program;
        if (program.shell(QStringLiteral("script -qec true /dev/null")).code != 0) {
            QSKIP("this machine gives no terminal");
        }
        addDestination(program, QStringLiteral("A destination with a long name"),
                       QStringLiteral("https://example.com/a"));
        program.run(words(QStringLiteral("submit")), alertLine(QByteArray(200, 'x'), "HIGH"));
        for (const int columns : {80, 100, 140, 200}) {
            const auto end = program.shell(
                QStringLiteral("script -qec 'stty cols %1; alert-courier alert list' /dev/null").arg(columns));
            QCOMPARE(end.lines().size(), 2);
            for (const QString &line : end.lines()) {
                QVERIFY2(line.trimmed().size() <= columns, qPrintable(line));
                QVERIFY2(line.contains(QLatin1String(line.startsWith(QLatin1String("ID")) ? "ALERT" : "xxxxxxx")),
                         qPrintable(line));
            }
        }
    }

    void showsAnAlertWithItsContextAsItCame()
    {
        const Program program;
        addDestination(program, QStringLiteral("Ops bridge"), QStringLiteral("https://example.com/a"));
        const auto submitted = program.run(words(QStringLiteral("submit --json")),
                                           alertLine("disk", "HIGH",
                                                     ",\"alertContext\":{ \"b\": 1.50, \"a\":12345678901234567890 "
                                                     "},\"tags\":[\"x\"],\"runbook\":\"first\\nsecond\""));
        const QString id = text(submitted.object(), "id");
        const auto shown = program.run({QStringLiteral("alert"), QStringLiteral("show"), id, QStringLiteral("--json")});
        QCOMPARE(shown.code, 0);
        QVERIFY2(shown.out.contains(QLatin1String(R"("alertContext":{"b":1.50,"a":12345678901234567890})")),
                 qPrintable(shown.out));
        const QJsonObject object = shown.object();
        for (const char *key : {"id",           "receivedAt",  "source",    "status", "ruleId",  "createdAt",
                                "severity",     "type",        "link",      "title",  "name",    "alertId",
                                "alertContext", "description", "runbook",   "tags",   "version", "wishedDestinations",
                                "outputIds",    "occurrence",  "deliveries"}) {
            QVERIFY2(object.contains(QLatin1String(key)), key);
        }
        QCOMPARE(text(object.value(QLatin1String("deliveries")).toArray().first().toObject(), "state"),
                 QStringLiteral("queued"));
        const auto people = program.run(words(QStringLiteral("alert show latest")));
        QCOMPARE(people.code, 0);
        QVERIFY(people.out.contains(QLatin1String("12345678901234567890")));
        QVERIFY(people.out.contains(QLatin1String("Ops bridge")));
        QCOMPARE(program.run(words(QStringLiteral("alert show 0"))).code, 1);
        QCOMPARE(program.run(words(QStringLiteral("alert show"))).code, 2);
    }

    void latestOfNothing()
    {
        const Program program;
        QCOMPARE(program.run(words(QStringLiteral("alert show latest"))).err,
                 QStringLiteral("alert-courier: There is no alert yet.\n"));
        QCOMPARE(program.run(words(QStringLiteral("delivery show latest"))).code, 1);
        QCOMPARE(program.run(words(QStringLiteral("resend --failed"))).code, 0);
    }
};

QTEST_GUILESS_MAIN(TstCommandsAlerts)
#include "tst_commands_alerts.moc"
