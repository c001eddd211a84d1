// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#include "models/shownalerts.h"

#include <algorithm>

namespace courier {

ShownAlerts::ShownAlerts(const SummaryArrays &arrays)
    : m_arrays(&arrays)
    , m_rows(arrays)
{
}

void ShownAlerts::setFilter(const AlertFilter &filter)
{
    m_filter = SummaryFilter(filter);
    m_usesMatches = !filter.isBysummary();
    m_matches.clear();
}

void ShownAlerts::releasePinned()
{
    const int place = m_arrays->find(m_pinned);
    if (place < 0 || !takes(place)) {
        m_pinned = {};
    }
}

void ShownAlerts::mark(const QList<AlertId> &ids)
{
    for (const AlertId id : ids) {
        const int place = m_arrays->find(id);
        if (place >= 0 && static_cast<std::size_t>(place) < m_matches.size()) {
            m_matches[static_cast<std::size_t>(place)] = true;
        }
    }
}

void ShownAlerts::setMatches(const QList<AlertId> &ids, int known)
{
    m_matches.assign(static_cast<std::size_t>(known), false);
    // A bisection each for a few; for many, one walk along both lists.
    if (ids.size() < known / 32) {
        mark(ids);
        return;
    }
    int place = 0;
    for (const AlertId id : ids) {
        while (place < known && m_arrays->id(place) < id) {
            ++place;
        }
        if (place < known && m_arrays->id(place) == id) {
            m_matches[static_cast<std::size_t>(place)] = true;
        }
    }
}

std::vector<int> ShownAlerts::addMatches(const QList<AlertId> &ids, int known)
{
    const int first = knownMatches();
    m_matches.resize(static_cast<std::size_t>(known), false);
    mark(ids);
    std::vector<int> places;
    for (int place = first; place < known; ++place) {
        if (takes(place)) {
            places.push_back(place);
        }
    }
    return places;
}

QList<AlertId> ShownAlerts::matches() const
{
    QList<AlertId> ids;
    for (int place = 0; place < knownMatches(); ++place) {
        if (isMatch(place)) {
            ids.append(m_arrays->id(place));
        }
    }
    return ids;
}

void ShownAlerts::rebuild(const std::vector<int> &lingering)
{
    m_rows.start(m_sort);
    if (m_sort.key == RowOrder::Key::Time && m_filter.takesAll() && !m_usesMatches && m_going.isEmpty()) {
        m_rows.showAll();
        return;
    }
    if (m_sort.key == RowOrder::Key::Text) {
        fillByText();
    } else if (!m_usesMatches && m_filter.isByFacts()) {
        m_rows.fill(m_filter.firstPlace(*m_arrays), m_filter.endPlace(*m_arrays), m_filter.takenFacts());
    } else {
        m_filter.scan(*m_arrays, [this](int place) {
            if (!m_usesMatches || isMatch(place)) {
                m_rows.add(place);
            }
        });
    }
    m_rows.trim();
    if (!m_going.isEmpty()) {
        m_rows.leaveOut(m_going);
    }
    const int pinned = m_arrays->find(m_pinned);
    addUntaken(m_going.contains(pinned) ? -1 : pinned);
    for (const int place : lingering) {
        addUntaken(place);
    }
}

void ShownAlerts::fillByText()
{
    const auto add = [this](int place) {
        if (takes(place)) {
            m_rows.add(place);
        }
    };
    for (const quint32 place : m_sort.text->places) {
        add(static_cast<int>(place));
    }
    for (int place = static_cast<int>(m_sort.text->places.size()); place < m_arrays->size(); ++place) {
        add(place);
    }
}

void ShownAlerts::addUntaken(int place)
{
    if (place >= 0 && m_rows.row(place) < 0) {
        m_rows.insert({place}, 0, 1);
    }
}

ShownAlerts::Plan ShownAlerts::plan(const QList<int> &places, int firstNew) const
{
    Plan plan;
    for (const int place : places) {
        const int row = m_rows.row(place);
        const bool wanted = shows(place);
        if (row < 0) {
            if (wanted) {
                plan.entering.push_back(place);
            }
        } else if (!wanted) {
            plan.leaving.push_back(row);
        } else {
            plan.staying.push_back(place);
            if (m_rows.isMisplaced(row)) {
                plan.moving.push_back(place);
            }
        }
    }
    for (int place = firstNew; place < m_arrays->size(); ++place) {
        if (shows(place)) {
            plan.entering.push_back(place);
        }
    }
    countSteps(plan);
    return plan;
}

ShownAlerts::Plan ShownAlerts::planEntering(std::vector<int> places) const
{
    Plan plan;
    plan.entering = std::move(places);
    plan.entering.erase(std::remove_if(plan.entering.begin(), plan.entering.end(),
                                       [this](int place) { return m_rows.row(place) >= 0; }),
                        plan.entering.end());
    countSteps(plan);
    return plan;
}

ShownAlerts::Plan ShownAlerts::planGoing(const GonePlaces &going)
{
    m_going = going;
    const std::vector<int> &places = going.places();
    return plan(QList<int>(places.begin(), places.end()), m_arrays->size());
}

void ShownAlerts::renumber()
{
    m_going.takeOut(m_matches);
    if (m_sort.text) {
        m_sort.text = withoutPlaces(*m_sort.text, m_going);
    }
    m_rows.renumber(m_going, m_sort.text);
    m_going = {};
}

void ShownAlerts::countSteps(Plan &plan) const
{
    std::sort(plan.leaving.begin(), plan.leaving.end());
    m_rows.arrange(plan.entering);
    plan.steps = static_cast<int>(plan.moving.size());
    for (std::size_t i = 0; i < plan.leaving.size(); ++i) {
        plan.steps += i == 0 || plan.leaving[i] != plan.leaving[i - 1] + 1 ? 1 : 0;
    }
    for (std::size_t i = 0; i < plan.entering.size();) {
        i += static_cast<std::size_t>(m_rows.runLength(plan.entering, i));
        ++plan.steps;
    }
}

} // namespace courier
