// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "domain/ids.h"
#include "store/connection.h"

#include <QByteArray>
#include <QHash>
#include <QList>

#include <optional>

namespace courier {

/// Remembers the last answers of each destination, so that one that comes again is stored as what differs from it; what
/// comes once costs nothing more than itself. An answer's shape has its request's with it: one number and one entry of
/// an index are enough for both. For the writing connection, inside its transactions.
class AnswerMemory
{
public:
    /// The columns of an attempt that its request and its answer come to.
    struct Columns
    {
        std::optional<qint64> request;  ///< shape_id
        std::optional<qint64> response; ///< response_id
        QByteArray headers;
        QByteArray body;
    };

    /// \a given as it is where it isn't known: with the request's shape, the answer's whole headers and body.
    Columns columnsFor(Connection &connection, DestinationId destination, const Columns &given);
    /// The shapes are read anew: another process wrote, some were removed, or something was taken back.
    void forgetShapes();

private:
    struct Answer
    {
        qint64 shape = 0; ///< 0: it came once, and has none yet
        std::optional<qint64> request;
        QByteArray headers;
        QByteArray body;
    };
    struct Answers
    {
        QList<Answer> list; ///< the last that came is the first
        bool isRead = false;
    };

    Answers &answersOf(Connection &connection, DestinationId destination);
    static std::optional<Columns> columnsAs(Connection &connection, DestinationId destination, Answers &answers,
                                            const Answer &given);

    QHash<DestinationId, Answers> m_answers;
};

} // namespace courier
