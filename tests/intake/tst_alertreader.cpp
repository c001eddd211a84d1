// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#include "intake/alertreader.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

using namespace courier;

namespace {

constexpr qint64 now = 1'700'000'000'123; // 2023-11-14T22:13:20.123Z

/// An alert of the required fields, and \a more members.
QByteArray alertWith(const QByteArray &more)
{
    return R"({"id":"R.1","severity":"LOW",)" + more + '}';
}

QString shown(const std::optional<QString> &text)
{
    return text ? *text : QStringLiteral("(null)");
}

/// All fields of an alert that have a text, one after the other.
QStringList textsOf(const Alert &alert)
{
    return QStringList{alert.ruleId,         alert.createdAt,      wireName(alert.severity),
                       wireName(alert.type), alert.link,           alert.title,
                       shown(alert.name),    shown(alert.alertId), shown(alert.version),
                       alert.description,    alert.runbook} +
           alert.tags;
}

/// What textsOf() should give for an alert in JSON, by another parser.
QStringList textsOf(const QJsonObject &object)
{
    QStringList texts;
    for (const char *name : {"id", "createdAt", "severity", "type", "link", "title", "name", "alertId", "version",
                             "description", "runbook"}) {
        const bool nullable = QByteArrayList{"name", "alertId", "version"}.contains(name);
        texts.append(object[QLatin1String(name)].toString(nullable ? QStringLiteral("(null)") : QString()));
    }
    return texts + object[QLatin1String("tags")].toVariant().toStringList();
}

/// The bytes of the alert's context in \a json, which has no white space around it; {} where there are none.
QByteArray contextIn(const QByteArray &json)
{
    const QByteArray key = QByteArrayLiteral("\"alertContext\":{");
    const qsizetype start = json.indexOf(key);
    if (start < 0) {
        return QByteArrayLiteral("{}");
    }
    // Whatever the brackets in strings: the context is the shortest object that another parser takes.
    for (qsizetype end = start + key.size(); end < json.size(); ++end) {
        const QByteArray bytes = json.mid(start + key.size() - 1, end - start - key.size() + 2);
        if (bytes.endsWith('}') && !QJsonDocument::fromJson(bytes).isNull()) {
            return bytes;
        }
    }
    return {};
}

} // namespace

/// Our own JSON: which fields it has, which values they take, and how a fault is told.
class TestAlertReader : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void readsTheContractsVectors_data();
    void readsTheContractsVectors();
    void fillsInWhatIsMissing();
    void takesNullWhereADefaultExists();
    void readsEveryField();
    void takesWordsInAnyCase();
    void resolvesEscapedNames();
    void worksTheZoneIn();
    void leavesUnknownNamesAside();
    void namesTheFault_data();
    void namesTheFault();
    void limitsShortTexts();
    void limitsTheWhole();
    void makesErrors();
};

void TestAlertReader::readsTheContractsVectors_data()
{
    QTest::addColumn<QByteArray>("input");
    QFile file(QStringLiteral(DATA_DIR "/notification-vectors.json"));
    QVERIFY(file.open(QIODevice::ReadOnly));
    const QJsonArray vectors = QJsonDocument::fromJson(file.readAll())[QLatin1String("vectors")].toArray();
    QVERIFY(vectors.size() >= 6);
    for (const auto &vector : vectors) {
        QTest::newRow(qPrintable(vector[QLatin1String("name")].toString()))
            << vector[QLatin1String("input")].toString().toUtf8();
    }
}

void TestAlertReader::readsTheContractsVectors()
{
    QFETCH(const QByteArray, input);
    const auto alert = readAlert(input, now);
    QVERIFY2(alert, alert ? "" : qPrintable(placedSentence(alert.error())));
    QCOMPARE(textsOf(*alert), textsOf(QJsonDocument::fromJson(input).object()));
    QCOMPARE(alert->context, contextIn(input));
}

