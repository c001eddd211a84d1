// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QByteArray>

#include <optional>

// The headers of a request without what differs from one to the next, so that equal ones can be kept once.
namespace courier::requestshape {

struct Parts
{
    QByteArray shape;                    ///< the headers, the values below left out
    std::optional<qint64> contentLength; ///< the value of Content-Length, where it has one
};

/// Takes out Content-Length, and webhook-id where its value is \a webhookId.
Parts split(const QByteArray &headers, const QByteArray &webhookId);
/// Puts them back, each in its line.
QByteArray join(const Parts &parts, const QByteArray &webhookId);

} // namespace courier::requestshape
