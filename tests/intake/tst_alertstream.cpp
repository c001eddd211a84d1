// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#include "intake/alertstream.h"

#include "intake/fixedclock.h"

#include <QRandomGenerator>
#include <QTest>

using namespace courier;

namespace {

struct Outcome
{
    QStringList items; ///< "line id" of the alerts, "! line:column: reason" of the faults
    StreamSummary summary;
};

Outcome read(QByteArrayView text, qsizetype chunkSize)
{
    const FixedClock clock;
    AlertStream stream(clock);
    Outcome outcome;
    const auto drain = [&] {
        while (const auto item = stream.next()) {
            if (const auto *taken = std::get_if<TakenAlert>(&*item)) {
                outcome.items.append(QStringLiteral("%1 %2").arg(QString::number(taken->line), taken->alert.ruleId));
            } else {
                outcome.items.append(QStringLiteral("! ") + placedSentence(std::get<AlertFault>(*item)));
            }
        }
    };
    for (qsizetype at = 0; at < text.size(); at += chunkSize) {
        stream.append(text.sliced(at, std::min(chunkSize, text.size() - at)));
        drain();
    }
    stream.finish();
    drain();
    outcome.summary = stream.summary();
    return outcome;
}

QByteArray alert(const QByteArray &id)
{
    return "{\"id\":\"" + id + "\",\"severity\":\"LOW\"}";
}

const QString severityFault = QStringLiteral("severity: \"U\" is none of CRITICAL, HIGH, MEDIUM, LOW, INFO.");

} // namespace

/// Alerts out of a stream: the good ones are taken, the bad ones are told with their place.
class TestAlertStream : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void reads_data();
    void reads();
    void readsTheSameInAnyChunks();
};

void TestAlertStream::reads_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QStringList>("items");
    QTest::addColumn<int>("taken");
    QTest::addColumn<int>("refused");
    QTest::addColumn<bool>("endedEarly");
    const auto row = [](const char *name, const QByteArray &text, const QStringList &items, int taken, int refused,
                        bool endedEarly) { QTest::newRow(name) << text << items << taken << refused << endedEarly; };
    const QByteArray bad = R"({"id":"b","severity":"U"})";
    const QString nothing = QStringLiteral("! 1:1: there is no alert here.");
    row("nothing", "", {nothing}, 0, 1, false);
    row("an empty batch", "[\n]", {nothing}, 0, 1, false);
    row("one", alert("a"), {u"1 a"_qs}, 1, 0, false);
    row("one over lines", "\n{\n\"id\":\n\"a\",\"severity\":\"LOW\"\n}", {u"2 a"_qs}, 1, 0, false);
    row("lines", alert("a") + "\r\n\r\n" + alert("c") + "\r\n", {u"1 a"_qs, u"3 c"_qs}, 2, 0, false);
    row("lines with bad ones", alert("a") + "\n" + bad + "\n{\"id\":\n" + alert("c"),
        {u"1 a"_qs, u"! 2:22: "_qs + severityFault, u"! 3:7: the text ends where a value is missing."_qs, u"4 c"_qs}, 2,
        2, false);
    row("an array with a bad one", "[" + alert("a") + ",\n  " + bad + ", 7," + alert("c") + "]",
        {u"1 a"_qs, u"! 2:24: "_qs + severityFault,
         u"! 2:30: an alert must be an object in braces { }, not a number."_qs, u"2 c"_qs},
        2, 2, false);
    row("a fault in a later line of an element", "[\n  {\"id\":\"b\",\n  \"severity\":\"U\"}]",
        {u"! 3:14: "_qs + severityFault}, 0, 1, false);
    row("an array that breaks", "[" + alert("a") + ",{\"id\" 1}," + alert("c") + "]",
        {u"1 a"_qs, u"! 1:36: a colon is missing before 1."_qs}, 1, 1, true);
    row("an array that is cut", "[" + alert("a") + ",",
        {u"1 a"_qs, u"! 1:30: the text ends inside the array: a closing ] is missing."_qs}, 1, 1, true);
    row("one that breaks", "{\n\"id\": \"a\"\n\"severity\":\"LOW\"}",
        {u"! 3:1: a comma is missing before \"severity\"."_qs}, 0, 1, true);
    row("UTF-8 that isn't", alert("a") + "\n{\"id\":\"\xff\"}\n" + alert("c"),
        {u"1 a"_qs, u"! 2:8: this byte is not valid UTF-8."_qs, u"3 c"_qs}, 2, 1, false);
    row("too deep",
        alert("a") + "\n{\"alertContext\":{\"a\":" + QByteArray(600, '[') + QByteArray(600, ']') + "}}\n" + alert("c"),
        {u"1 a"_qs, u"! 2:532: there are more than 512 levels of brackets here."_qs, u"3 c"_qs}, 2, 1, false);
}

void TestAlertStream::reads()
{
    QFETCH(const QByteArray, text);
    QFETCH(const QStringList, items);
    QFETCH(const int, taken);
    QFETCH(const int, refused);
    QFETCH(const bool, endedEarly);
    for (const qsizetype chunkSize : {qsizetype{1}, qsizetype{7}, text.size() + 1}) {
        const Outcome outcome = read(text, chunkSize);
        QCOMPARE(outcome.items, items);
        QCOMPARE(outcome.summary.taken, taken);
        QCOMPARE(outcome.summary.refused, refused);
        QCOMPARE(outcome.summary.endedEarly, endedEarly);
    }
}

/// Good texts, damaged at random, must come to the same whatever the chunks; and never hang or crash.
void TestAlertStream::readsTheSameInAnyChunks()
{
    QRandomGenerator random(11);
    const QList<QByteArray> alerts{
        alert("a"), alert("\\\"{"), R"({"id":"b","severity":"U"})", "{\n\"id\":\"ä侵🚨\",\r\n \"severity\":\"HIGH\"\n}",
        R"({"id":"c","severity":"INFO","alertContext":{"a":[{"b":"]}"},1.50,null]},"tags":["x"]})"};
    const QList<QByteArray> between{"\n", "\n\n", " ", ",", ",\n", "\r\n", ""};
    const QByteArray damage = "{}[]\",:\\ \n\xff" + QByteArray(1, '\0');
    for (int round = 0; round < 3000; ++round) {
        const QByteArray &separator = between[random.bounded(between.size())];
        const bool array = separator.startsWith(',') || random.bounded(4) == 0;
        QByteArrayList list;
        for (int i = random.bounded(5); i >= 0; --i) {
            list.append(alerts[random.bounded(alerts.size())]);
        }
        QByteArray text = list.join(separator);
        text = array ? '[' + text + ']' : text;
        for (int i = random.bounded(3); i > 0; --i) {
            text[random.bounded(text.size())] = damage[random.bounded(damage.size())];
        }
        const Outcome whole = read(text, text.size());
        for (const qsizetype chunkSize : {qsizetype{1}, qsizetype{7}, qsizetype{64}}) {
            const Outcome parts = read(text, chunkSize);
            QVERIFY2(parts.items == whole.items && parts.summary.endedEarly == whole.summary.endedEarly,
                     text.toPercentEncoding(" {}[]\",:").constData());
        }
    }
}

QTEST_GUILESS_MAIN(TestAlertStream)
#include "tst_alertstream.moc"
