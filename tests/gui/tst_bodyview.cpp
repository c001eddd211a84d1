// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#include "gui/bodyview.h"
#include "gui/segmentedbuttons.h"
#include "guisupport.h"

#include <QElapsedTimer>
#include <QPlainTextEdit>
#include <QTabWidget>

using namespace courier;
using namespace courier::test;

namespace {

Attempt answered(const QByteArray &body, const QByteArray &contentType = "text/plain")
{
    Attempt attempt;
    attempt.outcome = Outcome::Acknowledged;
    attempt.status = 200;
    attempt.reason = QStringLiteral("200 OK");
    attempt.responseHeaders = "Content-Type: " + contentType + "\r\n";
    attempt.responseBody = body;
    attempt.responseBodySize = body.size();
    return attempt;
}

} // namespace

/// What an operator sees of answers that were not made to be looked at.
class TestBodyView : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { m_look = std::make_unique<Look>(); }
    void cleanupTestCase() { m_look.reset(); }
    void init()
    {
        m_view = std::make_unique<BodyView>();
        m_view->resize(700, 400);
        m_view->show();
    }

    void htmlIsShownAsText()
    {
        const QByteArray page = "<html><script>alert(1)</script><b>bold</b><img src=http://example.com/x></html>";
        m_view->showAttempt(answered(page, "text/html"), {});
        QCOMPARE(shown(), QString::fromLatin1(page));
        Attempt spoken = answered("x");
        spoken.reason = QStringLiteral("200 <b>OK</b><script>");
        m_view->showAttempt(spoken, {});
        const auto *status = m_view->findChild<QLabel *>(QStringLiteral("status"));
        QCOMPARE(status->text(), spoken.reason);
        QCOMPARE(status->textFormat(), Qt::PlainText);
        const auto *headers = m_view->findChild<QPlainTextEdit *>(QStringLiteral("headers"));
        spoken.responseHeaders = "X-Html: <b>no</b>\r\nX-Control: \x1b[31m\r\n";
        m_view->showAttempt(spoken, {});
        QVERIFY(headers->toPlainText().contains(QStringLiteral("<b>no</b>")));
        QVERIFY(!headers->toPlainText().contains(QChar(0x1b)));
    }

    void whatIsNoTextIsMadeVisible_data()
    {
        QTest::addColumn<QByteArray>("body");
        QTest::addColumn<QString>("hex");
        QTest::newRow("NUL") << QByteArray("a\0b", 3) << QStringLiteral("61 00 62");
        QTest::newRow("invalid UTF-8") << QByteArray("\xff\xfe\x80") << QStringLiteral("ff fe 80");
        QTest::newRow("terminal codes") << QByteArray("\x1b[2J") << QStringLiteral("1b 5b 32 4a");
        QTest::newRow("an end of line alone") << QByteArray("a\rb") << QStringLiteral("61 0d 62");
        QTest::newRow("the same as one character") << QByteArray("\xc2\x9b"
                                                                 "2J")
                                                   << QStringLiteral("c2 9b 32 4a");
        QTest::newRow("a turn of direction") << QByteArray("a\xe2\x80\xae"
                                                           "b")
                                             << QStringLiteral("61 e2 80 ae 62");
        QTest::newRow("packed") << QByteArray("\x1f\x8b\x08\x00", 4) << QStringLiteral("1f 8b 08 00");
    }

    void whatIsNoTextIsMadeVisible()
    {
        QFETCH(QByteArray, body);
        QFETCH(QString, hex);
        m_view->showAttempt(answered(body), {});
        for (const QChar c : shown()) {
            QVERIFY2(c.isPrint() || c == u'\n', qPrintable(QString::number(c.unicode(), 16)));
        }
        QCOMPARE(notice(), QStringLiteral("Some bytes can't be shown as text. Hex shows them all."));
        choose(2);
        QVERIFY2(shown().contains(hex), qPrintable(shown()));
        QCOMPARE(m_view->body(), body); // what is copied or saved is what came
    }

    void aLongReasonIsThereInFull()
    {
        Attempt away;
        away.outcome = Outcome::Unreachable;
        away.reason = QStringLiteral("Could not connect: nothing listens on 127.0.0.1:9000.");
        const auto *response = m_view->findChild<QPlainTextEdit *>(QStringLiteral("response"));
        m_view->showAttempt(away, {});
        QVERIFY2(m_view->minimumSizeHint().width() <= 300,
                 qPrintable(QString::number(m_view->minimumSizeHint().width())));
        QCOMPARE(response->placeholderText(), away.reason);
        QCOMPARE(shown(), QString());
        m_view->showAttempt(answered({}), {});
        QCOMPARE(response->placeholderText(), QString()); // an empty answer is one
        m_view->showAttempt(away, {});
        m_view->clear();
        QCOMPARE(response->placeholderText(), QString());
    }

    void aPackedBodyIsRead_data()
    {
        QTest::addColumn<QByteArray>("coding");
        QTest::addColumn<QByteArray>("body");
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("words");
        // Made by the command line's gzip, of "Thanks for the alert! " thirty times and an end of line, and by others.
        const QByteArray gzip =
            QByteArray::fromHex("1f8b08000000000002030bc948cccb2e5648cb2f5228c9485548cc492d2a5154081915"
                                "1d151d3051003ab6c96194020000");
        const QByteArray zlib = qCompress(QByteArray("{\"a\":1}")).mid(4);
        const QByteArray zeros = qCompress(QByteArray(storedBodyLimit + 1, '0')).mid(4);
        const QString thanks = QStringLiteral("Thanks for the alert!");
        QTest::newRow("gzip") << QByteArray("gzip") << gzip << thanks
                              << QStringLiteral("Unpacked from gzip: 49 B came.");
        QTest::newRow("two members") << QByteArray("X-GZIP") << gzip + gzip << thanks
                                     << QStringLiteral("Unpacked from x-gzip: 98 B came.");
        QTest::newRow("gzip that ends early") << QByteArray("gzip") << gzip.chopped(20) << thanks.left(6)
                                              << QStringLiteral("Unpacked from gzip, as far as it came.");
        QTest::newRow("gzip with a bad sum") << QByteArray("gzip") << gzip.chopped(8) + QByteArray(8, 'x') << thanks
                                             << QStringLiteral("Unpacked from gzip, up to where it is damaged.");
        QTest::newRow("gzip that is none")
            << QByteArray("gzip") << QByteArray("plain words") << QStringLiteral("plain words")
            << QStringLiteral("It should be gzip, and can't be unpacked.");
        QTest::newRow("deflate") << QByteArray("deflate") << zlib << QStringLiteral("{\n  \"a\": 1\n}")
                                 << QStringLiteral("Unpacked from deflate: 15 B came.");
        QTest::newRow("deflate without a frame")
            << QByteArray("deflate") << zlib.mid(2).chopped(4) << QStringLiteral("{\n  \"a\": 1\n}")
            << QStringLiteral("Unpacked from deflate: 9 B came.");
        QTest::newRow("too much") << QByteArray("deflate") << zeros << QString(storedBodyLimit, u'0')
                                  << QStringLiteral("Unpacked from deflate: the first 64 KiB.");
    }

    void aPackedBodyIsRead()
    {
        QFETCH(QByteArray, coding);
        QFETCH(QByteArray, body);
        QFETCH(QString, text);
        QFETCH(QString, words);
        Attempt attempt = answered(body, "application/json");
        attempt.responseHeaders += "Content-Encoding: " + coding + "\r\n";
        m_view->showAttempt(attempt, {});
        QTRY_VERIFY2(shown().startsWith(text), qPrintable(shown().left(100)));
        QVERIFY2(shown().size() <= storedBodyLimit, qPrintable(QString::number(shown().size())));
        QCOMPARE(notice(), words);
        QVERIFY(bodyText(m_view->body(), BodyFormat::Pretty).startsWith(text)); // what is copied or saved
        choose(2);
        QVERIFY(shown().contains(QString::fromLatin1(body.left(8).toHex(' '))));
        QCOMPARE(notice(), QString());
        m_view->showAttempt(answered("0123"), {});
        QCOMPARE(m_view->body(), QByteArray("0123"));
    }

    void anUnknownPackingIsShownAsItCame()
    {
        for (const char *coding : {"br", "zstd", "gzip, gzip", "identity", ""}) {
            Attempt attempt = answered("0123");
            attempt.responseHeaders += QByteArray("Content-Encoding: ") + coding + "\r\n";
            m_view->showAttempt(attempt, {});
            QCOMPARE(shown(), QStringLiteral("0123"));
            QCOMPARE(notice(), QString());
        }
    }

    void bytesThatAreNoTextAreToldOf()
    {
        m_view->showAttempt(answered("\xff\xfe\x80"), {});
        QCOMPARE(notice(), QStringLiteral("Some bytes can't be shown as text. Hex shows them all."));
        choose(2);
        QCOMPARE(notice(), QString());
    }

    void aLongLineDoesNotHoldUpTheWindow()
    {
        QElapsedTimer time;
        time.start();
        m_view->showAttempt(answered(QByteArray(storedBodyLimit, 'x')), {});
        QVERIFY2(time.elapsed() < 1000, qPrintable(QString::number(time.elapsed())));
        QTRY_COMPARE(shown().size(), storedBodyLimit);
    }

    void aCutBodySaysSo()
    {
        Attempt cut = answered("0123");
        cut.bodyCut = true;
        cut.responseBodySize = 10'000'000;
        m_view->showAttempt(cut, {});
        QCOMPARE(notice(), QStringLiteral("Stored the first 4 B of 10.0 MB."));
        cut.responseBodySize = -1;
        m_view->showAttempt(cut, {});
        QCOMPARE(notice(), QStringLiteral("Stored the first 4 B; there was more."));
        cut.responseBody = QByteArray(storedBodyLimit, 'x');
        cut.responseBodySize = 4'100'000;
        m_view->showAttempt(cut, {});
        QCOMPARE(notice(), QStringLiteral("Stored the first 64 KiB of 4.1 MB."));
        m_view->showAttempt(answered("0123"), {});
        QCOMPARE(notice(), QString());
    }

private:
    QString shown() const { return m_view->findChild<QPlainTextEdit *>(QStringLiteral("response"))->toPlainText(); }
    QString notice() const
    {
        const auto *text = m_view->findChild<QLabel *>(QStringLiteral("noticeText"));
        return text->isVisible() ? text->text() : QString();
    }
    void choose(int segment)
    {
        auto *format = m_view->findChild<SegmentedButtons *>(QStringLiteral("format"));
        const QList<QAbstractButton *> buttons = format->findChildren<QAbstractButton *>();
        QTest::mouseClick(buttons.at(segment), Qt::LeftButton);
    }

    std::unique_ptr<Look> m_look;
    std::unique_ptr<BodyView> m_view;
};

QTEST_MAIN(TestBodyView)
#include "tst_bodyview.moc"
