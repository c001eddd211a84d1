// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#include "models/modelsupport.h"
#include "models/shownalerts.h"
#include "models/statusweight.h"

#include <QElapsedTimer>
#include <QTest>

using namespace courier;
using namespace courier::test;

namespace {

constexpr qint64 now = FakeClock::start;

qint64 idOf(int place)
{
    return firstNumberOf(now) + place;
}

// The order said plainly: what comes first.
qint64 sortKey(const SummaryArrays &arrays, const RowOrder::Sort &sort, int place)
{
    switch (sort.key) {
    case RowOrder::Key::Time:
        return 0;
    case RowOrder::Key::Severity:
        return static_cast<qint64>(arrays.facts(place).severity());
    case RowOrder::Key::Status:
        return weight(arrays.facts(place).status());
    case RowOrder::Key::Text:
        break;
    }
    const auto &ranks = sort.text->ranks;
    const bool isRanked = static_cast<std::size_t>(place) < ranks.size();
    const qint64 first = sort.descending ? std::numeric_limits<qint64>::max() : -1;
    return isRanked ? qint64(ranks[static_cast<std::size_t>(place)]) : first;
}

QList<int> expectedRows(const SummaryArrays &arrays, const ShownAlerts &shown)
{
    const RowOrder::Sort &sort = shown.sort();
    QList<int> places;
    for (int place = 0; place < arrays.size(); ++place) {
        if (shown.shows(place)) {
            places.append(place);
        }
    }
    std::sort(places.begin(), places.end(), [&](int a, int b) {
        const qint64 keyA = sortKey(arrays, sort, a);
        const qint64 keyB = sortKey(arrays, sort, b);
        if (keyA != keyB) {
            return sort.descending ? keyA > keyB : keyA < keyB;
        }
        return sort.key == RowOrder::Key::Time && !sort.descending ? a < b : a > b;
    });
    return places;
}

QList<int> rowsOf(const RowOrder &rows)
{
    QList<int> places;
    for (int row = 0; row < rows.size(); ++row) {
        places.append(rows.place(row));
    }
    return places;
}

// What a model does with a plan, without its signals.
void perform(ShownAlerts &shown, const ShownAlerts::Plan &plan)
{
    RowOrder &rows = shown.rows();
    for (auto row = plan.leaving.rbegin(); row != plan.leaving.rend(); ++row) {
        rows.remove(*row, 1);
    }
    for (const int place : plan.moving) {
        rows.remove(rows.row(place), 1);
        rows.insert({place}, 0, 1);
    }
    for (std::size_t from = 0; from < plan.entering.size();) {
        const int count = rows.runLength(plan.entering, from);
        const int row = rows.rowFor(plan.entering[from]);
        rows.insert(plan.entering, from, count);
        for (int i = 0; i < count; ++i) {
            QCOMPARE(rows.place(row + i), plan.entering[from + static_cast<std::size_t>(i)]);
        }
        from += static_cast<std::size_t>(count);
    }
}

std::shared_ptr<const TextOrder> shuffledOrder(int alerts, SummarySource &source)
{
    auto order = std::make_shared<TextOrder>();
    order->ranks.resize(static_cast<std::size_t>(alerts));
    for (int place = 0; place < alerts; ++place) {
        const auto at = order->places.begin() + source.number(place + 1);
        order->places.insert(at, static_cast<quint32>(place));
    }
    for (std::size_t rank = 0; rank < order->places.size(); ++rank) {
        order->ranks[order->places[rank]] = static_cast<quint32>(rank);
    }
    return order;
}

} // namespace

Q_DECLARE_METATYPE(RowOrder::Key)

/// Which alerts stand in which row: kept by small changes, it must be what a sort from scratch gives.
class ShownAlertsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void changesKeepTheOrder_data();
    void changesKeepTheOrder();
    void rowsSideBySideAreOneStep();
    void matches();
    void pinnedStays();
    void aMillion();
};

