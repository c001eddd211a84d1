// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

// What the retention costs those who write meanwhile: `bench_retention make DIRECTORY [ALERTS]` fills a store, a
// million unless told, each with three attempts, over 100 days; `bench_retention run DIRECTORY [SECONDS]` removes from
// it.

#include "databasefile.h"
#include "storefixture.h"

#include <QElapsedTimer>

#include <algorithm>
#include <cstdio>
#include <vector>

using namespace courier;
using namespace courier::test;

namespace {

constexpr qint64 day = 86'400'000;

QString path(const QString &directory)
{
    return directory + QStringLiteral("/courier.db");
}

std::unique_ptr<Store> open(const QString &directory, const Clock &clock)
{
    auto opened = Store::open(directory, clock);
    if (!opened) {
        qFatal("%s", qPrintable(opened.error().detail));
    }
    return std::move(*opened);
}

int make(const QString &directory, qint64 alerts)
{
    const StillClock clock;
    auto store = open(directory, clock);
    Destination destination;
    destination.name = QStringLiteral("Ops");
    destination.url = QStringLiteral("https://example.test/hook");
    destination.severities = SeveritySet::all();
    const QString to = QString::number(number(waitFor(store->addDestination(destination))->id));
    store.reset();
    const QString first = QString::number(startOfTests - 100 * day);
    const QString step = QString::number(100 * day / alerts);
    const QString numbers =
        QStringLiteral("WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < %1) ").arg(alerts - 1);
    const QString id = QStringLiteral("((%1 + i * %2) << 21)").arg(first, step);
    const QString headers = QStringLiteral(
        "'Server: nginx/1.22.1' || char(13, 10) || 'Date: Mon, 21 Sep 2026 12:' || (i % 60) || ':00 GMT' || char(13, "
        "10) || 'Content-Type: text/plain; charset=utf-8' || char(13, 10) || 'Content-Length: 2' || char(13, 10) || "
        "'Connection: keep-alive' || char(13, 10) || 'X-Frame-Options: DENY' || char(13, 10) || "
        "'X-Content-Type-Options: nosniff' || char(13, 10) || 'Strict-Transport-Security: max-age=31536000; "
        "includeSubDomains' || char(13, 10) || 'Cache-Control: no-store, no-cache, must-revalidate' || char(13, 10) || "
        "'Referrer-Policy: strict-origin-when-cross-origin' || char(13, 10)");
    onDatabase(
        path(directory),
        {QStringLiteral("PRAGMA synchronous = OFF"), QStringLiteral("PRAGMA cache_size = -400000"),
         QStringLiteral("BEGIN"),
         numbers + QStringLiteral("INSERT INTO alert SELECT %1, i % 5, 0, 'Import', '2026-09-21T12:00:00Z', "
                                  "'login failed denied on host-' || (i * 7919 % 5003) || ' case ' || i, NULL, "
                                  "'AWS.CloudTrail.Rule' || (i % 97), 'id-' || i, NULL, '', '[\"aws\"]', '[]', '[]', "
                                  "'The account ' || (i % 1009) || ' did what it should not do, from an address that "
                                  "was not seen before; look at the runbook.', 'https://wiki.example.test/runbooks', "
                                  "CAST('{\"ip\":\"203.0.113.7\",\"user\":\"' || hex(zeroblob(190)) || '\"}' AS BLOB) "
                                  "FROM n")
                       .arg(id),
         numbers + QStringLiteral("INSERT INTO alert_status SELECT %1, i % 5, 0, 3, 0, 1, 0 FROM n").arg(id),
         numbers + QStringLiteral("INSERT INTO delivery(id, alert_id, destination_id, state, attempts, settled_at) "
                                  "SELECT %1 + 1, %1, %2, 3, 3, %3 + i * %4 FROM n")
                       .arg(id, to, first, step),
         QStringLiteral("INSERT INTO request_shape(id, url, headers) VALUES(1, 'https://example.test/hook', x'41')"),
         numbers + QStringLiteral("INSERT INTO attempt(delivery_id, destination_id, number, started_by, started_at, "
                                  "duration_us, outcome, status, reason, resent, connect_started, encrypted, "
                                  "request_sent, answered, finished, body_size, body_cut, shape_id, content_length, "
                                  "response_headers, response_body) SELECT %1 + 1, %2, k.k, 0, %3 + i * %4, 12000, 0, "
                                  "200, '200 OK', 0, -1, -1, 100, 11000, 12000, 2, 0, 1, 700, CAST(%5 AS BLOB), "
                                  "x'6f6b' FROM n, (SELECT 1 AS k UNION SELECT 2 UNION SELECT 3) k")
                       .arg(id, to, first, step, headers),
         QStringLiteral("INSERT INTO alert_words(alert_words) VALUES('rebuild')"), QStringLiteral("COMMIT"),
         QStringLiteral("PRAGMA wal_checkpoint(TRUNCATE)")});
    return 0;
}

/// How long things took, in ms.
class Times
{
public:
    void add(qint64 nanoseconds) { m_times.push_back(static_cast<double>(nanoseconds) / 1e6); }
    void say(const char *what)
    {
        std::sort(m_times.begin(), m_times.end());
        const auto at = [this](double share) {
            return m_times.empty() ? 0 : m_times[static_cast<std::size_t>(share * double(m_times.size() - 1))];
        };
        std::printf("%-40s %6zu  median %7.2f  95 %% %7.2f  99 %% %7.2f  most %7.2f ms\n", what, m_times.size(),
                    at(0.5), at(0.95), at(0.99), at(1));
        std::fflush(stdout);
    }

private:
    std::vector<double> m_times;
};

/// A write every few milliseconds, of those that don't wait for others, for as long as it lives.
class OtherJobs
{
public:
    explicit OtherJobs(Store &store)
        : m_thread(QThread::create([this, &store] {
            for (int i = 0; !m_over; ++i) {
                QElapsedTimer timer;
                timer.start();
                waitFor(store.setSetting(QStringLiteral("bench"), QString::number(i)));
                times.add(timer.nsecsElapsed());
                QThread::msleep(3);
            }
        }))
    {
        m_thread->start();
    }
    ~OtherJobs() { stop(); }
    void stop()
    {
        m_over = true;
        m_thread->wait();
    }
    Times times;

private:
    std::atomic<bool> m_over = false;
    std::unique_ptr<QThread> m_thread;
};

template<typename Step>
qint64 during(Store &store, const char *what, int seconds, Step step)
{
    OtherJobs others(store);
    Times steps;
    QElapsedTimer all;
    all.start();
    qint64 count = 0;
    while (all.elapsed() < seconds * 1000LL) {
        QElapsedTimer timer;
        timer.start();
        const qint64 some = step();
        if (some <= 0) {
            break;
        }
        steps.add(timer.nsecsElapsed());
        count += some;
        QThread::msleep(static_cast<unsigned long>(std::clamp<qint64>(timer.elapsed() * 4, 20, 2000)));
    }
    others.stop();
    std::printf("%s: %lld in %.1f s\n", what, count, double(all.elapsed()) / 1000);
    steps.say("  a step, looking for it included");
    others.times.say("  another job meanwhile");
    return count;
}

void saySize(Queries &queries)
{
    const StoreSize size = queries.sizeInAlerts();
    std::printf("%lld alerts, %.1f MB used, %.1f MB free\n", size.alerts, double(size.used) / 1e6,
                double(size.free) / 1e6);
}

int run(const QString &directory, int seconds)
{
    const StillClock clock;
    auto store = open(directory, clock);
    const auto queries = std::move(*store->connectQueries());
    saySize(*queries);
    {
        OtherJobs others(*store);
        QThread::sleep(static_cast<unsigned long>(seconds));
        others.stop();
        others.times.say("another job, nothing removed");
    }
    const qint64 before = startOfTests - 10 * day;
    const ExpiryRule rule{before, before, before};
    AlertId after{};
    during(*store, "alerts removed", seconds, [&] {
        const Expiring found = queries->expiring(rule, after);
        after = found.lookedTo;
        return waitFor(store->retain(RemoveAlerts{found.alerts, rule})).value();
    });
    saySize(*queries);
    during(*store, "bodies dropped", seconds, [&] {
        const ExpiringBodies found = queries->expiringBodies(before, startOfTests);
        return waitFor(store->retain(DropBodies{found.attempts, found.lookedTo, 90})).value();
    });
    during(*store, "shapes removed", seconds, [&] {
        const UnusedShapes found = queries->unusedShapes();
        return found.isEmpty() ? 0 : waitFor(store->retain(RemoveShapes{found})).value();
    });
    during(*store, "words merged (steps)", seconds, [&] { return waitFor(store->retain(MergeWords{})).value(); });
    during(*store, "pages given back", seconds, [&] { return waitFor(store->retain(GiveBackSpace{})).value(); });
    saySize(*queries);
    return 0;
}

} // namespace

int main(int argc, char **argv)
{
    const QCoreApplication application(argc, argv);
    const QStringList arguments = QCoreApplication::arguments();
    if (arguments.value(1) == QLatin1String("make") && arguments.size() > 2) {
        return make(arguments.at(2), arguments.value(3, QStringLiteral("1000000")).toLongLong());
    }
    if (arguments.value(1) == QLatin1String("run") && arguments.size() > 2) {
        return run(arguments.at(2), arguments.value(3, QStringLiteral("10")).toInt());
    }
    std::puts("bench_retention make DIRECTORY [ALERTS] | run DIRECTORY [SECONDS]");
    return 2;
}
