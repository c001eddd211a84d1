// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#include "intake/documentsplitter.h"

#include "intake/jsonslice.h"

#include <QTest>

using namespace courier;

namespace {

/// All that comes of \a text in chunks of \a chunkSize: "line:column bytes" or "line:column ! fault" each, white space
/// around the bytes left out; "..." at the end where it ended early. Documents that are no JSON are distrusted.
QStringList split(QByteArrayView text, qsizetype chunkSize, qsizetype maxBytes = 1024 * 1024)
{
    QStringList pieces;
    DocumentSplitter splitter(maxBytes);
    const auto drain = [&] {
        while (const auto piece = splitter.next()) {
            const QString place = QStringLiteral("%1:%2 ").arg(piece->place.line).arg(piece->place.column);
            if (!piece->fault.isEmpty()) {
                pieces.append(place + QStringLiteral("! ") + piece->fault);
                continue;
            }
            if (checkJson(piece->bytes)) {
                splitter.distrust();
            }
            const QString shown = QString::fromUtf8(piece->bytes.trimmed());
            pieces.append(place + (shown.size() > 60 ? QString::number(shown.size()) : shown));
        }
    };
    for (qsizetype at = 0; at < text.size(); at += chunkSize) {
        splitter.append(text.sliced(at, std::min(chunkSize, text.size() - at)));
        drain();
    }
    splitter.finish();
    drain();
    if (!splitter.isDone()) {
        pieces.append(QStringLiteral("not done"));
    }
    if (splitter.endedEarly()) {
        pieces.append(QStringLiteral("..."));
    }
    return pieces;
}

} // namespace

/// Where documents begin and end, whatever the form of the stream and however its bytes come.
class TestDocumentSplitter : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void splits_data();
    void splits();
    void leavesOutWhatIsTooLong_data();
    void leavesOutWhatIsTooLong();
    void givesALineAsSoonAsItIsThere();
};

void TestDocumentSplitter::splits_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QStringList>("pieces");
    const auto row = [](const char *name, const QByteArray &text, const QStringList &pieces) {
        QTest::newRow(name) << text << pieces;
    };
    row("nothing", "", {});
    row("blanks", " \r\n\t\n", {});
    row("one object", "{\"a\":1}", {u"1:1 {\"a\":1}"_qs});
    row("one object and a line break", "{\"a\":1}\r\n", {u"1:1 {\"a\":1}"_qs});
    row("one object over lines", "\n{\n \"a\": {\"b\": \"}{\\\"[\"}\n}\n",
        {u"2:1 {\n \"a\": {\"b\": \"}{\\\"[\"}\n}"_qs});
    row("one after the other", "{\n\"a\":1}  {\"b\":\n2}\n\n{\n}",
        {u"1:1 {\n\"a\":1}"_qs, u"2:9 {\"b\":\n2}"_qs, u"5:1 {\n}"_qs});
    row("two in one line", "{}{}", {u"1:1 {}"_qs, u"1:3 {}"_qs});
    row("lines", "{\"a\":1}\n{\"b\":2}\r\n\r\n  \n {\"c\":3}",
        {u"1:1 {\"a\":1}"_qs, u"2:1 {\"b\":2}"_qs, u"5:1 {\"c\":3}"_qs});
    row("a bad line", "{}\nx\n{]\n{\"a\n{\"b\":1}\n",
        {u"1:1 {}"_qs, u"2:1 x"_qs, u"3:1 {]"_qs, u"4:1 {\"a"_qs, u"5:1 {\"b\":1}"_qs});
    row("the first line bad", "{\"a\":}\n{\"b\":1}\n", {u"1:1 {\"a\":}"_qs, u"2:1 {\"b\":1}"_qs});
    row("the first line cut", "{\"a\":1,\n\n{\"b\":1}\n{}", {u"1:1 {\"a\":1,"_qs, u"3:1 {\"b\":1}"_qs, u"4:1 {}"_qs});
    row("the first line's string cut", "{\"a\":\"1\n{\"b\":1}\n", {u"1:1 {\"a\":\"1"_qs, u"2:1 {\"b\":1}"_qs});
    row("the first line no JSON", "hello\n{\"b\":1}\n", {u"1:1 hello"_qs, u"2:1 {\"b\":1}"_qs});
    row("a brace in the second line of one object", "{\"a\":\n{\"b\":1}\n}\n", {u"1:1 {\"a\":\n{\"b\":1}\n}"_qs});
    row("a brace in an array in an object", "{\"a\":[{},\n{\"b\":1}\n]}\n", {u"1:1 {\"a\":[{},\n{\"b\":1}\n]}"_qs});
    row("a broken object", "{\"a\":1\n\"b\":2}\n{}", {u"1:1 {\"a\":1\n\"b\":2}"_qs, u"..."_qs});
    row("a cut object", "{\n\"a\":[1,\n", {u"1:1 {\n\"a\":[1,"_qs, u"..."_qs});
    row("words", "hello\nworld", {u"1:1 hello"_qs, u"..."_qs});
    row("a string", "\"a b\"\n", {u"1:1 \"a b\""_qs});
    row("a stray bracket", "}{}", {u"1:1 }"_qs, u"..."_qs});
    row("an empty array", " [ ]\n", {});
    row("an array", "[{\"a\":1},\n {\"b\":[2]} , 3,\"x,]\",null]\n",
        {u"1:2 {\"a\":1}"_qs, u"2:2 {\"b\":[2]}"_qs, u"2:14 3"_qs, u"2:16 \"x,]\""_qs, u"2:22 null"_qs});
    row("columns are characters", "[\"ä侵🚨\",1]", {u"1:2 \"ä侵🚨\""_qs, u"1:8 1"_qs});
    row("an open array", "[{}\n,{}\n",
        {u"1:2 {}"_qs, u"2:2 {}"_qs, u"3:1 ! the text ends inside the array: a closing ] is missing."_qs, u"..."_qs});
    row("only a bracket", "[", {u"1:2 ! the text ends inside the array: a closing ] is missing."_qs, u"..."_qs});
    row("a cut element", "[{},{\"a\"", {u"1:2 {}"_qs, u"1:5 {\"a\""_qs, u"..."_qs});
    row("no comma", "[{} {}]", {u"1:2 {}"_qs, u"1:5 ! a comma or ] is missing here."_qs, u"..."_qs});
    row("a comma too many", "[{},]", {u"1:2 {}"_qs, u"1:5 ! the comma before ] is one too many."_qs, u"..."_qs});
    row("two commas", "[{},,{}]", {u"1:2 {}"_qs, u"1:5 ,"_qs, u"..."_qs});
    row("a broken element", "[{},{\"a\":},{}]", {u"1:2 {}"_qs, u"1:5 {\"a\":}"_qs, u"..."_qs});
    row("more after an array", "[{}]\n{}",
        {u"1:2 {}"_qs, u"2:1 ! there is more after the end of the array."_qs, u"..."_qs});
    row("a byte order mark", "\xef\xbb\xbf{}",
        {u"1:1 ! the text begins with a byte order mark (BOM). Save it as UTF-8 without one."_qs, u"..."_qs});
    row("UTF-16", QByteArray("{\0}\0", 4),
        {u"1:1 ! the text is UTF-16 or UTF-32, not UTF-8. Save it as UTF-8."_qs, u"..."_qs});
}