void ShownAlertsTest::changesKeepTheOrder_data()
{
    QTest::addColumn<RowOrder::Key>("key");
    QTest::addColumn<bool>("descending");
    QTest::addColumn<bool>("filtered");
    const QList<std::pair<QByteArray, RowOrder::Key>> keys{{"time", RowOrder::Key::Time},
                                                           {"severity", RowOrder::Key::Severity},
                                                           {"status", RowOrder::Key::Status},
                                                           {"text", RowOrder::Key::Text}};
    for (const auto &[name, key] : keys) {
        for (const bool descending : {true, false}) {
            for (const bool filtered : {true, false}) {
                const QByteArray row = name + (descending ? " down" : " up") + (filtered ? " filtered" : " all");
                QTest::newRow(row.constData()) << key << descending << filtered;
            }
        }
    }
}

void ShownAlertsTest::changesKeepTheOrder()
{
    QFETCH(RowOrder::Key, key);
    QFETCH(bool, descending);
    QFETCH(bool, filtered);
    SummarySource source(4);
    SummaryArrays arrays;
    for (int place = 0; place < 300; ++place) {
        arrays.append(source.summary(idOf(place), now));
    }
    ShownAlerts shown(arrays);
    AlertFilter filter;
    if (filtered) {
        filter.severities = {Severity::High, Severity::Low};
        filter.statuses = {AlertStatus::Failed, AlertStatus::Retrying, AlertStatus::Delivered};
    }
    shown.setFilter(filter);
    shown.setSort({key, descending, key == RowOrder::Key::Text ? shuffledOrder(300, source) : nullptr});
    shown.rebuild();
    QCOMPARE(rowsOf(shown.rows()), expectedRows(arrays, shown));

    for (int round = 0; round < 60; ++round) {
        const int firstNew = arrays.size();
        QSet<int> changed;
        for (int i = source.number(5); i > 0; --i) {
            const int place = source.number(firstNew);
            AlertSummary next = source.summary(number(arrays.id(place)), now);
            next.severity = arrays.facts(place).severity(); // never changes
            arrays.put(next);
            changed.insert(place);
        }
        for (int i = source.number(5); i > 0; --i) {
            arrays.append(source.summary(idOf(arrays.size()), now));
        }
        const ShownAlerts::Plan plan = shown.plan(changed.values(), firstNew);
        perform(shown, plan);
        QCOMPARE(rowsOf(shown.rows()), expectedRows(arrays, shown));
        for (int row = 0; row < shown.rows().size(); ++row) {
            QCOMPARE(shown.rows().row(shown.rows().place(row)), row);
            QVERIFY(!shown.rows().isMisplaced(row));
        }
    }
    const QList<int> before = rowsOf(shown.rows());
    shown.rebuild();
    QCOMPARE(rowsOf(shown.rows()), before);
}

void ShownAlertsTest::rowsSideBySideAreOneStep()
{
    SummaryArrays arrays;
    for (int place = 0; place < 10; ++place) {
        arrays.append(summary(idOf(place), Severity::High));
    }
    ShownAlerts shown(arrays);
    shown.setSort({RowOrder::Key::Severity, true, nullptr});
    shown.rebuild();
    for (int place = 10; place < 20; ++place) {
        arrays.append(summary(idOf(place), place % 2 ? Severity::Low : Severity::Critical));
    }
    const ShownAlerts::Plan plan = shown.plan({}, 10);
    QCOMPARE(plan.entering.size(), std::size_t(10));
    QCOMPARE(plan.steps, 2);
}

