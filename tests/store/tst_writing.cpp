// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#include "databasefile.h"
#include "storefixture.h"
#include "support/sanitized.h"

#include <QFile>

using namespace courier;
using namespace courier::test;

/// The writer: groups, order, limits, and one bad job among good ones.
class WritingTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void commitsResultsInGroups();
    void commitsUrgentThingsAtOnce();
    void groupsWhatCameMeanwhile();
    void keepsTheOrderOfThings();
    void failsOneWithoutTheOthers();
    void commitsWhatWaitsAtTheEnd();
    void importsWithFlatMemory();
};

void WritingTest::commitsResultsInGroups()
{
    Fixture fixture;
    fixture.add(QStringLiteral("A"));
    QList<DeliveryId> ids;
    for (const Accepted &one : fixture.accept(QList<Alert>(2000, Fixture::alert(QStringLiteral("x"))))) {
        ids.append(fixture.read().deliveriesOf(one.id).first().id);
    }
    const QList<Delivery> deliveries = fixture.read().deliveries(ids);
    const quint64 before = fixture.store().transactions();
    std::atomic<int> committed = 0;
    for (const Delivery &one : deliveries) {
        fixture.store().record(Fixture::result(one, DeliveryState::Delivered, 200), [&committed] { ++committed; });
    }
    QTRY_COMPARE(committed.load(), 2000);
    const quint64 used = fixture.store().transactions() - before;
    QVERIFY2(used >= 4 && used <= 100, qPrintable(QString::number(used)));
}

void WritingTest::commitsUrgentThingsAtOnce()
{
    Fixture fixture;
    const quint64 before = fixture.store().transactions();
    for (int i = 0; i < 10; ++i) {
        fixture.accept(Fixture::alert(QStringLiteral("x")));
    }
    QCOMPARE(fixture.store().transactions() - before, 10u);
}

void WritingTest::groupsWhatCameMeanwhile()
{
    Fixture fixture;
    fixture.add(QStringLiteral("A"));
    const quint64 before = fixture.store().transactions();
    QList<QFuture<Result<QList<Accepted>>>> all;
    {
        const OtherWriter other(fixture.path()); // while it writes, all of these come in
        QVERIFY(other.holds());
        for (int i = 0; i < 1000; ++i) {
            all.append(fixture.store().accept({Fixture::alert(QStringLiteral("x"))}));
        }
    }
    for (auto &one : all) {
        QVERIFY(waitFor(one).has_value());
    }
    const quint64 used = fixture.store().transactions() - before;
    QVERIFY2(used >= 2 && used <= 4, qPrintable(QString::number(used))); // at most 512 each
    AlertFilter filter;
    filter.words = {QStringLiteral("x")};
    QCOMPARE(fixture.read().matching(filter).size(), 1000);
}

void WritingTest::keepsTheOrderOfThings()
{
    Fixture fixture;
    const Destination one = fixture.add(QStringLiteral("A"));
    const Delivery delivery = fixture.deliver(Fixture::alert(QStringLiteral("x")));
    fixture.store().markSending(delivery.id);
    fixture.store().record(Fixture::result(delivery, DeliveryState::Failed), {});
    QFuture<Result<qint64>> resent = fixture.store().resend({delivery.id});
    QFuture<Result<qint64>> paused = fixture.store().setPaused(one.id, true);
    QCOMPARE(waitFor(resent).value(), 1);
    QCOMPARE(waitFor(paused).value(), 1);
    QCOMPARE(fixture.now(delivery.id).state, DeliveryState::Held);
    QCOMPARE(fixture.now(delivery.id).attempts, 1);
    QCOMPARE(fixture.now(delivery.id).round, 1);
}

void WritingTest::failsOneWithoutTheOthers()
{
    Fixture fixture;
    Destination good;
    good.name = QStringLiteral("Good");
    good.url = QStringLiteral("https://example.test/");
    Destination same = good;
    same.name = QStringLiteral("good");
    QFuture<Result<Destination>> first = fixture.store().addDestination(good);
    QFuture<Result<Destination>> second = fixture.store().addDestination(same);
    QFuture<Result<QList<Accepted>>> third = fixture.store().accept({Fixture::alert(QStringLiteral("x"))});
    QVERIFY(waitFor(first).has_value());
    QCOMPARE(waitFor(second).error().kind, Error::Kind::Conflict);
    QCOMPARE(waitFor(third)->first().destinations.size(), 1);
    QVERIFY(fixture.store().health().healthy);
    QCOMPARE(fixture.read().destinations().size(), 1);
}

void WritingTest::commitsWhatWaitsAtTheEnd()
{
    Fixture fixture;
    fixture.add(QStringLiteral("A"));
    const Delivery delivery = fixture.deliver(Fixture::alert(QStringLiteral("x")));
    fixture.store().record(Fixture::result(delivery, DeliveryState::Delivered, 200), {});
    QFuture<Result<QList<Accepted>>> accepted = fixture.store().accept({Fixture::alert(QStringLiteral("y"))});
    fixture.close();
    QVERIFY(accepted.isFinished());
    fixture.reopen();
    QCOMPARE(fixture.read().alertCount(), 2);
    QCOMPARE(fixture.now(delivery.id).state, DeliveryState::Delivered);
}

void WritingTest::importsWithFlatMemory()
{
    const auto memory = [] {
        QFile file(QStringLiteral("/proc/self/statm"));
        return file.open(QIODevice::ReadOnly) ? file.readAll().split(' ').value(1).toLongLong() * 4096 : 0;
    };
    Fixture fixture;
    fixture.add(QStringLiteral("A"));
    Alert alert = Fixture::alert(QStringLiteral("a title of some length"));
    alert.context = "{\"x\":\"" + QByteArray(400, 'x') + "\"}";
    const QList<Alert> batch(500, alert);
    const auto import = [&](int count) {
        for (int i = 0; i < count; i += 500) {
            QVERIFY(waitFor(fixture.store().accept(batch)).has_value());
        }
    };
    // A sanitizer keeps what was freed, and takes its time.
    constexpr int times = sanitized ? 1 : 40;
    import(times * 1000);
    const qint64 before = memory();
    import(times * 4000);
    const qint64 grown = memory() - before;
    QVERIFY2(sanitized || grown < 16 * 1024 * 1024, qPrintable(QString::number(grown)));
    QCOMPARE(fixture.read().alertCount(), times * 5000);
}

QTEST_GUILESS_MAIN(WritingTest)
#include "tst_writing.moc"
