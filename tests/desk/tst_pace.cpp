// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#include "desk/pace.h"

#include <QTest>

#include <deque>

using namespace courier;

namespace {

constexpr qint64 second = 1'000'000;

} // namespace

class TestPace : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void noLimitAtFirst()
    {
        const Pace pace;
        for (int i = 0; i < 100; ++i) {
            QVERIFY(pace.mayGo(0));
        }
    }

    void neverMoreThanTheRate_data()
    {
        QTest::addColumn<double>("rate");
        for (const double rate : {0.5, 1.0, 3.0, 10.0, 100.0, 1000.0}) {
            QTest::addRow("%g", rate) << rate;
        }
    }

    // Whoever asks every 100 us, a bit late each time, gets the rate, and never more in any second.
    void neverMoreThanTheRate()
    {
        QFETCH(double, rate);
        Pace pace;
        pace.setRate(rate);
        std::deque<qint64> window;
        int went = 0;
        std::size_t most = 0;
        const qint64 end = 20 * second;
        for (qint64 now = 0; now < end; now += 100) {
            if (!pace.mayGo(now)) {
                continue;
            }
            pace.note(now);
            ++went;
            window.push_back(now);
            while (window.front() <= now - second) {
                window.pop_front();
            }
            most = std::max(most, window.size());
        }
        QVERIFY2(went >= 20 * rate - 1 && went <= 20 * rate + 1 + 0.005 * rate, qPrintable(QString::number(went)));
        QVERIFY2(static_cast<double>(most) <= rate * 1.005 + 1, qPrintable(QString::number(most)));
    }

    void restGivesNoCredit()
    {
        Pace pace;
        pace.setRate(10);
        pace.note(0);
        const qint64 later = 3600 * second;
        int atOnce = 0;
        while (pace.mayGo(later)) {
            pace.note(later);
            ++atOnce;
        }
        QCOMPARE(atOnce, 1);
    }

    void anotherRateHoldsAtOnce()
    {
        Pace pace;
        pace.setRate(0.01);
        pace.note(0);
        QVERIFY(!pace.mayGo(90 * second));
        pace.setRate(1);
        QVERIFY(!pace.mayGo(second / 2));
        QVERIFY(pace.mayGo(second));
        pace.note(second);
        pace.setRate(0);
        QVERIFY(pace.mayGo(second));
    }
};

QTEST_GUILESS_MAIN(TestPace)
#include "tst_pace.moc"
