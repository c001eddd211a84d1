// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "domain/destination.h"

#include <QByteArray>
#include <QList>

namespace courier {

/// One request that the built-in receiver got, and what it answered.
struct ReceivedRequest
{
    qint64 at = 0; ///< ms since 1970 UTC
    QByteArray method;
    QByteArray target; ///< path and query as they came
    QList<Header> headers;
    QByteArray body;        ///< the first 1 MiB
    qsizetype bodySize = 0; ///< of the whole
    int status = 0;         ///< what was (or will be) answered; 0: nothing
};

/// The latest requests, at most 200 and at most 8 MiB of them. Not thread-safe.
class ReceivedList
{
public:
    void add(const ReceivedRequest &request);
    void clear();
    QList<ReceivedRequest> take(); ///< all, and leaves none

    const QList<ReceivedRequest> &all() const { return m_requests; } ///< the oldest first

private:
    QList<ReceivedRequest> m_requests;
    qsizetype m_bytes = 0;
};

} // namespace courier
