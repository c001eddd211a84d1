// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "store/connection.h"

namespace courier {

/// The words of the newest alerts, which the full text index doesn't hold yet (see WordIndex), in an index of the
/// connection's own, in memory. For one reading connection and its thread, inside a transaction that reads.
class WordTail
{
public:
    /// Takes in what came since. Both are 0 where the index holds all.
    struct Range
    {
        qint64 after = 0; ///< the last alert that the full text index holds
        qint64 last = 0;
        bool isEmpty() const { return last <= after; }
    };
    Range follow(Connection &connection);

    /// The name of its table.
    static QString table();

private:
    void makeEmpty(Connection &connection);

    bool m_isMade = false;
    qint64 m_from = 0;   ///< it holds the alerts after this one,
    qint64 m_to = 0;     ///< up to this one,
    qint64 m_held = 0;   ///< so many, with those that the full text index has come to hold
    int m_rollbacks = 0; ///< of the connection, when it was last written
};

} // namespace courier
