// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#include "desk/desk.h"
#include "desk/retention.h"
#include "support/fakeclock.h"
#include "support/scriptedreceiver.h"

#include <QFileInfo>
#include <QRegularExpression>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace courier;
using namespace courier::test;
using namespace std::chrono_literals;

/// The retention at work: over a real store and real sockets; only the clock is the test's.
class KeptSmallTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_directory = std::make_unique<QTemporaryDir>();
        m_clock = std::make_unique<FakeClock>();
        m_receiver = std::make_unique<ScriptedReceiver>(Answer::ok("received"));
        auto desk = Desk::open(m_directory->path(), *m_clock);
        QVERIFY2(desk.has_value(), desk ? "" : qPrintable(desk.error().message));
        m_desk = std::move(*desk);
    }
    void cleanup()
    {
        m_desk.reset();
        m_receiver.reset();
    }

    void ninetyDaysByDefault()
    {
        send(3, "old");
        m_clock->advance(24h * 89);
        send(2, "young");
        QTest::ignoreMessage(QtInfoMsg,
                             QRegularExpression(QStringLiteral("Removed 3 alerts older than 90 days; the database")));
        QCOMPARE(look().removed(), 0);
        m_clock->advance(24h * 2);
        const RetentionResult result = look();
        QCOMPARE(result.tooOld, 3);
        QVERIFY(result.used > 0);
        QCOMPARE(count(), 2);
        QCOMPARE(look().removed(), 0);
    }

    void onlyWhileItSends()
    {
        QVERIFY(m_desk->store().setSetting(RetentionSettings::daysKey(), QStringLiteral("1")).result().has_value());
        QVERIFY(m_desk->accept(alerts(2, "x")).result().has_value());
        m_clock->advance(24h * 10);
        QVERIFY(m_desk->accept(alerts(1, "newest")).result().has_value());
        QSignalSpy finished(&m_desk->retention(), &Retention::finished);
        m_desk->retention().look();
        QVERIFY(!finished.wait(150));
        QCOMPARE(count(), 3);
        begin();
        QCOMPARE(look().tooOld, 2);
    }

    void noLimitMeansNone()
    {
        set(RetentionSettings::daysKey(), "0");
        set(RetentionSettings::gigabytesKey(), "0");
        send(3, "old");
        m_clock->advance(24h * 4000);
        send(1, "young");
        QCOMPARE(look().removed(), 0);
        QCOMPARE(count(), 4);
    }

    // A value from elsewhere that is none must not empty the store.
    void nonsenseIsLeftAside_data()
    {
        QTest::addColumn<QByteArray>("value");
        for (const char *value : {"", "soon", "-3", "0.0001", "1e99", "nan"}) {
            QTest::newRow(*value ? value : "empty") << QByteArray(value);
        }
    }
    void nonsenseIsLeftAside()
    {
        QFETCH(const QByteArray, value);
        QTest::ignoreMessage(QtWarningMsg, QRegularExpression(QStringLiteral("retention.days is left aside")));
        QTest::ignoreMessage(QtWarningMsg, QRegularExpression(QStringLiteral("retention.gigabytes is left aside")));
        set(RetentionSettings::daysKey(), value);
        set(RetentionSettings::gigabytesKey(), value);
        const RetentionSettings read =
            m_desk->store().read([](Queries &queries) { return RetentionSettings::read(queries); }).result();
        QCOMPARE(read, RetentionSettings());
    }

    // What hasn't arrived stays, and arrives after all.
    void theUndeliveredStays()
    {
        m_receiver->setAnswer(Answer::withStatus(503, "Unavailable"));
        begin();
        QVERIFY(m_desk->accept(alerts(2, "waiting")).result().has_value());
        QTRY_VERIFY(m_receiver->requestCount() >= 2);
        m_receiver->setAnswer(Answer::ok());
        const auto retrying = [this] {
            return m_desk->store().read([](Queries &queries) { return queries.queueState().retrying; }).result();
        };
        QTRY_COMPARE(retrying(), 2);
        set(RetentionSettings::daysKey(), "1");
        m_clock->setNowUtc(m_clock->nowUtc() - 1); // nothing comes due by the monotonic clock
        QCOMPARE(look().removed(), 0);
        QCOMPARE(count(), 2);
    }

    void removesTheOldestAboveItsSize()
    {
        set(RetentionSettings::gigabytesKey(), "0.1");
        begin();
        QByteArray large(1'000'000, 'x');
        for (int i = 0; i < 12; ++i) {
            QList<Alert> some = alerts(10, "large");
            for (Alert &one : some) {
                one.context = "\"" + large + "\"";
            }
            QVERIFY(m_desk->accept(some).result().has_value());
            m_clock->advance(1s);
        }
        const qint64 before = size().used;
        QVERIFY(before > 110'000'000);
        QTest::ignoreMessage(QtInfoMsg, QRegularExpression(QStringLiteral("Removed the [0-9]+ oldest alerts, to stay "
                                                                          "below 0.1 GB; the database is now 9[0-9]")));
        const RetentionResult result = look();
        QVERIFY2(result.tooMuch > 20 && result.tooMuch < 32, qPrintable(QString::number(result.tooMuch)));
        QVERIFY(result.used <= 95'000'000);
        QVERIFY(result.givenBack > 10'000'000);
        QVERIFY(QFileInfo(m_desk->store().databasePath()).size() < 105'000'000);
        QCOMPARE(count(), 120 - result.tooMuch);
        QCOMPARE(look().removed(), 0); // until it is above the limit again
    }

    void dropsBodies()
    {
        set(RetentionSettings::bodyDaysKey(), "7");
        send(3, "old");
        m_clock->advance(24h * 8);
        send(1, "young");
        QTest::ignoreMessage(QtInfoMsg,
                             QRegularExpression(QStringLiteral("Dropped 3 response bodies older than 7 days")));
        QCOMPARE(look().bodies, 3);
        QCOMPARE(count(), 4);
        QCOMPARE(look().bodies, 0);
    }

    // What was kept once for many goes with the last of them.
    void removesWhatWasShared()
    {
        const auto unused = [this] {
            return m_desk->store().read([](Queries &queries) { return queries.unusedShapes(); }).result();
        };
        send(6, "old");
        m_receiver->setAnswer(Answer::ok("another answer"));
        m_clock->advance(24h * 91);
        send(2, "young");
        QVERIFY(unused().isEmpty());
        QCOMPARE(look().tooOld, 6);
        QVERIFY(unused().isEmpty());
    }

