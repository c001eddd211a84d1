// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "models/roworder.h"
#include "store/store.h"

#include <QObject>

namespace courier {

/// What a list has to ask the database about many alerts at once, in the background. A newer question of a kind makes
/// the answer to an older one be dropped. Lives on the main thread.
class AlertLookups : public QObject
{
    Q_OBJECT

public:
    explicit AlertLookups(Store &store, QObject *parent = nullptr);

    /// Which alerts match; ends in matched(). \a known: how many alerts the caller knows now, comes back with it.
    void match(const AlertFilter &filter, int known);
    /// Of those from \a first on only; ends in matchedNew(). Not while match() is under way.
    void matchNew(const AlertFilter &filter, AlertId first, int known);
    void cancelMatch();
    bool isMatching() const { return m_matching; }
    bool isMatchingNew() const { return m_matchingNew; }

    /// The order by "headline" or "source" of the alerts with \a ids (ascending); ends in ranked().
    void rank(const QString &column, std::vector<qint64> ids);
    void cancelRank();
    bool isRanking() const { return m_ranking; }
    /// Places have gone meanwhile: the answers under way will be of those that are left.
    void renumber(const GonePlaces &gone);

Q_SIGNALS:
    void matched(const QList<courier::AlertId> &ids, int known);
    void matchedNew(const QList<courier::AlertId> &ids, int known);
    void ranked(const std::shared_ptr<const courier::TextOrder> &order);

private:
    Store &m_store;
    quint64 m_matchTicket = 0;
    quint64 m_rankTicket = 0;
    int m_known = 0;                        ///< with the match under way
    QList<GonePlaces> m_goneSinceRankBegan; ///< one after the other
    bool m_matching = false;
    bool m_matchingNew = false;
    bool m_ranking = false;
};

/// The places of \a ordered in \a ids (ascending); those that are not in \a ordered come last.
std::shared_ptr<const TextOrder> textOrder(const std::vector<qint64> &ids, const QList<AlertId> &ordered);

} // namespace courier