void TestAlertReader::fillsInWhatIsMissing()
{
    const auto alert = readAlert(R"({"severity":"CRITICAL","id":"R"})", now);
    QVERIFY(alert);
    QCOMPARE(alert->createdAt, QStringLiteral("2023-11-14T22:13:20.123Z"));
    QCOMPARE(alert->type, AlertType::Rule);
    QCOMPARE(alert->severity, Severity::Critical);
    QCOMPARE(alert->context, QByteArray("{}"));
    QCOMPARE(alert->id, AlertId{});
    QVERIFY(!alert->name && !alert->alertId && !alert->version);
    QVERIFY(alert->title.isEmpty() && alert->link.isEmpty() && alert->tags.isEmpty() && alert->outputIds.isEmpty());
}

void TestAlertReader::takesNullWhereADefaultExists()
{
    const auto alert = readAlert(alertWith(R"("title":null,"link":null,"name":null,"alertId":null,"alertContext":null,
        "description":null,"runbook":null,"tags":null,"version":null,"destinations":null,"outputIds":null)"),
                                 now);
    QVERIFY2(alert, alert ? "" : qPrintable(placedSentence(alert.error())));
    QCOMPARE(alert->context, QByteArray("{}"));
    QVERIFY(!alert->name && alert->title.isEmpty() && alert->tags.isEmpty());
}

void TestAlertReader::readsEveryField()
{
    const auto alert = readAlert(R"( {"id":"R.9","createdAt":"2021-01-02T03:04:05Z","severity":"MEDIUM",
        "type":"SCHEDULED_RULE_ERROR","link":"https://desk.example/1","title":"T \u00fc","name":"","alertId":"a-1",
        "alertContext": { "z" : 1.00, "a":[ ] } ,"description":"D\nE","runbook":"R","tags":["one","","one"],
        "version":"v2","destinations":["Ops bridge"],"outputIds":["SKIP","x"]} )",
                                 now);
    QVERIFY2(alert, alert ? "" : qPrintable(placedSentence(alert.error())));
    QCOMPARE(textsOf(*alert), (QStringList{u"R.9"_qs, u"2021-01-02T03:04:05Z"_qs, u"MEDIUM"_qs,
                                           u"SCHEDULED_RULE_ERROR"_qs, u"https://desk.example/1"_qs, u"T ü"_qs, u""_qs,
                                           u"a-1"_qs, u"v2"_qs, u"D\nE"_qs, u"R"_qs, u"one"_qs, u""_qs, u"one"_qs}));
    QCOMPARE(alert->context, QByteArray("{ \"z\" : 1.00, \"a\":[ ] }"));
    QCOMPARE(alert->destinations, QStringList{QStringLiteral("Ops bridge")});
    QCOMPARE(alert->outputIds, (QStringList{QStringLiteral("SKIP"), QStringLiteral("x")}));
}

void TestAlertReader::takesWordsInAnyCase()
{
    const auto alert = readAlert(R"({"id":"R","severity":"hiGh","type":"policy"})", now);
    QVERIFY(alert);
    QCOMPARE(alert->severity, Severity::High);
    QCOMPARE(alert->type, AlertType::Policy);
}

void TestAlertReader::resolvesEscapedNames()
{
    const auto alert = readAlert(R"({"\u0069d":"R","sever\u0069ty":"\u0048IGH"})", now);
    QVERIFY(alert);
    QCOMPARE(alert->ruleId, QStringLiteral("R"));
    QCOMPARE(alert->severity, Severity::High);
}

void TestAlertReader::worksTheZoneIn()
{
    const auto alert = readAlert(alertWith(R"("createdAt":"2021-01-01T00:30:00.000000001+01:00")"), now);
    QVERIFY(alert);
    QCOMPARE(alert->createdAt, QStringLiteral("2020-12-31T23:30:00.000000001Z"));
}

void TestAlertReader::leavesUnknownNamesAside()
{
    QVERIFY(readAlert(alertWith(R"("Title":7,"receivedAt":[],"ID":{"id":1},"source":null)"), now));
}

