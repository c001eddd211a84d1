// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#include "domain/clock.h"
#include "flow/intakeprogram.h"
#include "store/store.h"

#include <QTemporaryDir>
#include <QTest>

#include <atomic>
#include <thread>
#include <vector>

using namespace courier;
using namespace courier::test;

namespace {

constexpr int clients = 6;

/// What one client was told of its alerts.
struct Told
{
    qint64 taken = 0;   ///< acknowledged
    qint64 unclear = 0; ///< sent, and no answer came
};

/// Hands in one batch of five after the other until the connection breaks.
Told handIn(quint16 port)
{
    const QByteArray body = '[' + QByteArrayList(5, R"({"id":"R.1","severity":"HIGH"})").join(',') + ']';
    const QByteArray request = "POST /api/v1/alerts HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                               "Content-Length: " +
                               QByteArray::number(body.size()) + "\r\n\r\n" + body;
    Told told;
    RawClient client(port);
    while (client.ask(request).status == 202) {
        told.taken += 5;
    }
    told.unclear = 5;
    return told;
}

} // namespace

/// The program ends in the middle of taking alerts in: whatever it acknowledged is kept.
class TestIntakeKilled : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void losesNothingItAcknowledged();
    void acknowledgesWhatItKeepsAtItsEnd();

private:
    /// Runs the program, ends it as \a end does while clients hand in; gives what they were told, over all.
    template<typename End>
    Told run(End end)
    {
        IntakeProgram program(m_directory.path());
        std::vector<Told> told(clients);
        std::vector<std::thread> threads;
        for (Told &one : told) {
            threads.emplace_back([&one, port = program.port()] { one = handIn(port); });
        }
        QTest::qSleep(300);
        end(program);
        Told sum;
        for (size_t i = 0; i < told.size(); ++i) {
            threads[i].join();
            sum.taken += told[i].taken;
            sum.unclear += told[i].unclear;
        }
        return sum;
    }
    qint64 kept()
    {
        const SystemClock clock;
        const auto store = std::move(*Store::open(m_directory.path(), clock));
        return store->read([](Queries &queries) { return queries.alertCount(); }).result();
    }

    QTemporaryDir m_directory;
};

void TestIntakeKilled::losesNothingItAcknowledged()
{
    qint64 before = 0;
    for (int round = 0; round < 5; ++round) {
        const Told told = run([](IntakeProgram &program) { program.kill(); });
        const qint64 now = kept() - before;
        QVERIFY(told.taken > 0);
        QVERIFY2(now >= told.taken, qPrintable(QStringLiteral("%1 of %2").arg(now).arg(told.taken)));
        QVERIFY(now <= told.taken + told.unclear);
        QCOMPARE(now % 5, 0); // each batch whole or not at all
        before += now;
    }
}

void TestIntakeKilled::acknowledgesWhatItKeepsAtItsEnd()
{
    const qint64 before = kept();
    const Told told = run([](IntakeProgram &program) { program.end(); });
    QVERIFY(told.taken > 0);
    QCOMPARE(kept() - before, told.taken);
}

QTEST_GUILESS_MAIN(TestIntakeKilled)
#include "tst_intakekilled.moc"
