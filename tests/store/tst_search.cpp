// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#include "databasefile.h"
#include "storefixture.h"

#include <QDateTime>

using namespace courier;
using namespace courier::test;

/// What is typed into the search field, and what it finds.
class SearchTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void readsAFullSearch();
    void readsParts_data();
    void readsParts();
    void readsTimes();
    void readsAndFindsLives();
    void saysWhatIsWrong_data();
    void saysWhatIsWrong();
    void knowsWhatSummariesDecide();
    void findsWords_data();
    void findsWords();
    void findsTheOtherParts();
    void findsTheNewest();
    void plansAResend();
    void findsWhatIsNotIndexedYet();
    void indexesBehindWhatComesIn();
};

namespace {

qint64 lastIndexed(const Fixture &fixture)
{
    return onDatabase(fixture.path(), {QStringLiteral("SELECT value FROM meta WHERE key = 'words_to'")}).toLongLong();
}

QList<AlertId> newest(Queries &queries, const QString &text, AlertId before = {}, int limit = 100)
{
    return queries.newestMatching(valueOf(parseSearch(text, startOfTests)), before, limit);
}

} // namespace

void SearchTest::readsAFullSearch()
{
    const Result<AlertFilter> read =
        parseSearch(QStringLiteral("severity:critical,HIGH Status:failed dest:\"Ops bridge\",siem since:2h type:rule "
                                   "source:Import login \"two words\" http://x"),
                    startOfTests);
    QVERIFY(read.has_value());
    QCOMPARE(read->severities, (SeveritySet{Severity::Critical, Severity::High}));
    QCOMPARE(read->statuses, QList<AlertStatus>{AlertStatus::Failed});
    QCOMPARE(read->destinations, (QStringList{QStringLiteral("Ops bridge"), QStringLiteral("siem")}));
    QCOMPARE(read->since.value_or(0), startOfTests - 2 * 3600 * 1000);
    QCOMPARE(read->types, AlertTypeSet{AlertType::Rule});
    QCOMPARE(read->sources, QStringList{QStringLiteral("Import")});
    QCOMPARE(read->words,
             (QStringList{QStringLiteral("login"), QStringLiteral("two words"), QStringLiteral("http://x")}));
}

void SearchTest::readsParts_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QStringList>("words");
    QTest::addColumn<QStringList>("destinations");
    const QStringList none;
    QTest::newRow("nothing") << QString() << none << none;
    QTest::newRow("blanks") << QStringLiteral(" \t ") << none << none;
    QTest::newRow("unknown key") << QStringLiteral("colour:red") << QStringList{QStringLiteral("colour:red")} << none;
    QTest::newRow("comma in a word") << QStringLiteral("a,b") << QStringList{QStringLiteral("a,b")} << none;
    QTest::newRow("quoted key") << QStringLiteral("\"dest:x\"") << QStringList{QStringLiteral("dest:x")} << none;
    QTest::newRow("open quote") << QStringLiteral("\"not closed") << QStringList{QStringLiteral("not closed")} << none;
    QTest::newRow("empty quotes") << QStringLiteral("\"\"") << none << none;
    QTest::newRow("quoted comma") << QStringLiteral("dest:\"a, b\"") << none << QStringList{QStringLiteral("a, b")};
    QTest::newRow("escaped quote") << QStringLiteral("destination:\"a \\\"b\\\" \\\\\"") << none
                                   << QStringList{QStringLiteral("a \"b\" \\")};
    QTest::newRow("empty value among others")
        << QStringLiteral("dest:a,,b") << none << QStringList{QStringLiteral("a"), QStringLiteral("b")};
    QTest::newRow("colon in a value") << QStringLiteral("dest:a:b") << none << QStringList{QStringLiteral("a:b")};
}

void SearchTest::readsParts()
{
    QFETCH(const QString, text);
    QFETCH(const QStringList, words);
    QFETCH(const QStringList, destinations);
    const Result<AlertFilter> read = parseSearch(text, startOfTests);
    QVERIFY(read.has_value());
    QCOMPARE(read->words, words);
    QCOMPARE(read->destinations, destinations);
}

