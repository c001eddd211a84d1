// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "domain/delivery.h"
#include "domain/error.h"

#include <QList>
#include <QString>

#include <memory>

namespace courier {

/// A send that was under way when its process ended.
struct InFlight
{
    DeliveryId deliveryId{};
    int number = 0; ///< of the attempt
    Trigger trigger = Trigger::Automatic;
    int round = 0;
    bool resent = false;
    qint64 startedAt = 0; ///< ms since 1970 UTC
};

/// The sends under way, in a small memory-mapped file beside the database ("inflight", 0600). A write to it outlives a
/// kill of the process at once and costs no system call, so that a send needs no transaction of its own before it
/// begins; the next sender finds what was cut short. After a power cut the file may be behind: then a send is made
/// again without being recorded as interrupted, and nothing is lost. Only the process that holds the sender's lock
/// opens it. Thread-safe.
class InFlightLedger
{
public:
    /// Opens or makes the file in \a directory. A damaged file is treated as empty, and logged.
    static Result<std::unique_ptr<InFlightLedger>> open(const QString &directory);
    ~InFlightLedger();
    InFlightLedger(const InFlightLedger &) = delete;
    InFlightLedger &operator=(const InFlightLedger &) = delete;

    /// What the process before left; read once, before the first begin(). clear() is called after it was recorded.
    QList<InFlight> leftBehind() const;
    void clear();

    /// Notes a send before it begins. Returns its slot, or -1 where all 4096 are taken (then nothing may be sent).
    int begin(const InFlight &send);
    /// Frees the slot, after the attempt's record was committed.
    void end(int slot);

private:
    class Private;
    explicit InFlightLedger(std::unique_ptr<Private> given);
    std::unique_ptr<Private> m_private;
};

} // namespace courier
