// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "desk/attemptcounts.h"
#include "domain/clock.h"
#include "httpd/httpmessage.h"
#include "store/queries.h"

#include <QHash>
#include <QMap>

#include <mutex>

namespace courier {

/// What GET /metrics answers. For any thread; where several ask at once, one counts and the others get what was counted
/// last.
class MetricsPage
{
public:
    /// \a counts and \a clock outlive this.
    MetricsPage(const AttemptCounts &counts, const Clock &clock)
        : m_counts(counts)
        , m_clock(clock)
    {
    }

    /// \a handedIn alerts wait for their commit. Destinations are called by \a names.
    HttpResponse answer(Queries &queries, const QHash<DestinationId, QString> &names, qint64 handedIn);

private:
    QByteArray count(Queries &queries, const QHash<DestinationId, QString> &names, qint64 handedIn);

    const AttemptCounts &m_counts;
    const Clock &m_clock;
    std::mutex m_counting;         ///< held by the one that counts; guards the next two
    AlertId m_upTo{};              ///< alerts counted so far, so that only newer ones are looked at
    QMap<QString, qint64> m_taken; ///< of them, by source
    std::mutex m_mutex;            ///< guards what follows
    QByteArray m_text;             ///< what was counted last
};

} // namespace courier
