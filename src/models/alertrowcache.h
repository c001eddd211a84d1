// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "store/store.h"

#include <QCache>
#include <QHash>
#include <QObject>

namespace courier {

/// The texts of the alerts that were looked at last, some forty pages of them, read in the background when they are
/// asked for. By alert, not by row: rows may move as they like. Lives on the main thread.
class AlertRowCache : public QObject
{
    Q_OBJECT

public:
    static constexpr int pageSize = 128;
    static constexpr int pages = 40;

    explicit AlertRowCache(Store &store, QObject *parent = nullptr);

    /// What is known of it, may it be true still or not; null where nothing is. Good until control returns to the
    /// event loop.
    const AlertRow *find(AlertId id) const;
    bool contains(AlertId id) const { return m_rows.contains(number(id)); }
    /// It is here and still true, or on its way.
    bool isSettled(AlertId id) const;

    /// It isn't true any more.
    void markChanged(AlertId id);
    void markAllChanged();
    /// Reads those that are not settled; ends in arrived(). Not while one is under way.
    void fetch(const QList<AlertId> &ids);
    bool isFetching() const { return !m_underWay.isEmpty(); }

Q_SIGNALS:
    void arrived(const QList<courier::AlertId> &ids);

private:
    struct Entry
    {
        AlertRow row;
        bool isStale = false;
    };
    void take(const QList<AlertId> &asked, const QList<AlertRow> &rows);

    Store &m_store;
    QCache<qint64, Entry> m_rows;
    QHash<qint64, bool> m_underWay; ///< true where it has changed since it was asked for
};

} // namespace courier
