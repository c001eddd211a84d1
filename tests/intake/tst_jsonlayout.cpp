// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#include "intake/jsonlayout.h"

#include <QRandomGenerator>
#include <QTest>

using namespace courier;

namespace {

/// Makes random JSON without white space, as literally as it can be written: odd numbers, escapes, duplicate keys.
class RandomJson
{
public:
    explicit RandomJson(quint32 seed)
        : m_random(seed)
    {
    }

    QByteArray value(int depth)
    {
        switch (m_random.bounded(depth > 0 ? 6 : 4)) {
        case 0:
            return pick({"null", "true", "false"});
        case 1:
            return pick({"0", "-0", "0.10", "1e2", "18446744073709551616", "-1.5E-300", "1E+5", "3.0"});
        case 2:
        case 3:
            return string();
        case 4:
            return list('[', ']', [this, depth] { return value(depth - 1); });
        default:
            return list('{', '}', [this, depth]() -> QByteArray { return string() + ':' + value(depth - 1); });
        }
    }

private:
    QByteArray pick(const QList<QByteArray> &choices) { return choices[m_random.bounded(choices.size())]; }
    QByteArray string()
    {
        QByteArray text = "\"";
        for (int i = m_random.bounded(6); i > 0; --i) {
            text += pick({"a", " ", "  ", "\\\"", "\\\\", "\\/", "\\u0000", "\\ud83d\\ude00", "ä", "🚨", "{", "]", ",",
                          ":", "\\n"});
        }
        return text + '"';
    }
    template<typename Item>
    QByteArray list(char open, char close, Item item)
    {
        QByteArrayList items;
        for (int i = m_random.bounded(5); i > 0; --i) {
            items.append(item());
        }
        return open + items.join(',') + close;
    }

    QRandomGenerator m_random;
};

/// White space at random wherever JSON allows it.
QByteArray loosened(const QByteArray &json, QRandomGenerator &random)
{
    const QList<QByteArray> blanks{"", "", " ", "\n", "\r\n", "\t  "};
    QByteArray out;
    bool inString = false;
    for (qsizetype i = 0; i < json.size(); ++i) {
        const char c = json[i];
        const bool structural = !inString && QByteArrayView("{}[],:").contains(c);
        const QByteArray blank = structural ? blanks[random.bounded(blanks.size())] : QByteArray();
        out += blank + c + blank;
        if (inString && c == '\\') {
            out += json[++i];
        } else if (c == '"') {
            inString = !inString;
        }
    }
    return out;
}

} // namespace

/// Pretty and compact printing: the layout, and that nothing else ever changes.
class TestJsonLayout : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void laysOut();
    void compacts();
    void refusesOthers();
    void changesWhiteSpaceOnly();
    void staysSmallHoweverDeep();
    void isLinear();
};

void TestJsonLayout::laysOut()
{
    const QByteArray text = "{\"b\":1.0,\"a\":[1,{\"x\":\"a, b: {c}\\\"\"},[]],\"b\":{},\"e\" : [ ] , \"f\":null}";
    const QByteArray pretty = "{\n"
                              "  \"b\": 1.0,\n"
                              "  \"a\": [\n"
                              "    1,\n"
                              "    {\n"
                              "      \"x\": \"a, b: {c}\\\"\"\n"
                              "    },\n"
                              "    []\n"
                              "  ],\n"
                              "  \"b\": {},\n"
                              "  \"e\": [],\n"
                              "  \"f\": null\n"
                              "}";
    QCOMPARE(prettyJson(text), pretty);
    QCOMPARE(prettyJson(" 18446744073709551616 "), QByteArray("18446744073709551616"));
    QCOMPARE(prettyJson("\"\""), QByteArray("\"\""));
    QCOMPARE(prettyJson("[[],{}]"), QByteArray("[\n  [],\n  {}\n]"));
}

void TestJsonLayout::compacts()
{
    QCOMPARE(compactJson(" { \"a b\" : [ 1 ,\r\n\t2.50 ] , \"a b\" : { } } "),
             QByteArray("{\"a b\":[1,2.50],\"a b\":{}}"));
}

void TestJsonLayout::refusesOthers()
{
    for (const char *text : {"", "{", "<html>", "{\"a\":1} x", "\xef\xbb\xbf{}", "{'a':1}", "[1,]"}) {
        QVERIFY2(!prettyJson(text) && !compactJson(text), text);
    }
}

void TestJsonLayout::changesWhiteSpaceOnly()
{
    QRandomGenerator random(7);
    for (quint32 seed = 0; seed < 1000; ++seed) {
        const QByteArray json = RandomJson(seed).value(6);
        const QByteArray loose = loosened(json, random);
        const QByteArray pretty = prettyJson(loose).value_or(QByteArray());
        QVERIFY2(!pretty.isEmpty(), loose.constData());
        QCOMPARE(prettyJson(pretty), pretty);
        QCOMPARE(compactJson(pretty), json);
        QCOMPARE(compactJson(loose), json);
    }
}

void TestJsonLayout::staysSmallHoweverDeep()
{
    constexpr qsizetype levels = 32 * 1024;
    const QByteArray deep = QByteArray(levels, '[') + '1' + QByteArray(levels, ']');
    const QByteArray pretty = prettyJson(deep).value_or(QByteArray());
    QVERIFY(pretty.size() < 2 * deep.size());
    QCOMPARE(compactJson(pretty), deep);

    const QByteArray wide = QByteArray(512, '[') + QByteArray("1,").repeated(16 * 1024) + '1' + QByteArray(512, ']');
    QVERIFY(prettyJson(wide).value_or(QByteArray(10 * wide.size(), 0)).size() < 2 * wide.size());
}

void TestJsonLayout::isLinear()
{
    // What takes time by the square would run into the test's time limit.
    const QByteArray text = '[' + QByteArray(R"({"key":"value","list":[1,2,3]},)").repeated(500'000) + "0]";
    QCOMPARE(compactJson(prettyJson(text).value_or(QByteArray())), text);
    const QByteArray string = '"' + QByteArray("\\\\").repeated(10'000'000) + '"';
    QCOMPARE(prettyJson(string), string);
}

QTEST_GUILESS_MAIN(TestJsonLayout)
#include "tst_jsonlayout.moc"
