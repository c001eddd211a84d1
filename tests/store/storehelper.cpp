// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

// Another process on a store, for tests: `store_helper COMMAND DIRECTORY [ARGUMENT]`. It prints what it did, a line
// each, once it is committed.

#include "storefixture.h"

#include <QCoreApplication>

#include <csignal>
#include <cstdio>

#include <grp.h>
#include <sys/resource.h>
#include <unistd.h>

using namespace courier;
using namespace courier::test;

namespace {

void say(const QString &line)
{
    std::printf("%s\n", qPrintable(line));
    std::fflush(stdout);
}

QString kindOf(const Error &error)
{
    switch (error.kind) {
    case Error::Kind::DiskFull:
        return QStringLiteral("full");
    case Error::Kind::Io:
        return QStringLiteral("io");
    case Error::Kind::ReadOnly:
        return QStringLiteral("readonly");
    case Error::Kind::Busy:
        return QStringLiteral("busy");
    default:
        return QStringLiteral("other %1").arg(static_cast<int>(error.kind));
    }
}

std::unique_ptr<Store> openStore(const QString &directory, const Clock &clock)
{
    auto opened = Store::open(directory, clock);
    if (!opened) {
        say(QStringLiteral("error ") + kindOf(opened.error()) + u' ' + opened.error().message);
        return nullptr;
    }
    return std::move(*opened);
}

QList<Alert> someAlerts(int count)
{
    Alert one = Fixture::alert(QStringLiteral("from another process"));
    one.context = "{\"x\":\"" + QByteArray(2000, 'x') + "\"}";
    return QList<Alert>(count, one);
}

// Takes alerts in for ever; some deliveries get a result meanwhile.
int accept(Store &store)
{
    const auto queries = std::move(*store.connectQueries());
    for (int i = 1;; ++i) {
        const auto accepted = waitFor(store.accept(someAlerts(1 + i % 7)));
        for (const Accepted &one : *accepted) {
            say(QStringLiteral("alert %1 %2").arg(number(one.id)).arg(one.destinations.size()));
        }
        const Delivery delivery = queries->deliveriesOf(accepted->first().id).value(0);
        store.record(Fixture::result(delivery, DeliveryState::Delivered, 200),
                     [id = number(delivery.id)] { say(QStringLiteral("attempt %1").arg(id)); });
    }
}

void limitFiles(rlim_t bytes)
{
    rlimit limit = {};
    getrlimit(RLIMIT_FSIZE, &limit);
    limit.rlim_cur = bytes;
    setrlimit(RLIMIT_FSIZE, &limit);
}

// What stdin says, a word a line: takes an alert in, keeps an attempt, tells the count, ends.
int serve(Store &store)
{
    QObject::connect(
        &store, &Store::healthChanged, &store,
        [](const StoreHealth &health) {
            say(health.healthy ? QStringLiteral("healthy")
                               : QStringLiteral("unhealthy %1 %2").arg(kindOf(health.error), health.error.message));
        },
        Qt::DirectConnection);
    const auto queries = std::move(*store.connectQueries());
    Delivery delivery;
    say(QStringLiteral("ready"));
    for (char word[32]; std::fgets(word, sizeof word, stdin) != nullptr;) {
        const QByteArray command = QByteArray(word).trimmed();
        if (command == "accept") {
            const auto accepted = waitFor(store.accept(someAlerts(1)));
            say(accepted ? QStringLiteral("accepted %1").arg(number(accepted->first().id))
                         : QStringLiteral("refused %1 %2").arg(kindOf(accepted.error()), accepted.error().message));
            delivery = accepted ? queries->deliveriesOf(accepted->first().id).value(0) : delivery;
        } else if (command == "record") {
            store.record(Fixture::result(delivery, DeliveryState::Delivered, 200),
                         [id = number(delivery.id)] { say(QStringLiteral("recorded %1").arg(id)); });
            say(QStringLiteral("posted"));
        } else if (command == "count") {
            say(QStringLiteral("count %1").arg(queries->alertCount()));
        }
    }
    return 0;
}

// Until nothing can be kept any more; then there is room again.
int fill(Store &store)
{
    std::atomic<int> healthy = 0;
    QObject::connect(
        &store, &Store::healthChanged, &store,
        [&healthy](const StoreHealth &health) {
            healthy += health.healthy ? 1 : 0;
            say(health.healthy ? QStringLiteral("healthy") : QStringLiteral("unhealthy ") + kindOf(health.error));
        },
        Qt::DirectConnection);
    const auto queries = std::move(*store.connectQueries());
    const Accepted first = waitFor(store.accept(someAlerts(1)))->first();
    qint64 kept = 1;
    for (;;) {
        const auto accepted = waitFor(store.accept(someAlerts(50)));
        if (!accepted) {
            say(QStringLiteral("refused ") + kindOf(accepted.error()));
            break;
        }
        kept += accepted->size();
    }
    // An attempt that was made meanwhile is kept once there is room.
    limitFiles(4096);
    std::atomic<bool> recorded = false;
    store.record(Fixture::result(queries->deliveriesOf(first.id).first(), DeliveryState::Delivered, 200),
                 [&recorded] { recorded = true; });
    QThread::msleep(1500);
    say(recorded ? QStringLiteral("recorded too early") : QStringLiteral("waiting"));
    limitFiles(RLIM_INFINITY);
    while (!recorded || healthy == 0) {
        QThread::msleep(20);
    }
    say(QStringLiteral("recorded"));
    kept += waitFor(store.accept(someAlerts(3)))->size();
    say(QStringLiteral("kept %1 of %2").arg(queries->alertCount()).arg(kept));
    return 0;
}

// Removes all that is older than five days of the tests' clock, in the smallest steps.
int retain(Store &store)
{
    const auto queries = std::move(*store.connectQueries());
    const qint64 before = startOfTests + Q_INT64_C(5) * 86'400'000;
    const ExpiryRule rule{before, before, before};
    ExpiryStep step;
    step.alerts = 2;
    for (Expiring found; !found.isEnd;) {
        found = queries->expiring(rule, found.lookedTo, step);
        const auto removed = waitFor(store.retain(RemoveAlerts{found.alerts, rule}));
        say(QStringLiteral("removed %1").arg(removed.value_or(-1)));
    }
    return 0;
}

int run(const QStringList &arguments)
{
    const QString command = arguments.value(1);
    if (command == QLatin1String("open-as-nobody")) {
        if (setgroups(0, nullptr) != 0 || setgid(65534) != 0 || setuid(65534) != 0) {
            return 77;
        }
    }
    const SystemClock clock;
    const auto store = openStore(arguments.value(2), clock);
    if (!store) {
        return 1;
    }
    if (command == QLatin1String("accept")) {
        return accept(*store);
    }
    if (command == QLatin1String("retain")) {
        return retain(*store);
    }
    if (command == QLatin1String("accept-one")) {
        say(QString::number(number(waitFor(store->accept(someAlerts(1)))->first().id)));
    }
    if (command == QLatin1String("serve")) {
        return serve(*store);
    }
    if (command == QLatin1String("fill")) {
        limitFiles(arguments.value(3).toULongLong());
        return fill(*store);
    }
    return 0;
}

} // namespace

int main(int argc, char **argv)
{
    const QCoreApplication application(argc, argv);
    std::signal(SIGXFSZ, SIG_IGN);
    return run(QCoreApplication::arguments());
}
