// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#include "desk/importjob.h"
#include "desk/intakefixture.h"

#include <QFile>
#include <QProcess>

using namespace courier;
using namespace courier::test;

namespace {

/// What one way in made of a document.
struct Said
{
    bool isRefused = false;
    int line = 0;
    int column = 0;
    QString reason;

    QString words() const { return QStringLiteral("%1:%2: %3").arg(line).arg(column).arg(reason); }
};

QByteArray own(const QByteArray &more)
{
    return R"({"id":"R.1","severity":"HIGH",)" + more + '}';
}

} // namespace

/// Bad documents by each of the three ways in: the endpoint over HTTP, `submit`, and import. All three name the same
/// place and the same fault, and nothing is stored.
class BadInputTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void cleanupTestCase();
    void isRefusedByEachWayIn_data();
    void isRefusedByEachWayIn();
    void aBatchIsTakenWholeOrNotAtAll();
    void theSameAlertAgain();

private:
    Said posted(const QByteArray &document) const;
    Said submitted(const QByteArray &document) const;
    Said imported(const QByteArray &document) const;
    QPair<int, QByteArray> submit(const QByteArray &document, const QStringList &options = {}) const;

    std::unique_ptr<IntakeFixture> m_fixture;
    QTemporaryDir m_directory; ///< of the program that submits
};

void BadInputTest::initTestCase()
{
    m_fixture = std::make_unique<IntakeFixture>();
    QVERIFY(m_fixture->listen());
}

void BadInputTest::cleanupTestCase()
{
    m_fixture.reset();
}

Said BadInputTest::posted(const QByteArray &document) const
{
    const RawReply reply = m_fixture->post("/api/v1/alerts", document);
    const QJsonValue json = IntakeFixture::json(reply);
    const QJsonValue fault = json[u"faults"][0];
    Said said{reply.status == 400, fault[u"line"].toInt(), fault[u"column"].toInt(), fault[u"reason"].toString()};
    // The sentence beside it says the same to whoever reads no JSON.
    if (!json[u"error"].toString().contains(QStringLiteral("Line %1, column %2: ").arg(said.line).arg(said.column))) {
        said.reason += QStringLiteral(" (the sentence names no place)");
    }
    return said;
}

