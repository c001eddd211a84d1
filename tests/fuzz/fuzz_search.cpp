// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

// What is typed into the search field, asked of a real database.

#include "fuzz/fuzz.h"
#include "store/queries.h"
#include "store/search.h"
#include "store/storefixture.h"

#include <QSet>

using namespace courier;
using fuzz::must;

namespace {

// Whatever was read badly is in the log.
void failOnWarning(QtMsgType type, const QMessageLogContext &, const QString &message)
{
    if (type != QtDebugMsg && type != QtInfoMsg) {
        std::fprintf(stderr, "logged: %s\n", qUtf8Printable(message));
        std::abort();
    }
}

test::Fixture &database()
{
    static test::Fixture fixture;
    static const bool filled = [] {
        fixture.add(QStringLiteral("Ops bridge"));
        fixture.add(QStringLiteral("Pager"), {Severity::Critical});
        Alert tagged = test::Fixture::alert(QStringLiteral("Café “closed”: 10 % of *all* \"NEAR\" AND OR NOT"));
        tagged.tags = {QStringLiteral("host=db-1"), QStringLiteral("日本語")};
        fixture.accept({test::Fixture::alert(QStringLiteral("Disk full on db-1"), Severity::Critical), tagged,
                        test::Fixture::alert(QStringLiteral("login failed"), Severity::Low)});
        fixture.take(test::Fixture::incoming(QStringLiteral("db-2")));
        qInstallMessageHandler(failOnWarning);
        return true;
    }();
    Q_UNUSED(filled)
    return fixture;
}

QSet<AlertId> setOf(const QList<AlertId> &list)
{
    return {list.begin(), list.end()};
}

void checkTimes(const AlertFilter &filter, const QSet<AlertId> &found, qint64 now)
{
    must(!filter.since || *filter.since <= now || found.isEmpty(), "nothing came in since a time to come");
    must(!filter.until || *filter.until > 0 || found.isEmpty(), "nothing came in before 1970");
    AlertFilter always = filter;
    if (filter.since && *filter.since < now - 1000) {
        always.since.reset();
    }
    if (filter.until && *filter.until > now + 1000) {
        always.until.reset();
    }
    must(setOf(database().read().newestMatching(always, AlertId{}, 100)) == found,
         "times before and after all alerts leave none out");
}

} // namespace

int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    Queries &read = database().read();
    const qint64 now = test::startOfTests;
    const QString text = QString::fromUtf8(fuzz::bytesOf(data, size));
    const Result<AlertFilter> filter = parseSearch(text, now);
    if (!filter) {
        must(filter.error().kind == Error::Kind::Invalid && !filter.error().message.isEmpty(), "a fault has words");
        return 0;
    }
    const QSet<AlertId> found = setOf(read.newestMatching(*filter, AlertId{}, 100));
    must(setOf(read.matching(*filter)).contains(found), "the newest that match are among all that do");
    must(!filter->isEmpty() || found.size() == 4, "no filter, no alert left out");
    checkTimes(*filter, found, now);
    const QList<Delivery> deliveries = read.newestDeliveries({*filter, {}, {}}, DeliveryId{}, 100);
    must(std::all_of(deliveries.begin(), deliveries.end(),
                     [&](const Delivery &one) { return found.contains(one.alertId); }),
         "the deliveries are of alerts that match");
    must(read.resendPlan(*filter).count == 0 && read.failedDeliveries(*filter, DeliveryId{}, 100).isEmpty(),
         "nothing failed here");
    return 0;
}