void ShownAlertsTest::matches()
{
    SummaryArrays arrays;
    for (int place = 0; place < 100; ++place) {
        arrays.append(summary(idOf(place), Severity::High));
    }
    ShownAlerts shown(arrays);
    AlertFilter filter;
    filter.words = QStringList{QStringLiteral("login")};
    shown.setFilter(filter);
    const QList<AlertId> few{AlertId{idOf(3)}, AlertId{idOf(50)}, AlertId{idOf(200)}};
    shown.setMatches(few, 100); // by bisection
    shown.rebuild();
    QCOMPARE(rowsOf(shown.rows()), (QList<int>{50, 3}));
    QList<AlertId> many{AlertId{7}};
    for (int place = 0; place < 100; place += 3) {
        many.append(AlertId{idOf(place)});
    }
    shown.setMatches(many, 100); // in one walk
    QCOMPARE(shown.matches(), many.sliced(1));
    shown.rebuild();
    QCOMPARE(shown.rows().size(), 34);
    // Those that came since are shown when they have been looked up, not before.
    arrays.append(summary(idOf(100)));
    arrays.append(summary(idOf(101)));
    QCOMPARE(shown.plan({}, 100).entering.size(), std::size_t(0));
    const std::vector<int> found = shown.addMatches({AlertId{idOf(99)}, AlertId{idOf(101)}}, 102);
    QCOMPARE(found, std::vector<int>{101});
    perform(shown, shown.planEntering(found));
    QCOMPARE(rowsOf(shown.rows()), expectedRows(arrays, shown));
    QCOMPARE(shown.rows().place(0), 101);
}

void ShownAlertsTest::pinnedStays()
{
    SummaryArrays arrays;
    for (int place = 0; place < 3; ++place) {
        arrays.append(summary(idOf(place), Severity::High, AlertStatus::Retrying));
    }
    ShownAlerts shown(arrays);
    AlertFilter filter;
    filter.statuses = {AlertStatus::Retrying};
    shown.setFilter(filter);
    shown.rebuild();
    shown.setPinned(AlertId{idOf(1)});
    arrays.put(summary(idOf(1), Severity::High, AlertStatus::Delivered));
    arrays.put(summary(idOf(2), Severity::High, AlertStatus::Delivered));
    perform(shown, shown.plan({1, 2}, 3));
    QCOMPARE(rowsOf(shown.rows()), (QList<int>{1, 0}));
    shown.rebuild();
    QCOMPARE(rowsOf(shown.rows()), (QList<int>{1, 0}));
    shown.releasePinned();
    shown.rebuild();
    QCOMPARE(rowsOf(shown.rows()), (QList<int>{0}));
}

void ShownAlertsTest::aMillion()
{
    constexpr int alerts = 1'000'000;
    SummarySource source(5);
    SummaryArrays arrays;
    for (int place = 0; place < alerts; ++place) {
        arrays.append(source.summary(idOf(place), now));
    }
    ShownAlerts shown(arrays);
    QElapsedTimer timer;
    const auto measure = [&](const char *what) {
        timer.start();
        shown.rebuild();
        qInfo("%s, %d rows: %.1f ms", what, shown.rows().size(), double(timer.nsecsElapsed()) / 1e6);
    };
    measure("all by time");
    shown.setSort({RowOrder::Key::Severity, true, nullptr});
    measure("all by severity");
    shown.setSort({RowOrder::Key::Status, true, nullptr});
    measure("all by status");
    QCOMPARE(shown.rows().size(), alerts);
    AlertFilter filter;
    filter.statuses = {AlertStatus::Failed};
    shown.setFilter(filter);
    shown.setSort({});
    measure("failed by time");
    QCOMPARE(qint64(shown.rows().size()), arrays.counts().of(AlertStatus::Failed));
    QList<int> changed;
    for (int i = 0; i < 1000; ++i) {
        const int place = source.number(alerts);
        arrays.put(source.summary(number(arrays.id(place)), now));
        changed.append(place);
    }
    timer.start();
    const ShownAlerts::Plan plan = shown.plan(changed, alerts);
    qInfo("1000 changes planned, %d steps: %.1f ms", plan.steps, double(timer.nsecsElapsed()) / 1e6);
}

QTEST_GUILESS_MAIN(ShownAlertsTest)
#include "tst_shownalerts.moc"
