// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "models/summaryarrays.h"
#include "store/search.h"

#include <array>
#include <limits>

namespace courier {

/// The part of an AlertFilter that summaries decide, made quick to ask a million times.
class SummaryFilter
{
public:
    SummaryFilter() { m_takes.fill(true); }
    explicit SummaryFilter(const AlertFilter &filter);

    bool takesAll() const { return m_takesAll; }
    /// Which facts it takes, by their bits.
    const std::array<bool, 256> &takenFacts() const { return m_takes; }
    /// Facts and the time of arrival alone decide.
    bool isByFacts() const { return m_settledSince == 0; }
    int firstPlace(const SummaryArrays &arrays) const { return arrays.lowerBound(AlertId{m_firstId}); }
    int endPlace(const SummaryArrays &arrays) const { return arrays.lowerBound(AlertId{m_endId}); }

    bool takes(const SummaryArrays &arrays, int place) const
    {
        return m_takes[arrays.facts(place).bits()] && isInTime(number(arrays.id(place))) &&
               (m_settledSince == 0 || arrays.settledAt(place) >= m_settledSince);
    }
    /// Calls \a each(place) for every one it takes, in rising places. A million take some milliseconds.
    template<typename Each>
    void scan(const SummaryArrays &arrays, Each each) const
    {
        const int end = endPlace(arrays);
        for (int place = firstPlace(arrays); place < end; ++place) {
            if (m_takes[arrays.facts(place).bits()] &&
                (m_settledSince == 0 || arrays.settledAt(place) >= m_settledSince)) {
                each(place);
            }
        }
    }

private:
    bool isInTime(qint64 id) const { return id >= m_firstId && id < m_endId; }

    std::array<bool, 256> m_takes{}; ///< by AlertFacts::bits()
    qint64 m_firstId = 0;
    qint64 m_endId = std::numeric_limits<qint64>::max();
    quint32 m_settledSince = 0; ///< seconds since 1970 UTC; 0 where it doesn't matter
    bool m_takesAll = true;
};

/// The part of \a filter that is the same for an alert at any time (all but status, life, attention and delivery), so
/// that what it finds stays found.
AlertFilter lastingPart(const AlertFilter &filter);

} // namespace courier