void SearchTest::readsTimes()
{
    const auto since = [](const char *text) {
        return parseSearch(QStringLiteral("since:") + QString::fromUtf8(text), startOfTests)->since.value_or(0);
    };
    constexpr qint64 minute = 60 * 1000;
    QCOMPARE(since("30m"), startOfTests - 30 * minute);
    QCOMPARE(since("3d"), startOfTests - 3 * 24 * 60 * minute);
    QCOMPARE(since("1W"), startOfTests - 7 * 24 * 60 * minute);
    QCOMPARE(since("2026-11-01"), QDate(2026, 11, 1).startOfDay().toMSecsSinceEpoch());
    QCOMPARE(since("2026-11-01T14:30"), QDateTime(QDate(2026, 11, 1), QTime(14, 30)).toMSecsSinceEpoch());
    QCOMPARE(since("\"2026-11-01 14:30:05\""), QDateTime(QDate(2026, 11, 1), QTime(14, 30, 5)).toMSecsSinceEpoch());
    QCOMPARE(since("2026-11-01T14:30:00Z"), QDateTime(QDate(2026, 11, 1), QTime(14, 30), Qt::UTC).toMSecsSinceEpoch());
    // Until a date means to its end.
    QCOMPARE(parseSearch(QStringLiteral("until:2026-11-01"), startOfTests)->until.value_or(0),
             QDate(2026, 11, 2).startOfDay().toMSecsSinceEpoch());
}

void SearchTest::readsAndFindsLives()
{
    const AlertFilter resolved = valueOf(parseSearch(QStringLiteral("is:resolved"), 0));
    QCOMPARE(resolved.lives, QList<AlertLife>{AlertLife::Resolved});
    QVERIFY(resolved.isBysummary());
    QVERIFY(!resolved.isEmpty());
    const AlertFilter both = valueOf(parseSearch(QStringLiteral("IS:Active,resolved"), 0));
    QCOMPARE(both.lives, (QList<AlertLife>{AlertLife::Active, AlertLife::Resolved}));
    QVERIFY(parseSearch(QStringLiteral("is:over"), 0).error().message.contains(QStringLiteral("“over”")));
    QVERIFY(!parseSearch(QStringLiteral("is:"), 0).has_value());

    Fixture fixture;
    fixture.add(QStringLiteral("All"));
    fixture.record(Fixture::result(fixture.deliver(Fixture::alert(QStringLiteral("event"))), DeliveryState::Failed));
    for (const QString &name : {QStringLiteral("a"), QStringLiteral("b"), QStringLiteral("c")}) {
        const AlertId id = fixture.take(Fixture::incoming(name)).id;
        fixture.record(Fixture::result(fixture.read().deliveriesOf(id).value(0), DeliveryState::Failed));
    }
    fixture.take(Fixture::resolved(Fixture::incoming(QStringLiteral("b"))));
    QCOMPARE(fixture.read().resendPlan({}).count, 4);
    QCOMPARE(fixture.read().resendPlan(resolved).count, 1);
    QCOMPARE(fixture.read().resendPlan(both).count, 3);
}

void SearchTest::saysWhatIsWrong_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("names");
    QTest::newRow("severity") << QStringLiteral("severity:urgent") << QStringLiteral("critical, high, medium");
    QTest::newRow("one of several") << QStringLiteral("x severity:high,urgent") << QStringLiteral("urgent");
    QTest::newRow("no severity") << QStringLiteral("severity:") << QStringLiteral("critical, high, medium");
    QTest::newRow("status") << QStringLiteral("status:ok") << QStringLiteral("no-destination");
    QTest::newRow("type") << QStringLiteral("type:x") << QStringLiteral("scheduled-rule-error");
    QTest::newRow("since") << QStringLiteral("since:yesterday") << QStringLiteral("2026-11-01");
    QTest::newRow("since unit") << QStringLiteral("since:5y") << QStringLiteral("5y");
    QTest::newRow("since sign") << QStringLiteral("since:-5m") << QStringLiteral("-5m");
    QTest::newRow("since much") << QStringLiteral("since:99999999999999999999d") << QStringLiteral("30m");
    QTest::newRow("no day") << QStringLiteral("until:2026-13-45") << QStringLiteral("2026-13-45");
    QTest::newRow("no source") << QStringLiteral("source:") << QStringLiteral("source:");
    QTest::newRow("no destination") << QStringLiteral("dest: x") << QStringLiteral("dest:");
}

