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

    /// Which alerts match; ends in matched(). \a known: how many alerts the caller knows now, comes back with it. Of
    /// questions that follow each other quickly only the last is asked.
    void match(const AlertFilter &filter, int known);
    /// The newest that match \a filter, as many as a view shows: beside match(), which takes longer where many do. Ends
    /// in firstMatched(), unless match() was quicker.
    void matchFirst(const AlertFilter &filter);
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
    void firstMatched(const QList<courier::AlertId> &ids);
    void matched(const QList<courier::AlertId> &ids, int known);
    void matchedNew(const QList<courier::AlertId> &ids, int known);
    void ranked(const std::shared_ptr<const courier::TextOrder> &order);

private:
    void askAll();
    void askFirst();

    Store &m_store;
    std::optional<AlertFilter> m_next;      ///< waits for an older question to be answered
    std::optional<AlertFilter> m_nextFirst; ///< the same
    bool m_isAsking = false;                ///< the answer may be to an older question
    bool m_isAskingFirst = false;           ///< the same
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
