// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#include "models/summaryarrays.h"

#include <algorithm>

namespace courier {
namespace {

AlertFacts factsOf(const AlertSummary &summary)
{
    return {summary.severity, summary.status, summary.needsAttention, summary.life};
}

// Doubling a million entries would hold more in reserve than is allowed an alert.
template<typename T>
void growGently(std::vector<T> &list)
{
    if (list.size() == list.capacity()) {
        list.reserve(list.size() + list.size() / 16 + 1024);
    }
}

template<typename T>
void appendAll(std::vector<T> &list, const std::vector<T> &others)
{
    list.insert(list.end(), others.begin(), others.end());
}

} // namespace

void SummaryArrays::reserve(int alerts)
{
    m_ids.reserve(index(alerts));
    m_facts.reserve(index(alerts));
    m_settledAt.reserve(index(alerts));
}

int SummaryArrays::lowerBound(AlertId id) const
{
    return static_cast<int>(std::lower_bound(m_ids.begin(), m_ids.end(), number(id)) - m_ids.begin());
}

int SummaryArrays::find(AlertId id) const
{
    const int place = lowerBound(id);
    return place < size() && m_ids[index(place)] == number(id) ? place : -1;
}

void SummaryArrays::append(const AlertSummary &summary)
{
    Q_ASSERT(isEmpty() || summary.id > lastId());
    growGently(m_ids);
    growGently(m_facts);
    growGently(m_settledAt);
    m_ids.push_back(number(summary.id));
    m_facts.push_back(factsOf(summary).bits());
    m_settledAt.push_back(summary.settledAt);
    count(factsOf(summary), summary.settledAt, 1);
}

void SummaryArrays::append(const SummaryArrays &others)
{
    Q_ASSERT(isEmpty() || others.isEmpty() || others.id(0) > lastId());
    const int first = size();
    appendAll(m_ids, others.m_ids);
    appendAll(m_facts, others.m_facts);
    appendAll(m_settledAt, others.m_settledAt);
    for (int place = first; place < size(); ++place) {
        count(facts(place), settledAt(place), 1);
    }
}

int SummaryArrays::put(const AlertSummary &summary)
{
    if (summary.id > lastId()) {
        append(summary);
        return size() - 1;
    }
    const int place = lowerBound(summary.id);
    if (id(place) != summary.id) {
        m_ids.insert(m_ids.begin() + place, number(summary.id));
        m_facts.insert(m_facts.begin() + place, factsOf(summary).bits());
        m_settledAt.insert(m_settledAt.begin() + place, summary.settledAt);
        count(factsOf(summary), summary.settledAt, 1);
    } else {
        change(place, summary);
    }
    return place;
}

void SummaryArrays::change(int place, const AlertSummary &summary)
{
    count(facts(place), settledAt(place), -1);
    m_facts[index(place)] = factsOf(summary).bits();
    m_settledAt[index(place)] = summary.settledAt;
    count(factsOf(summary), summary.settledAt, 1);
}

GonePlaces SummaryArrays::placesOf(const QList<AlertId> &ids) const
{
    std::vector<int> places;
    places.reserve(static_cast<std::size_t>(ids.size()));
    for (const AlertId id : ids) {
        const int place = find(id);
        if (place >= 0) {
            places.push_back(place);
        }
    }
    std::sort(places.begin(), places.end());
    places.erase(std::unique(places.begin(), places.end()), places.end());
    return GonePlaces(std::move(places));
}

void SummaryArrays::remove(const GonePlaces &gone)
{
    for (const int place : gone.places()) {
        count(facts(place), settledAt(place), -1);
    }
    gone.takeOut(m_ids);
    gone.takeOut(m_facts);
    gone.takeOut(m_settledAt);
}

void SummaryArrays::count(AlertFacts facts, quint32 settledAt, int by)
{
    m_counts.all += by;
    m_counts.needsAttention += facts.needsAttention() ? by : 0;
    m_counts.deliveredToday += isToday(settledAt) ? by : 0;
    m_counts.byStatus.at(static_cast<std::size_t>(facts.status())) += by;
    m_counts.bySeverity.at(static_cast<std::size_t>(facts.severity())) += by;
}

void SummaryArrays::setDayStart(qint64 dayStart)
{
    m_dayStart = static_cast<quint32>(dayStart / 1000);
    m_counts.deliveredToday =
        std::count_if(m_settledAt.begin(), m_settledAt.end(), [this](quint32 at) { return isToday(at); });
}

qint64 SummaryArrays::bytes() const
{
    const std::size_t bytes = m_ids.capacity() * sizeof(qint64) + m_facts.capacity() * sizeof(quint8) +
                              m_settledAt.capacity() * sizeof(quint32);
    return static_cast<qint64>(bytes);
}

} // namespace courier
