// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#include "gui/destinationnews.h"
#include "support/fakeclock.h"

#include <QTest>

#include <chrono>

using namespace courier;
using namespace courier::test;
using namespace std::chrono_literals;

namespace {

constexpr DestinationId ops{1};
constexpr DestinationId pager{2};

QString nameOfOps()
{
    return QStringLiteral("Ops bridge");
}

/// News whose notices are kept.
class Listener
{
public:
    Listener()
        : news(clock)
    {
        QObject::connect(&news, &DestinationNews::due, &news,
                         [this](const DesktopNotice &notice) { notices.append(notice); });
    }

    void fail(const QString &headline, DestinationId destination = ops, const QString &name = nameOfOps())
    {
        ++m_last;
        news.noteFailure(
            {DeliveryId{m_last}, AlertId{m_last}, destination, headline, QStringLiteral("503 Service Unavailable")},
            name);
    }
    void struggle(const QString &reason) { news.noteStruggle(ops, nameOfOps(), reason); }
    void wait(std::chrono::microseconds time)
    {
        clock.advance(time);
        news.look();
    }
    QStringList titles() const
    {
        QStringList titles;
        for (const DesktopNotice &one : notices) {
            titles.append(one.title);
        }
        return titles;
    }

    FakeClock clock;
    DestinationNews news;
    QList<DesktopNotice> notices;

private:
    qint64 m_last = 100;
};

} // namespace

