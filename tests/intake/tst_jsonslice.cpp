// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#include "intake/jsonslice.h"
#include "intake/jsontext.h"

#include <QTest>

using namespace courier;

/// What is refused as no JSON, with the sentence and the place; and the exact bytes of what is taken.
class TestJsonSlice : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void takesJson_data();
    void takesJson();
    void refuses_data();
    void refuses();
    void countsLevels();
    void tellsWhatIsOnlyCut();
    void givesExactBytes();
    void givesPartsOfArrays();
    void resolvesEscapes_data();
    void resolvesEscapes();
    void findsPlaces_data();
    void findsPlaces();
    void addsPlaces();
};

void TestJsonSlice::takesJson_data()
{
    QTest::addColumn<QByteArray>("text");
    const QList<QByteArray> texts{"{}",
                                  "[]",
                                  " \t\r\n[ ] \n",
                                  "null",
                                  "true",
                                  "false",
                                  "0",
                                  "-0.0e-0",
                                  "18446744073709551616",
                                  "1e-999",
                                  "1E+5",
                                  "1e308",
                                  R"("")",
                                  R"("\u0000\ud83d\ude00\"\\\/\b\f\n\r\t")",
                                  R"("\\udc00")",
                                  "\"\xed\x9f\xbf\xee\x80\x80\xf4\x8f\xbf\xbf\x7f\"",
                                  R"({"a":1,"a":2,"":[null,{"b":[]}]})"};
    for (const QByteArray &text : texts) {
        QTest::newRow(text.constData()) << text;
    }
}

void TestJsonSlice::takesJson()
{
    QFETCH(const QByteArray, text);
    const auto fault = checkJson(text);
    QVERIFY2(!fault, fault ? qPrintable(fault->message) : "");
    const auto parts = takeApart(text);
    QVERIFY(parts);
    QCOMPARE(parts->whole.bytes, QByteArrayView(text).trimmed());
}

