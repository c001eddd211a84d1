// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#include "models/roworder.h"

#include "models/statusweight.h"

#include <algorithm>
#include <numeric>

namespace courier {
namespace {

constexpr std::size_t severityCount = 5;
constexpr std::size_t statusCount = 8;
static_assert(statusCount == std::tuple_size_v<RowOrder::Sizes>);

std::size_t groupCount(RowOrder::Key key)
{
    switch (key) {
    case RowOrder::Key::Time:
        return 1;
    case RowOrder::Key::Severity:
        return severityCount;
    case RowOrder::Key::Status:
        return statusCount;
    case RowOrder::Key::Text:
        break;
    }
    return 2; // those that have no rank yet, the others
}

std::size_t groupOfFacts(RowOrder::Key key, AlertFacts facts)
{
    switch (key) {
    case RowOrder::Key::Severity:
        return std::min(static_cast<std::size_t>(facts.severity()), severityCount - 1);
    case RowOrder::Key::Status:
        return static_cast<std::size_t>(weight(facts.status()));
    default:
        return 0;
    }
}

} // namespace

std::shared_ptr<const TextOrder> withoutPlaces(const TextOrder &order, const GonePlaces &gone)
{
    auto rest = std::make_shared<TextOrder>(order);
    gone.renumber(rest->places);
    rest->ranks.resize(rest->places.size());
    for (std::size_t rank = 0; rank < rest->places.size(); ++rank) {
        rest->ranks[rest->places[rank]] = static_cast<quint32>(rank);
    }
    return rest;
}

void RowOrder::start(Sort sort)
{
    m_sort = std::move(sort);
    m_groups.assign(groupCount(m_sort.key), {});
    m_all = false;
    m_allSize = 0;
    for (std::size_t bits = 0; bits < m_groupOfFacts.size(); ++bits) {
        const std::size_t group = groupOfFacts(m_sort.key, AlertFacts::fromBits(static_cast<quint8>(bits)));
        m_groupOfFacts[bits] = static_cast<quint8>(m_sort.descending ? m_groups.size() - 1 - group : group);
    }
}

void RowOrder::trim()
{
    for (Group &group : m_groups) {
        if (group.capacity() > group.size() + group.size() / 4 + 1024) {
            group.shrink_to_fit();
        }
    }
}

void RowOrder::fill(int first, int end, const std::array<bool, 256> &taken)
{
    const quint8 *facts = m_arrays->allFacts().data();
    std::array<std::size_t, 256> histogram{};
    for (int place = first; place < end; ++place) {
        ++histogram[facts[place]];
    }
    Sizes sizes{};
    for (std::size_t bits = 0; bits < histogram.size(); ++bits) {
        sizes[m_groupOfFacts[bits]] += taken[bits] ? histogram[bits] : 0;
    }
    std::array<quint32 *, std::tuple_size_v<Sizes>> next{};
    for (std::size_t group = 0; group < m_groups.size(); ++group) {
        m_groups[group].resize(sizes[group] + 1); // what isn't taken is written, too, and written over
        next[group] = m_groups[group].data();
    }
    for (int place = first; place < end; ++place) {
        quint32 *&to = next[m_groupOfFacts[facts[place]]];
        *to = static_cast<quint32>(place);
        to += taken[facts[place]] ? 1 : 0;
    }
    for (Group &group : m_groups) {
        group.pop_back();
    }
}

void RowOrder::showAll()
{
    Q_ASSERT(m_sort.key == Key::Time);
    m_all = true;
    m_allSize = m_arrays->size();
}

bool RowOrder::isReversed(std::size_t group) const
{
    const bool ownOrder = m_sort.key == Key::Time || (m_sort.key == Key::Text && group == 1);
    return ownOrder ? m_sort.descending : true;
}

bool RowOrder::comesBefore(std::size_t group, quint32 a, quint32 b) const
{
    if (m_sort.key == Key::Text && group == 1) {
        return m_sort.text->ranks[a] < m_sort.text->ranks[b];
    }
    return a < b;
}

int RowOrder::groupSize(std::size_t group) const
{
    return m_all ? m_allSize : static_cast<int>(m_groups[group].size());
}

int RowOrder::size() const
{
    return firstRow(m_groups.size());
}

int RowOrder::firstRow(std::size_t group) const
{
    int row = 0;
    for (std::size_t i = 0; i < group; ++i) {
        row += groupSize(i);
    }
    return row;
}

RowOrder::Spot RowOrder::spot(int row) const
{
    Spot spot{0, row};
    while (spot.row >= groupSize(spot.group)) {
        spot.row -= groupSize(spot.group);
        ++spot.group;
    }
    return spot;
}

int RowOrder::place(int row) const
{
    const Spot at = spot(row);
    const int index = isReversed(at.group) ? groupSize(at.group) - 1 - at.row : at.row;
    return m_all ? index : static_cast<int>(m_groups[at.group][static_cast<std::size_t>(index)]);
}

int RowOrder::lowerBound(std::size_t group, int place) const
{
    if (m_all) {
        return std::min(place, m_allSize);
    }
    const Group &list = m_groups[group];
    const auto before = [this, group](quint32 a, quint32 b) { return comesBefore(group, a, b); };
    return static_cast<int>(std::lower_bound(list.begin(), list.end(), static_cast<quint32>(place), before) -
                            list.begin());
}

int RowOrder::rowIn(std::size_t group, int place) const
{
    if (m_sort.key == Key::Text && group != groupOf(place)) {
        return -1;
    }
    const int index = lowerBound(group, place);
    const bool isThere = index < groupSize(group) &&
                         (m_all || m_groups[group][static_cast<std::size_t>(index)] == static_cast<quint32>(place));
    if (!isThere) {
        return -1;
    }
    return firstRow(group) + (isReversed(group) ? groupSize(group) - 1 - index : index);
}

int RowOrder::row(int place) const
{
    const std::size_t expected = groupOf(place);
    int row = rowIn(expected, place);
    for (std::size_t group = 0; row < 0 && group < m_groups.size(); ++group) {
        row = group == expected ? -1 : rowIn(group, place);
    }
    return row;
}

bool RowOrder::isMisplaced(int row) const
{
    return m_sort.key == Key::Status && spot(row).group != groupOf(place(row));
}

int RowOrder::rowFor(std::size_t group, int place) const
{
    const int index = lowerBound(group, place);
    return firstRow(group) + (isReversed(group) ? groupSize(group) - index : index);
}

int RowOrder::rowFor(int place) const
{
    return rowFor(groupOf(place), place);
}

void RowOrder::arrange(std::vector<int> &places) const
{
    std::sort(places.begin(), places.end(), [this](int a, int b) {
        const std::size_t groupA = groupOf(a);
        const std::size_t groupB = groupOf(b);
        if (groupA != groupB) {
            return groupA < groupB;
        }
        return isReversed(groupA) ? comesBefore(groupA, static_cast<quint32>(b), static_cast<quint32>(a))
                                  : comesBefore(groupA, static_cast<quint32>(a), static_cast<quint32>(b));
    });
}

int RowOrder::runLength(const std::vector<int> &places, std::size_t from) const
{
    const std::size_t group = groupOf(places[from]);
    const int row = rowFor(group, places[from]);
    std::size_t end = from + 1;
    while (end < places.size() && groupOf(places[end]) == group && rowFor(group, places[end]) == row) {
        ++end;
    }
    return static_cast<int>(end - from);
}

void RowOrder::insert(const std::vector<int> &places, std::size_t from, int count)
{
    const std::size_t group = groupOf(places[from]);
    const int index = lowerBound(group, places[from]);
    if (m_all) {
        Q_ASSERT(index == m_allSize);
        m_allSize += count;
        return;
    }
    const auto first = places.begin() + static_cast<std::ptrdiff_t>(from);
    Group run(first, first + count);
    if (isReversed(group)) {
        std::reverse(run.begin(), run.end());
    }
    Group &list = m_groups[group];
    list.insert(list.begin() + index, run.begin(), run.end());
}

// Not all of them any more.
void RowOrder::listAll()
{
    if (m_all) {
        m_groups[0].resize(static_cast<std::size_t>(m_allSize));
        std::iota(m_groups[0].begin(), m_groups[0].end(), 0U);
        m_all = false;
    }
}

void RowOrder::leaveOut(const GonePlaces &gone)
{
    listAll();
    for (Group &group : m_groups) {
        group.erase(std::remove_if(group.begin(), group.end(),
                                   [&gone](quint32 place) { return gone.contains(static_cast<int>(place)); }),
                    group.end());
    }
}

void RowOrder::renumber(const GonePlaces &gone, std::shared_ptr<const TextOrder> text)
{
    listAll();
    m_sort.text = std::move(text);
    for (Group &group : m_groups) {
        gone.renumber(group);
    }
    if (m_sort.key == Key::Time && size() == m_arrays->size()) {
        start(m_sort);
        showAll();
    }
}

void RowOrder::remove(int row, int count)
{
    listAll();
    for (int here = 0; count > 0; count -= here) {
        const Spot at = spot(row);
        here = std::min(count, groupSize(at.group) - at.row);
        const int first = isReversed(at.group) ? groupSize(at.group) - at.row - here : at.row;
        Group &list = m_groups[at.group];
        list.erase(list.begin() + first, list.begin() + first + here);
    }
}

} // namespace courier
