// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#include "desk/metricspage.h"

#include "intake/httpanswers.h"
#include "intake/metricstext.h"

namespace courier {
namespace {

using Type = MetricsText::Type;

/// Deliveries by the names of their destinations: a deleted one's may have been given anew.
using ByNameAndState = QMap<std::pair<QString, DeliveryState>, qint64>;

ByNameAndState byName(const QList<MetricFacts::Deliveries> &deliveries, const QHash<DestinationId, QString> &names)
{
    ByNameAndState sums;
    for (const MetricFacts::Deliveries &some : deliveries) {
        sums[{names.value(some.destinationId), some.state}] += some.count;
    }
    return sums;
}

void writeDeliveries(MetricsText &text, const MetricFacts &facts, const QHash<DestinationId, QString> &names,
                     qint64 now)
{
    text.family("alert_courier_deliveries", Type::Gauge, "Deliveries kept, by destination and state.");
    const ByNameAndState sums = byName(facts.deliveries, names);
    for (auto sum = sums.cbegin(); sum != sums.cend(); ++sum) {
        text.sample(static_cast<double>(sum.value()),
                    {{"destination", sum.key().first}, {"state", keyword(sum.key().second)}});
    }
    text.family("alert_courier_destination_struggling", Type::Gauge,
                "1 for each destination that keeps failing and is tried with fewer requests at once.");
    for (const DestinationId id : facts.struggling) {
        text.sample(1, {{"destination", names.value(id)}});
    }
    text.family("alert_courier_certificate_expiry_timestamp_seconds", Type::Gauge,
                "When the certificate expires that a destination's receiver showed last, in seconds since 1970 UTC.");
    for (const auto &[id, expiresAt] : facts.certificates) {
        text.sample(static_cast<double>(expiresAt) / 1000, {{"destination", names.value(id)}});
    }
    text.family("alert_courier_queue_length", Type::Gauge, "Deliveries that wait to be sent.");
    text.sample(static_cast<double>(facts.waiting));
    text.family("alert_courier_queue_oldest_seconds", Type::Gauge,
                "How long the oldest delivery that waits to be sent has been waiting.");
    text.sample(facts.waitingSince ? static_cast<double>(qMax<qint64>(0, now - *facts.waitingSince)) / 1000 : 0);
}

void writeAttempts(MetricsText &text, const AttemptCounts &counts)
{
    text.family("alert_courier_attempts_total", Type::Counter, "Attempts to deliver since the start, by outcome.");
    for (int number = 0; number < AttemptCounts::outcomes; ++number) {
        const auto outcome = static_cast<Outcome>(number);
        text.sample(static_cast<double>(counts.count(outcome)), {{"outcome", keyword(outcome)}});
    }
    const auto write = [&text](const DurationHistogram &histogram) {
        const DurationHistogram::Reading reading = histogram.read();
        text.histogram(DurationHistogram::bounds, reading.counts, reading.sum);
    };
    text.family("alert_courier_attempt_duration_seconds", Type::Histogram,
                "How long attempts took, whatever came of them.");
    write(counts.attempts());
    text.family("alert_courier_delivery_latency_seconds", Type::Histogram,
                "How long it took from an alert's arrival to a destination's acknowledgement.");
    write(counts.deliveries());
}

} // namespace

HttpResponse MetricsPage::answer(Queries &queries, const QHash<DestinationId, QString> &names, qint64 handedIn)
{
    const std::unique_lock counting(m_counting, std::try_to_lock);
    QByteArray text;
    if (counting.owns_lock()) {
        text = count(queries, names, handedIn);
        const std::lock_guard lock(m_mutex);
        m_text = text;
    } else {
        const std::lock_guard lock(m_mutex);
        text = m_text;
    }
    if (text.isEmpty()) {
        return refusalForNow(503, QStringLiteral("This is being counted for the first time."), 1);
    }
    return {200,
            {{QByteArrayLiteral("Content-Type"), QByteArrayLiteral("text/plain; version=0.0.4; charset=utf-8")}},
            text};
}

QByteArray MetricsPage::count(Queries &queries, const QHash<DestinationId, QString> &names, qint64 handedIn)
{
    const MetricFacts facts = queries.metricFacts(m_upTo);
    m_upTo = facts.newest;
    for (const auto &[source, number] : facts.bySource) {
        m_taken[source] += number;
    }
    MetricsText text;
    text.family("alert_courier_build_info", Type::Gauge, "The program's version; always 1.");
    text.sample(1, {{"version", QStringLiteral(COURIER_VERSION)}});
    text.family("alert_courier_alerts_total", Type::Counter, "Alerts taken in and kept, by source.");
    for (auto source = m_taken.cbegin(); source != m_taken.cend(); ++source) {
        text.sample(static_cast<double>(source.value()), {{"source", source.key()}});
    }
    text.family("alert_courier_intake_waiting_alerts", Type::Gauge, "Alerts handed in that wait for their commit.");
    text.sample(static_cast<double>(handedIn));
    writeDeliveries(text, facts, names, m_clock.nowUtc());
    writeAttempts(text, m_counts);
    return text.text();
}

} // namespace courier
