// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "domain/alert.h"
#include "store/records.h"
#include "store/writejob.h"
#include "store/writesession.h"

namespace courier::alertwrites {

/// How much of a transaction the alerts take.
WriteJob::Cost costOf(const QList<Alert> &alerts);
qsizetype bytesOf(const Alert &alert);

/// Takes alerts in, one after the other, within one job. On the writer's thread.
class Intake
{
public:
    explicit Intake(WriteSession &session)
        : m_session(session)
    {
    }
    /// Stores an alert with its deliveries: to the destinations in force now, by the contract's rules.
    Accepted add(const Alert &alert);
    /// After the last one: their status, and their words for the search.
    void complete();

private:
    WriteSession &m_session;
    qint64 m_first = 0; ///< the number of the first new one; 0 where there is none
    qint64 m_count = 0; ///< of new ones
};

/// Stores alerts, all of them.
Result<QList<Accepted>> accept(WriteSession &session, const QList<Alert> &alerts);

/// Which the alert itself goes or went to.
QList<DestinationId> destinationsOf(WriteSession &session, AlertId id);

/// One more delivery of an alert, or a new round of the one that is there.
Result<DeliveryId> sendAnyway(WriteSession &session, AlertId alert, DestinationId destination);

} // namespace courier::alertwrites