void TestAlertReader::namesTheFault_data()
{
    QTest::addColumn<QByteArray>("json");
    QTest::addColumn<QString>("sentence");
    const auto row = [](const QByteArray &json, const char *sentence) {
        QTest::newRow(sentence) << json << QString::fromUtf8(sentence);
    };
    row(R"({"id":"R","severity":"URGENT"})",
        "1:22: severity: \"URGENT\" is none of CRITICAL, HIGH, MEDIUM, LOW, INFO.");
    row("{\n \"id\":\"R\",\n \"severity\": 3}",
        "3:14: severity: must be one of CRITICAL, HIGH, MEDIUM, LOW, INFO, not a number.");
    row(R"({"id":"R","severity":null})", "1:22: severity: must be one of CRITICAL, HIGH, MEDIUM, LOW, INFO, not null.");
    row("\n\n  {\"id\":\"R\"}", "3:3: severity: is missing: one of CRITICAL, HIGH, MEDIUM, LOW, INFO.");
    row(R"({"severity":"LOW"})", "1:1: id: is missing: the rule or policy that raised the alert.");
    row("{}", "1:1: id: is missing: the rule or policy that raised the alert.");
    row(R"({"severity":"LOW","id":""})", "1:24: id: must not be empty.");
    row(R"({"severity":"LOW","id":null})", "1:24: id: must be a string, not null.");
    row(R"({"severity":"LOW","id":17})", "1:24: id: must be a string, not a number.");
    row(alertWith(R"("type":"ALARM")"), "1:37: type: \"ALARM\" is none of RULE, RULE_ERROR, POLICY, SCHEDULED_RULE, "
                                        "SCHEDULED_RULE_ERROR, SYSTEM_ERROR.");
    row(alertWith(R"("type":[])"), "1:37: type: must be one of RULE, RULE_ERROR, POLICY, SCHEDULED_RULE, "
                                   "SCHEDULED_RULE_ERROR, SYSTEM_ERROR, not an array.");
    row(alertWith(R"("title":true)"), "1:38: title: must be a string, not a truth value.");
    row(alertWith(R"("name":{})"), "1:37: name: must be a string, not an object.");
    row(alertWith(R"("description":1)"), "1:44: description: must be a string, not a number.");
    row(alertWith(R"("runbook":1)"), "1:40: runbook: must be a string, not a number.");
    row(alertWith(R"("version":2)"), "1:40: version: must be a string, not a number.");
    row(alertWith(R"("alertId":2)"), "1:40: alertId: must be a string, not a number.");
    row(alertWith(R"("link":2)"), "1:37: link: must be a string, not a number.");
    row(alertWith(R"("tags":"a")"), "1:37: tags: must be an array of strings, not a string.");
    row(alertWith(R"("tags":["a",2])"), "1:37: tags: element 2 must be a string, not a number.");
    row(alertWith(R"("outputIds":[null])"), "1:42: outputIds: element 1 must be a string, not null.");
    row(alertWith(R"("destinations":{})"), "1:45: destinations: must be an array of strings, not an object.");
    row(alertWith(R"("alertContext":[])"), "1:45: alertContext: must be an object, not an array.");
    row(alertWith(R"("alertContext":"{}")"), "1:45: alertContext: must be an object, not a string.");
    row(alertWith(R"("createdAt":"2023-02-30T00:00:00Z")"),
        "1:42: createdAt: \"2023-02-30T00:00:00Z\" is not a date and time with its zone, such as "
        "2026-01-31T12:30:00Z (RFC 3339).");
    row(alertWith(R"("createdAt":"2023-02-28T00:00:00")"),
        "1:42: createdAt: \"2023-02-28T00:00:00\" is not a date and time with its zone, such as "
        "2026-01-31T12:30:00Z (RFC 3339).");
    row(alertWith(R"("createdAt":1700000000)"), "1:42: createdAt: must be a string, not a number.");
    row(alertWith(R"("createdAt":null)"), "1:42: createdAt: must be a string, not null.");
    row(alertWith(R"("i\u0064":"S")"), "1:30: id: is there twice.");
    row(alertWith(R"("x":1,"x":2)"), "1:36: x: is there twice.");
    row(R"(["R"])", "1:1: an alert must be an object in braces { }, not an array.");
    row(" 17", "1:2: an alert must be an object in braces { }, not a number.");
    row("", "1:1: there is no JSON here.");
    row("{\"id\":\"R\",\n\"severity\":\"LOW\" \"title\":\"\"}", "2:18: a comma is missing before \"title\".");
    row(R"({"id":"R","severity":"LOW","tags":["ä",2,]})", "1:42: the comma before ] is one too many.");
    row(R"({"id":"R","severity":"a\nb )" + QByteArray(100, 'c') + "\"}",
        "1:22: severity: \"a b cccccccccccccccccccccccccccccccccccccccccccccccccccccccc…\" is none of CRITICAL, HIGH, "
        "MEDIUM, LOW, INFO.");
}

