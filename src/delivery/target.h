// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "domain/destination.h"
#include "domain/error.h"

#include <QByteArray>
#include <QNetworkRequest>
#include <QString>

#include <memory>

namespace courier {

/// A destination made ready to be sent to: what is the same for each of its requests, worked out once. Immutable.
class Target
{
public:
    /// Error::Kind::Invalid where the address can't be sent to; the message says so to the operator.
    static Result<std::shared_ptr<const Target>> make(std::shared_ptr<const Destination> destination);

    const Destination &destination() const { return *m_destination; }
    QUrl url() const { return m_request.url(); }
    QString maskedUrl() const { return m_maskedUrl; }
    /// "http://127.0.0.1:9000": requests of one origin share its few connections.
    QString origin() const { return m_origin; }

    /// The request of one delivery.
    QNetworkRequest request(const QByteArray &webhookId) const;
    /// Its headers as they go out, "Name: value\r\n" each.
    QByteArray headers(const QByteArray &webhookId, qsizetype bodySize) const;

private:
    Target(std::shared_ptr<const Destination> destination, const QUrl &url);

    std::shared_ptr<const Destination> m_destination;
    QNetworkRequest m_request; ///< all but the id of the delivery
    QByteArray m_headers;      ///< the same, as they go out
    QString m_maskedUrl;
    QString m_origin;
};

} // namespace courier
