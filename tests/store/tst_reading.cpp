// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#include "store/readkind.h"
#include "storefixture.h"

#include <QMutex>
#include <QSemaphore>
#include <QTest>

using namespace courier;
using namespace courier::test;

/// Who reads when: what is awaited never stands behind what takes long.
class TestReading : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_fixture = std::make_unique<Fixture>();
        Store::Options options;
        options.readers = 3;
        m_fixture->reopen(options);
        m_order.clear();
    }
    void cleanup() { m_fixture.reset(); }

    void longReadsGoOneAtATime()
    {
        QSemaphore begun;
        QSemaphore goOn;
        const auto wait = [&](const char *name) {
            return [&, name](Queries &queries) {
                note(name);
                begun.release();
                goOn.acquire();
                return queries.alertCount();
            };
        };
        const QFuture<qint64> first = read(wait("long 1"), ReadKind::Long);
        const QFuture<qint64> second = read(wait("long 2"), ReadKind::Long);
        const QFuture<qint64> third = read(wait("long 3"), ReadKind::Long);
        begun.acquire();
        // All other threads are free for these, as often as they come.
        for (int i = 0; i < 20; ++i) {
            QCOMPARE(waitFor(m_fixture->store().read([](Queries &queries) { return queries.alertCount(); })), 0);
        }
        QCOMPARE(order(), QStringLiteral("long 1"));
        goOn.release();
        begun.acquire();
        QCOMPARE(order(), QStringLiteral("long 1, long 2"));
        goOn.release(2);
        QCOMPARE(waitFor(third), 0);
        QCOMPARE(order(), QStringLiteral("long 1, long 2, long 3"));
    }

    void awaitedReadsGoFirst()
    {
        m_fixture->reopen({.readers = 1});
        QSemaphore goOn;
        const QFuture<qint64> held = read(
            [&](Queries &queries) {
                goOn.acquire();
                return queries.alertCount();
            },
            ReadKind::Awaited);
        const auto noting = [&](const char *name) {
            return [&, name](Queries &queries) {
                note(name);
                return queries.alertCount();
            };
        };
        const QFuture<qint64> longOne = read(noting("long"), ReadKind::Long);
        const QFuture<qint64> awaited = read(noting("awaited"), ReadKind::Awaited);
        goOn.release();
        waitFor(longOne);
        waitFor(awaited);
        QCOMPARE(order(), QStringLiteral("awaited, long"));
    }

    // As all that was asked for: who waits for an answer gets one.
    void nothingIsLeftUndoneAtTheEnd()
    {
        QList<QFuture<qint64>> all;
        for (int i = 0; i < 50; ++i) {
            const auto kind = i % 3 == 0 ? ReadKind::Awaited : ReadKind::Long;
            all.append(read([](Queries &queries) { return queries.alertCount(); }, kind));
        }
        m_fixture->close();
        for (const QFuture<qint64> &one : std::as_const(all)) {
            QVERIFY(one.isFinished());
            QCOMPARE(one.result(), 0);
        }
    }

private:
    template<typename Query>
    QFuture<qint64> read(Query query, ReadKind kind)
    {
        return m_fixture->store().read(std::move(query), kind);
    }
    void note(const char *name)
    {
        const QMutexLocker lock(&m_mutex);
        m_order.append(QString::fromLatin1(name));
    }
    QString order()
    {
        const QMutexLocker lock(&m_mutex);
        return m_order.join(QStringLiteral(", "));
    }

    std::unique_ptr<Fixture> m_fixture;
    QMutex m_mutex;
    QStringList m_order;
};

QTEST_GUILESS_MAIN(TestReading)
#include "tst_reading.moc"
