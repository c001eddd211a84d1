// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#include "retentionfixture.h"
#include "store/responseshape.h"

#include <QRandomGenerator>

using namespace courier;
using namespace courier::test;

namespace {

// As a receiver answers, a little later each time.
QByteArray headersAt(int second)
{
    return QByteArray("Server: nginx\r\nDate: Mon, 21 Sep 2026 12:00:") + QByteArray::number(second) +
           " GMT\r\nContent-Type: application/json\r\nX-Request-Id: " + QByteArray::number(second * 7919, 16) + "\r\n";
}

QByteArray anyBytes(QRandomGenerator &random, int most)
{
    QByteArray bytes(random.bounded(most + 1), '\0');
    for (char &byte : bytes) { // line breaks and repetitions are likely
        byte = "\n\r:a\0\xff\x01z"[random.bounded(8)];
    }
    return bytes;
}

// One of few, or another one with something changed, added or cut.
QByteArray headersLike(QRandomGenerator &random, const QList<QByteArray> &before)
{
    if (before.isEmpty() || random.bounded(8) == 0) {
        return random.bounded(2) == 0 ? headersAt(random.bounded(60))
                                      : anyBytes(random, 60).repeated(random.bounded(9));
    }
    QByteArray headers = before.at(random.bounded(before.size()));
    for (int changes = random.bounded(4); changes > 0; --changes) {
        headers.replace(random.bounded(headers.size() + 1), random.bounded(4), anyBytes(random, 12));
    }
    return headers;
}

Attempt kept(Fixture &fixture, DeliveryId id)
{
    return fixture.read().attempt(fixture.read().attemptsOf(fixture.now(id).alertId).first().id).value();
}

} // namespace

/// What receivers answer again and again is kept once, and read back byte for byte.
class ResponseShapesTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void tellsWhatDiffers();
    void differencesAreExact();
    void keepsEqualAnswersOnce();
    void keepsHeadersOnceWhereBodiesDiffer();
    void keepsWhatComesOnceWithItsAttempt();
    void givesBackEveryByte();
    void knowsThemAfterARestart();
    void forgetsWhatWasTakenBack();
    void forgetsWhatAnotherProcessRemoved();
    void removesWhatNoAttemptUses();
    void dropsASharedBodyFromEach();

private:
    static AttemptRecord answered(const Delivery &delivery, const QByteArray &headers, const QByteArray &body)
    {
        AttemptRecord record = Fixture::result(delivery, DeliveryState::Delivered, 200);
        record.attempt.startedAt = startOfTests;
        record.attempt.responseHeaders = headers;
        record.attempt.responseBody = body;
        record.attempt.maskedUrl = QStringLiteral("https://example.test/ 123abc");
        return record;
    }
    static DeliveryId answer(Fixture &fixture, const QByteArray &headers, const QByteArray &body)
    {
        const Delivery delivery = fixture.deliver(Fixture::alert(QStringLiteral("x")));
        fixture.record(answered(delivery, headers, body));
        return delivery.id;
    }
};

void ResponseShapesTest::tellsWhatDiffers()
{
    using responseshape::differences;
    const QByteArray shape = headersAt(10);
    QCOMPARE(differences(shape, shape), QByteArray());
    const std::optional<QByteArray> found = differences(shape, headersAt(11));
    QVERIFY(found && found->size() < 20);
    QVERIFY(!differences(shape, shape + "X: y\r\n"));
    QVERIFY(!differences(shape, shape.chopped(1)));
    QVERIFY(!differences(shape, {}));
    QVERIFY(!differences("A: 1234\r\n", "B: 5678\r\n")); // more than half of it
}

void ResponseShapesTest::differencesAreExact()
{
    QRandomGenerator random(7);
    int different = 0;
    for (int i = 0; i < 20'000; ++i) {
        const QByteArray lines = headersAt(11).repeated(1 + random.bounded(3)) + anyBytes(random, 20);
        const QByteArray shape = i % 9 == 0 ? QByteArray("a: 1\n").repeated(300) + lines : lines;
        const QByteArray headers = headersLike(random, {shape});
        if (const std::optional<QByteArray> found = responseshape::differences(shape, headers)) {
            QCOMPARE(responseshape::join(shape, *found), headers);
            different += found->isEmpty() ? 0 : 1;
        }
    }
    QVERIFY2(different > 1000, qPrintable(QString::number(different)));
}