void SearchTest::saysWhatIsWrong()
{
    QFETCH(const QString, text);
    QFETCH(const QString, names);
    const Result<AlertFilter> read = parseSearch(text, startOfTests);
    QVERIFY(!read.has_value());
    QCOMPARE(read.error().kind, Error::Kind::Invalid);
    QVERIFY2(read.error().message.contains(names), qPrintable(read.error().message));
}

void SearchTest::knowsWhatSummariesDecide()
{
    QVERIFY(AlertFilter().isEmpty());
    QVERIFY(AlertFilter().isBysummary());
    const AlertFilter filter = parseSearch(QStringLiteral("severity:low status:held since:1h until:1m"), 0).value();
    QVERIFY(filter.isBysummary());
    QVERIFY(!filter.isEmpty());
    for (const char *text : {"type:rule", "dest:a", "source:a", "word"}) {
        QVERIFY2(!parseSearch(QString::fromUtf8(text), 0)->isBysummary(), text);
    }
}

void SearchTest::findsWords_data()
{
    QTest::addColumn<QStringList>("words");
    QTest::addColumn<QList<int>>("found");
    const auto row = [](const char *word, const QList<int> &found) {
        QTest::newRow(word) << QStringList{QString::fromUtf8(word)} << found;
    };
    row("login", {0, 2});
    row("LOG", {0, 2});
    row("l", {0, 2});
    row("gin", {});
    row("große", {1});
    row("größe", {1});
    row("Rule.One", {0, 1, 2});
    row("One.Rule", {});
    row("failed login", {0});
    row("runbook", {});
    row("describes", {1});
    row("tagged", {2});
    row("naming", {1});
    row("*", {});
    row("log*", {0, 2});
    row("\"", {});
    row("login\" OR \"x", {});
    row("NOT", {});
    row("title : login", {});
    row("日本", {2});
    QTest::newRow("two") << QStringList{QStringLiteral("log"), QStringLiteral("tag")} << QList<int>{2};
    QTest::newRow("one of two") << QStringList{QStringLiteral("login"), QStringLiteral("nowhere")} << QList<int>{};
    QTest::newRow("with a sign") << QStringList{QStringLiteral("login"), QStringLiteral("-")} << QList<int>{};
}

void SearchTest::findsWords()
{
    QFETCH(const QStringList, words);
    QFETCH(const QList<int>, found);
    Fixture fixture;
    Alert second = Fixture::alert(QString::fromUtf8("Eine Größe"));
    second.description = QStringLiteral("It describes");
    second.runbook = QStringLiteral("runbook");
    second.name = QStringLiteral("Naming");
    Alert third = Fixture::alert(QString::fromUtf8("Login 日本語"));
    third.tags = {QStringLiteral("Tagged"), QStringLiteral("b")};
    const QList<Accepted> all = fixture.accept({Fixture::alert(QStringLiteral("Failed login (root)")), second, third});
    AlertFilter filter;
    filter.words = words;
    QList<AlertId> expected;
    for (const int index : found) {
        expected.append(all.at(index).id);
    }
    QCOMPARE(fixture.read().matching(filter), expected);
}

