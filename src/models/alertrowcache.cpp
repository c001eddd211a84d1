// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#include "models/alertrowcache.h"

#include "store/whendone.h"

#include <utility>

namespace courier {
namespace {

constexpr qsizetype longestText = 1000; // more than a cell ever shows; thousands of rows are held

} // namespace

AlertRowCache::AlertRowCache(Store &store, QObject *parent)
    : QObject(parent)
    , m_store(store)
    , m_rows(pageSize * pages)
{
}

const AlertRow *AlertRowCache::find(AlertId id) const
{
    const Entry *entry = m_rows.object(number(id));
    return entry ? &entry->row : nullptr;
}

bool AlertRowCache::isSettled(AlertId id) const
{
    if (m_underWay.contains(number(id))) {
        return true;
    }
    const Entry *entry = m_rows.object(number(id));
    return entry && !entry->isStale;
}

void AlertRowCache::markChanged(AlertId id)
{
    if (Entry *entry = m_rows.object(number(id))) {
        entry->isStale = true;
    }
    const auto asked = m_underWay.find(number(id));
    if (asked != m_underWay.end()) {
        *asked = true;
    }
}

void AlertRowCache::markAllChanged()
{
    const QList<qint64> known = m_rows.keys();
    for (const qint64 id : known) {
        markChanged(AlertId{id});
    }
    for (bool &hasChanged : m_underWay) {
        hasChanged = true;
    }
}

void AlertRowCache::fetch(const QList<AlertId> &ids)
{
    Q_ASSERT(!isFetching());
    QList<AlertId> asked;
    for (const AlertId id : ids) {
        if (!isSettled(id)) {
            asked.append(id);
            m_underWay.insert(number(id), false);
        }
    }
    if (asked.isEmpty()) {
        return;
    }
    const auto read = [asked](Queries &queries) { return queries.alertRows(asked); };
    whenDone(this, m_store.read(read), [this, asked](const QList<AlertRow> &rows) { take(asked, rows); });
}

void AlertRowCache::take(const QList<AlertId> &asked, const QList<AlertRow> &rows)
{
    const QHash<qint64, bool> hasChanged = std::exchange(m_underWay, {});
    const auto keep = [this, &hasChanged](AlertRow row) {
        const qint64 id = number(row.summary.id);
        row.headline.truncate(longestText);
        row.source.truncate(longestText);
        m_rows.insert(id, new Entry{row, hasChanged.value(id)}); // the cache owns it
    };
    qsizetype next = 0;
    for (const AlertId id : asked) {
        if (next < rows.size() && rows.at(next).summary.id == id) {
            keep(rows.at(next));
            ++next;
        } else { // gone from the store: keep what was known, or it would be asked for for ever
            AlertRow gone;
            gone.summary.id = id;
            const AlertRow *known = find(id);
            keep(known ? AlertRow(*known) : gone);
        }
    }
    Q_EMIT arrived(asked);
}

} // namespace courier
