// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QByteArray>
#include <QHash>
#include <QNetworkAccessManager>
#include <QNetworkProxy>
#include <QString>

#include <list>
#include <memory>

namespace courier {

/// How long the connections to one origin may have waited for a request. Which of them Qt takes for the next, it
/// doesn't say; but while as many requests are under way as there are connections, none of them waits.
class WaitingConnections
{
public:
    /// False where a request that began now (microseconds, monotonic) might go over one that waited for too long.
    bool areFresh(qint64 now) const;
    void requestBegan(qint64 now);
    void requestEnded(bool keepsConnection, qint64 now);

private:
    int m_underWay = 0;
    int m_open = 0;            ///< at most
    qint64 m_allBusyUntil = 0; ///< the last moment that none waited
};

/// The connections of one sender, kept alive between requests. A QNetworkAccessManager shares them among all requests
/// to one origin, whatever these trust: so each trust and proxy has a manager of its own. What comes over a connection
/// that waits for a request is the answer to none (RFC 9112, 9.2), but Qt 6.4 takes it for the answer to the next: so
/// none is used that may have waited for more than a second. Lives on its sender's thread.
class Connections
{
public:
    struct Pool
    {
        QNetworkAccessManager manager;
        QHash<QString, WaitingConnections> waiting; ///< by where they lead to
    };
    using Place = std::shared_ptr<Pool>;

    /// One request's use of a pool. Times in microseconds, monotonic.
    class Use
    {
    public:
        Use() = default;
        Use(Place place, QString origin, qint64 now);

        const Place &place() const { return m_place; }
        QNetworkAccessManager *operator->() const { return &m_place->manager; }
        /// Once; nothing where none was begun. The pool is still held, for the reply that is its child.
        void end(bool keepsConnection, qint64 now);

    private:
        Place m_place;
        QString m_origin;
        bool m_isUnderWay = false;
    };

    /// For a request of one trust (TargetRoute::trustKey()) by one proxy to \a origin, where it is made now.
    Use begin(const QByteArray &trustKey, const QNetworkProxy &proxy, const QString &origin, qint64 now);
    /// Hands \a place out no more: its connections end with its last request.
    void drop(const Place &place);
    void clear();

private:
    struct Entry
    {
        QByteArray key;
        Place place;
    };

    Place &placeOf(const QByteArray &trustKey, const QNetworkProxy &proxy);

    Place m_plain;             ///< of plain requests and those over the system's TLS, straight to the receiver
    std::list<Entry> m_others; ///< the one used last at the front
};

} // namespace courier
