// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "domain/ids.h"

#include <QList>

#include <variant>

// How the store is kept small: what is found on a reading connection, a little at a time, and the short transactions
// that take it out. An alert goes as a whole, with its deliveries and attempts, and never before each delivery is
// delivered, cancelled, or has failed and was dismissed. The newest alert, delivery and attempt stay, so that no number
// is ever given twice.
namespace courier {

/// Which alerts are old enough. Times are ms since 1970 UTC.
struct ExpiryRule
{
    qint64 before = 0;        ///< it came in before
    qint64 settledBefore = 0; ///< nothing of it was delivered, failed or cancelled since
    qint64 seenBefore = 0;    ///< where it lasts: its source hasn't said so since
};

/// How much of it goes at once.
struct ExpiryStep
{
    int looked = 2000; ///< alerts (or attempts) looked at
    int alerts = 64;
    int attempts = 400;        ///< of those alerts; one alert may have more
    qint64 bytes = 512 * 1024; ///< of answers' bodies and of contexts
};

/// Alerts that may go, the oldest first.
struct Expiring
{
    QList<AlertId> alerts;
    AlertId lookedTo{}; ///< where looking goes on
    bool isEnd = false; ///< nothing is left that is old enough
};

/// Attempts whose response bodies may be dropped.
struct ExpiringBodies
{
    QList<AttemptId> attempts;
    AttemptId lookedTo{};
    bool isEnd = false;
};

/// What was shared by attempts that are gone: rows of the tables request_shape and response_shape.
struct UnusedShapes
{
    QList<qint64> requests;
    QList<qint64> responses;
    QList<qint64> bodies; ///< of responses: they were dropped from all attempts that have them

    bool isEmpty() const { return requests.isEmpty() && responses.isEmpty() && bodies.isEmpty(); }
};

/// What the database takes on the disk.
struct StoreSize
{
    qint64 used = 0; ///< bytes
    qint64 free = 0; ///< bytes inside the file that are in no use
    qint64 pageSize = 4096;
    bool givesBack = false; ///< what is free can be given back; else it is used again only
    qint64 alerts = 0;
    qint64 oldestAt = 0; ///< when the oldest alert came in, ms since 1970 UTC; 0 where there is none
};

// Steps of the retention: each is one short transaction, and its future gives what its comment says.

/// Those of \a alerts that \a rule still lets go; gives their number.
struct RemoveAlerts
{
    QList<AlertId> alerts;
    ExpiryRule rule;
};

/// The response bodies of \a attempts, which were kept for \a days; gives their number. Looking goes on at \a lookedTo
/// from then on.
struct DropBodies
{
    QList<AttemptId> attempts;
    AttemptId lookedTo{};
    int days = 0;
};

/// Those of \a shapes that still are in no use; gives their number.
struct RemoveShapes
{
    UnusedShapes shapes;
};

/// Merges \a pages of the search index, so that it forgets what is gone; gives 0 where there is nothing more to do.
struct MergeWords
{
    int pages = 64;
};

/// Gives at most \a pages that are in no use back to the file system; gives their number.
struct GiveBackSpace
{
    int pages = 256;
};

using RetentionStep = std::variant<RemoveAlerts, DropBodies, RemoveShapes, MergeWords, GiveBackSpace>;

} // namespace courier