/// What is told of destinations, and when.
class TestDestinationNews : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void theFirstFailureIsToldAtOnce()
    {
        Listener listener;
        listener.fail(QStringLiteral("Disk full"));
        QCOMPARE(listener.notices.size(), 1);
        const DesktopNotice notice = listener.notices.constFirst();
        QCOMPARE(notice.destination, ops);
        QCOMPARE(notice.title, QStringLiteral("A delivery to Ops bridge failed"));
        QCOMPARE(notice.text, QStringLiteral("Disk full\n503 Service Unavailable"));
        QCOMPARE(notice.failures, 1);
        QCOMPARE(notice.last.id, DeliveryId{101});
        QCOMPARE(notice.last.alert, AlertId{101});
    }

    void thoseAfterItAreToldTogether()
    {
        Listener listener;
        listener.fail(QStringLiteral("a"));
        for (const char *headline : {"b", "c", "d"}) {
            listener.wait(1min);
            listener.fail(QString::fromLatin1(headline));
        }
        listener.wait(7min - 1us);
        QCOMPARE(listener.notices.size(), 1);
        listener.wait(1us);
        QCOMPARE(listener.notices.size(), 2);
        const DesktopNotice notice = listener.notices.constLast();
        QCOMPARE(notice.title, QStringLiteral("3 more deliveries to Ops bridge failed"));
        QCOMPARE(notice.text, QStringLiteral("The last: d\n503 Service Unavailable"));
        QCOMPARE(notice.failures, 3);
        QCOMPARE(notice.last.id, DeliveryId{104});
        listener.fail(QStringLiteral("e")); // the ten minutes begin anew
        listener.wait(10min - 1us);
        QCOMPARE(listener.notices.size(), 2);
        listener.wait(1us);
        QCOMPARE(listener.titles().constLast(), QStringLiteral("One more delivery to Ops bridge failed"));
    }

    void whatIsQuietForLongBeginsAnew()
    {
        Listener listener;
        listener.fail(QStringLiteral("a"));
        listener.wait(10min);
        QCOMPARE(listener.notices.size(), 1);
        listener.fail(QStringLiteral("b"));
        listener.clock.advance(3h); // asleep: no timer went
        listener.fail(QStringLiteral("c"));
        const QString first = QStringLiteral("A delivery to Ops bridge failed");
        QCOMPARE(listener.titles(), QStringList({first, first, first}));
    }

    void eachDestinationHasItsOwn()
    {
        Listener listener;
        listener.fail(QStringLiteral("a"));
        listener.fail(QStringLiteral("a"), pager, QStringLiteral("Pager %1"));
        QCOMPARE(listener.titles(), QStringList({QStringLiteral("A delivery to Ops bridge failed"),
                                                 QStringLiteral("A delivery to Pager %1 failed")}));
        listener.fail(QStringLiteral("b"), pager, QStringLiteral("Pager %1"));
        listener.fail(QStringLiteral("c"), pager, QStringLiteral("Pager %1"));
        listener.wait(10min);
        QCOMPARE(listener.notices.size(), 3);
        QCOMPARE(listener.notices.constLast().title, QStringLiteral("2 more deliveries to Pager %1 failed"));
    }

    void aStruggleAndItsEnd()
    {
        Listener listener;
        listener.struggle({});
        QVERIFY(listener.notices.isEmpty());
        listener.struggle(QStringLiteral("503 Service Unavailable"));
        QCOMPARE(listener.titles(), QStringList{QStringLiteral("Ops bridge struggles")});
        QCOMPARE(listener.notices.constFirst().text,
                 QStringLiteral("503 Service Unavailable\nIt is tried with fewer requests at once."));
        QCOMPARE(listener.notices.constFirst().failures, 0);
        listener.struggle(QStringLiteral("Timed out after 10 s.")); // no news
        listener.wait(10min);
        QCOMPARE(listener.notices.size(), 1);
        listener.struggle({});
        QCOMPARE(listener.titles().constLast(), QStringLiteral("Ops bridge no longer struggles"));
        QCOMPARE(listener.notices.constLast().text, QStringLiteral("Alerts go to it as usual again."));
    }

    void anEndSoonAfterItIsToldLater()
    {
        Listener listener;
        listener.struggle(QStringLiteral("no"));
        listener.wait(1min);
        listener.struggle({});
        QCOMPARE(listener.notices.size(), 1);
        listener.wait(9min);
        QCOMPARE(listener.titles().constLast(), QStringLiteral("Ops bridge no longer struggles"));
    }

    void whatIsOverBeforeItWasToldIsNotTold()
    {
        Listener listener;
        listener.fail(QStringLiteral("a"));
        listener.struggle(QStringLiteral("no"));
        listener.wait(1min);
        listener.struggle({});
        listener.wait(1h);
        QCOMPARE(listener.notices.size(), 1);
    }

    void oneNoticeTellsBoth()
    {
        Listener listener;
        listener.struggle(QStringLiteral("no"));
        listener.fail(QStringLiteral("a"));
        listener.fail(QStringLiteral("b"));
        listener.struggle({});
        listener.wait(10min);
        QCOMPARE(listener.notices.size(), 2);
        QCOMPARE(listener.notices.constLast().title, QStringLiteral("2 deliveries to Ops bridge failed"));
        QCOMPARE(listener.notices.constLast().text,
                 QStringLiteral("The last: b\n503 Service Unavailable\nAlerts go to it as usual again."));
        listener.wait(1h);
        QCOMPARE(listener.notices.size(), 2);
    }

    void aStruggleThatTheOperatorEndedIsForgotten()
    {
        Listener listener;
        listener.struggle(QStringLiteral("no"));
        listener.news.forgetStruggle(ops);
        listener.wait(1h);
        QCOMPARE(listener.notices.size(), 1);
        listener.struggle(QStringLiteral("no"));
        QCOMPARE(listener.notices.size(), 2);
    }

    void whatOthersWroteIsAShortLine()
    {
        Listener listener;
        listener.fail(QStringLiteral("two\nlines ") + QString(500, u'x'));
        const QStringList lines = listener.notices.constFirst().text.split(u'\n');
        QCOMPARE(lines.size(), 2);
        QVERIFY(lines.constFirst().startsWith(QStringLiteral("two lines xxx")));
        QVERIFY(lines.constFirst().endsWith(u'…'));
        QCOMPARE(lines.constFirst().size(), 200);
    }

    void itLooksByItself()
    {
        Listener listener;
        listener.fail(QStringLiteral("a"));
        listener.clock.advance(10min - 20ms);
        listener.fail(QStringLiteral("b"));
        QCOMPARE(listener.notices.size(), 1);
        listener.clock.advance(20ms);
        QTRY_COMPARE(listener.notices.size(), 2);
    }
};

QTEST_GUILESS_MAIN(TestDestinationNews)
#include "tst_destinationnews.moc"
