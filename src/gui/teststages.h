// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "delivery/sendstage.h"
#include "domain/delivery.h"
#include "gui/stagebars.h"

namespace courier {

/// The stages of a test: Connect, TLS, Sent, Answered. Filled in as they are reached, and put right by the attempt when
/// it is over. The network tells one moment for connection and TLS together, so both rows show it. A plain value.
class TestStages
{
public:
    /// \a isTls: the address is an https one.
    explicit TestStages(bool isTls = false);

    /// \a microseconds since the test began.
    void reach(SendStage stage, qint64 microseconds);
    void finish(const Attempt &attempt);

    QList<Stage> stages() const { return {m_connect, m_tls, m_sent, m_answered}; }

private:
    void closeConnect(qint64 at);
    void fail(Stage &stage, const Attempt &attempt);
    void failFirstOpen(const Attempt &attempt);

    bool m_isTls;
    Stage m_connect;
    Stage m_tls;
    Stage m_sent;
    Stage m_answered;
};

} // namespace courier