void TestAlertReader::namesTheFault()
{
    QFETCH(const QByteArray, json);
    QFETCH(const QString, sentence);
    const auto alert = readAlert(json, now);
    QVERIFY(!alert);
    QCOMPARE(placedSentence(alert.error()), sentence);
}

void TestAlertReader::limitsShortTexts()
{
    const QByteArray fits(maxShortTextBytes, 'x');
    for (const char *field : {"title", "name", "alertId", "version", "link"}) {
        const QByteArray start = QByteArray("\"") + field + "\":\"";
        const auto alert = readAlert(alertWith(start + fits + '"'), now);
        QVERIFY2(alert, field);
        const auto refused = readAlert(alertWith(start + fits + "x\""), now);
        QVERIFY2(!refused, field);
        QCOMPARE(refused.error().message, QStringLiteral("is longer than 64 KiB."));
        QCOMPARE(refused.error().field, QString::fromLatin1(field));
    }
    const QByteArray start = R"({"severity":"LOW","id":")";
    QCOMPARE(readAlert(QByteArray(start + fits + "\"}"), now)->ruleId.size(), maxShortTextBytes);
    QVERIFY(!readAlert(QByteArray(start + QByteArray(1024 * 1024, 'x') + "\"}"), now));
    // What counts is the text, not how it is escaped.
    QVERIFY(readAlert(QByteArray(start + QByteArray("\\u0041").repeated(maxShortTextBytes) + "\"}"), now));
    QVERIFY(!readAlert(QByteArray(start + QByteArray("\\u00e4").repeated(maxShortTextBytes) + "\"}"), now));
    QVERIFY(!readAlert(alertWith("\"tags\":[\"" + fits + "x\"]"), now));
    QVERIFY(readAlert(alertWith("\"description\":\"" + fits + fits + "\""), now));
}

void TestAlertReader::limitsTheWhole()
{
    const QByteArray start = R"({"id":"R","severity":"LOW","description":")";
    const QByteArray fits = start + QByteArray(maxAlertBytes - start.size() - 2, 'x') + "\"}";
    QCOMPARE(fits.size(), maxAlertBytes);
    QVERIFY(readAlert(fits, now));
    const auto refused = readAlert(QByteArray(fits + ' '), now);
    QVERIFY(!refused);
    QCOMPARE(placedSentence(refused.error()), QStringLiteral("1:1: this alert is over 10 MiB."));
}

void TestAlertReader::makesErrors()
{
    const Error error = toError({{4, 7}, QStringLiteral("id"), QStringLiteral("must not be empty.")});
    QCOMPARE(error.kind, Error::Kind::Invalid);
    QCOMPARE(error.message, QStringLiteral("4:7: id: must not be empty."));
}

QTEST_GUILESS_MAIN(TestAlertReader)
#include "tst_alertreader.moc"
