// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "domain/clock.h"
#include "domain/destination.h"
#include "store/answermemory.h"
#include "store/connection.h"
#include "store/wordindex.h"

#include <QByteArray>
#include <QHash>
#include <QList>

#include <memory>
#include <optional>

namespace courier {

/// What every write works with: the writing connection inside an open transaction, and what is remembered between
/// transactions. Lives on the writer's thread. What it remembers is read anew after another process wrote, and after
/// something was taken back.
class WriteSession
{
public:
    /// Opens nothing yet: the first begin() does. \a clock outlives it.
    WriteSession(QString path, const Clock &clock, StoreKey key);

    bool begin();
    bool commit();
    void rollback();
    /// A point inside the transaction to come back to: by undo(), until keep().
    void mark();
    void keep();
    void undo();
    bool hasFailed() const { return m_openFailure || (m_connection && m_connection->hasFailed()); }
    /// Nothing can be written just now.
    bool hasFailedWhole() const;
    /// What failed, and clears it.
    dialect::Failure takeFailure();
    /// Closes the connection: the next begin() opens a new one.
    void disconnect();

    Statement &prepared(const QString &sql) { return m_connection->prepared(sql); }
    Connection &connection() { return *m_connection; }
    qint64 now() const { return m_clock.nowUtc(); }
    StoreKey key() const { return m_key; }

    /// The next number for an alert, a delivery or a destination: above all in use, and of now where the clock allows.
    qint64 nextNumber();
    /// The destinations that are not deleted, by id.
    const QList<Destination> &destinations();
    const Destination *destination(DestinationId id);

    /// The index of words, which follows behind: with what must not wait any longer at the end of a transaction, once
    /// for all of it, since the index is written anew with each point that can be come back to.
    WordIndex &words() { return m_words; }

    // For those who watch: what changes without a new alert or attempt.
    void noteAlert(AlertId id);
    void noteAlerts(const QList<qint64> &ids);
    void noteRepeats();                     ///< alerts were merely seen again
    void noteDestination(DestinationId id); ///< its settings or state, or the list

    /// The number of a request's address and headers, which are stored where they are new.
    qint64 shapeFor(const QString &url, const QByteArray &headers);
    /// How answers are stored.
    AnswerMemory &answers() { return m_answers; }
    /// Shapes of requests and of answers are not all there any more.
    void forgetShapes();

private:
    bool connect();
    bool lock();
    void forget();
    void trimChanges();

    QString m_path;
    const Clock &m_clock;
    StoreKey m_key;
    std::unique_ptr<Connection> m_connection;
    std::optional<dialect::Failure> m_openFailure;
    qint64 m_changeCounter = 0;
    bool m_isLockedOut = false; ///< another process had the lock for longer than was waited
    bool m_hasNoted = false;
    WordIndex m_words;
    std::optional<qint64> m_lastNumber;
    std::optional<QList<Destination>> m_destinations;
    QHash<QByteArray, qint64> m_shapes;
    AnswerMemory m_answers;
};

} // namespace courier
