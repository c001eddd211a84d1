// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#include "receiver/receivedrequest.h"

#include <utility>

namespace courier {

namespace {

constexpr qsizetype keptRequests = 200;
constexpr qsizetype keptBytes = 8 * 1024 * 1024;

qsizetype bytesOf(const ReceivedRequest &request)
{
    qsizetype result = request.method.size() + request.target.size() + request.body.size();
    for (const Header &header : request.headers) {
        result += header.name.size() + header.value.size();
    }
    return result;
}

} // namespace

void ReceivedList::add(const ReceivedRequest &request)
{
    m_requests.append(request);
    m_bytes += bytesOf(request);
    while (m_requests.size() > keptRequests || m_bytes > keptBytes) {
        m_bytes -= bytesOf(m_requests.takeFirst());
    }
}

void ReceivedList::clear()
{
    take();
}

QList<ReceivedRequest> ReceivedList::take()
{
    m_bytes = 0;
    return std::exchange(m_requests, {});
}

} // namespace courier
