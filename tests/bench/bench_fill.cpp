// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

// bench_fill DIRECTORY ALERTS: a data directory with so many alerts of the last thirty days, one or two deliveries and
// three attempts each at the mean. Alerts, deliveries, status and words are written by the program's own code; attempts
// and what became of deliveries by one statement for some ten thousand at a time. What is refused ends in a message.

#include "bench/alertmaker.h"
#include "store/alertstatus.h"
#include "store/alertwrites.h"
#include "store/queries_p.h"
#include "store/schema.h"
#include "store/store.h"
#include "support/fakeclock.h"

#include <QCoreApplication>
#include <QDir>

#include <cstdio>

namespace courier::bench {
namespace {

constexpr int atOnce = 20'000;
constexpr qint64 span = Q_INT64_C(30) * 24 * 3600 * 1000; // ms
constexpr int mostAttempts = 11;

// Of a thousand deliveries; a number that has nothing to do with the alert's.
QString lot()
{
    return QStringLiteral("((d.id % 99991) * 7919 % 1000)");
}

// One in thirteen has failed for good, after all its attempts; most of those were put aside.
QString fates()
{
    return QStringLiteral("UPDATE delivery AS d SET "
                          "state = CASE WHEN %1 < 78 THEN 4 WHEN %1 < 79 THEN 2 WHEN %1 < 81 THEN 6 ELSE 3 END, "
                          "dismissed = CASE WHEN %1 < 50 THEN 1 ELSE 0 END, "
                          "attempts = CASE WHEN %1 < 78 THEN 11 WHEN %1 < 81 THEN 3 WHEN %1 < 110 THEN 4 "
                          "WHEN %1 < 150 THEN 3 WHEN %1 < 240 THEN 2 ELSE 1 END "
                          "WHERE d.alert_id >= ? AND d.alert_id <= ?")
        .arg(lot());
}

QString outcomes()
{
    return QStringLiteral(
        "UPDATE delivery SET round_attempts = attempts, "
        "next_at = CASE state WHEN 2 THEN (id >> 21) + 5184000000 ELSE 0 END, "
        "settled_at = CASE state WHEN 2 THEN 0 ELSE (id >> 21) + attempts * 5000 END, "
        "last_status = CASE state WHEN 3 THEN 200 ELSE 503 END, last_outcome = CASE state WHEN 3 THEN 0 ELSE 1 END, "
        "last_reason = CASE state WHEN 3 THEN '200 OK' ELSE '503 Service Unavailable' END "
        "WHERE alert_id >= ? AND alert_id <= ?");
}

// The first attempts of all of them, then the second ones: as they follow each other in time.
QString attempts()
{
    return QStringLiteral(
               "INSERT INTO attempt(delivery_id, destination_id, number, started_by, started_at, duration_us, outcome, "
               "status, reason, resent, connect_started, encrypted, request_sent, answered, finished, body_size, "
               "body_cut, "
               "shape_id, content_length, response_headers, response_body) "
               "WITH RECURSIVE n(i) AS (VALUES(1) UNION ALL SELECT i + 1 FROM n WHERE i < %1) "
               "SELECT d.id, d.destination_id, n.i, 0, (d.id >> 21) + n.i * 5000, 4000 + d.id % 9000, "
               "CASE WHEN good THEN 0 ELSE 1 END, CASE WHEN good THEN 200 ELSE 503 END, "
               "CASE WHEN good THEN '200 OK' ELSE '503 Service Unavailable' END, 0, 100, -1, 900, 3500, 3900, "
               "CASE WHEN good THEN 2 ELSE 120 END, 0, ?, 812, "
               "CAST('Content-Type: text/plain' || char(13, 10) || 'Server: receiver' || char(13, 10) AS BLOB), "
               "CAST(CASE WHEN good THEN 'ok' ELSE printf('The receiver is being restarted; its queue holds %06d "
               "entries, "
               "and new ones are not taken. Ask again in %d s.', d.id % 999983, n.i) END AS BLOB) "
               "FROM (SELECT id, destination_id, attempts, state FROM delivery WHERE alert_id >= ? AND alert_id <= ?) "
               "d "
               "JOIN n ON n.i <= d.attempts, (SELECT 1) ORDER BY n.i, d.id")
        .arg(mostAttempts)
        .replace(QLatin1String("good"), QLatin1String("(d.state = 3 AND n.i = d.attempts)"));
}

class Filler
{
public:
    Filler(const QString &path, StoreKey key, int alerts)
        : m_alerts(alerts)
        , m_session(path, m_clock, key)
        , m_first(SystemClock().nowUtc() - span)
    {
    }

