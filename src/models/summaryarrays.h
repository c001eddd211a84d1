// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "models/goneplaces.h"
#include "store/records.h"

#include <array>
#include <vector>

namespace courier {

/// Severity, status, life and attention of one alert in one byte: the digits of a number of mixed base.
class AlertFacts
{
public:
    constexpr AlertFacts() = default;
    constexpr AlertFacts(Severity severity, AlertStatus status, bool attention, AlertLife life = AlertLife::Event)
        : m_bits(static_cast<quint8>(
              ((static_cast<unsigned>(life) * 2 + (attention ? 1U : 0U)) * statuses + static_cast<unsigned>(status)) *
                  severities +
              static_cast<unsigned>(severity)))
    {
    }
    static constexpr AlertFacts fromBits(quint8 bits)
    {
        AlertFacts facts;
        facts.m_bits = bits;
        return facts;
    }
    constexpr Severity severity() const { return static_cast<Severity>(m_bits % severities); }
    constexpr AlertStatus status() const { return static_cast<AlertStatus>(m_bits / severities % statuses); }
    constexpr bool needsAttention() const { return m_bits / (severities * statuses) % 2 != 0; }
    constexpr AlertLife life() const { return static_cast<AlertLife>(m_bits / (severities * statuses * 2)); }
    constexpr quint8 bits() const { return m_bits; }
    constexpr bool operator==(const AlertFacts &) const = default;

private:
    static constexpr unsigned severities = 5;
    static constexpr unsigned statuses = 8;
    static constexpr unsigned lives = 3;
    static_assert(severities * statuses * 2 * lives <= 256);
    quint8 m_bits = 0;
};

/// How many alerts there are of each kind.
struct AlertCounts
{
    qint64 all = 0;
    qint64 needsAttention = 0;
    qint64 deliveredToday = 0;
    std::array<qint64, 8> byStatus{};   ///< by AlertStatus
    std::array<qint64, 5> bySeverity{}; ///< by Severity

    qint64 of(AlertStatus status) const { return byStatus.at(static_cast<std::size_t>(status)); }
    qint64 of(Severity severity) const { return bySeverity.at(static_cast<std::size_t>(severity)); }
    bool operator==(const AlertCounts &) const = default;
};

/// The summaries of all alerts as plain arrays, by id, with counts kept exact at each change: 13 bytes an alert. A
/// place is an alert's number in them, counted from the oldest. Not thread-safe.
class SummaryArrays
{
public:
    int size() const { return static_cast<int>(m_ids.size()); }
    bool isEmpty() const { return m_ids.empty(); }
    void reserve(int alerts);

    AlertId id(int place) const { return AlertId{m_ids[index(place)]}; }
    AlertFacts facts(int place) const { return AlertFacts::fromBits(m_facts[index(place)]); }
    quint32 settledAt(int place) const { return m_settledAt[index(place)]; } ///< as in AlertSummary
    AlertId lastId() const { return m_ids.empty() ? AlertId{} : AlertId{m_ids.back()}; }
    int find(AlertId id) const;       ///< its place, -1 where it isn't there
    int lowerBound(AlertId id) const; ///< the place of the first that isn't below it

    void append(const AlertSummary &summary); ///< of an id above all others
    void append(const SummaryArrays &others); ///< all of ids above all others
    /// Changes the one with that id, or puts it where it belongs; gives its place.
    int put(const AlertSummary &summary);
    /// The places of those of \a ids that are there.
    GonePlaces placesOf(const QList<AlertId> &ids) const;
    void remove(const GonePlaces &gone);

    /// What counts as today: delivered at or after \a dayStart, ms since 1970 UTC.
    void setDayStart(qint64 dayStart);
    const AlertCounts &counts() const { return m_counts; }

    /// All facts, for scans.
    const std::vector<quint8> &allFacts() const { return m_facts; }
    const std::vector<qint64> &allIds() const { return m_ids; }
    qint64 bytes() const; ///< of memory held

private:
    static std::size_t index(int place) { return static_cast<std::size_t>(place); }
    void change(int place, const AlertSummary &summary);
    void count(AlertFacts facts, quint32 settledAt, int by);
    bool isToday(quint32 settledAt) const { return settledAt != 0 && settledAt >= m_dayStart; }

    std::vector<qint64> m_ids;
    std::vector<quint8> m_facts;
    std::vector<quint32> m_settledAt;
    AlertCounts m_counts;
    quint32 m_dayStart = 0; ///< seconds since 1970 UTC
};

} // namespace courier