void TestDocumentSplitter::splits()
{
    QFETCH(const QByteArray, text);
    QFETCH(const QStringList, pieces);
    for (qsizetype chunkSize = 1; chunkSize <= text.size() + 1; ++chunkSize) {
        QCOMPARE(split(text, chunkSize), pieces);
    }
}

void TestDocumentSplitter::leavesOutWhatIsTooLong_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QStringList>("pieces");
    const QByteArray tooLong = "{\"a\":\"" + QByteArray(2 * 1024 * 1024, 'x') + "\\\"\\n}\"}";
    const QString fault = QStringLiteral("! this alert is over 1 MiB, and is left out.");
    QTest::newRow("alone") << tooLong << QStringList{u"1:1 "_qs + fault};
    QTest::newRow("line") << QByteArray("{}\n" + tooLong + "\n{}\n")
                          << QStringList{u"1:1 {}"_qs, u"2:1 "_qs + fault, u"3:1 {}"_qs};
    QTest::newRow("first line") << QByteArray(tooLong + "\n{}") << QStringList{u"1:1 "_qs + fault, u"2:1 {}"_qs};
    QTest::newRow("first line, and a broken one")
        << QByteArray(tooLong + "\n{]\n{}") << QStringList{u"1:1 "_qs + fault, u"2:1 {]"_qs, u"..."_qs};
    QTest::newRow("after a gap") << QByteArray("{" + QByteArray(2 * 1024 * 1024, '\n') + "{]")
                                 << QStringList{u"1:1 "_qs + fault};
    QTest::newRow("last line") << QByteArray("{}\n" + tooLong) << QStringList{u"1:1 {}"_qs, u"2:1 "_qs + fault};
    QTest::newRow("element") << QByteArray("[{}," + tooLong + ",\n[1]]")
                             << QStringList{u"1:2 {}"_qs, u"1:5 "_qs + fault, u"2:1 [1]"_qs};
    QTest::newRow("endless element") << QByteArray("[{}," + tooLong.left(2 * 1024 * 1024))
                                     << QStringList{
                                            u"1:2 {}"_qs, u"1:5 "_qs + fault,
                                            u"1:2097157 ! the text ends inside the array: a closing ] is missing."_qs,
                                            u"..."_qs};
    QTest::newRow("broken at its beginning")
        << QByteArray("[{\"a\nb\":1,\"b\":" + QByteArray(2 * 1024 * 1024, '1') + "2},{}]")
        << QStringList{u"1:2 1048576"_qs, u"..."_qs};
    QTest::newRow("word") << QByteArray("[" + QByteArray(2 * 1024 * 1024, 'x') + ",{}]")
                          << QStringList{u"1:2 1048576"_qs, u"..."_qs};
}

void TestDocumentSplitter::leavesOutWhatIsTooLong()
{
    QFETCH(const QByteArray, text);
    QFETCH(const QStringList, pieces);
    for (const qsizetype chunkSize : {text.size(), qsizetype{300'000}, qsizetype{4096}, qsizetype{997}}) {
        QCOMPARE(split(text, chunkSize), pieces);
    }
}

void TestDocumentSplitter::givesALineAsSoonAsItIsThere()
{
    DocumentSplitter splitter(1000);
    splitter.append("{\"a\":1}\n");
    QVERIFY(splitter.next());
    QVERIFY(!splitter.next());
    splitter.append("{\"b\":1}");
    QVERIFY(!splitter.next());
    splitter.append("\n");
    QVERIFY(splitter.next());
    QVERIFY(!splitter.isDone());
    splitter.finish();
    QVERIFY(!splitter.next());
    QVERIFY(splitter.isDone());
    QVERIFY(!splitter.endedEarly());
}

QTEST_GUILESS_MAIN(TestDocumentSplitter)
#include "tst_documentsplitter.moc"