void ResponseShapesTest::keepsEqualAnswersOnce()
{
    Kept fixture;
    const Destination other = fixture.add(QStringLiteral("Other"));
    QList<DeliveryId> ids;
    for (int i = 10; i < 30; ++i) {
        ids.append(answer(fixture, headersAt(i), "{\"status\":\"success\"}"));
    }
    QCOMPARE(fixture.rows("response_shape"), 1);
    QCOMPARE(fixture.rows("attempt WHERE response_id IS NOT NULL AND length(response_body) = 0 AND "
                          "length(response_headers) < 20"),
             19);
    for (int i = 0; i < ids.size(); ++i) {
        QCOMPARE(kept(fixture, ids.at(i)).responseHeaders, headersAt(10 + i));
        QCOMPARE(kept(fixture, ids.at(i)).responseBody, QByteArray("{\"status\":\"success\"}"));
    }
    // A body that is missing is another answer.
    const DeliveryId empty = answer(fixture, headersAt(12), {});
    answer(fixture, headersAt(12), {});
    QCOMPARE(kept(fixture, empty).responseBody, QByteArray());
    QCOMPARE(fixture.rows("response_shape"), 2);
    // Each destination has its own.
    for (const Delivery &one : fixture.read().deliveriesOf(fixture.now(empty).alertId)) {
        if (one.destinationId == other.id) {
            fixture.record(answered(one, headersAt(12), {}));
        }
    }
    QCOMPARE(fixture.rows("response_shape"), 2);
    fixture.checkItIsSound();
}

void ResponseShapesTest::keepsHeadersOnceWhereBodiesDiffer()
{
    Kept fixture;
    for (int i = 10; i < 30; ++i) {
        const QByteArray body = QByteArray(i * 100, 'x') + QByteArray::number(i); // from short to long ones
        const DeliveryId id = answer(fixture, headersAt(i), body);
        QCOMPARE(kept(fixture, id).responseHeaders, headersAt(i));
        QCOMPARE(kept(fixture, id).responseBody, body);
    }
    const QByteArray page(9000, 'x');
    QCOMPARE(kept(fixture, answer(fixture, headersAt(30), page)).responseBody, page);
    QCOMPARE(fixture.rows("response_shape"), 1);
    QCOMPARE(fixture.rows("response_shape WHERE length(body) = 0"), 1);
    QCOMPARE(fixture.rows("attempt WHERE response_id IS NULL"), 1);
}

void ResponseShapesTest::keepsWhatComesOnceWithItsAttempt()
{
    Kept fixture;
    const QByteArray long1 = "X: " + QByteArray(5000, 'x') + "\r\n";
    for (const QByteArray &headers : {headersAt(10), QByteArray("Server: other\r\n"), long1, long1, QByteArray()}) {
        const DeliveryId id = answer(fixture, headers, "once");
        QCOMPARE(kept(fixture, id).responseHeaders, headers);
        QCOMPARE(kept(fixture, id).responseBody, QByteArray("once"));
    }
    QCOMPARE(fixture.rows("response_shape"), 0);
}

void ResponseShapesTest::givesBackEveryByte()
{
    QRandomGenerator random(42);
    Kept fixture;
    fixture.add(QStringLiteral("Other"));
    QList<QByteArray> headers;
    QList<QByteArray> bodies{{}, "ok", QByteArray("\0\xff", 2), QByteArray(4096, 'b'), QByteArray(4097, 'c')};
    QHash<DeliveryId, Attempt> given;
    for (int round = 0; round < 10; ++round) {
        for (const Accepted &accepted : fixture.accept(QList<Alert>(80, Fixture::alert(QStringLiteral("x"))))) {
            for (const Delivery &delivery : fixture.read().deliveriesOf(accepted.id)) {
                const QByteArray body =
                    random.bounded(4) == 0 ? anyBytes(random, 30) : bodies.at(random.bounded(bodies.size()));
                const AttemptRecord record = answered(delivery, headersLike(random, headers), body);
                headers.append(record.attempt.responseHeaders);
                headers = headers.last(std::min<qsizetype>(headers.size(), 6));
                given.insert(delivery.id, record.attempt);
                fixture.store().record(record, [] {});
            }
        }
        fixture.reopen();
    }
    for (auto one = given.cbegin(); one != given.cend(); ++one) {
        QList<Attempt> attempts = fixture.read().attemptsOf(fixture.now(one.key()).alertId);
        attempts.removeIf([&one](const Attempt &attempt) { return attempt.deliveryId != one.key(); });
        const Attempt read = fixture.read().attempt(attempts.first().id).value();
        QCOMPARE(read.responseHeaders, one->responseHeaders);
        QCOMPARE(read.responseBody, one->responseBody);
    }
    const qint64 shared = fixture.rows("attempt WHERE response_id IS NOT NULL");
    QVERIFY2(shared > 400 && shared < 1500, qPrintable(QString::number(shared)));
    fixture.checkItIsSound();
}