    bool fill()
    {
        if (!m_session.begin() || !m_session.commit()) {
            return false;
        }
        for (const char *pragma :
             {"PRAGMA synchronous = OFF", "PRAGMA cache_size = -400000", "PRAGMA wal_autocheckpoint = 50000"}) {
            m_session.connection().execute(QString::fromLatin1(pragma));
        }
        for (int from = 0; from < m_alerts && !m_session.hasFailed(); from += atOnce) {
            add(from, std::min(atOnce, m_alerts - from));
        }
        m_session.connection().execute(QStringLiteral("PRAGMA wal_checkpoint(TRUNCATE)"));
        return !m_session.hasFailed();
    }

    QString fault() { return m_session.takeFailure().error.detail; }

private:
    void add(int from, int count)
    {
        m_session.begin();
        QList<qint64> ids;
        for (int i = from; i < from + count; ++i) {
            m_clock.setNowUtc(m_first + span * (i + 1) / m_alerts);
            const auto accepted = alertwrites::accept(m_session, {m_maker.make(i)});
            ids.append(number(accepted->constFirst().id));
        }
        const qint64 shape =
            m_session.shapeFor(QStringLiteral("http://127.0.0.1:9/c0ffee"),
                               QByteArrayLiteral("Content-Type: application/json\r\nwebhook-id: \x01\r\n"
                                                 "Content-Length: \x02\r\n"));
        m_session.prepared(fates()).run(ids.constFirst(), ids.constLast());
        m_session.prepared(attempts()).run(shape, ids.constFirst(), ids.constLast());
        m_session.prepared(outcomes()).run(ids.constFirst(), ids.constLast());
        alertstatus::refresh(m_session, ids);
        while (m_session.words().isBehind()) { // the program would come to it while it has nothing else to do
            m_session.words().step(m_session.connection());
        }
        m_session.commit();
    }

    int m_alerts;
    test::FakeClock m_clock;
    WriteSession m_session;
    qint64 m_first;
    AlertMaker m_maker;
};

Result<void> addDestinations(Store &store)
{
    const SeveritySet severities[] = {SeveritySet::all(), {Severity::Critical}, {Severity::Critical, Severity::High}};
    int number = 0;
    for (const SeveritySet &severity : severities) {
        Destination destination;
        destination.name = QStringLiteral("Receiver %1").arg(number++);
        destination.url = QStringLiteral("http://127.0.0.1:9/hook");
        destination.severities = severity;
        if (const Result<Destination> added = store.addDestination(destination).result(); !added) {
            return tl::unexpected(added.error());
        }
    }
    return {};
}

QString make(const QString &directory, int alerts)
{
    const SystemClock clock;
    StoreKey key{};
    QString path;
    {
        const auto store = Store::open(directory, clock);
        const Result<void> added = store ? addDestinations(**store) : tl::unexpected(store.error());
        if (!added) {
            return added.error().message;
        }
        key = (*store)->key();
        path = (*store)->databasePath();
    }
    Filler filler(path, key, alerts);
    return filler.fill() ? QString() : filler.fault();
}

} // namespace
} // namespace courier::bench

int main(int argc, char **argv)
{
    const QCoreApplication application(argc, argv);
    const QStringList arguments = QCoreApplication::arguments();
    if (arguments.size() != 3 || !QDir().mkpath(arguments.at(1))) {
        std::fputs("bench_fill DIRECTORY ALERTS\n", stderr);
        return 2;
    }
    const QString fault = courier::bench::make(arguments.at(1), arguments.at(2).toInt());
    if (!fault.isEmpty()) {
        std::fprintf(stderr, "bench_fill: %s\n", qUtf8Printable(fault));
        return 1;
    }
    return 0;
}
