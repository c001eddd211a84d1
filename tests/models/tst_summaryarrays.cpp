// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#include "models/modelsupport.h"
#include "models/summaryarrays.h"
#include "models/summaryfilter.h"

#include <QElapsedTimer>
#include <QMap>
#include <QSet>
#include <QTest>

using namespace courier;
using namespace courier::test;

namespace {

constexpr qint64 now = FakeClock::start;
constexpr qint64 dayStart = FakeClock::start - 12 * 3'600'000;

AlertCounts counted(const QMap<qint64, AlertSummary> &alerts)
{
    AlertCounts counts;
    for (const AlertSummary &alert : alerts) {
        ++counts.all;
        counts.needsAttention += alert.needsAttention ? 1 : 0;
        counts.deliveredToday += alert.settledAt >= dayStart / 1000 ? 1 : 0;
        ++counts.byStatus.at(static_cast<std::size_t>(alert.status));
        ++counts.bySeverity.at(static_cast<std::size_t>(alert.severity));
    }
    return counts;
}

} // namespace

/// The arrays behind the alert table, their counts, and what a filter finds in them.
class SummaryArraysTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void countsStayExact();
    void keepsEveryFact();
    void findsByBisection();
    void today();
    void filters_data();
    void filters();
    void aMillion();
};

void SummaryArraysTest::countsStayExact()
{
    SummarySource source(1);
    SummaryArrays arrays;
    arrays.setDayStart(dayStart);
    QMap<qint64, AlertSummary> expected;
    for (int i = 0; i < 3000; ++i) {
        const AlertSummary alert = source.summary(1 + source.number(1000), now);
        arrays.put(alert);
        expected[number(alert.id)] = alert;
    }
    QCOMPARE(arrays.size(), static_cast<int>(expected.size()));
    QVERIFY(arrays.counts() == counted(expected));
    int place = 0;
    for (const AlertSummary &alert : std::as_const(expected)) {
        QCOMPARE(number(arrays.id(place)), number(alert.id));
        QCOMPARE(arrays.facts(place).severity(), alert.severity);
        QCOMPARE(arrays.facts(place).status(), alert.status);
        QCOMPARE(arrays.facts(place).needsAttention(), alert.needsAttention);
        QCOMPARE(arrays.settledAt(place), alert.settledAt);
        ++place;
    }
}

void SummaryArraysTest::keepsEveryFact()
{
    QSet<quint8> seen;
    for (int i = 0; i < 5 * 8 * 2 * 3; ++i) {
        const auto severity = static_cast<Severity>(i % 5);
        const auto status = static_cast<AlertStatus>(i / 5 % 8);
        const auto life = static_cast<AlertLife>(i / 80);
        const AlertFacts facts(severity, status, i / 40 % 2 != 0, life);
        seen.insert(facts.bits());
        const AlertFacts read = AlertFacts::fromBits(facts.bits());
        QCOMPARE(read.severity(), severity);
        QCOMPARE(read.status(), status);
        QCOMPARE(read.needsAttention(), i / 40 % 2 != 0);
        QCOMPARE(read.life(), life);
        AlertFilter filter;
        filter.lives = {AlertLife::Active};
        QCOMPARE(SummaryFilter(filter).takenFacts().at(facts.bits()), life == AlertLife::Active);
        QVERIFY(!SummaryFilter(filter).takesAll());
    }
    QCOMPARE(seen.size(), 240);
}

void SummaryArraysTest::findsByBisection()
{
    SummaryArrays arrays;
    for (qint64 id = 10; id <= 100; id += 10) {
        arrays.append(summary(id));
    }
    QCOMPARE(arrays.find(AlertId{30}), 2);
    QCOMPARE(arrays.find(AlertId{31}), -1);
    QCOMPARE(arrays.find(AlertId{1000}), -1);
    QCOMPARE(arrays.lowerBound(AlertId{31}), 3);
    SummaryArrays more;
    more.append(summary(110, Severity::Critical));
    arrays.append(more);
    QCOMPARE(arrays.find(AlertId{110}), 10);
    QCOMPARE(arrays.counts().of(Severity::Critical), qint64(1));
}

void SummaryArraysTest::today()
{
    SummaryArrays arrays;
    arrays.setDayStart(dayStart);
    const auto settled = [](qint64 msecs) { return static_cast<quint32>(msecs / 1000); };
    arrays.append(summary(1, Severity::Low, AlertStatus::Delivered, false, settled(dayStart) - 1));
    arrays.append(summary(2, Severity::Low, AlertStatus::Delivered, false, settled(dayStart)));
    arrays.append(summary(3, Severity::Low, AlertStatus::Queued));
    QCOMPARE(arrays.counts().deliveredToday, qint64(1));
    arrays.setDayStart(dayStart - 86'400'000);
    QCOMPARE(arrays.counts().deliveredToday, qint64(2));
    arrays.setDayStart(dayStart + 86'400'000);
    QCOMPARE(arrays.counts().deliveredToday, qint64(0));
}

