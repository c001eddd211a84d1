// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "store/connection.h"

#include <optional>

namespace courier {

/// The words of the newest alerts, which the full text index doesn't hold yet (see WordIndex), in an index of the
/// connection's own, in memory. For one reading connection and its thread, inside a transaction that reads.
class WordTail
{
public:
    /// The last alert that the full text index holds: only those after it are looked for in the tail. Nothing where the
    /// index holds all.
    using After = std::optional<qint64>;
    /// Takes in what came since.
    After follow(Connection &connection);

    /// The name of its table.
    static QString table();

private:
    void makeEmpty(Connection &connection);

    bool m_isMade = false;
    qint64 m_to = 0;     ///< the last alert that it holds
    qint64 m_held = 0;   ///< how many it holds, with those that the full text index has come to hold
    int m_rollbacks = 0; ///< of the connection, when it was last written
};

} // namespace courier
