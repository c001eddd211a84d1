// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#include "delivery/giveway.h"
#include "support/fakeclock.h"

#include <QTest>

#include <memory>

using namespace courier;
using namespace courier::test;
using namespace std::chrono_literals;

/// When a sender lets others run before it sleeps, and when it no longer does.
class GiveWayTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_away = 100us;
        m_yields = 0;
        m_giveWay = std::make_unique<GiveWay>(m_clock, [this] {
            ++m_yields;
            m_clock.advance(m_away);
        });
    }

    void givesWayEachTime()
    {
        sleep(1000);
        QCOMPARE(m_yields, 1000);
    }

    void restsWhereTheProcessorIsLost()
    {
        m_away = 4ms;
        // Each loss is followed by twice as many sleeps without giving way as the one before, up to a limit.
        for (const int rest : {64, 128, 256, 512, 1024, 2048, 4096, 4096}) {
            sleep(1 + rest);
            QCOMPARE(m_yields, 1);
            m_yields = 0;
        }
    }

    void forgetsWhatIsOver()
    {
        m_away = 4ms;
        sleep(1 + 64 + 1 + 128); // twice lost
        m_away = 100us;
        sleep(128);
        QCOMPARE(m_yields, 2 + 128);
        m_away = 4ms;
        sleep(1 + 64);
        QCOMPARE(m_yields, 2 + 128 + 1);
        sleep(1);
        QCOMPARE(m_yields, 2 + 128 + 2); // it had rested for the shortest time only
    }

private:
    void sleep(int times)
    {
        for (int i = 0; i < times; ++i) {
            m_giveWay->beforeSleep();
        }
    }

    FakeClock m_clock;
    std::chrono::microseconds m_away{};
    int m_yields = 0;
    std::unique_ptr<GiveWay> m_giveWay;
};

QTEST_GUILESS_MAIN(GiveWayTest)
#include "tst_giveway.moc"
