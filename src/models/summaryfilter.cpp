// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#include "models/summaryfilter.h"

namespace courier {

SummaryFilter::SummaryFilter(const AlertFilter &filter)
    : m_firstId(filter.since ? firstNumberOf(*filter.since) : 0)
    , m_endId(filter.until ? firstNumberOf(*filter.until) : std::numeric_limits<qint64>::max())
    // rounded up: a delivery in the second before doesn't count
    , m_settledSince(filter.deliveredSince ? static_cast<quint32>((*filter.deliveredSince + 999) / 1000) : 0)
    , m_takesAll(filter.severities.isEmpty() && filter.statuses.isEmpty() && filter.lives.isEmpty() &&
                 !filter.needsAttention && !filter.since && !filter.until && !filter.deliveredSince)
{
    for (std::size_t bits = 0; bits < m_takes.size(); ++bits) {
        const AlertFacts facts = AlertFacts::fromBits(static_cast<quint8>(bits));
        m_takes[bits] = (filter.severities.isEmpty() || filter.severities.contains(facts.severity())) &&
                        (filter.statuses.isEmpty() || filter.statuses.contains(facts.status())) &&
                        (filter.lives.isEmpty() || filter.lives.contains(facts.life())) &&
                        (!filter.needsAttention || facts.needsAttention());
    }
}

AlertFilter lastingPart(const AlertFilter &filter)
{
    AlertFilter part = filter;
    part.statuses.clear();
    part.lives.clear();
    part.needsAttention = false;
    part.deliveredSince.reset();
    return part;
}

} // namespace courier
