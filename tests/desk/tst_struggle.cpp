// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#include "desk/struggle.h"

#include <QTest>

using namespace courier;
using namespace std::chrono_literals;

namespace {

using Sign = Struggle::Sign;

constexpr qint64 second = 1'000'000;

Struggle::News news(Sign sign)
{
    Struggle::News one;
    one.sign = sign;
    one.reason = QStringLiteral("503 Service Unavailable");
    one.isOneOfMany = true;
    return one;
}

Struggle::News asksFor(std::chrono::milliseconds wait)
{
    Struggle::News one = news(Sign::Away);
    one.retryAfter = wait;
    return one;
}

} // namespace

class TestStruggle : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void signs_data()
    {
        QTest::addColumn<Outcome>("outcome");
        QTest::addColumn<int>("status");
        QTest::addColumn<Struggle::Sign>("sign");
        const auto row = [](const char *name, Outcome outcome, int status, Sign sign) {
            QTest::newRow(name) << outcome << status << sign;
        };
        row("200", Outcome::Acknowledged, 200, Sign::Well);
        row("301", Outcome::Rejected, 301, Sign::Well);
        for (const int status : {400, 401, 403, 404, 410, 413, 422}) { // this alert's own, or for the operator
            row(qPrintable(QString::number(status)), Outcome::Rejected, status, Sign::Well);
        }
        for (const int status : {408, 429, 502, 503, 504}) {
            row(qPrintable(QString::number(status)), Outcome::Rejected, status, Sign::Away);
        }
        row("500", Outcome::Rejected, 500, Sign::Ill);
        row("501", Outcome::Rejected, 501, Sign::Ill);
        row("refused", Outcome::Unreachable, 0, Sign::Away);
        row("certificate", Outcome::TlsFailed, 0, Sign::Away);
        row("timed out", Outcome::TimedOut, 0, Sign::Away);
        row("lost", Outcome::Unknown, 0, Sign::Away);
        row("proxy", Outcome::ProxyFailed, 0, Sign::Away);
        row("our end", Outcome::Interrupted, 0, Sign::Indecisive);
        row("not sent", Outcome::NotSent, 0, Sign::Indecisive);
    }

    void signs()
    {
        QFETCH(Outcome, outcome);
        QFETCH(int, status);
        QFETCH(Struggle::Sign, sign);
        Attempt attempt;
        attempt.outcome = outcome;
        attempt.status = status;
        QCOMPARE(Struggle::signOf(attempt), sign);
    }

    void halvesByFailuresInARow()
    {
        Struggle struggle(6);
        for (int i = 0; i < 5; ++i) {
            struggle.note(news(Sign::Away), 0);
        }
        QCOMPARE(struggle.atOnce(), 6);
        struggle.note(news(Sign::Well), 0); // not in a row
        for (int i = 0; i < 5; ++i) {
            struggle.note(news(Sign::Away), 0);
            struggle.note(news(Sign::Indecisive), 0); // says nothing
        }
        QCOMPARE(struggle.atOnce(), 6);
        QVERIFY(!struggle.isStruggling());
        struggle.note(news(Sign::Away), 0);
        QCOMPARE(struggle.atOnce(), 3);
        QVERIFY(struggle.isStruggling());
        QVERIFY(!struggle.isHeld(0));
    }

    void waitsLongerAndLonger()
    {
        Struggle struggle(1);
        qint64 now = 0;
        for (const int seconds : {1, 2, 4, 8, 16, 30, 30}) {
            struggle.note(news(Sign::Away), now);
            QCOMPARE(struggle.heldUntil(), now + seconds * second);
            QVERIFY(struggle.isHeld(struggle.heldUntil() - 1));
            struggle.note(news(Sign::Away), now); // what was still under way doubles nothing
            now = struggle.heldUntil();
            QVERIFY(!struggle.isHeld(now));
        }
        struggle.note(news(Sign::Well), now);
        QVERIFY(!struggle.isHeld(now));
        struggle.note(news(Sign::Away), now);
        QCOMPARE(struggle.heldUntil(), now + second); // from the beginning
    }

    // It answers, if only that it is broken: it gets one at a time, at its own pace.
    void aBrokenOneIsNotHeld()
    {
        Struggle struggle(6);
        for (int i = 0; i < 30; ++i) {
            struggle.note(news(Sign::Ill), 0);
        }
        QCOMPARE(struggle.atOnce(), 1);
        QVERIFY(struggle.isStruggling());
        QVERIFY(!struggle.isHeld(0));
    }

    void waitsAsLongAsItIsAsked()
    {
        Struggle struggle(6);
        struggle.note(asksFor(120s), 0);
        QCOMPARE(struggle.heldUntil(), 120 * second);
        QVERIFY(struggle.isStruggling());
        struggle.note(news(Sign::Well), 0); // was under way before
        QVERIFY(struggle.isHeld(0));
        struggle.note(asksFor(10s), second); // never earlier
        QCOMPARE(struggle.heldUntil(), 120 * second);
        struggle.note(asksFor(100h), second);
        QCOMPARE(struggle.heldUntil(), 3601 * second);
        Struggle::News probe = news(Sign::Well);
        probe.wasProbe = true;
        struggle.note(probe, 2 * second);
        QVERIFY(!struggle.isHeld(2 * second));
    }

    void aMomentIsNotWorthTelling()
    {
        Struggle struggle(6);
        struggle.note(asksFor(1s), 0);
        QVERIFY(struggle.isHeld(0));
        QVERIFY(!struggle.isStruggling());
        struggle.note(asksFor(-5s), 2 * second);
        QVERIFY(!struggle.isHeld(2 * second));
    }

    // A receiver that takes ten and refuses ten, again and again, is told once.
    void someAnswersBetweenRefusalsAreNoEnd()
    {
        Struggle struggle(6);
        for (int i = 0; i < 6; ++i) {
            struggle.note(asksFor(1s), 0);
        }
        QVERIFY(struggle.isStruggling());
        for (int i = 0; i < 10; ++i) {
            struggle.note(news(Sign::Well), 2 * second);
        }
        QCOMPARE(struggle.atOnce(), 6);
        QVERIFY(struggle.isStruggling());
        for (int i = 0; i < 10; ++i) {
            struggle.note(news(Sign::Well), 2 * second);
        }
        QVERIFY(!struggle.isStruggling());
    }

    void theLastOneDeliveredEndsIt()
    {
        Struggle struggle(6);
        for (int i = 0; i < 9; ++i) {
            struggle.note(news(Sign::Away), 0);
        }
        QVERIFY(struggle.isHeld(0));
        Struggle::News last = news(Sign::Well);
        last.isLast = true;
        struggle.note(last, second);
        QVERIFY(!struggle.isStruggling());
        QVERIFY(!struggle.isHeld(second));
        QCOMPARE(struggle.atOnce(), 6);
    }
};

QTEST_GUILESS_MAIN(TestStruggle)
#include "tst_struggle.moc"
