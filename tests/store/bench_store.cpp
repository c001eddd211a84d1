// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

// How fast the store is on this machine: `bench_store [alerts] [batch]`, 200000 and 500 unless told, or
// `bench_store read DIRECTORY` on a store that is there. Trust the ratios between two runs, not the figures.

#include "storefixture.h"

#include <QDir>
#include <QElapsedTimer>
#include <QFile>

#include <cstdio>
#include <ctime>
#include <deque>

using namespace courier;
using namespace courier::test;

namespace {

Alert sample(int i)
{
    static const QStringList words{QStringLiteral("login"),   QStringLiteral("failed"), QStringLiteral("bucket"),
                                   QStringLiteral("public"),  QStringLiteral("root"),   QStringLiteral("console"),
                                   QStringLiteral("network"), QStringLiteral("policy"), QStringLiteral("denied")};
    Alert alert;
    alert.source = QStringLiteral("Import");
    alert.ruleId = QStringLiteral("AWS.CloudTrail.Rule%1").arg(i % 97);
    alert.name = QStringLiteral("Rule number %1").arg(i % 97);
    alert.createdAt = QStringLiteral("2026-09-21T12:00:00.123456789Z");
    alert.severity = static_cast<Severity>(i % 5);
    alert.type = static_cast<AlertType>(i % 6);
    alert.alertId =
        QStringLiteral("b7f4c9e2-%1").arg(i * 7919LL % 1000003, 12, 10, QLatin1Char('0')) + QString::number(i);
    alert.title = QStringLiteral("%1 %2 %3 on host-%4")
                      .arg(words.at(i % 9), words.at(i / 9 % 9), words.at(i / 81 % 9))
                      .arg(i % 5003);
    alert.description = QStringLiteral("The account %1 did what it should not do, from an address that was not seen "
                                       "before in this organisation; look at the runbook.")
                            .arg(i % 1009);
    alert.runbook = QStringLiteral("https://wiki.example.test/runbooks/cloudtrail");
    alert.tags = {QStringLiteral("aws"), words.at(i % 9)};
    alert.context = QByteArrayLiteral("{\"ip\":\"203.0.113.7\",\"user\":\"") + QByteArray(380, 'u') + "\"}";
    return alert;
}

void say(const char *what, double value, const char *unit)
{
    std::printf("%-34s %12.1f %s\n", what, value, unit);
    std::fflush(stdout);
}

template<typename Work>
double seconds(Work work)
{
    QElapsedTimer timer;
    timer.start();
    work();
    return static_cast<double>(timer.nsecsElapsed()) / 1e9;
}

// Processor time that the writer has used so far: steadier than the clock on a busy machine.
double writerSeconds()
{
    const QDir tasks(QStringLiteral("/proc/self/task"));
    for (const QString &task : tasks.entryList(QDir::Dirs | QDir::NoDotAndDotDot)) {
        QFile name(tasks.filePath(task + QStringLiteral("/comm")));
        QFile times(tasks.filePath(task + QStringLiteral("/schedstat")));
        if (name.open(QIODevice::ReadOnly) && name.readAll().startsWith("store writer") &&
            times.open(QIODevice::ReadOnly)) {
            return times.readAll().split(' ').first().toDouble() / 1e9;
        }
    }
    return 0;
}

/// Processor time of this thread.
template<typename Work>
double ownSeconds(Work work)
{
    const auto now = [] {
        timespec time = {};
        clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
        return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_nsec) / 1e9;
    };
    const double before = now();
    work();
    return now() - before;
}

qint64 memoryKiB(const char *field)
{
    QFile status(QStringLiteral("/proc/self/status"));
    if (status.open(QIODevice::ReadOnly)) {
        for (const QByteArray &line : status.readAll().split('\n')) {
            if (line.startsWith(field)) {
                return line.mid(qstrlen(field)).simplified().split(' ').first().toLongLong();
            }
        }
    }
    return 0;
}

void accept(Store &store, int count, int batch)
{
    std::deque<QFuture<Result<QList<Accepted>>>> open;
    for (int i = 0; i < count;) {
        QList<Alert> alerts;
        for (int j = 0; j < batch && i < count; ++j, ++i) {
            alerts.append(sample(i));
        }
        open.push_back(store.accept(alerts));
        if (open.size() > 1) {
            open.front().waitForFinished();
            open.pop_front();
        }
    }
    while (!open.empty()) {
        open.front().waitForFinished();
        open.pop_front();
    }
}

// As senders do that watch a condition: the same again and again.
void take(Store &store, int count, int batch, int conditions)
{
    for (int i = 0; i < count;) {
        QList<IncomingAlert> alerts;
        for (int j = 0; j < batch && i < count; ++j, ++i) {
            IncomingAlert one;
            one.alert = sample(i % conditions);
            one.alert.alertId.reset();
            one.fingerprint = QString::number(i % conditions * 7919LL, 16);
            one.startsAt = startOfTests;
            one.endsAt = startOfTests + 240'000;
            alerts.append(one);
        }
        store.take(alerts).waitForFinished();
    }
}