void ResponseShapesTest::knowsThemAfterARestart()
{
    Kept fixture;
    answer(fixture, headersAt(10), "ok");
    answer(fixture, headersAt(11), "ok");
    for (int i = 12; i < 15; ++i) {
        fixture.reopen();
        const DeliveryId id = answer(fixture, headersAt(i), "ok");
        QCOMPARE(kept(fixture, id).responseHeaders, headersAt(i));
    }
    QCOMPARE(fixture.rows("response_shape"), 1);
    QCOMPARE(fixture.rows("attempt WHERE response_id IS NOT NULL"), 4);
}

// A transaction in which one job fails is written again, one job at a time.
void ResponseShapesTest::forgetsWhatWasTakenBack()
{
    Kept fixture;
    const Delivery first = fixture.deliver(Fixture::alert(QStringLiteral("x")));
    const Delivery second = fixture.deliver(Fixture::alert(QStringLiteral("y")));
    onDatabase(fixture.path(),
               {QStringLiteral("CREATE TRIGGER fail BEFORE INSERT ON attempt WHEN new.status = 418 BEGIN "
                               "SELECT RAISE(ABORT, 'a teapot'); END")});
    AttemptRecord bad = answered(second, headersAt(12), "ok");
    bad.attempt.status = 418;
    answer(fixture, headersAt(10), "ok");
    QTest::ignoreMessage(QtCriticalMsg, QRegularExpression(QStringLiteral("Could not be written: a teapot")));
    QTest::ignoreMessage(QtCriticalMsg, QRegularExpression(QStringLiteral("An attempt can't be recorded: a teapot")));
    std::atomic<bool> isRecorded = false;
    const auto recorded = [&isRecorded] { isRecorded = true; };
    fixture.store().record(answered(first, headersAt(11), "ok"), recorded); // makes the shape, beside the bad one
    fixture.store().record(bad, {});
    QTRY_VERIFY(isRecorded);
    QVERIFY(fixture.read().attemptsOf(second.alertId).isEmpty());
    QCOMPARE(kept(fixture, first.id).responseHeaders, headersAt(11));
    onDatabase(fixture.path(), {QStringLiteral("DROP TRIGGER fail")});
    const DeliveryId later = answer(fixture, headersAt(13), "ok");
    QCOMPARE(kept(fixture, later).responseHeaders, headersAt(13));
    QCOMPARE(kept(fixture, later).responseBody, QByteArray("ok"));
    fixture.checkItIsSound();
}

void ResponseShapesTest::forgetsWhatAnotherProcessRemoved()
{
    Kept fixture;
    QList<AlertId> old;
    for (int i = 10; i < 14; ++i) {
        old.append(fixture.now(answer(fixture, headersAt(i), "ok")).alertId);
    }
    fixture.clock.advance(10 * day);
    fixture.record(
        Fixture::result(fixture.deliver(Fixture::alert(QStringLiteral("newest"))), DeliveryState::Delivered));
    const auto other = std::move(*Store::open(fixture.directory.path(), fixture.clock));
    QCOMPARE(valueOf(waitFor(other->retain(RemoveAlerts{old, fixture.olderThan(5)}))), 4);
    QCOMPARE(valueOf(waitFor(other->retain(RemoveShapes{fixture.read().unusedShapes()}))), 1);
    QCOMPARE(valueOf(waitFor(other->retain(RemoveShapes{fixture.read().unusedShapes()}))), 1); // the request's
    for (int i = 20; i < 23; ++i) {
        const Attempt read = kept(fixture, answer(fixture, headersAt(i), "ok"));
        QCOMPARE(read.responseHeaders, headersAt(i));
        QCOMPARE(read.responseBody, QByteArray("ok"));
        QCOMPARE(read.maskedUrl, QStringLiteral("https://example.test/ 123abc"));
    }
    QCOMPARE(fixture.rows("attempt WHERE response_id IS NOT NULL"), 3);
    // Nor is a body there that others have dropped.
    const qint64 now = fixture.clock.nowUtc();
    const ExpiringBodies bodies = fixture.read().expiringBodies(now - 5 * day, now);
    QCOMPARE(valueOf(waitFor(other->retain(DropBodies{bodies.attempts, bodies.lookedTo, 5}))), 3);
    QCOMPARE(valueOf(waitFor(other->retain(RemoveShapes{fixture.read().unusedShapes()}))), 1);
    QCOMPARE(kept(fixture, answer(fixture, headersAt(23), "ok")).responseBody, QByteArray("ok"));
    fixture.checkItIsSound();
}

