// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#include "models/alertlookups.h"

#include "store/whendone.h"

#include <algorithm>
#include <limits>
#include <utility>

namespace courier {
namespace {

constexpr int firstMatches = 128; // more than a screen is high

} // namespace

AlertLookups::AlertLookups(Store &store, QObject *parent)
    : QObject(parent)
    , m_store(store)
{
}

void AlertLookups::match(const AlertFilter &filter, int known)
{
    cancelMatch();
    m_matching = true;
    m_known = known;
    m_next = filter;
    askAll();
}

void AlertLookups::askAll()
{
    if (m_isAsking || !m_next) {
        return;
    }
    const AlertFilter filter = *std::exchange(m_next, std::nullopt);
    m_isAsking = true;
    const auto read = [filter](Queries &queries) { return queries.matching(filter); };
    whenDone(this, m_store.read(read), [this, ticket = m_matchTicket](const QList<AlertId> &ids) {
        m_isAsking = false;
        if (ticket == m_matchTicket) {
            m_matching = false;
            Q_EMIT matched(ids, m_known);
        }
        askAll();
    });
}

void AlertLookups::matchFirst(const AlertFilter &filter)
{
    m_nextFirst = filter;
    askFirst();
}

void AlertLookups::askFirst()
{
    if (m_isAskingFirst || !m_nextFirst) {
        return;
    }
    const AlertFilter filter = *std::exchange(m_nextFirst, std::nullopt);
    m_isAskingFirst = true;
    const auto read = [filter](Queries &queries) { return queries.newestMatching(filter, AlertId{}, firstMatches); };
    whenDone(this, m_store.read(read), [this, ticket = m_matchTicket](const QList<AlertId> &ids) {
        m_isAskingFirst = false;
        if (ticket == m_matchTicket && m_matching) {
            Q_EMIT firstMatched(ids);
        }
        askFirst();
    });
}

void AlertLookups::matchNew(const AlertFilter &filter, AlertId first, int known)
{
    Q_ASSERT(!m_matching && !m_matchingNew);
    m_matchingNew = true;
    m_known = known;
    AlertFilter part = filter;
    part.since = std::max(part.since.value_or(0), msecsOf(number(first)));
    const auto read = [part](Queries &queries) { return queries.matching(part); };
    whenDone(this, m_store.read(read), [this, ticket = m_matchTicket](const QList<AlertId> &ids) {
        if (ticket == m_matchTicket) {
            m_matchingNew = false;
            Q_EMIT matchedNew(ids, m_known);
        }
    });
}

void AlertLookups::cancelMatch()
{
    ++m_matchTicket;
    m_next.reset();
    m_nextFirst.reset();
    m_matching = false;
    m_matchingNew = false;
}

void AlertLookups::rank(const QString &column, std::vector<qint64> ids)
{
    cancelRank();
    m_ranking = true;
    auto read = [column, ids = std::move(ids)](Queries &queries) { return textOrder(ids, queries.idsBy(column)); };
    whenDone(this, m_store.read(std::move(read)),
             [this, ticket = m_rankTicket](std::shared_ptr<const TextOrder> order) {
                 if (ticket == m_rankTicket) {
                     m_ranking = false;
                     for (const GonePlaces &gone : std::exchange(m_goneSinceRankBegan, {})) {
                         order = withoutPlaces(*order, gone);
                     }
                     Q_EMIT ranked(order);
                 }
             });
}

void AlertLookups::cancelRank()
{
    ++m_rankTicket;
    m_ranking = false;
    m_goneSinceRankBegan.clear();
}

void AlertLookups::renumber(const GonePlaces &gone)
{
    m_known = gone.moved(m_known);
    if (m_ranking) {
        m_goneSinceRankBegan.append(gone);
    }
}

std::shared_ptr<const TextOrder> textOrder(const std::vector<qint64> &ids, const QList<AlertId> &ordered)
{
    constexpr quint32 none = std::numeric_limits<quint32>::max();
    auto order = std::make_shared<TextOrder>();
    order->places.reserve(ids.size());
    order->ranks.assign(ids.size(), none);
    const auto take = [&order](std::size_t place) {
        order->ranks[place] = static_cast<quint32>(order->places.size());
        order->places.push_back(static_cast<quint32>(place));
    };
    for (const AlertId id : ordered) {
        const auto found = std::lower_bound(ids.begin(), ids.end(), number(id));
        if (found != ids.end() && *found == number(id)) {
            take(static_cast<std::size_t>(found - ids.begin()));
        }
    }
    for (std::size_t place = 0; place < ids.size(); ++place) {
        if (order->ranks[place] == none) {
            take(place);
        }
    }
    return order;
}

} // namespace courier
