// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "models/alertrowcache.h"

#include <QList>
#include <QTimer>

#include <functional>

namespace courier {

/// Reads the texts of the rows that views look at: their pages first, the last asked for before the others, then the
/// pages beside them. One read at a time, so that what was scrolled past is not read. Lives on the main thread.
class AlertPager : public QObject
{
    Q_OBJECT

public:
    /// \a idAt gives the alert of a row, 0 where there is none.
    AlertPager(Store &store, std::function<AlertId(int)> idAt, QObject *parent = nullptr);

    AlertRowCache &cache() { return m_cache; }
    /// A view shows this row now; reads it where that is needed.
    void look(int row, AlertId id);

    /// The rows that may be in sight: those looked at since forget(), but for ones far from the others.
    int firstSeen() const { return m_firstSeen; }
    int lastSeen() const { return m_lastSeen; }
    void forget();

Q_SIGNALS:
    void arrived(const QList<courier::AlertId> &ids);

private:
    void fetch();
    QList<AlertId> missingOf(int page) const;
    void ask(int page);

    AlertRowCache m_cache;
    std::function<AlertId(int)> m_idAt;
    QTimer m_timer;
    QList<int> m_asked;   ///< pages; the last asked for last
    QList<int> m_nearby;  ///< pages beside those read last
    int m_firstSeen = -1; ///< -1: none
    int m_lastSeen = -1;
};

} // namespace courier