void SearchTest::findsTheOtherParts()
{
    Fixture fixture;
    const Destination ops = fixture.add(QStringLiteral("Ops bridge"), {Severity::Critical});
    fixture.add(QStringLiteral("All"));
    Alert one = Fixture::alert(QStringLiteral("one"), Severity::Critical);
    one.source = QStringLiteral("Command line");
    Alert two = Fixture::alert(QStringLiteral("two"), Severity::Low);
    two.type = AlertType::Policy;
    const AlertId first = fixture.accept(one).id;
    fixture.clock.advance(60'000);
    const AlertId second = fixture.accept(two).id;
    const auto found = [&](const QString &text) {
        return fixture.read().matching(parseSearch(text, fixture.clock.nowUtc()).value());
    };
    const QList<AlertId> both{first, second};
    QCOMPARE(found(QStringLiteral("type:policy")), QList<AlertId>{second});
    QCOMPARE(found(QStringLiteral("type:policy,rule")), both);
    QCOMPARE(found(QStringLiteral("source:\"command LINE\"")), QList<AlertId>{first});
    QCOMPARE(found(QStringLiteral("source:import,\"command line\"")), both);
    QCOMPARE(found(QStringLiteral("dest:\"OPS bridge\"")), QList<AlertId>{first});
    QCOMPARE(found(QStringLiteral("dest:") + publicId(ops.id, fixture.store().key()).toUpper()), QList<AlertId>{first});
    QCOMPARE(found(QStringLiteral("dest:all")), both);
    QCOMPARE(found(QStringLiteral("dest:nobody")), QList<AlertId>());
    QCOMPARE(found(QStringLiteral("dest:all,nobody o type:rule")), QList<AlertId>{first});
    QCOMPARE(found(QStringLiteral("tw dest:all since:30s")), QList<AlertId>{second});
    QCOMPARE(found(QStringLiteral("dest:all until:30s")), QList<AlertId>{first});
    // No number stands for times as far away as these.
    QCOMPARE(found(QStringLiteral("dest:all since:2200-01-01")), QList<AlertId>());
    QCOMPARE(found(QStringLiteral("dest:all since:0001-01-01")), both);
    QCOMPARE(found(QStringLiteral("dest:all until:9999-12-31")), both);
    QCOMPARE(found(QStringLiteral("dest:all until:0001-01-01")), QList<AlertId>());
    QVERIFY(waitFor(fixture.store().deleteDestination(ops.id)).has_value());
    QCOMPARE(found(QStringLiteral("dest:\"ops bridge\"")), QList<AlertId>{first});
}

// By their words, by what their status says, and below a given one.
void SearchTest::findsTheNewest()
{
    Fixture fixture;
    QList<AlertId> ids;
    for (int i = 0; i < 8; ++i) {
        const Severity severity = i < 4 ? Severity::Critical : Severity::Low;
        const QString title = i % 2 == 0 ? QStringLiteral("disk full") : QStringLiteral("disk slow");
        ids.append(valueOf(waitFor(fixture.store().accept({Fixture::alert(title, severity)}))).constFirst().id);
    }
    const auto newest = [&](const QString &text, AlertId before, int limit) {
        return fixture.read().newestMatching(parseSearch(text, fixture.clock.nowUtc()).value(), before, limit);
    };
    const auto at = [&ids](std::initializer_list<int> places) {
        QList<AlertId> list;
        for (const int place : places) {
            list.append(ids.at(place));
        }
        return list;
    };
    QCOMPARE(newest(QStringLiteral("disk"), AlertId{}, 3), at({7, 6, 5}));
    QCOMPARE(newest(QStringLiteral("slo"), AlertId{}, 9), at({7, 5, 3, 1}));
    QCOMPARE(newest(QStringLiteral("full severity:critical"), AlertId{}, 9), at({2, 0}));
    QCOMPARE(newest(QStringLiteral("slow severity:low status:no-destination"), ids.at(7), 9), at({5}));
    QCOMPARE(newest(QStringLiteral("severity:low"), ids.at(6), 9), at({5, 4}));
    QCOMPARE(newest(QString(), AlertId{}, 2), at({7, 6}));
    QCOMPARE(newest(QStringLiteral("disk type:policy"), AlertId{}, 9), QList<AlertId>());
    QCOMPARE(newest(QStringLiteral("disk source:nowhere"), AlertId{}, 9), QList<AlertId>());
    QCOMPARE(newest(QStringLiteral("disk dest:nobody"), AlertId{}, 9), QList<AlertId>());
}

void SearchTest::plansAResend()
{
    Fixture fixture;
    const Destination a = fixture.add(QStringLiteral("A"));
    const Destination b = fixture.add(QStringLiteral("B"), {Severity::Critical});
    const Destination gone = fixture.add(QStringLiteral("Gone"), {Severity::Critical});
    QList<AlertId> alerts;
    QList<DeliveryId> toA;
    for (int i = 0; i < 5; ++i) {
        fixture.clock.advance(1000);
        const Accepted one = fixture.accept(
            Fixture::alert(QStringLiteral("number %1").arg(i), i < 2 ? Severity::Critical : Severity::Low));
        alerts.append(one.id);
        for (const Delivery &delivery : fixture.read().deliveriesOf(one.id)) {
            fixture.record(Fixture::result(delivery, i == 4 ? DeliveryState::Delivered : DeliveryState::Failed));
            if (delivery.destinationId == a.id && i < 4) {
                toA.append(delivery.id);
            }
        }
    }
    QVERIFY(waitFor(fixture.store().deleteDestination(gone.id)).has_value());
    const ResendPlan all = fixture.read().resendPlan({});
    QCOMPARE(all.count, 6);
    QCOMPARE(all.perDestination, (QList<std::pair<DestinationId, qint64>>{{a.id, 4}, {b.id, 2}}));
    QCOMPARE(all.oldestReceivedAt, startOfTests + 1000);

    const auto plan = [&](const QString &text) {
        return fixture.read().resendPlan(parseSearch(text, fixture.clock.nowUtc()).value()).count;
    };
    QCOMPARE(plan(QStringLiteral("severity:low")), 2);
    QCOMPARE(plan(QStringLiteral("status:failed")), 6);
    QCOMPARE(plan(QStringLiteral("status:delivered")), 0);
    QCOMPARE(plan(QStringLiteral("number")), 6);
    QCOMPARE(plan(QStringLiteral("3")), 1);
    QCOMPARE(plan(QStringLiteral("3 severity:critical")), 0);
    QCOMPARE(plan(QStringLiteral("dest:b")), 4);
    QCOMPARE(plan(QStringLiteral("dest:nobody")), 0);
    QCOMPARE(plan(QStringLiteral("type:rule source:import")), 6);
    QCOMPARE(plan(QStringLiteral("type:policy")), 0);
    QCOMPARE(plan(QStringLiteral("since:2s")), 2);
    AlertFilter filter;
    filter.needsAttention = true;
    QCOMPARE(fixture.read().resendPlan(filter).count, 6);
    QVERIFY(waitFor(fixture.store().dismiss({alerts.at(0)})).has_value());
    QCOMPARE(fixture.read().resendPlan(filter).count, 4);
    filter.deliveredSince = 0;
    QCOMPARE(fixture.read().resendPlan(filter).count, 0);

    // Page by page, the oldest first.
    AlertFilter low;
    low.severities = {Severity::Low};
    QList<DeliveryId> pages = fixture.read().failedDeliveries({}, DeliveryId{}, 4);
    QCOMPARE(pages.size(), 4);
    pages += fixture.read().failedDeliveries({}, pages.last(), 4);
    QCOMPARE(pages.size(), 6);
    QVERIFY(std::is_sorted(pages.begin(), pages.end()));
    QCOMPARE(fixture.read().failedDeliveries(low, DeliveryId{}, 10), toA.mid(2));
    QCOMPARE(waitFor(fixture.store().resend(pages)).value(), 6);
    QCOMPARE(fixture.read().resendPlan({}).count, 0);
}

void SearchTest::findsWhatIsNotIndexedYet()
{
    Store::Options never;
    never.wordsAfter = std::chrono::hours(1);
    Fixture fixture;
    fixture.add(QStringLiteral("All"));
    fixture.reopen(never);
    const QList<Accepted> first = fixture.accept({Fixture::alert(QStringLiteral("Café login failed")),
                                                  Fixture::alert(QStringLiteral("Disk full"), Severity::Critical),
                                                  Fixture::alert(QStringLiteral("Login again"))});
    QCOMPARE(lastIndexed(fixture), 0);
    QCOMPARE(newest(fixture.read(), QStringLiteral("cafe")), QList<AlertId>{first[0].id});
    QCOMPARE(newest(fixture.read(), QStringLiteral("log")), (QList<AlertId>{first[2].id, first[0].id}));
    QCOMPARE(newest(fixture.read(), QStringLiteral("log"), first[2].id), QList<AlertId>{first[0].id});
    QCOMPARE(newest(fixture.read(), QStringLiteral("log"), {}, 1), QList<AlertId>{first[2].id});
    QCOMPARE(newest(fixture.read(), QStringLiteral("disk severity:high")), QList<AlertId>());
    QCOMPARE(newest(fixture.read(), QStringLiteral("disk severity:critical")), QList<AlertId>{first[1].id});
    QCOMPARE(newest(fixture.read(), QStringLiteral("nothing")), QList<AlertId>());

    // The end of a store puts the rest into the index; what comes in later stands beside it.
    fixture.reopen(never);
    QCOMPARE(lastIndexed(fixture), number(first[2].id));
    QCOMPARE(newest(fixture.read(), QStringLiteral("log")), (QList<AlertId>{first[2].id, first[0].id}));
    const AlertId later = fixture.accept(Fixture::alert(QStringLiteral("A later login"))).id;
    const AlertId last = fixture.accept(Fixture::alert(QStringLiteral("The last login"))).id;
    QCOMPARE(lastIndexed(fixture), number(first[2].id));
    QCOMPARE(newest(fixture.read(), QStringLiteral("log")), (QList<AlertId>{last, later, first[2].id, first[0].id}));
    QCOMPARE(newest(fixture.read(), QStringLiteral("log"), last, 2), (QList<AlertId>{later, first[2].id}));
    const AlertFilter login = valueOf(parseSearch(QStringLiteral("login"), startOfTests));
    QCOMPARE(fixture.read().matching(login), (QList<AlertId>{first[0].id, first[2].id, later, last}));
    const Delivery delivery = fixture.read().deliveriesOf(later).value(0);
    fixture.record(Fixture::result(delivery, DeliveryState::Failed));
    QCOMPARE(fixture.read().resendPlan(login).count, 1);
    QCOMPARE(fixture.read().failedDeliveries(login, {}, 10), QList<DeliveryId>{delivery.id});
}

void SearchTest::indexesBehindWhatComesIn()
{
    Store::Options soon;
    soon.wordsAfter = std::chrono::milliseconds(1);
    Fixture fixture;
    fixture.add(QStringLiteral("All"));
    fixture.reopen(soon);
    AlertId last{};
    for (int round = 0; round < 20; ++round) {
        QList<Alert> some;
        for (int i = 0; i < 150; ++i) {
            some.append(Fixture::alert(QStringLiteral("Round %1 alert %2").arg(round).arg(i)));
        }
        last = fixture.accept(some).last().id;
        // However far the index is.
        QCOMPARE(newest(fixture.read(), QStringLiteral("round"), {}, 10000).size(), (round + 1) * 150);
        QCOMPARE(newest(fixture.read(), QStringLiteral("alert 149"), {}, 10000).size(), round + 1);
    }
    QTRY_COMPARE(lastIndexed(fixture), number(last));
    QCOMPARE(newest(fixture.read(), QStringLiteral("round"), {}, 10000).size(), 20 * 150);
    QVERIFY(onDatabase(fixture.path(), {QStringLiteral("INSERT INTO alert_words(alert_words, rank) "
                                                       "VALUES('integrity-check', 1)"),
                                        QStringLiteral("SELECT count(*) FROM alert")})
                .toInt() == 20 * 150);
}

QTEST_GUILESS_MAIN(SearchTest)
#include "tst_search.moc"