void TestJsonSlice::refuses_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<int>("offset");
    QTest::addColumn<int>("line");
    QTest::addColumn<int>("column");
    QTest::addColumn<QString>("message");
    const auto row = [](const char *name, const QByteArray &text, int offset, int line, int column,
                        const char *message) {
        QTest::newRow(name) << text << offset << line << column << QString::fromUtf8(message);
    };
    row("nothing", "", 0, 1, 1, "there is no JSON here.");
    row("blanks", " \n ", 0, 1, 1, "there is no JSON here.");
    row("word", "hello", 0, 1, 1,
        "hello is not a JSON value: a text stands in double quotes. The words are true, false and null.");
    row("bracket", "}", 0, 1, 1, "a value is missing before }.");
    row("trailing", "{} x", 3, 1, 4, "there is more after the end of the JSON: x.");
    row("two", "{}\n{}", 3, 2, 1, "there is more after the end of the JSON: {.");
    row("NUL after", QByteArray("{}\n\n\0", 5), 4, 3, 1, "there is more after the end of the JSON: U+0000.");
    row("NUL inside", QByteArray("[1,\0]", 5), 3, 1, 4, "a value is expected here, not U+0000.");
    row("NUL in a string", QByteArray("[\"ab\0\"]", 7), 4, 1, 5,
        "the control character U+0000 must be written as an escape.");
    row("no comma", "{\n \"size\": 3\n \"free_gib\": 1}", 14, 3, 2, "a comma is missing before \"free_gib\".");
    row("no comma in array", "[1 2]", 3, 1, 4, "a comma or ] is missing before 2.");
    row("comma before }", "{\"a\":1,}", 7, 1, 8, "the comma before } is one too many.");
    row("comma before ]", "[1,\n]", 4, 2, 1, "the comma before ] is one too many.");
    row("comma first", "[,1]", 1, 1, 2, "a value is missing before ,.");
    row("two commas", "[1,,2]", 3, 1, 4, "a value is missing before ,.");
    row("no value", "{\"a\":}", 5, 1, 6, "a value is missing before }.");
    row("no colon", "{\"a\" 1}", 5, 1, 6, "a colon is missing before 1.");
    row("no name", "{1:2}", 1, 1, 2, "a name in double quotes is expected here, not 1.");
    row("name in single quotes", "{'a':2}", 1, 1, 2, "a name stands in double quotes, not in single ones.");
    row("text in single quotes", "['a']", 1, 1, 2, "a text stands in double quotes, not in single ones.");
    row("wrong bracket", "[1}", 2, 1, 3, "] is expected here, not }.");
    row("wrong brace", "{\"a\":1]", 6, 1, 7, "} is expected here, not ].");
    row("comment", "[1, // one\n2]", 4, 1, 5, "JSON has no comments.");
    row("comment after", "[1 /* one */]", 3, 1, 4, "JSON has no comments.");
    row("cut object", "{\"a\":1", 6, 1, 7, "the text ends inside an object: a closing } is missing.");
    row("cut, blank lines after", "{\"a\":1\n\n \n", 6, 1, 7,
        "the text ends inside an object: a closing } is missing.");
    row("cut name", "{\"a\"", 4, 1, 5, "the text ends inside an object: a closing } is missing.");
    row("cut array", "[1", 2, 1, 3, "the text ends inside an array: a closing ] is missing.");
    row("cut value", "{\"a\":", 5, 1, 6, "the text ends where a value is missing.");
    row("cut word", "[nul", 1, 1, 2,
        "nul is not a JSON value: a text stands in double quotes. The words are true, false and null.");
    row("wrong word", "[True]", 1, 1, 2,
        "True is not a JSON value: a text stands in double quotes. The words are true, false and null.");
    row("open string at the end", "[\"abc", 1, 1, 2, "this string has no closing quote.");
    row("open string in a line", "{\"a\": \"bc,\n\"d\": 1}", 6, 1, 7, "this string has no closing quote.");
    row("open string, CRLF", "{\"a\": \"bc,\r\n\"d\": 1}", 6, 1, 7, "this string has no closing quote.");
    row("tab in string", "[\"a\tb\"]", 3, 1, 4, "the control character U+0009 must be written as an escape.");
    row("escape", "[\"a\\x\"]", 3, 1, 4, "\\x is not an escape that JSON knows.");
    row("hex", "[\"\\u12G4\"]", 2, 1, 3, "four hexadecimal digits must follow \\u.");
    row("lone high surrogate", "[\"\\ud800\"]", 2, 1, 3, "this \\u escape is only half of a character.");
    row("high and no low", "[\"\\ud800\\u0041\"]", 2, 1, 3, "this \\u escape is only half of a character.");
    row("lone low surrogate", "[\"x\\\\\\uDC00\"]", 5, 1, 6, "this \\u escape is only half of a character.");
    row("low after a pair", "[\"\\ud83d\\ude00\\ude00\"]", 14, 1, 15, "this \\u escape is only half of a character.");
    row("low in a name", "{\"\\udfff\":1}", 2, 1, 3, "this \\u escape is only half of a character.");
    row("bare surrogate", "[\"\xed\xa0\x80\"]", 2, 1, 3, "this byte is not valid UTF-8.");
    row("bad UTF-8", "[\"\xc3\xa4\xff\"]", 4, 1, 4, "this byte is not valid UTF-8.");
    row("overlong UTF-8", "[\"\xc0\xaf\"]", 2, 1, 3, "this byte is not valid UTF-8.");
    row("beyond Unicode", "[\"\xf4\x90\x80\x80\"]", 2, 1, 3, "this byte is not valid UTF-8.");
    row("BOM", "\xef\xbb\xbf{}", 0, 1, 1,
        "the text begins with a byte order mark (BOM). Save it as UTF-8 without one.");
    row("UTF-16 LE", QByteArray("{\0}\0", 4), 0, 1, 1, "the text is UTF-16 or UTF-32, not UTF-8. Save it as UTF-8.");
    row("UTF-16 BE", QByteArray("\0{\0}", 4), 0, 1, 1, "the text is UTF-16 or UTF-32, not UTF-8. Save it as UTF-8.");
    row("UTF-16 BOM", QByteArray("\xff\xfe{\0", 4), 0, 1, 1,
        "the text is UTF-16 or UTF-32, not UTF-8. Save it as UTF-8.");
    row("NaN", "{\"a\": NaN}", 6, 1, 7, "NaN is not a JSON number.");
    row("Infinity", "[-Infinity]", 1, 1, 2, "-Infinity is not a JSON number.");
    row("too big", "[1, 1e400]", 4, 1, 5, "the number 1e400 is too big.");
    row("too big together", "[100e307]", 1, 1, 2, "the number 100e307 is too big.");
    row("too big negative", "[-17976931348623159e292]", 1, 1, 2, "the number -17976931348623159e292 is too big.");
    row("leading zero", "[01]", 2, 1, 3, "a number doesn't begin with 0 and another digit.");
    row("plus", "[+1]", 1, 1, 2, "a number begins with a digit or a minus sign.");
    row("minus", "[-]", 1, 1, 2, "a digit is missing after the minus sign.");
    row("point", "[1.]", 3, 1, 4, "a digit is missing after the decimal point.");
    row("exponent", "[1e]", 3, 1, 4, "a digit is missing in the exponent.");
    row("characters, not bytes", "{\"\xc3\xa4\xe4\xbe\xb5\xf0\x9f\x9a\xa8\": x}", 14, 1, 9,
        "x is not a JSON value: a text stands in double quotes. The words are true, false and null.");
}

