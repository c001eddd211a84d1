// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "store/connection.h"

#include <chrono>
#include <optional>

namespace courier {

/// Puts the words of alerts into the full text index behind what comes in: many at once cost a fraction of what they
/// cost by and by, and nothing has to wait for it. What isn't in it yet is found all the same, see WordTail. An alert
/// is in the index from "words_to" of the table meta downwards. For the writing connection, inside its transactions.
class WordIndex
{
public:
    /// How far it has come is read anew: another process wrote, or something was taken back.
    void forget();
    /// So many alerts were added in this transaction.
    void noteNew(qint64 count);
    bool isBehind() const { return m_isBehind; }
    /// Something waits too long, or too much does: to be put off no longer.
    bool mustStep(Connection &connection);
    /// Takes in the oldest that wait, some thousand at most.
    void step(Connection &connection);

    /// The last alert that is in the index.
    static qint64 lastIndexed(Connection &connection);
    /// The columns that are searched, of the index and of the table alert.
    static QString columns();

private:
    void fallBehind();
    void count(Connection &connection);

    std::optional<qint64> m_waiting; ///< how many do, where it is known
    bool m_isBehind = false;         ///< something waits, or may: not before there is something else to write
    std::chrono::steady_clock::time_point m_behindSince;
};

} // namespace courier