void SummaryArraysTest::filters_data()
{
    QTest::addColumn<AlertFilter>("filter");
    const auto with = [](auto change) {
        AlertFilter filter;
        change(filter);
        return filter;
    };
    QTest::newRow("all") << AlertFilter();
    QTest::newRow("severities") << with([](AlertFilter &f) { f.severities = {Severity::Critical, Severity::Info}; });
    QTest::newRow("statuses") << with(
        [](AlertFilter &f) { f.statuses = {AlertStatus::Failed, AlertStatus::NoDestination}; });
    QTest::newRow("attention") << with([](AlertFilter &f) { f.needsAttention = true; });
    QTest::newRow("delivered today") << with([](AlertFilter &f) { f.deliveredSince = dayStart; });
    QTest::newRow("since") << with([](AlertFilter &f) { f.since = now - 30'000; });
    QTest::newRow("until") << with([](AlertFilter &f) { f.until = now - 30'000; });
    QTest::newRow("several") << with([](AlertFilter &f) {
        f.since = now - 60'000;
        f.until = now - 10'000;
        f.severities = {Severity::High};
        f.statuses = {AlertStatus::Delivered};
    });
}

void SummaryArraysTest::filters()
{
    QFETCH(AlertFilter, filter);
    SummarySource source(2);
    SummaryArrays arrays;
    QList<int> expected;
    for (int place = 0; place < 10'000; ++place) { // ten in each millisecond of the last ten seconds and before
        const qint64 at = now - 90'000 + place * 10;
        const AlertSummary alert = source.summary(firstNumberOf(at) + 3, now);
        arrays.append(alert);
        const bool isMatch = (filter.severities.isEmpty() || filter.severities.contains(alert.severity)) &&
                             (filter.statuses.isEmpty() || filter.statuses.contains(alert.status)) &&
                             (!filter.needsAttention || alert.needsAttention) &&
                             (!filter.since || at >= *filter.since) && (!filter.until || at < *filter.until) &&
                             (!filter.deliveredSince || qint64(alert.settledAt) * 1000 >= *filter.deliveredSince);
        if (isMatch) {
            expected.append(place);
        }
    }
    QVERIFY(!expected.isEmpty());
    const SummaryFilter compiled(filter);
    QList<int> found;
    compiled.scan(arrays, [&found](int place) { found.append(place); });
    QCOMPARE(found, expected);
    QCOMPARE(compiled.takesAll(), expected.size() == arrays.size());
    const QSet<int> set(expected.begin(), expected.end());
    for (int place = 0; place < arrays.size(); ++place) {
        QCOMPARE(compiled.takes(arrays, place), set.contains(place));
    }
}

void SummaryArraysTest::aMillion()
{
    constexpr int alerts = 1'000'000;
    SummarySource source(3);
    SummaryArrays chunk;
    for (int i = 0; i < alerts; ++i) {
        chunk.append(source.summary(firstNumberOf(now) + i, now));
    }
    QElapsedTimer timer;
    timer.start();
    SummaryArrays arrays;
    arrays.setDayStart(dayStart);
    arrays.reserve(alerts + alerts / 64 + 1024);
    arrays.append(chunk);
    qInfo("put together: %.1f ms", double(timer.nsecsElapsed()) / 1e6);
    qInfo("%.1f bytes an alert", double(arrays.bytes()) / alerts);
    QVERIFY(arrays.bytes() <= 14LL * alerts);

    AlertFilter filter;
    filter.severities = {Severity::Critical};
    filter.statuses = {AlertStatus::Failed, AlertStatus::Delivered};
    timer.start();
    int found = 0;
    SummaryFilter(filter).scan(arrays, [&found](int) { ++found; });
    qInfo("filtered to %d: %.1f ms", found, double(timer.nsecsElapsed()) / 1e6);
    timer.start();
    arrays.setDayStart(dayStart);
    qInfo("counted today: %.1f ms", double(timer.nsecsElapsed()) / 1e6);
    for (int i = 0; i < 2000; ++i) { // grows without doubling
        arrays.append(summary(firstNumberOf(now) + alerts + i));
    }
    QVERIFY(arrays.bytes() <= 14LL * arrays.size());
}

QTEST_GUILESS_MAIN(SummaryArraysTest)
#include "tst_summaryarrays.moc"