void ResponseShapesTest::removesWhatNoAttemptUses()
{
    Kept fixture;
    for (int i = 10; i < 14; ++i) {
        answer(fixture, headersAt(i), "old");
        answer(fixture, headersAt(i), "lasting");
    }
    fixture.clock.advance(10 * day);
    const DeliveryId young = answer(fixture, headersAt(20), "lasting");
    AttemptRecord moved = answered(fixture.deliver(Fixture::alert(QStringLiteral("x"))), headersAt(21), "new");
    moved.attempt.maskedUrl = QStringLiteral("https://elsewhere.test/ 456def");
    fixture.record(moved);
    QCOMPARE(fixture.rows("response_shape"), 3); // one has headers only
    QCOMPARE(fixture.removeShapes(), 0);
    QCOMPARE(fixture.remove(fixture.olderThan(5)), 8);
    QCOMPARE(fixture.removeShapes(), 2); // one for its body, one with headers only
    QCOMPARE(fixture.rows("response_shape WHERE body = x'6c617374696e67'"), 1);
    QCOMPARE(fixture.rows("request_shape"), 2);
    QCOMPARE(kept(fixture, young).responseBody, QByteArray("lasting"));
    // What is in use again by then stays.
    const UnusedShapes all{{1, 2}, {1, 2, 3}, {1, 2, 3}};
    QCOMPARE(valueOf(waitFor(fixture.store().retain(RemoveShapes{all}))), 0);
    QCOMPARE(kept(fixture, answer(fixture, headersAt(22), "old")).responseBody, QByteArray("old"));
    QCOMPARE(kept(fixture, answer(fixture, headersAt(23), "old")).responseBody, QByteArray("old"));
    fixture.checkItIsSound();
}

void ResponseShapesTest::dropsASharedBodyFromEach()
{
    Kept fixture;
    QList<DeliveryId> old;
    for (int i = 10; i < 16; ++i) {
        old.append(answer(fixture, headersAt(i), "secret"));
    }
    fixture.clock.advance(10 * day);
    AttemptRecord record = answered(fixture.deliver(Fixture::alert(QStringLiteral("x"))), headersAt(20), "secret");
    record.attempt.startedAt = fixture.clock.nowUtc();
    fixture.record(record);
    const DeliveryId young = record.attempt.deliveryId;
    QCOMPARE(fixture.dropBodies(5), 6);
    for (int i = 0; i < old.size(); ++i) {
        QCOMPARE(kept(fixture, old.at(i)).responseBody, QByteArray());
        QCOMPARE(kept(fixture, old.at(i)).responseHeaders, headersAt(10 + i));
        QCOMPARE(kept(fixture, old.at(i)).bodyDroppedDays, 5);
    }
    QCOMPARE(fixture.removeShapes(), 0);
    QCOMPARE(kept(fixture, young).responseBody, QByteArray("secret"));
    fixture.clock.advance(10 * day);
    QCOMPARE(fixture.dropBodies(5), 1);
    QCOMPARE(fixture.removeShapes(), 1); // the body, which nobody has any more
    QCOMPARE(fixture.rows("response_shape WHERE length(body) > 0"), 0);
    const Attempt again = kept(fixture, answer(fixture, headersAt(30), "secret"));
    QCOMPARE(again.responseBody, QByteArray("secret"));
    QCOMPARE(kept(fixture, young).responseBody, QByteArray());
    QCOMPARE(kept(fixture, young).responseHeaders, headersAt(20));
    fixture.checkItIsSound();
}

QTEST_GUILESS_MAIN(ResponseShapesTest)
#include "tst_responseshapes.moc"
