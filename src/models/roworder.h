// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "models/summaryarrays.h"

#include <array>
#include <memory>

namespace courier {

/// The order of all alerts by one of their texts.
struct TextOrder
{
    std::vector<quint32> places; ///< in the order of the text, ascending
    std::vector<quint32> ranks;  ///< of each place, where it stands in places
};

/// The same order without alerts that have gone.
std::shared_ptr<const TextOrder> withoutPlaces(const TextOrder &order, const GonePlaces &gone);

/// Which alerts stand in which row: places in the SummaryArrays, kept so that a change of few costs little at a million
/// rows. Alerts of one severity or status, and those whose text isn't ranked yet, are a group each; a row is found by
/// the sizes of the groups and by bisection in one. Within a group the newest come first, but where the sort itself is
/// by time or text. A list of all alerts by time holds nothing at all. Not thread-safe.
class RowOrder
{
public:
    enum class Key { Time, Severity, Status, Text };
    struct Sort
    {
        Key key = Key::Time;
        bool descending = true;                ///< newest, worst or last of the alphabet first
        std::shared_ptr<const TextOrder> text; ///< for Key::Text
    };

    using Sizes = std::array<std::size_t, 8>; ///< of the groups

    explicit RowOrder(const SummaryArrays &arrays)
        : m_arrays(&arrays)
    {
        start({});
    }

    /// Nothing is shown, in a new order.
    void start(Sort sort);
    /// Everything is shown; only by time.
    void showAll();
    /// Those from \a first to before \a end are shown whose facts' bits are \a taken; not by text. Quick: no branches.
    void fill(int first, int end, const std::array<bool, 256> &taken);
    /// The group that \a place belongs to.
    std::size_t groupOf(int place) const
    {
        if (m_sort.key == Key::Text) {
            return static_cast<std::size_t>(place) < m_sort.text->ranks.size() ? 1 : 0;
        }
        return m_groupOfFacts[m_arrays->facts(place).bits()];
    }
    /// Gives back what was held in reserve, after many were added.
    void trim();
    /// One more is shown, while the list is built: in rising places, or in the text's order where that is the key.
    void add(int place) { m_groups[groupOf(place)].push_back(static_cast<quint32>(place)); }

    const Sort &sort() const { return m_sort; }
    int size() const;
    int place(int row) const;
    int row(int place) const; ///< -1 where it isn't shown

    /// Where \a place stands is no longer where it should, for its status has changed.
    bool isMisplaced(int row) const;
    /// The row before which it would come.
    int rowFor(int place) const;
    /// Sorts \a places as their rows would be.
    void arrange(std::vector<int> &places) const;
    /// How many of \a places, arranged, from \a from on, come to stand side by side.
    int runLength(const std::vector<int> &places, std::size_t from) const;
    /// Puts \a count of \a places from \a from on, which are such a run, where they belong.
    void insert(const std::vector<int> &places, std::size_t from, int count);
    void remove(int row, int count);
    /// Takes out all of \a gone at once, whatever rows they stand in.
    void leaveOut(const GonePlaces &gone);
    /// Alerts that aren't shown any more have gone from the SummaryArrays: the others' places are new ones, and so is
    /// the order of their text, where there is one. No row changes.
    void renumber(const GonePlaces &gone, std::shared_ptr<const TextOrder> text);

private:
    using Group = std::vector<quint32>; ///< ascending
    struct Spot
    {
        std::size_t group = 0;
        int row = 0; ///< within the group, as shown
    };

    int groupSize(std::size_t group) const;
    bool isReversed(std::size_t group) const;
    bool comesBefore(std::size_t group, quint32 a, quint32 b) const; ///< in the group, ascending
    int firstRow(std::size_t group) const;
    Spot spot(int row) const;
    int lowerBound(std::size_t group, int place) const;
    int rowIn(std::size_t group, int place) const; ///< -1 where it isn't there
    int rowFor(std::size_t group, int place) const;
    void listAll();

    const SummaryArrays *m_arrays;
    Sort m_sort;
    std::array<quint8, 256> m_groupOfFacts{}; ///< by AlertFacts::bits()
    std::vector<Group> m_groups;              ///< as shown, from above
    bool m_all = false; ///< all places below m_allSize are shown, by time, and m_groups[0] is empty
    int m_allSize = 0;
};

} // namespace courier