private:
    void begin()
    {
        if (!m_desk->destinations().isEmpty() || m_desk->isSending()) {
            return;
        }
        Destination destination;
        destination.name = QStringLiteral("Ops bridge");
        destination.url = m_receiver->url();
        destination.severities = SeveritySet{Severity::High};
        QVERIFY(m_desk->addDestination(destination).result().has_value());
        QTRY_COMPARE(m_desk->destinations().size(), 1);
        m_desk->startSending();
        QTRY_VERIFY(m_desk->isSending());
    }
    static QList<Alert> alerts(int count, const char *title)
    {
        Alert one;
        one.ruleId = QStringLiteral("R.1");
        one.createdAt = QStringLiteral("2024-05-01T12:00:00Z");
        one.severity = qstrcmp(title, "large") == 0 ? Severity::Low : Severity::High;
        one.title = QString::fromLatin1(title);
        return QList<Alert>(count, one);
    }
    void set(const QString &key, const QByteArray &value)
    {
        QVERIFY(m_desk->store().setSetting(key, QString::fromLatin1(value)).result().has_value());
    }
    /// Takes alerts in and waits until they have arrived.
    void send(int count, const char *title)
    {
        begin();
        const int before = m_receiver->requestCount();
        QVERIFY(m_desk->accept(alerts(count, title)).result().has_value());
        QTRY_COMPARE(m_receiver->requestCount(), before + count);
        const auto waiting = [this] {
            const QueueState queue =
                m_desk->store().read([](Queries &queries) { return queries.queueState(); }).result();
            return queue.queued + queue.sending + queue.retrying;
        };
        QTRY_COMPARE(waiting(), 0);
    }
    RetentionResult look()
    {
        QSignalSpy finished(&m_desk->retention(), &Retention::finished);
        RetentionResult result;
        const auto keep = connect(&m_desk->retention(), &Retention::finished, this,
                                  [&result](const RetentionResult &one) { result = one; });
        m_desk->retention().look();
        if (finished.isEmpty() && !finished.wait(20'000)) {
            qFatal("The retention didn't come to an end");
        }
        disconnect(keep);
        return result;
    }
    StoreSize size()
    {
        return m_desk->store().read([](Queries &queries) { return queries.size(); }).result();
    }
    qint64 count()
    {
        return m_desk->store().read([](Queries &queries) { return queries.alertCount(); }).result();
    }

    std::unique_ptr<QTemporaryDir> m_directory;
    std::unique_ptr<FakeClock> m_clock;
    std::unique_ptr<ScriptedReceiver> m_receiver;
    std::unique_ptr<Desk> m_desk;
};

QTEST_GUILESS_MAIN(KeptSmallTest)
#include "tst_keptsmall.moc"