// As a dispatcher does it: read what is due, record it, a bounded number on the way.
void deliver(Fixture &fixture, DestinationId destination, int count)
{
    std::atomic<int> open = 0;
    QSet<DeliveryId> taken;
    int done = 0;
    while (done < count) {
        for (const DueDelivery &due : fixture.read().due(destination, startOfTests, taken, 128)) {
            AttemptRecord record = Fixture::result(due.delivery, DeliveryState::Delivered, 200);
            record.attempt.maskedUrl = QStringLiteral("https://example.test/ 0a1b2c");
            record.attempt.requestHeaders =
                "Content-Type: application/json\r\nAccept: application/json\r\nwebhook-id: " +
                publicId(due.delivery.id, fixture.store().key()).toLatin1() +
                "\r\nContent-Length: " + QByteArray::number(700 + done % 99) + "\r\nUser-Agent: alert-courier\r\n";
            record.attempt.responseHeaders = QByteArray(200, 'h');
            record.attempt.responseBody = "success";
            taken.insert(due.delivery.id);
            ++open;
            ++done;
            fixture.store().record(record, [&open] { --open; });
        }
        while (open > 400) {
            QThread::usleep(200);
        }
        if (taken.size() > 640) {
            while (open > 0) {
                QThread::usleep(200);
            }
            taken.clear();
        }
    }
    while (open > 0) {
        QThread::usleep(200);
    }
}

void read(Queries &read)
{
    QList<AlertId> ids;
    say("all summaries",
        1e3 * ownSeconds([&] {
            for (const AlertSummary &one : read.summaries(AlertId{}, std::numeric_limits<int>::max())) {
                ids.append(one.id);
            }
        }),
        "ms");
    const QList<AlertId> page = ids.mid(ids.size() / 2, 128);
    say("a page of 128 rows", 1e3 * ownSeconds([&] { read.alertRows(page); }), "ms");
    say("the same again", 1e3 * ownSeconds([&] { read.alertRows(page); }), "ms");
    AlertFilter filter;
    filter.words = {QStringLiteral("host-4711")};
    say("rare word", 1e3 * ownSeconds([&] { read.matching(filter); }), "ms");
    filter.words = {QStringLiteral("login"), QStringLiteral("den")};
    say("two words", 1e3 * ownSeconds([&] { read.matching(filter); }), "ms");
    filter.words = {QStringLiteral("a")};
    say("a word in every alert", 1e3 * ownSeconds([&] { read.matching(filter); }), "ms");
    filter.words = {QStringLiteral("lo")};
    say("two letters", 1e3 * ownSeconds([&] { read.matching(filter); }), "ms");
    filter.words = {QStringLiteral("log")};
    say("three letters", 1e3 * ownSeconds([&] { read.matching(filter); }), "ms");
    filter.words = {QStringLiteral("ho")};
    say("two letters of many words", 1e3 * ownSeconds([&] { read.matching(filter); }), "ms");
    filter.words = {QStringLiteral("47")};
    say("two digits of many words", 1e3 * ownSeconds([&] { read.matching(filter); }), "ms");
    filter = {};
    filter.types = {AlertType::Policy};
    say("one type", 1e3 * ownSeconds([&] { read.matching(filter); }), "ms");
    filter = {};
    filter.sources = {QStringLiteral("import")};
    say("one source", 1e3 * ownSeconds([&] { read.matching(filter); }), "ms");
    filter = {};
    filter.destinations = {QStringLiteral("A")};
    say("one destination", 1e3 * ownSeconds([&] { read.matching(filter); }), "ms");
    say("in the order of titles", 1e3 * ownSeconds([&] { read.idsBy(QStringLiteral("headline")); }), "ms");
    say("in the order of sources", 1e3 * ownSeconds([&] { read.idsBy(QStringLiteral("source")); }), "ms");
    say("destination statistics", 1e3 * ownSeconds([&] { read.destinationStats(startOfTests); }), "ms");
    say("queue state", 1e3 * ownSeconds([&] { read.queueState(); }), "ms");
    say("number of alerts", 1e3 * ownSeconds([&] { read.alertCount(); }), "ms");
}

void sayMemory()
{
    say("memory", static_cast<double>(memoryKiB("VmRSS:")) / 1024, "MiB");
}

void write(Fixture &fixture, int count, int batch)
{
    const Destination destination = fixture.add(QStringLiteral("A"));
    double before = writerSeconds();
    say("accepted", count / seconds([&] { accept(fixture.store(), count, batch); }), "alerts/s");
    say("the writer's processor time", 1e6 * (writerSeconds() - before) / count, "us each");
    say("transactions", static_cast<double>(fixture.store().transactions()), "");
    sayMemory();
    const int sent = std::min(count, 100000);
    before = writerSeconds();
    say("due, then recorded", sent / seconds([&] { deliver(fixture, destination.id, sent); }), "deliveries/s");
    say("the writer's processor time", 1e6 * (writerSeconds() - before) / sent, "us each");
    say("transactions", static_cast<double>(fixture.store().transactions()), "");
    sayMemory();
    const int conditions = std::min(count, 10000);
    say("taken", conditions / seconds([&] { take(fixture.store(), conditions, 100, conditions); }), "alerts/s");
    before = writerSeconds();
    say("seen again", conditions / seconds([&] { take(fixture.store(), conditions, 100, conditions); }), "alerts/s");
    say("the writer's processor time", 1e6 * (writerSeconds() - before) / conditions, "us each");
    say("database", static_cast<double>(QFileInfo(fixture.path()).size()) / 1048576, "MiB");
    say("opened again", 1e3 * seconds([&] { fixture.reopen(); }), "ms");
}

} // namespace

int main(int argc, char **argv)
{
    const QCoreApplication application(argc, argv);
    const QStringList arguments = QCoreApplication::arguments();
    if (arguments.value(1) == QLatin1String("read")) {
        const SystemClock clock;
        const auto store = Store::open(arguments.value(2), clock);
        read(**(*store)->connectQueries());
    } else {
        Fixture fixture;
        write(fixture, arguments.value(1, QStringLiteral("200000")).toInt(),
              arguments.value(2, QStringLiteral("500")).toInt());
        read(fixture.read());
    }
    sayMemory();
    say("memory at its most", static_cast<double>(memoryKiB("VmHWM:")) / 1024, "MiB");
    return 0;
}