void TestJsonSlice::refuses()
{
    QFETCH(const QByteArray, text);
    QFETCH(const int, offset);
    QFETCH(const int, line);
    QFETCH(const int, column);
    QFETCH(const QString, message);
    const JsonFault fault = checkJson(text).value_or(JsonFault());
    QCOMPARE(fault.message, message);
    QCOMPARE(fault.offset, offset);
    QCOMPARE(fault.place.line, line);
    QCOMPARE(fault.place.column, column);
    QCOMPARE(lineSentence(fault), QStringLiteral("Line %1: ").arg(line) + message);
    QVERIFY(!takeApart(text));
}

void TestJsonSlice::countsLevels()
{
    const auto nested = [](int levels) -> QByteArray { return QByteArray(levels, '[') + QByteArray(levels, ']'); };
    QVERIFY(!checkJson(nested(maxJsonDepth)));
    const JsonFault fault = checkJson(nested(maxJsonDepth + 1)).value_or(JsonFault());
    QCOMPARE(fault.offset, maxJsonDepth);
    QCOMPARE(fault.message, QStringLiteral("there are more than 512 levels of brackets here."));
    // Far deeper than any stack of calls would go, and beside one another rather than inside.
    QVERIFY(checkJson(QByteArray(10'000'000, '[')));
    QVERIFY(!checkJson(QByteArray("[" + QByteArray("[],").repeated(100'000) + "{}]")));
}

void TestJsonSlice::tellsWhatIsOnlyCut()
{
    const QByteArray whole = "{\"a\": [1.5e3, true, null, \"x\\u00e4\\ud83d\\ude00\"], \"b\": {\"c\": -2}}";
    QVERIFY(!checkJson(whole));
    for (qsizetype size = 1; size < whole.size(); ++size) {
        const auto fault = checkJson(QByteArrayView(whole).first(size));
        QVERIFY2(fault && fault->cut, whole.left(size).constData());
    }
    for (const char *broken : {"{\"a\":1}}", "{\"a\":1,,", "[1 2", "{\"a\" \"b\"", "[\"a\nb", "[nux"}) {
        const auto fault = checkJson(broken);
        QVERIFY2(fault && !fault->cut, broken);
    }
}

void TestJsonSlice::givesExactBytes()
{
    const QByteArray text = " { \"a\" : 0.10 ,\n\"\\u0062\":{ \"x\" : [ 1e2 ] } , \"c\":\"q\\/\",\"d\":null,\"e\":[ ],"
                            "\"f\":true,\"a\":false }\n";
    const auto object = takeApart(text);
    QVERIFY(object);
    QCOMPARE(object->whole.kind, JsonKind::Object);
    QCOMPARE(object->whole.bytes, QByteArrayView(text).trimmed());
    const QList<std::tuple<QByteArray, QByteArray, JsonKind>> expected{
        {"\"a\"", "0.10", JsonKind::Number},     {"\"\\u0062\"", "{ \"x\" : [ 1e2 ] }", JsonKind::Object},
        {"\"c\"", "\"q\\/\"", JsonKind::String}, {"\"d\"", "null", JsonKind::Null},
        {"\"e\"", "[ ]", JsonKind::Array},       {"\"f\"", "true", JsonKind::Boolean},
        {"\"a\"", "false", JsonKind::Boolean}};
    QCOMPARE(object->parts.size(), expected.size());
    for (qsizetype i = 0; i < expected.size(); ++i) {
        const JsonSlice &part = object->parts[i];
        QCOMPARE(part.name, QByteArrayView(std::get<0>(expected[i])));
        QCOMPARE(part.bytes, QByteArrayView(std::get<1>(expected[i])));
        QCOMPARE(part.kind, std::get<2>(expected[i]));
        QCOMPARE(part.bytes.data(), text.constData() + part.offset);
    }
}

void TestJsonSlice::givesPartsOfArrays()
{
    const auto array = takeApart("[ \"a\" , [\"b\",{}], {\"c\":{\"d\":1}},-1 ]");
    QVERIFY(array);
    QCOMPARE(array->whole.kind, JsonKind::Array);
    QCOMPARE(array->parts.size(), 4);
    QCOMPARE(array->parts[1].bytes, QByteArrayView("[\"b\",{}]"));
    QCOMPARE(array->parts[2].bytes, QByteArrayView("{\"c\":{\"d\":1}}"));
    QCOMPARE(array->parts[3].bytes, QByteArrayView("-1"));
    QVERIFY(array->parts[2].name.isEmpty());
    QCOMPARE(takeApart("7")->parts.size(), 0);
}

void TestJsonSlice::resolvesEscapes_data()
{
    QTest::addColumn<QByteArray>("string");
    QTest::addColumn<QString>("text");
    QTest::newRow("empty") << QByteArray("\"\"") << QString();
    QTest::newRow("plain") << QByteArray("\"\xc3\x9c 侵 🚨\"") << QStringLiteral("Ü 侵 🚨");
    QTest::newRow("escapes") << QByteArray(R"("\"\\\/\b\f\n\r\t\u00fc\ud83d\ude00")")
                             << QStringLiteral("\"\\/\b\f\n\r\tü😀");
    QTest::newRow("NUL") << QByteArray(R"("a\u0000b")") << QString(QString(u'a') + QChar(0) + u'b');
    QTest::newRow("U+FEFF") << QByteArray("\"\xef\xbb\xbf\xef\xbb\xbfx\"")
                            << QString(QChar(0xfeff)) + QChar(0xfeff) + u'x';
    QTest::newRow("U+FEFF escaped") << QByteArray(R"("\ufeffx")") << QString(QChar(0xfeff)) + u'x';
}

void TestJsonSlice::resolvesEscapes()
{
    QFETCH(const QByteArray, string);
    QFETCH(const QString, text);
    QCOMPARE(jsonText(string), text);
    QCOMPARE(jsonUtf8(string), text.toUtf8());
}

void TestJsonSlice::findsPlaces_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<int>("offset");
    QTest::addColumn<int>("line");
    QTest::addColumn<int>("column");
    QTest::newRow("start") << QByteArray("abc") << 0 << 1 << 1;
    QTest::newRow("empty") << QByteArray("") << 0 << 1 << 1;
    QTest::newRow("same line") << QByteArray("abc") << 2 << 1 << 3;
    QTest::newRow("line break itself") << QByteArray("ab\nc") << 2 << 1 << 3;
    QTest::newRow("after a line break") << QByteArray("ab\nc") << 3 << 2 << 1;
    QTest::newRow("CRLF") << QByteArray("ab\r\n\r\nc") << 6 << 3 << 1;
    QTest::newRow("characters") << QByteArray("ä侵🚨x") << 9 << 1 << 4;
    QTest::newRow("end") << QByteArray("a\n") << 2 << 2 << 1;
    QTest::newRow("beyond the end") << QByteArray("a\n") << 20 << 2 << 1;
}

void TestJsonSlice::findsPlaces()
{
    QFETCH(const QByteArray, text);
    QFETCH(const int, offset);
    QFETCH(const int, line);
    QFETCH(const int, column);
    QCOMPARE(placeOf(text, offset), (TextPlace{line, column}));
}

void TestJsonSlice::addsPlaces()
{
    const TextPlace base{7, 10};
    QCOMPARE(base.plus({1, 1}), base);
    QCOMPARE(base.plus({1, 5}), (TextPlace{7, 14}));
    QCOMPARE(base.plus({3, 5}), (TextPlace{9, 5}));
}

QTEST_GUILESS_MAIN(TestJsonSlice)
#include "tst_jsonslice.moc"
