// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "delivery/connections.h"
#include "delivery/tokenstore.h"
#include "delivery/wayfinder.h"
#include "domain/clock.h"

#include <atomic>
#include <memory>

namespace courier {

/// What all senders share. Thread-safe.
struct SharedState
{
    explicit SharedState(const Clock &clock)
        : tokens(clock)
    {
    }

    TokenStore tokens;
    std::shared_ptr<std::atomic_bool> guarded = std::make_shared<std::atomic_bool>(false); ///< see WayFinder
};

/// What one sender's attempts are made with; on its thread.
struct SenderKit
{
    SenderKit(const Clock &of, const std::shared_ptr<SharedState> &state, QObject *parent)
        : clock(of)
        , shared(state)
        , ways(of, state->guarded, parent)
    {
    }

    /// Ends what is under way but belongs to no attempt, and all connections.
    void clear()
    {
        qDeleteAll(QObjectList(ways.children()));
        connections.clear();
    }

    const Clock &clock;
    std::shared_ptr<SharedState> shared;
    Connections connections;
    WayFinder ways;
};

} // namespace courier
