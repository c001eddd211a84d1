// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#include "models/alertpager.h"

#include <algorithm>
#include <utility>

namespace courier {
namespace {

constexpr qsizetype longestQueue = 4; // pages; what is in sight hardly ever spans more than two
constexpr int widestSight = 1000;     // rows

} // namespace

AlertPager::AlertPager(Store &store, std::function<AlertId(int)> idAt, QObject *parent)
    : QObject(parent)
    , m_cache(store)
    , m_idAt(std::move(idAt))
{
    m_timer.setSingleShot(true);
    m_timer.setInterval(0);
    connect(&m_timer, &QTimer::timeout, this, &AlertPager::fetch);
    connect(&m_cache, &AlertRowCache::arrived, this, [this](const QList<AlertId> &ids) {
        Q_EMIT arrived(ids);
        m_timer.start();
    });
}

void AlertPager::look(int row, AlertId id)
{
    const bool isNear = m_firstSeen >= 0 && row > m_lastSeen - widestSight && row < m_firstSeen + widestSight;
    m_firstSeen = isNear ? std::min(m_firstSeen, row) : row;
    m_lastSeen = isNear ? std::max(m_lastSeen, row) : row;
    if (!m_cache.isSettled(id)) {
        ask(row / AlertRowCache::pageSize);
    }
}

void AlertPager::forget()
{
    m_firstSeen = -1;
    m_lastSeen = -1;
}

void AlertPager::ask(int page)
{
    if (m_asked.isEmpty() || m_asked.last() != page) {
        m_asked.removeOne(page);
        m_asked.append(page);
        if (m_asked.size() > longestQueue) {
            m_asked.removeFirst();
        }
    }
    if (!m_cache.isFetching() && !m_timer.isActive()) {
        m_timer.start();
    }
}

void AlertPager::fetch()
{
    while (!m_cache.isFetching() && !m_asked.isEmpty()) {
        const int page = m_asked.takeLast();
        m_cache.fetch(missingOf(page));
        m_nearby = QList<int>{page + 1, page - 1} + m_nearby.first(std::min(m_nearby.size(), longestQueue));
    }
    while (!m_cache.isFetching() && !m_nearby.isEmpty()) {
        m_cache.fetch(missingOf(m_nearby.takeFirst()));
    }
}

QList<AlertId> AlertPager::missingOf(int page) const
{
    QList<AlertId> ids;
    const int first = page * AlertRowCache::pageSize;
    for (int row = first; row >= 0 && row < first + AlertRowCache::pageSize; ++row) {
        const AlertId id = m_idAt(row);
        if (id != AlertId{} && !m_cache.isSettled(id)) {
            ids.append(id);
        }
    }
    return ids;
}

} // namespace courier
