// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QtGlobal>

#include <algorithm>
#include <utility>
#include <vector>

namespace courier {

/// Places of alerts that go for good, and where the others come to stand for it. Most go from the front, where the
/// oldest are: there a look at the last one tells. Not thread-safe.
class GonePlaces
{
public:
    GonePlaces() = default;
    /// \a places ascending.
    explicit GonePlaces(std::vector<int> places)
        : m_places(std::move(places))
    {
    }

    const std::vector<int> &places() const { return m_places; }
    bool isEmpty() const { return m_places.empty(); }
    int count() const { return static_cast<int>(m_places.size()); }
    /// How many of them stand before \a place.
    int before(int place) const
    {
        if (m_places.empty() || place > m_places.back()) {
            return count();
        }
        return static_cast<int>(std::lower_bound(m_places.begin(), m_places.end(), place) - m_places.begin());
    }
    bool contains(int place) const
    {
        return !m_places.empty() && place <= m_places.back() &&
               std::binary_search(m_places.begin(), m_places.end(), place);
    }
    int moved(int place) const { return place - before(place); }

    /// Takes what stands at these places out of \a list.
    template<typename T>
    void takeOut(std::vector<T> &list) const
    {
        std::size_t to = m_places.empty() ? list.size() : static_cast<std::size_t>(m_places.front());
        std::size_t next = 0;
        for (std::size_t from = to; from < list.size(); ++from) {
            if (next < m_places.size() && from == static_cast<std::size_t>(m_places[next])) {
                ++next;
            } else {
                list[to++] = list[from];
            }
        }
        list.resize(std::min(to, list.size()));
    }
    /// Makes the places in \a list those that they are now; those that go leave it.
    void renumber(std::vector<quint32> &list) const
    {
        std::size_t to = 0;
        for (const quint32 place : list) {
            if (!contains(static_cast<int>(place))) {
                list[to++] = static_cast<quint32>(moved(static_cast<int>(place)));
            }
        }
        list.resize(to);
    }

private:
    std::vector<int> m_places;
};

} // namespace courier