QPair<int, QByteArray> BadInputTest::submit(const QByteArray &document, const QStringList &options) const
{
    QProcess process;
    process.start(QStringLiteral(COURIER_PROGRAM),
                  QStringList{QStringLiteral("--data-dir"), m_directory.path(), QStringLiteral("submit")} + options);
    process.write(document);
    process.closeWriteChannel();
    process.waitForFinished(30'000);
    return {process.exitCode(), options.isEmpty() ? process.readAllStandardError() : process.readAllStandardOutput()};
}

Said BadInputTest::submitted(const QByteArray &document) const
{
    const auto [code, words] = submit(document);
    const QString line = QString::fromUtf8(words.left(words.indexOf('\n')));
    return {code == 1 && line.startsWith(QLatin1String("stdin:")), line.section(u':', 1, 1).toInt(),
            line.section(u':', 2, 2).toInt(), line.section(u':', 3).trimmed()};
}

Said BadInputTest::imported(const QByteArray &document) const
{
    QFile file(m_fixture->directory->filePath(QStringLiteral("alerts.json")));
    if (!file.open(QIODevice::WriteOnly) || file.write(document) != document.size()) {
        return {};
    }
    file.close();
    const auto job = m_fixture->desk->importFile(file.fileName(), QStringLiteral("Import"));
    QList<ImportJob::BadEntry> bad;
    std::optional<ImportJob::Summary> summary;
    connect(job.get(), &ImportJob::refused, this, [&](const QList<ImportJob::BadEntry> &more) { bad += more; });
    connect(job.get(), &ImportJob::finished, this, [&](const ImportJob::Summary &end) { summary = end; });
    job->start();
    if (!QTest::qWaitFor([&] { return summary.has_value(); }) || bad.isEmpty()) {
        return {};
    }
    return {summary->progress.taken == 0 && summary->progress.refused > 0, bad.constFirst().line,
            bad.constFirst().column, bad.constFirst().reason};
}

void BadInputTest::isRefusedByEachWayIn_data()
{
    QTest::addColumn<QByteArray>("document");
    QTest::addColumn<QString>("words"); // place and beginning of the reason
    const auto row = [](const char *name, const QByteArray &document, const char *words) {
        QTest::newRow(name) << document << QString::fromUtf8(words);
    };
    row("I1 not JSON", "hello", "1:1: hello is not a JSON value");
    row("I1 cut", "{\"id\":\"R.1\",\n \"severity\":", "2:13: ");
    row("I1 cut in a string", R"({"id":"R.1","sever)", "1:13: ");
    row("I1 deeper than 512 levels",
        own("\"alertContext\":{\"x\":" + QByteArray(512, '[') + QByteArray(512, ']') + '}'),
        "1:561: there are more than 512 levels of brackets here.");
    row("I1 NaN", own("\"alertContext\":{\"x\":NaN}"), "1:51: NaN is not a JSON number.");
    row("I1 no double", own("\"alertContext\":{\"x\":1e400}"), "1:51: the number 1e400 is too big.");
    row("I1 lone surrogate", own(R"("title":"\ud800")"), "1:40: this \\u escape is only half of a character.");
    row("I1 byte order mark", "\xef\xbb\xbf" + own("\"title\":\"x\""),
        "1:1: the text begins with a byte order mark (BOM). Save it as UTF-8 without one.");
    row("I1 UTF-16", QByteArray("{\0\"\0i\0d\0\"\0:\0", 12),
        "1:1: the text is UTF-16 or UTF-32, not UTF-8. Save it as UTF-8.");
    row("I1 invalid UTF-8", own("\"title\":\"\xc3\x28\""), "1:40: this byte is not valid UTF-8.");
    row("I2 unknown severity", R"({"id":"R.1","severity":"URGENT"})",
        "1:24: severity: \"URGENT\" is none of CRITICAL, HIGH, MEDIUM, LOW, INFO.");
    row("I2 no id", R"({"severity":"HIGH"})", "1:1: id: is missing: the rule or policy that raised the alert.");
    row("I2 wrong type", own("\n \"title\":7"), "2:10: title: must be a string, not a number.");
    row("I2 a date that is none", own(R"("createdAt":"2023-02-30T00:00:00Z")"),
        "1:43: createdAt: \"2023-02-30T00:00:00Z\" is not a date and time");
    row("I2 alert type", own(R"("type":"ALARM")"), "1:38: type: \"ALARM\" is none of RULE, RULE_ERROR, POLICY,");
    row("I2 empty batch", "[]", "1:1: there is no alert here.");
    row("I2 nothing", "\n", "1:1: there is no alert here.");
}

void BadInputTest::isRefusedByEachWayIn()
{
    QFETCH(QByteArray, document);
    QFETCH(QString, words);
    for (const Said &said : {posted(document), submitted(document), imported(document)}) {
        QVERIFY(said.isRefused);
        QVERIFY2(said.words().startsWith(words), qPrintable(said.words()));
    }
    QCOMPARE(m_fixture->alertCount(), 0);
    const auto store = Store::open(m_directory.path(), m_fixture->clock);
    QCOMPARE((*(*store)->connectQueries())->alertCount(), 0);
}

void BadInputTest::aBatchIsTakenWholeOrNotAtAll()
{
    IntakeFixture fixture;
    QVERIFY(fixture.listen());
    const QByteArray good = IntakeFixture::alert();
    const RawReply reply =
        fixture.post("/api/v1/alerts", '[' + good + ",\n" + good + ",\n{\"id\":\"R.1\"},\n" + good + ']');
    QCOMPARE(reply.status, 400);
    const QJsonValue json = IntakeFixture::json(reply);
    QCOMPARE(json[u"faults"][0][u"index"].toInt(), 2);
    QCOMPARE(json[u"faults"][0][u"line"].toInt(), 3);
    QCOMPARE(fixture.alertCount(), 0);
    const RawReply lines = fixture.ask(IntakeFixture::request("POST", "/api/v1/alerts",
                                                              "Content-Type: application/x-ndjson\r\nContent-Length: " +
                                                                  QByteArray::number(2 * good.size() + 5) + "\r\n") +
                                       good + "\n{}\n" + good + '\n');
    QCOMPARE(lines.status, 400);
    QCOMPARE(fixture.alertCount(), 0);
    // An Alertmanager's: the good ones are taken, and the rest is named.
    const RawReply theirs =
        fixture.post("/api/v2/alerts", R"([{"labels":{"alertname":"A"}},{"labels":{}},{"labels":{"alertname":"B"}}])");
    QCOMPARE(theirs.status, 400);
    QCOMPARE(IntakeFixture::json(theirs)[u"faults"][0][u"index"].toInt(), 1);
    QCOMPARE(fixture.alertCount(), 2);
}

void BadInputTest::theSameAlertAgain()
{
    const QByteArray document = own("\"alertId\":\"sender-1\",\"title\":\"Disk full\"");
    IntakeFixture fixture;
    QVERIFY(fixture.listen());
    for (const bool isNew : {true, false, false}) {
        const QJsonValue answer = IntakeFixture::json(fixture.post("/api/v1/alerts", document))[u"alerts"][0];
        QCOMPARE(answer[u"new"].toBool(), isNew);
        const auto [code, out] = submit(document, {QStringLiteral("--json")});
        QCOMPARE(code, 0);
        QVERIFY2(out.contains(isNew ? "\"new\":true" : "\"new\":false"), out.constData());
    }
    QCOMPARE(fixture.alertCount(), 1);
    const auto store = Store::open(m_directory.path(), m_fixture->clock);
    QCOMPARE((*(*store)->connectQueries())->alertCount(), 1);
}

QTEST_GUILESS_MAIN(BadInputTest)
#include "tst_badinput.moc"
